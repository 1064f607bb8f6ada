// The world of one history: users with their devices, one server with its disk, the network between them, on one clock.
// It offers what may happen, notes what did, and keeps the first rule that was broken.
import { silentLogger, type Logger } from '../../common/log.ts'
import type { CallSnapshot, Peer } from '../../common/types.ts'
import { defaultLimits } from '../../server/calls/limits.ts'
import type { Screened, User, Users } from '../../server/ports.ts'
import { createAppRun, type AppRun } from './app-run.ts'
import { createChance } from './chance.ts'
import { createFakeDisk } from './fake-journal.ts'
import { createFakePlane, type FakePlane } from './fake-media.ts'
import { createFakeNetwork } from './fake-network.ts'
import { localRule, momentRule, orderRule, short } from './rules.ts'
import { createServerRun, type ServerRun } from './server-run.ts'
import { createProcessClock, createVirtualClock, type ProcessClock } from './virtual-clock.ts'

const start = 1_800_000_000_000
const serverAheadMs = 5_000
const aliveEveryMs = 5_000

export const usernames = ['ali', 'sara', 'omid', 'echo'] as const

const users: readonly User[] = usernames.map((username) => ({
  userId: `u-${username}`,
  applicationId: 'app',
  username,
  names: { en: username, fa: '' },
  kind: username === 'echo' ? 'echo' : 'person'
}))

const directory: Users = {
  byUsername: async (_applicationId, username) => users.find((user) => user.username === username) ?? null,
  byId: async (userId) => users.find((user) => user.userId === userId) ?? null
}

const peerOf = (username: string): Peer | null => {
  const user = users.find((other) => other.username === username)
  return user === undefined ? null : { userId: user.userId, username, names: user.names }
}

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
  /** Highest `seq` pushed to each device about each call. */
  readonly pushed: Map<string, number>
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
  const acked = new Set<string>()
  /** Ends that a device was told by a run that died before the disk had them. */
  const undone = new Map<string, string[]>()
  /** Devices that were told what such a run lost, each with the call. */
  const setBack = new Set<string>()
  let lastTold = new Map<string, CallSnapshot>()

  const onTold = (mine: string, deviceId: string, call: CallSnapshot, way: 'push' | 'welcome' | 'answer'): void => {
    lastTold.set(`${deviceId} ${call.id}`, call)
    if (way !== 'push' || boot?.name !== mine) return
    const key = `${deviceId} ${call.id}`
    const before = boot.pushed.get(key) ?? -1
    if (call.seq <= before) onWrong(`${deviceId} is pushed seq ${call.seq} of ${call.id} after ${before}`)
    boot.pushed.set(key, call.seq)
  }

  const onAnswered = (
    mine: string,
    deviceId: string,
    name: string,
    answer: { readonly ok: boolean; readonly value?: unknown }
  ): void => {
    if (!answer.ok || typeof answer.value !== 'object' || answer.value === null || !('call' in answer.value)) return
    const call = answer.value.call as CallSnapshot
    onTold(mine, deviceId, call, 'answer')
    const kept = disk.last(call.id)
    if (name === 'call.create') {
      acked.add(call.id)
      if (kept === null) onWrong(`${call.id} is acked and not kept`)
    }
    if (name !== 'call.hangup' && name !== 'call.decline') return
    if (call.status !== 'finished') onWrong(`${name} of ${call.id} is acked and it goes on`)
    const isElsewhere = call.end?.detail === 'answered_elsewhere'
    if (!isElsewhere && kept?.end === null) onWrong(`the end of ${call.id} is acked and not kept`)
  }

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
      onTold: (deviceId, call, way) => onTold(name, deviceId, call, way),
      onAnswered: (deviceId, what, answer) => onAnswered(name, deviceId, what, answer)
    })
    boot = { name, since: clock.now(), run, media, clock: processClock, died, pushed: new Map() }
    note(() => `the server starts (${name})`)
    await run.start()
    network.listen(run)
  }

  const away = (gone: Boot): void => {
    gone.clock.stop()
    gone.died()
    for (const [key, { id, seq, end }] of lastTold) {
      if ((disk.last(id)?.seq ?? 0) >= seq) continue
      setBack.add(key)
      if (end !== undefined) undone.set(key, [...(undone.get(key) ?? []), end.reason])
    }
    lastTold = new Map()
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
    acked: acked as ReadonlySet<string>,
    /** Reasons that a device was told by a run of the server that lost them. */
    undoneEnds: (deviceId: string, callId: string): readonly string[] => undone.get(`${deviceId} ${callId}`) ?? [],
    /** Whether a device was told of steps of a call that a run of the server lost. */
    wasSetBack: (deviceId: string, callId: string): boolean => setBack.has(`${deviceId} ${callId}`),
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
