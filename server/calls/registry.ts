// All calls of this node, for those who ask: may they, which events does it make, what is the answer. The rules of a
// call are step.ts's, what follows from its value is live.ts's.
import { fail, ok, unreachable, type Failure, type Result } from '../../common/result.ts'
import type { DeviceId } from '../../common/ids.ts'
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
  User,
  Users
} from '../ports.ts'
import { admit, type Admission } from './admit.ts'
import { echoDevice, legOf, type Call } from './call.ts'
import { newCall } from './create.ts'
import { createEndedCalls, unknownCall } from './ended.ts'
import type { ComposedKind } from './event.ts'
import type { CallLimits } from './limits.ts'
import { createLiveCalls, type LiveCall } from './live.ts'
import { createMailbox } from './mailbox.ts'
import { readCall } from './schema.ts'
import { step, type Stepped } from './step.ts'
import { snapshotFor } from './views.ts'
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

type Answer = Result<{ readonly call: CallSnapshot }>
type CreateRequest = Parameters<Calls['create']>[1]

const peerOf = ({ userId, username, names }: User): Peer => ({ userId, username, names })

const takesPart = ({ caller, receptor }: Call, { userId }: Session): boolean =>
  userId === caller.userId || userId === receptor.userId

/** Whether this session may give this command to this call at all; what it does to the call is the call's to say. */
const mayCommand = (call: Call, session: Session, command: CallCommand): boolean =>
  command.deviceId === session.deviceId && takesPart(call, session)

const isComposed = (command: CallCommand): command is Extract<CallCommand, { readonly kind: ComposedKind }> =>
  command.kind === 'transfer' || command.kind === 'merge' || command.kind === 'move' || command.kind === 'join'

