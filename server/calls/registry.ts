// All calls of this node, for those who ask: may they, which events does it make, what is the answer. The rules of a
// call are step.ts's, what follows from its value is live.ts's.
import { otherRole } from '../../common/call/end.ts'
import { fail, ok, unreachable, type Result } from '../../common/result.ts'
import type { CallId, DeviceId, UserId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import type { Clock, EpochMs } from '../../common/time.ts'
import type { CallSnapshot, Peer } from '../../common/types.ts'
import type {
  CallCommand,
  CallJournal,
  CallOrders,
  Calls,
  MediaPlane,
  Presence,
  Screening,
  Session,
  Users
} from '../ports.ts'
import type { CallParts } from '../quality/ports.ts'
import { chosenLeg, echoDevice, isWithin, legOf, type Call } from './call.ts'
import { createCreating, peerOf, type Answer } from './creating.ts'
import { createEndedCalls, unknownCall } from './ended.ts'
import { isComposed, type Composed, type PlainCommand } from './event.ts'
import type { CallLimits } from './limits.ts'
import { createLiveCalls, isTalk, type LiveCall } from './live.ts'
import { createMailbox } from './mailbox.ts'
import { createMaking } from './making.ts'
import { readCall } from './schema.ts'
import { step, type Stepped } from './step.ts'
import { createTogether } from './together.ts'
import { signalOf, snapshotFor } from './views.ts'
import { createWriter } from './writer.ts'

export type CallsDeps = {
  readonly users: Users
  readonly screening: Screening
  readonly journal: CallJournal
  readonly presence: Presence
  readonly media: MediaPlane
  readonly clock: Clock
  readonly limits: CallLimits
  /** When the run before this one was last known to be alive; null where nobody knows. */
  readonly lastAliveAt: EpochMs | null
  /** This node's name: the text before the first `.` of the ids of its calls. At most 16 characters, no `.`. */
  readonly nodeId: string
  /** A new random id of at most 40 characters, never given before. */
  readonly newId: () => string
  readonly log: Logger
}

const takesPart = ({ caller, receptor }: Call, { userId }: Session): boolean =>
  userId === caller.userId || userId === receptor.userId

/** Whether this session may give this command to this call at all; what it does to the call is the call's to say. */
const mayCommand = (call: Call, session: Session, command: CallCommand): boolean =>
  command.deviceId === session.deviceId && takesPart(call, session) && isWithin(call, session.scope?.callId ?? null)

export const createCalls = (deps: CallsDeps): Calls & CallOrders & CallParts => {
  const { users, screening, journal, presence, media, clock, limits, log } = deps
  const ownIds = `${deps.nodeId}.`
  let closed = false
  const writer = createWriter({ journal, log })
  const mailbox = createMailbox({ presence, log })
  const ended = createEndedCalls({ journal, users, limits, log })
  const live = createLiveCalls({ presence, media, clock, writer, mailbox, ended, log })
  // A device that signed in for one call is there for that one only.
  const scopes = new Map<DeviceId, CallId>()
  const devicesFor = (userId: UserId, call: Call): readonly DeviceId[] =>
    presence.online(userId).filter((deviceId) => isWithin(call, scopes.get(deviceId) ?? null))
  const making = createMaking({ live, presence, devicesFor, clock, limits, nodeId: deps.nodeId, newId: deps.newId })
  const together = createTogether({ live, making, users, screening, devicesFor, clock, isClosed: () => closed })
  const creating = createCreating({
    ...{ live, making, mailbox, ended, journal, users, screening, devicesFor, clock, log },
    isClosed: () => closed,
    isBackedUp: () => writer.backlog() > limits.unwritten
  })
  const arriving = new Set<{ readonly deviceId: DeviceId }>()

  const offFacts = media.onFact((callId, fact) => {
    const found = live.get(callId)
    if (found !== null) live.run(found, { kind: 'mediaFact', ...fact })
  })

  live.onMoved(together.follow)

  const answerOf = (call: Call, { answer }: Stepped, session: Session): Answer => {
    if (typeof answer !== 'string') return fail(answer.refused)
    return ok({ call: snapshotFor(call, session.deviceId, clock.now()) })
  }

  /** A command for a call that is over: it does nothing, and the machine knows how to say so. */
  const afterEnd = async (callId: string, session: Session, command: CallCommand): Promise<Answer> => {
    const call = await ended.find(callId)
    if (call === null) return fail('invalid_call')
    if (!mayCommand(call, session, command)) return fail('access_denied')
    return isComposed(command)
      ? fail('call_session_finished')
      : answerOf(call, step(call, command, clock.now()), session)
  }

  /** A device that is there and was not offered the call when it was made is offered it now; it is answered with that. */
  const offerTo = (found: LiveCall, { userId, deviceId }: Session): void => {
    const { call } = found
    if (legOf(call, deviceId) !== null) return
    const kind = call.receptor.userId === userId ? 'offer' : 'invite'
    live.run(found, { kind, deviceId }, deviceId)
  }

  /** The caller of a call that a back end made is there: only now it is known how the receptor is to be met. */
  const join = async (found: LiveCall, session: Session): Promise<Result<Stepped>> => {
    const { deviceId, userId } = session
    const { id, kind, caller, receptor } = found.call
    if (userId !== caller.userId) return fail('access_denied')
    const screened = await screening.screen(receptor.userId, caller.userId)
    if (closed) return fail('unavailable')
    const between = { callerId: caller.userId, receptorId: receptor.userId, kind, screened, besides: id }
    const admission = found.call.status === 'new' ? making.judge(between) : null
    if (admission === null) return ok(live.run(found, { kind: 'join', deviceId }, deviceId))
    if (admission.kind === 'refuse') return fail(admission.code)
    making.enter(found, deviceId, admission, true)
    const joined: Stepped = { call: found.call, transitions: [], answer: 'acted' }
    making.proceed(found, deviceId, admission)
    return ok(joined)
  }

  /** Passes on what one side's device says to the other's. */
  const relay = (call: Call, command: PlainCommand): void => {
    const signal = signalOf(command)
    const from = legOf(call, command.deviceId)?.side
    const to = from === undefined ? null : chosenLeg(call, otherRole(from))
    if (signal === null || from === undefined || to === null || to.deviceId === echoDevice) return
    mailbox.signal(to.deviceId, { callId: call.id, from, signal })
  }

  /** A command that needs more than this call. */
  const compose = async (found: LiveCall, session: Session, command: Composed): Promise<Result<Stepped>> => {
    switch (command.kind) {
      case 'transfer':
        return together.transfer(found, session, command)
      case 'merge':
        return together.merge(found, command)
      case 'move':
        return ok(together.move(found, session, command))
      case 'join':
        return join(found, session)
      default:
        return unreachable(command)
    }
  }

  const carryOut = (found: LiveCall, session: Session, command: PlainCommand): Stepped => {
    if (command.kind === 'ringing' || command.kind === 'decline') offerTo(found, session)
    const stepped = live.run(found, command)
    if (typeof stepped.answer === 'string') relay(found.call, command)
    return stepped
  }

  const dispatch: Calls['dispatch'] = async (callId, session, command) => {
    if (closed) return fail('unavailable')
    const found = live.get(callId)
    if (found === null) return afterEnd(callId, session, command)
    if (!mayCommand(found.call, session, command)) return fail('access_denied')
    // Without its caller it is nothing yet to the receptor, who may have come first.
    const isEarly = found.call.status === 'new' && legOf(found.call, session.deviceId) === null
    if (isEarly && command.kind !== 'join') return fail('not_allowed_now')
    // What concerns this call alone is done at once, in the order of its asking.
    const done = isComposed(command) ? await compose(found, session, command) : ok(carryOut(found, session, command))
    if (!done.ok) return done
    if (found.call.status === 'finished') await found.durable
    return answerOf(found.call, done.value, session)
  }

  const partOf: CallParts['partOf'] = async (callId, session) => {
    const going = live.get(callId)?.call
    const found = going === undefined ? await ended.look(callId) : ok(going)
    if (!found.ok) return found
    const call = found.value
    if (call === null) return fail('invalid_call')
    const leg =
      takesPart(call, session) && isWithin(call, session.scope?.callId ?? null) ? legOf(call, session.deviceId) : null
    if (leg?.phase !== 'chosen') return fail('access_denied')
    const { startedAt, end } = call
    return ok({ side: leg.side, startedAt, endedAt: leg.left?.at ?? end?.at ?? null })
  }

  const kill: Calls['kill'] = async (callId, applicationId) => {
    const found = live.get(callId)
    if (closed || found?.call.applicationId !== applicationId) return fail('invalid_call')
    live.run(found, { kind: 'kill' })
    await found.durable
    return ok({})
  }

  /** What became of a call that the phone still has; null where it is live for this device and told anyway. */
  const fateOf = (
    { callId, seq }: { readonly callId: string; readonly seq: number },
    found: ReadonlyMap<string, Call>,
    session: Session,
    self: Peer
  ): CallSnapshot | null => {
    const now = clock.now()
    const call = live.get(callId)?.call ?? ended.recent(callId) ?? found.get(callId) ?? null
    const leg = call === null ? null : legOf(call, session.deviceId)
    if (call === null || leg === null || !takesPart(call, session)) return unknownCall(callId, seq, self, now)
    return leg.left === null ? null : snapshotFor(call, session.deviceId, now)
  }

  const deviceOnline: Calls['deviceOnline'] = async (session, resumed) => {
    if (closed) return null
    const { userId, deviceId } = session
    const arrival = { deviceId }
    arriving.add(arrival)
    const missing = resumed.filter(({ callId }) => live.get(callId) === null)
    const over = await Promise.all(missing.map(({ callId }) => ended.find(callId)))
    const found = new Map(over.flatMap((call) => (call === null ? [] : [[call.id, call] as const])))
    const user = resumed.length === 0 ? null : await users.byId(userId).catch(() => null)
    const self: Peer = user === null ? { userId, username: 'unknown', names: { en: '', fa: '' } } : peerOf(user)
    // The connection may be gone again, or the calls closed; otherwise nothing is waited for from here on: what is
    // answered is how it is.
    if (!arriving.delete(arrival)) return null
    if (session.scope !== null) scopes.set(deviceId, session.scope.callId)
    const own = live.of(userId).filter(({ call }) => isWithin(call, session.scope?.callId ?? null))
    const known = new Set(resumed.map(({ callId }) => callId))
    for (const waiting of own) {
      offerTo(waiting, session)
      live.run(waiting, { kind: 'socketBack', deviceId, knows: known.has(waiting.call.id) }, deviceId)
    }
    const now = clock.now()
    const fates = resumed.flatMap((each) => fateOf(each, found, session, self) ?? [])
    const taken = own.filter(({ call }) => legOf(call, deviceId)?.left === null)
    return [...taken.map(({ call }) => snapshotFor(call, deviceId, now)), ...fates]
  }

  const recover = async (): Promise<void> => {
    for (const { callId, state } of await journal.loadLive()) {
      // Another server with the same database has calls of its own, which go on while this one starts.
      if (!callId.startsWith(ownIds)) {
        log.debug('call of another node', { callId })
        continue
      }
      const read = readCall(state)
      if ('call' in read) {
        live.run(live.restore(read.call), { kind: 'recovered', aliveAt: deps.lastAliveAt })
        continue
      }
      log.error('stored call not readable, it is over', { callId, problem: read.problem })
      await journal.giveUp(callId, clock.now())
    }
    together.tidy()
  }

  return {
    create: creating.create,
    createFor: creating.createFor,
    dispatch,
    partOf,
    kill,
    deviceOnline,
    deviceOffline: ({ userId, deviceId }, why) => {
      if (closed) return
      scopes.delete(deviceId)
      for (const arrival of arriving) if (arrival.deviceId === deviceId) arriving.delete(arrival)
      for (const found of live.of(userId)) {
        const leg = legOf(found.call, deviceId)
        const isOut = why === 'signedOut' && leg?.phase === 'chosen' && leg.left === null
        live.run(found, { kind: isOut ? 'hangup' : 'socketLost', deviceId })
      }
    },
    talks: (userId) => live.of(userId).some(({ call }) => isTalk(call)),
    onTalk: live.onTalk,
    recover,
    close: async () => {
      closed = true
      arriving.clear()
      offFacts()
      live.stop()
      await writer.idle()
    }
  }
}
