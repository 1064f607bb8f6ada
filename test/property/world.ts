// The world of one history: users with their devices, one server with its disk, the network between them, on one clock.
// It offers what may happen, notes what did, and keeps the first rule that was broken.
import { silentLogger, type Logger } from '../../common/log.ts'
import { defaultLimits } from '../../server/calls/limits.ts'
import type { Screened } from '../../server/ports.ts'
import { createAppRun, type AppRun } from './app-run.ts'
import { createChance } from './chance.ts'
import { createFakeDisk } from './fake-journal.ts'
import { createFakePlane, type FakePlane } from './fake-media.ts'
import { createFakeNetwork } from './fake-network.ts'
import { localRule, momentRule, orderRule, short } from './rules.ts'
import { createServerRun, type ServerRun } from './server-run.ts'
import { createTold } from './told.ts'
import { directory, peerOf, users } from './users.ts'
import { createProcessClock, createVirtualClock, type ProcessClock } from './virtual-clock.ts'

const start = 1_800_000_000_000
const serverAheadMs = 5_000
const aliveEveryMs = 5_000

export type Settings = {
  readonly seed: number
  readonly devices: readonly string[]
  readonly jitterMs: number
  /** Whether what happens is kept as text. */
  readonly isTold: boolean
}

/** One run of the server with what it stands on. */
type Boot = {
  readonly name: string
  readonly since: number
  readonly run: ServerRun
  readonly media: FakePlane
  readonly clock: ProcessClock
  readonly died: () => void
}

export type World = ReturnType<typeof createWorld>