export const createCalls = (deps: CallsDeps): Calls & CallOrders => {
  const { users, journal, presence, media, clock, limits, log } = deps
  const writer = createWriter({ journal, log })
  const mailbox = createMailbox({ presence, log })
  const ended = createEndedCalls({ journal, users, limits, log })
  const live = createLiveCalls({ presence, media, clock, writer, mailbox, ended, log })
  const creating = new Map<string, Promise<Answer>>()
  const arriving = new Set<{ readonly deviceId: DeviceId }>()
  const ownIds = `${deps.nodeId}.`
  let closed = false

  const offFacts = media.onFact((callId, fact) => {
    const found = live.get(callId)
    if (found !== null) live.run(found, { kind: 'mediaFact', ...fact })
  })

  const callsOf = (userId: string): readonly Call[] => live.of(userId).map(({ call }) => call)

  /** Brings the receptor into the new call, or turns the call away. */
  const proceed = (made: LiveCall, admission: Exclude<Admission, { kind: 'refuse' }>, deviceId: DeviceId): void => {
    switch (admission.kind) {
      case 'busy':
        live.run(made, { kind: 'turnAway', why: 'busy' })
        return
      case 'glare': {
        live.run(made, { kind: 'turnAway', why: 'glare' })
        const first = live.get(admission.first)
        if (first === null) return
        // Who dials someone whose call is waiting has thereby answered it.
        live.run(first, { kind: 'offer', deviceId })
        live.run(first, { kind: 'ringing', deviceId })
        live.run(first, { kind: 'accept', deviceId })
        return
      }
      case 'offer': {
        const { kind, receptor } = made.call
        const devices = kind === 'echo' ? [echoDevice] : presence.online(receptor.userId)
        for (const device of devices) live.run(made, { kind: 'offer', deviceId: device })
        if (kind === 'echo') live.run(made, { kind: 'ringing', deviceId: echoDevice })
        return
      }
      default:
        unreachable(admission)
    }
  }

  /** Decides, makes the call and all that follows from it within one tick: of two crossing calls one is the first. */
  const begin = async (session: Session, request: CreateRequest, caller: User, receptor: User): Promise<Answer> => {
    if (closed) return fail('unavailable')
    const { kind } = receptor
    const admission = admit({
      callerId: caller.userId,
      receptorId: receptor.userId,
      kind,
      callerCalls: callsOf(caller.userId),
      receptorCalls: callsOf(receptor.userId),
      calls: live.count(),
      limits
    })
    if (admission.kind === 'refuse') return fail(admission.code)
    if (writer.backlog() > limits.unwritten) return fail('overloaded', 'too much waits to be written')
    const { deviceId } = session
    const id = `${ownIds}${deps.newId()}`
    const asked = request.maxDurationMs ?? null
    // The phone learns the call's id from the answer, so nothing about it may come before the answer.
    const letGo = mailbox.hold(deviceId, admission.kind === 'glare' ? [id, admission.first] : [id])
    const created = newCall(
      {
        id,
        roomId: deps.newId(),
        applicationId: session.applicationId,
        kind,
        caller: peerOf(caller),
        receptor: peerOf(receptor),
        rules: limits.rules,
        maxDurationMs: kind === 'echo' ? Math.min(asked ?? Infinity, limits.echoMaxDurationMs) : asked
      },
      clock.now()
    )
    const made = live.begin(created, { deviceId, requestId: request.requestId })
    live.run(made, { kind: 'join', deviceId })
    const answer = snapshotFor(made.call, deviceId, clock.now())
    // The connection may have gone while we looked up who is called.
    if (!presence.online(session.userId).includes(deviceId)) live.run(made, { kind: 'socketLost', deviceId })
    proceed(made, admission, deviceId)
    await made.durable
    // A turn of the clock later the answer is on its way.
    clock.at(clock.now(), letGo)
    return ok({ call: answer })
  }

  /** The call an earlier try of the same request has made, before or after a restart. */
  const again = async (callId: string, session: Session): Promise<Answer> => {
    const call = live.get(callId)?.call ?? (await ended.find(callId))
    return call === null ? fail('unavailable') : ok({ call: snapshotFor(call, session.deviceId, clock.now()) })
  }

  const createOnce = async (session: Session, request: CreateRequest): Promise<Answer> => {
    try {
      const [earlier, caller, receptor] = await Promise.all([
        journal.findCreated(session.deviceId, request.requestId),
        users.byId(session.userId),
        users.byUsername(session.applicationId, request.to)
      ])
      if (earlier !== null) return await again(earlier, session)
      if (caller === null) return fail('unauthenticated')
      if (receptor === null) return fail('not_found')
      return await begin(session, request, caller, receptor)
    } catch (error) {
      log.error('call not created', { error: error instanceof Error ? error.message : String(error) })
      return fail('unavailable')
    }
  }

  const answerOf = (call: Call, { answer }: Stepped, session: Session): Answer => {
    if (typeof answer !== 'string') return fail(answer.refused)
    return ok({ call: snapshotFor(call, session.deviceId, clock.now()) })
  }

  /** A command for a call that is over: it does nothing, and the machine knows how to say so. */
  const afterEnd = async (callId: string, session: Session, command: CallCommand): Promise<Answer> => {
    const call = await ended.find(callId)
    if (call === null) return fail('invalid_call')
    if (!mayCommand(call, session, command)) return fail('access_denied')
    if (isComposed(command)) return fail('call_session_finished')
    return answerOf(call, step(call, command, clock.now()), session)
  }

  /** A device of the receptor that is there and was not offered the call when it was made is offered it now. */
  const offerTo = (found: LiveCall, session: Session, quietly: boolean): void => {
    const { call } = found
    if (call.receptor.userId !== session.userId || legOf(call, session.deviceId) !== null) return
    live.run(found, { kind: 'offer', deviceId: session.deviceId }, quietly ? session.deviceId : undefined)
  }

  const dispatch: Calls['dispatch'] = async (callId, session, command) => {
    if (closed) return fail('unavailable')
    const found = live.get(callId)
    if (found === null) return afterEnd(callId, session, command)
    if (!mayCommand(found.call, session, command)) return fail('access_denied')
    if (isComposed(command)) return fail('not_allowed_now')
    if (command.kind === 'ringing' || command.kind === 'decline') offerTo(found, session, true)
    const stepped = live.run(found, command)
    if (found.call.status === 'finished') await found.durable
    return answerOf(found.call, stepped, session)
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
    const known = new Set(resumed.map(({ callId }) => callId))
    for (const waiting of live.of(userId)) {
      offerTo(waiting, session, true)
      live.run(waiting, { kind: 'socketBack', deviceId, knows: known.has(waiting.call.id) }, deviceId)
    }
    const now = clock.now()
    const fates = resumed.flatMap((each) => fateOf(each, found, session, self) ?? [])
    const own = callsOf(userId).filter((call) => legOf(call, deviceId)?.left === null)
    return [...own.map((call) => snapshotFor(call, deviceId, now)), ...fates]
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
  }

  const refusal = (error: Failure): Promise<Answer> => Promise.resolve({ ok: false, error })

  return {
    create: (session, request) => {
      if (closed) return refusal({ code: 'unavailable' })
      const key = JSON.stringify([session.deviceId, request.requestId])
      const going = creating.get(key)
      if (going !== undefined) return going
      const made = createOnce(session, request)
      creating.set(key, made)
      void made.then(() => creating.delete(key))
      return made
    },
    createFor: () => Promise.resolve(fail('unavailable')),
    dispatch,
    kill,
    deviceOnline,
    deviceOffline: ({ userId, deviceId }) => {
      if (closed) return
      for (const arrival of arriving) if (arrival.deviceId === deviceId) arriving.delete(arrival)
      for (const found of live.of(userId)) live.run(found, { kind: 'socketLost', deviceId })
    },
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
