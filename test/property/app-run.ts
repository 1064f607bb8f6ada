// One run of the app on a device: the product's phone, link and requester, with a fake page for its media and a stand-in
// for the desktop that shows alerts.
import type { DelegateEvent } from '../../common/delegate.ts'
import type { Logger } from '../../common/log.ts'
import { ok } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { DirectoryEntry } from '../../common/types.ts'
import { createPhone } from '../../main/call/phone.ts'
import type { Phone } from '../../main/ports.ts'
import { createLink } from '../../main/session/link.ts'
import type { OpenSocket } from '../../main/session/ports.ts'
import { createRequester } from '../../main/session/requester.ts'
import { isAlerting } from '../../main/shell/alerting.ts'
import type { Chance } from './chance.ts'
import { createFakePage, type FakePage } from './fake-page.ts'
import { createProcessClock } from './virtual-clock.ts'

export type AppRun = {
  readonly deviceId: string
  /** Counts the runs of the app on this device, for names. */
  readonly number: number
  readonly phone: Phone
  readonly page: FakePage
  readonly heard: readonly DelegateEvent[]
  /** Dials, and notes that it was this person's word. */
  readonly dial: Phone['dial']
  /** Sessions for which a person here gave a word that lets the microphone be used. */
  readonly consents: Set<string>
  /** Sessions that such a word, given for another call, covers: calls that crossed, or were handed on. */
  readonly covered: Set<string>
  /** Sessions that a person here ended. */
  readonly endedHere: Set<string>
  /** When the delegate heard the end of each session, on this machine's clock. */
  readonly endedAt: ReadonlyMap<string, number>
  readonly isJoined: () => boolean
  /** Since when it is; null where it is not. */
  readonly joinedAt: () => number | null
  /** The machine was woken, or its network came back. */
  readonly nudge: () => void
  readonly now: () => number
  /** How often this app has asked to be woken. */
  readonly timersSet: () => number
  /** The process is gone. */
  readonly kill: () => void
}

export type AppRunDeps = {
  readonly deviceId: string
  readonly number: number
  readonly clock: Clock
  readonly aheadMs: number
  readonly chance: Chance
  readonly openSocket: OpenSocket
  readonly hasPath: () => boolean
  readonly isConnected: (callId: string, epoch: number) => boolean
  readonly peerOf: (username: string) => DirectoryEntry | null
  readonly log: Logger
  readonly onHeard: (run: AppRun, event: DelegateEvent) => void
  /** Something may be different now: what must always hold is looked at. */
  readonly onChanged: (run: AppRun) => void
}

export const createAppRun = (deps: AppRunDeps): AppRun => {
  const { deviceId, number, chance, log } = deps
  const clock = createProcessClock(deps.clock, deps.aheadMs)
  let ids = 0
  const newId = (): string => `${deviceId}.${number}.${(ids += 1)}`
  const requester = createRequester({ clock, newId, log })
  let resume: () => readonly { callId: string; seq: number }[] = () => []
  const link = createLink({
    clock,
    random: chance.next,
    newId,
    log,
    client: { name: 'test', version: '0', platform: 'test' },
    openSocket: deps.openSocket,
    requester,
    access: async () => ok(deviceId),
    onTokenRefused: () => undefined,
    onSignedOut: () => undefined,
    resume: () => resume()
  })
  const username = deviceId.split('-')[0] ?? ''
  const user = deps.peerOf(username) ?? { userId: '', username, names: { en: '', fa: '' } }
  const phone = createPhone({
    session: {
      account: () => ({ state: 'signedIn', server: '', user, remembered: true }),
      link: link.state,
      onChanged: (listener) => link.changed.on(() => listener()),
      request: requester.request,
      onPush: link.pushed.on,
      onLost: (listener) => link.lost.on(() => listener()),
      setResume: (next) => {
        resume = next
      },
      setUrgent: link.setUrgent
    },
    clock,
    newId,
    log,
    findPeer: deps.peerOf
  })
  const page = createFakePage({
    phone,
    clock,
    chance,
    hasPath: deps.hasPath,
    isConnected: deps.isConnected,
    joined: false
  })
  const heard: DelegateEvent[] = []
  const endedAt = new Map<string, number>()
  let joinedAt: number | null = null
  let isDialling = false
  const look = (): void => {
    if (!isDialling) deps.onChanged(run)
  }
  const run: AppRun = {
    deviceId,
    number,
    phone,
    page,
    heard,
    dial: (to, others) => {
      // The session has no name before it is made, and it takes the microphone at once.
      isDialling = true
      const made = phone.dial(to, others)
      isDialling = false
      if (made.ok) run.consents.add(made.value.session)
      look()
      return made
    },
    consents: new Set(),
    covered: new Set(),
    endedHere: new Set(),
    endedAt,
    isJoined: () => link.state().state === 'joined',
    joinedAt: () => joinedAt,
    nudge: link.nudge,
    now: clock.now,
    timersSet: clock.timersSet,
    kill: () => {
      clock.stop()
      page.stop()
    }
  }

  // The desktop: a call that alerts is on the screen a moment later.
  const shown = new Set<string>()
  const alert = (): void => {
    for (const call of phone.calls()) {
      if (!isAlerting(call) || shown.has(call.session)) continue
      const { session } = call
      shown.add(session)
      clock.at(clock.now() + chance.between(20, 300), () => phone.alertShown(session))
    }
  }

  phone.onDelegate((event) => {
    heard.push(event)
    if (event.kind === 'onCallFinished') endedAt.set(event.call.session, clock.now())
    deps.onHeard(run, event)
  })
  phone.onOrders(look)
  phone.onChanged(() => {
    look()
    alert()
  })
  link.changed.on(() => {
    joinedAt = run.isJoined() ? (joinedAt ?? clock.now()) : null
    page.setJoined(run.isJoined())
  })
  link.start('https://server')
  return run
}