export const createWorld = ({ seed, devices, jitterMs, isTold }: Settings) => {
  const clock = createVirtualClock(start)
  const chance = createChance(seed)
  const network = createFakeNetwork(clock, chance, jitterMs)
  const story: string[] = []
  let wrong: string | null = null

  const note = (line: () => string): void => {
    if (isTold) story.push(`${((clock.now() - start) / 1_000).toFixed(3).padStart(9)}  ${line()}`)
  }
  const onWrong = (what: string): void => {
    note(() => `WRONG: ${what}`)
    wrong ??= what
  }
  /** Whatever a part calls an error is one here, too. */
  const logger = (who: string): Logger => ({
    ...silentLogger,
    error: (message, fields) => onWrong(`${who} says: ${message} ${JSON.stringify(fields ?? {})}`),
    with: () => logger(who)
  })

  /** What users want of calls that come in, where it is not the usual; `blocks` names whose they do not want. */
  const wishes = new Map<string, Partial<Omit<Screened, 'blocked'>> & { readonly blocks?: string }>()

  const disk = createFakeDisk({ clock, chance, onWrong })
  const mediaCut = new Set<string>()
  const hasPath = (deviceId: string): boolean => !mediaCut.has(deviceId) && !network.isStalled(deviceId)

  // ── The server ──────────────────────────────────────────────────────────────────────────────────────────────────
  let boot: Boot | null = null
  let boots = 0
  let ids = 0
  let lastAliveAt: number | null = null
  const told = createTold({ disk, onWrong, isRunning: (name) => boot?.name === name })

  const startServer = async (): Promise<void> => {
    if (boot !== null) return
    boots += 1
    const name = `boot${boots}`
    const processClock = createProcessClock(clock, serverAheadMs)
    const { journal, died } = disk.open()
    const media = createFakePlane({ clock: processClock, chance, hasPath, onWrong })
    const run = createServerRun({
      boot: name,
      clock: processClock,
      journal,
      media,
      users: directory,
      screening: {
        screen: async (receptorId, callerId) => {
          const { blocks, ...wished } = wishes.get(receptorId) ?? {}
          return { callWaiting: true, doNotDisturb: 'off', blocked: blocks === callerId, ...wished }
        }
      },
      limits: defaultLimits,
      lastAliveAt,
      newId: () => `c${(ids += 1)}`,
      log: logger('the server'),
      onTold: (deviceId, call, way) => told.onTold(name, deviceId, call, way),
      onAnswered: (deviceId, what, answer) => told.onAnswered(name, deviceId, what, answer)
    })
    boot = { name, since: clock.now(), run, media, clock: processClock, died }
    note(() => `the server starts (${name})`)
    await run.start()
    network.listen(run)
  }

  const away = (gone: Boot): void => {
    gone.clock.stop()
    gone.died()
    told.runDied()
    network.serverGone()
    const upMs = clock.now() - gone.since
    lastAliveAt = gone.since + upMs - (upMs % aliveEveryMs) + serverAheadMs
    boot = null
    for (const app of apps.values()) app.page.dropped()
  }

  const killServer = (): void => {
    const gone = boot
    if (gone === null) return
    note(() => 'the server is killed')
    away(gone)
  }

  const stopServer = async (): Promise<void> => {
    const leaving = boot
    if (leaving === null) return
    note(() => 'the server is told to end')
    network.listen(null)
    void leaving.run.stop()
    await clock.pass(1_000)
    // As a supervisor would: what has not ended by then is killed.
    if (boot === leaving) away(leaving)
  }

  // ── The phones ──────────────────────────────────────────────────────────────────────────────────────────────────
  const apps = new Map<string, AppRun>()
  const allRuns: AppRun[] = []
  const started = new Map<string, number>()

  const startApp = (deviceId: string): void => {
    if (apps.has(deviceId)) return
    const number = (started.get(deviceId) ?? 0) + 1
    started.set(deviceId, number)
    note(() => `${deviceId} starts the app`)
    const run = createAppRun({
      deviceId,
      number,
      clock,
      aheadMs: devices.indexOf(deviceId) * 700 - 900,
      chance,
      openSocket: network.openSocketOf(deviceId),
      hasPath: () => hasPath(deviceId),
      isConnected: (callId, epoch) => boot?.media.isConnected(callId, deviceId, epoch) ?? false,
      peerOf,
      log: logger(deviceId),
      onHeard: (at, event) => {
        note(() => `    ${deviceId} hears ${short(event)}  (${event.call.callId ?? 'unnamed'}, ${event.call.session})`)
        const broken = orderRule(at.heard.slice(0, -1), event) ?? localRule(at, event)
        if (broken !== null) onWrong(`${deviceId}: ${broken} (${event.call.session})`)
      },
      onChanged: (at) => {
        meet(at)
        const broken = momentRule(at)
        if (broken !== null) onWrong(`${deviceId}: ${broken}`)
      }
    })
    apps.set(deviceId, run)
    allRuns.push(run)
  }

  const killApp = (deviceId: string): void => {
    const run = apps.get(deviceId)
    if (run === undefined) return
    note(() => `${deviceId}'s app is killed`)
    apps.delete(deviceId)
    run.kill()
    network.phoneGone(deviceId)
    boot?.media.appGone(deviceId)
  }

  /** What was seen of calls beyond one: without it the histories would say nothing of that. */
  const met = new Set<string>()
  const meet = ({ phone }: AppRun): void => {
    for (const { want } of phone.orders()) met.add(want)
    for (const call of phone.calls()) {
      if (call.waiting) met.add('waiting')
      if (call.silent) met.add('silent')
      if (call.moving) met.add('moving')
      if (call.joinable) met.add('joinable')
      if (call.transfer !== null) met.add('transfer')
      if (call.held.theirs) met.add('held')
    }
  }

  const pathChanged = (deviceId: string): void => {
    apps.get(deviceId)?.page.pathChanged()
    boot?.media.pathChanged(deviceId)
  }

  const stall = (deviceId: string): void => {
    note(() => `${deviceId} has no network`)
    network.stall(deviceId)
    pathChanged(deviceId)
  }

  const heal = (deviceId: string, nudge: boolean): void => {
    note(() => `${deviceId} has network again`)
    network.heal(deviceId)
    pathChanged(deviceId)
    if (nudge) apps.get(deviceId)?.nudge()
  }
  const heals: (() => void)[] = []

  return {
    devices,
    clock,
    disk,
    network,
    chance,
    met: met as ReadonlySet<string>,
    told,
    story: story as readonly string[],
    note,
    onWrong,
    wrong: () => wrong,
    serverNow: () => clock.now() + serverAheadMs,
    app: (deviceId: string) => apps.get(deviceId) ?? null,
    apps: () => [...apps.values()],
    allRuns: allRuns as readonly AppRun[],
    server: () => boot?.run ?? null,
    startServer,
    killServer,
    stopServer,
    startApp,
    killApp,
    wish: (userId: string, wished: Partial<Omit<Screened, 'blocked'>> & { readonly blocks?: string }) => {
      note(() => `${userId} now wants ${JSON.stringify(wished)}`)
      wishes.set(userId, wished)
    },
    /** A back end orders a call from this user to another one. */
    orderCall: (callerId: string, n: number) => {
      const caller = users.find(({ userId }) => userId === callerId)
      const receptors = users.filter(({ userId, kind }) => userId !== callerId && kind === 'person')
      const receptor = receptors[n % receptors.length]
      if (boot === null || caller === undefined || receptor === undefined) return
      note(() => `a back end orders a call from ${caller.username} to ${receptor.username}`)
      const requestId = `order${(ids += 1)}`
      const maxDurationMs = n % 3 === 0 ? 3_000 + n * 100 : undefined
      void boot.run.calls.createFor({ applicationId: 'app', requestId, caller, receptor, maxDurationMs })
    },
    workerDies: () => {
      note(() => 'the media worker dies')
      boot?.media.workerDied()
      for (const app of apps.values()) app.page.dropped()
    },
    stall,
    heal,
    /** No network for so long. */
    gap: (deviceId: string, ms: number, nudge: boolean) => {
      stall(deviceId)
      heals.push(clock.at(clock.now() + ms, () => heal(deviceId, nudge)))
    },
    /** What has no network now keeps none. */
    keepGaps: () => {
      for (const cancel of heals) cancel()
    },
    setMediaPath: (deviceId: string, isThere: boolean) => {
      if (isThere !== mediaCut.has(deviceId)) return
      note(() => `${deviceId}'s media ${isThere ? 'comes through again' : 'is blocked'}`)
      if (isThere) mediaCut.delete(deviceId)
      else mediaCut.add(deviceId)
      pathChanged(deviceId)
    }
  }
}
