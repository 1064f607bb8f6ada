// The live calls: moves one by an event and makes everything follow from its new value, that is records, media, pushes
// and the one timer. Which events happen is registry.ts's, what they do to a call is step.ts's.
import { isAnswered } from '../../common/call/status.ts'
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import { unreachable } from '../../common/result.ts'
import type { CallId, DeviceId, RequestId, UserId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import type { Clock, EpochMs } from '../../common/time.ts'
import type { MediaPlane, Presence } from '../ports.ts'
import type { Call } from './call.ts'
import { createDeadlineQueue } from './deadline-queue.ts'
import { deadline } from './deadline.ts'
import type { EndedCalls } from './ended.ts'
import type { CallEvent } from './event.ts'
import type { Mailbox } from './mailbox.ts'
import type { Transition } from './move.ts'
import { step, type Stepped } from './step.ts'
import { plan, record, snapshotFor } from './views.ts'
import type { Writer } from './writer.ts'

/** A call that is live, or has ended and is not yet durable. */
export type LiveCall = {
  call: Call
  /** Resolves once all that happened to it so far is durable. */
  durable: Promise<void>
  /** The media plan that was last applied, to see whether the next one differs. */
  applied: string | null
}

type Creation = { readonly deviceId: DeviceId; readonly requestId: RequestId }

export type LiveCalls = {
  readonly get: (callId: CallId) => LiveCall | null
  /** Calls of a user that are not over, as caller or receptor. Not for the echo service. */
  readonly of: (userId: UserId) => readonly LiveCall[]
  readonly count: () => number
  /** All that are live. */
  readonly all: () => readonly LiveCall[]
  readonly begin: (created: Transition, creation?: Creation) => LiveCall
  /** Takes up a call of before a restart. */
  readonly restore: (call: Call) => LiveCall
  /** `quietFor` gets no push: it is answered with the outcome. */
  readonly run: (live: LiveCall, event: CallEvent, quietFor?: DeviceId) => Stepped
  /** Told after everything has followed from a change; may cause the next one. */
  readonly onMoved: (listener: (before: Call, after: Call) => void) => void
  /** Told of each user whose answered call begins or ends; not of the echo service. */
  readonly onTalk: (listener: (userId: UserId) => void) => Unsubscribe
  readonly stop: () => void
}

type Deps = {
  readonly presence: Presence
  readonly media: MediaPlane
  readonly clock: Clock
  readonly writer: Writer
  readonly mailbox: Mailbox
  readonly ended: EndedCalls
  readonly log: Logger
}

/** Whether it is one that others see somebody in. */
export const isTalk = ({ status, check }: Call): boolean => isAnswered(status) && !check

export const createLiveCalls = ({ presence, media, clock, writer, mailbox, ended, log }: Deps): LiveCalls => {
  const calls = new Map<CallId, LiveCall>()
  const byUser = new Map<UserId, Set<LiveCall>>()
  const deadlines = createDeadlineQueue()
  let moved: (before: Call, after: Call) => void = () => undefined
  const talk = createEmitter<UserId>((error) => {
    log.error('a listener to talks threw', { error: String(error) })
  })
  let armed: { readonly at: EpochMs; readonly cancel: () => void } | null = null

  // Everyone may talk to the echo service at once; nobody asks for its calls.
  const usersOf = ({ kind, caller, receptor }: Call): readonly UserId[] =>
    kind === 'echo' ? [caller.userId] : [caller.userId, receptor.userId]

  const add = (live: LiveCall): void => {
    calls.set(live.call.id, live)
    for (const userId of usersOf(live.call)) {
      const own = byUser.get(userId)
      if (own === undefined) byUser.set(userId, new Set([live]))
      else own.add(live)
    }
  }

  const arm = (): void => {
    const first = deadlines.first()
    if (first?.at === armed?.at) return
    armed?.cancel()
    armed = first === null ? null : { at: first.at, cancel: clock.at(first.at, fire) }
  }

  const fire = (): void => {
    armed = null
    const now = clock.now()
    const due: LiveCall[] = []
    for (let first = deadlines.first(); first !== null && first.at <= now; first = deadlines.first()) {
      deadlines.set(first.key, null)
      const live = calls.get(first.key)
      if (live !== undefined) due.push(live)
    }
    for (const live of due) {
      const next = deadline(live.call)
      if (next !== null && next.at <= now) run(live, next.event)
      else wait(live.call)
    }
    arm()
  }

  const wait = (call: Call): void => {
    deadlines.set(call.id, deadline(call)?.at ?? null)
    arm()
  }

  const applyMedia = (live: LiveCall): void => {
    const wanted = plan(live.call)
    const key = JSON.stringify(wanted)
    if (key === live.applied) return
    live.applied = key
    media.apply(live.call.id, wanted)
  }

  const tell = ({ durable }: LiveCall, transition: Transition, quietFor: DeviceId | undefined): void => {
    for (const deviceId of transition.audience) {
      if (deviceId === quietFor) continue
      const send = (): void => mailbox.send(deviceId, snapshotFor(transition.call, deviceId, transition.at))
      // Who ends a call goes on telling that until it hears of it: no sooner than it lasts.
      if (transition.kind === 'finished' && deviceId === transition.deviceId) void durable.then(send)
      else send()
    }
  }

  const note = ({ kind, call }: Transition): void => {
    const fields = { callId: call.id, seq: call.seq }
    switch (kind) {
      case 'created':
      case 'joined':
      case 'ringing':
      case 'accepted':
      case 'conversation':
      case 'paused':
      case 'transfer':
      case 'conference':
      case 'moved':
      case 'recovered':
        log.info(`call ${kind}`, fields)
        return
      case 'finished':
        log.info('call finished', { ...fields, reason: call.end?.reason, by: call.end?.by, talkMs: call.talk.ms })
        return
      case 'offered':
      case 'alerting':
      case 'media':
      case 'muted':
      case 'held':
      case 'dtmf':
      case 'moving':
        log.debug(`call ${kind}`, fields)
        return
      default:
        unreachable(kind)
    }
  }

  /** The call is over: nothing more is looked for under its users, and it goes once its end is durable. */
  const release = (live: LiveCall): void => {
    const { call } = live
    for (const userId of usersOf(call)) {
      const own = byUser.get(userId)
      own?.delete(live)
      if (own?.size === 0) byUser.delete(userId)
    }
    void live.durable.then(() => {
      ended.keep(call)
      calls.delete(call.id)
      if (call.check) return
      for (const userId of call.reception.blocked ? [call.caller.userId] : usersOf(call)) {
        for (const deviceId of presence.online(userId)) mailbox.historyChanged(deviceId)
      }
    })
  }

  const run = (live: LiveCall, event: CallEvent, quietFor?: DeviceId): Stepped => {
    const before = live.call
    const stepped = step(before, event, clock.now())
    if (stepped.answer !== 'acted') return stepped
    const { call, transitions } = stepped
    live.call = call
    if (transitions.length > 0) live.durable = writer.write(transitions.map((transition) => record(transition)))
    applyMedia(live)
    for (const transition of transitions) {
      note(transition)
      tell(live, transition, quietFor)
    }
    wait(call)
    if (call.status === 'finished') release(live)
    if (isTalk(before) !== isTalk(call)) for (const userId of usersOf(call)) talk.emit(userId)
    if (transitions.length > 0) moved(before, call)
    return stepped
  }

  return {
    get: (callId) => calls.get(callId) ?? null,
    of: (userId) => [...(byUser.get(userId) ?? [])],
    count: () => calls.size,
    all: () => [...calls.values()].filter(({ call }) => call.status !== 'finished'),
    begin: (created, creation) => {
      const live: LiveCall = { call: created.call, durable: writer.write([record(created, creation)]), applied: null }
      add(live)
      note(created)
      wait(live.call)
      return live
    },
    restore: (call) => {
      const live: LiveCall = { call, durable: Promise.resolve(), applied: null }
      add(live)
      wait(call)
      return live
    },
    run,
    onMoved: (listener) => {
      moved = listener
    },
    onTalk: talk.on,
    stop: () => {
      armed?.cancel()
      armed = null
    }
  }
}
