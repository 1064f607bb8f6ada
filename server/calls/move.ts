// The moves of a call: each makes the next value and the transition that tells of it. Whether a move may be made is
// decided in step.ts.
import type { CallRole } from '../../common/call/end.ts'
import type { DeviceId } from '../../common/ids.ts'
import type { EpochMs } from '../../common/time.ts'
import type { CallEnd } from '../../common/types.ts'
import { echoDevice, talkMs, type Call, type Leaving, type Leg } from './call.ts'

export type TransitionKind =
  | 'created'
  | 'joined'
  | 'offered'
  | 'alerting'
  | 'ringing'
  | 'accepted'
  | 'media'
  | 'conversation'
  | 'paused'
  | 'muted'
  | 'held'
  | 'dtmf'
  | 'transfer'
  | 'conference'
  | 'moving'
  | 'moved'
  | 'recovered'
  | 'finished'

/** One visible change: one record, and one push to each of `audience`. */
export type Transition = {
  readonly kind: TransitionKind
  readonly at: EpochMs
  /** The call after it. */
  readonly call: Call
  /** Whose act it was; null for the server's. */
  readonly deviceId: DeviceId | null
  /** The devices that can see it. */
  readonly audience: readonly DeviceId[]
  /** What the record tells besides the call's value. */
  readonly told?: Readonly<Record<string, unknown>>
}

type Cause = {
  readonly kind: TransitionKind
  readonly deviceId?: DeviceId
  readonly onlyTo?: DeviceId
  readonly told?: Transition['told']
}

// Those who take part, and those whose part is over by this very transition: they are told once, and then no more.
const audienceOf = (call: Call): readonly DeviceId[] =>
  call.legs.filter(({ left }) => left === null || left.seq === call.seq).map(({ deviceId }) => deviceId)

/** Makes a visible change: the next `seq`. */
export const move = (call: Call, now: EpochMs, cause: Cause, change: Partial<Call>): Transition => {
  const next: Call = { ...call, ...change, seq: call.seq + 1 }
  const seenBy = cause.onlyTo === undefined ? audienceOf(next) : [cause.onlyTo]
  return {
    kind: cause.kind,
    at: now,
    call: next,
    deviceId: cause.deviceId ?? null,
    audience: seenBy.filter((deviceId) => deviceId !== echoDevice),
    ...(cause.told && { told: cause.told })
  }
}

/** The same legs with one changed. */
export const withLeg = (call: Call, deviceId: DeviceId, change: Partial<Leg>): readonly Leg[] =>
  call.legs.map((leg) => (leg.deviceId === deviceId ? { ...leg, ...change } : leg))

export const newLeg = (deviceId: DeviceId, side: CallRole, phase: Leg['phase']): Leg => ({
  deviceId,
  side,
  phase,
  left: null,
  socketLostAt: null,
  media: { epoch: 0, server: 'down', phone: 'connected' },
  moving: false
})

export const leave = (leg: Leg, at: EpochMs, seq: number, why: Leaving['why']): Leg =>
  leg.left === null ? { ...leg, left: { at, seq, why } } : leg

/** Talk stops being counted. */
const stopTalk = (call: Call, now: EpochMs): Call['talk'] => ({ ms: talkMs(call, now), since: null })

/** `deviceId` takes the call; the receptor's other devices are out. */
export const accept = (call: Call, deviceId: DeviceId, now: EpochMs): Transition =>
  move(
    call,
    now,
    { kind: 'accepted', deviceId },
    {
      status: 'accepted',
      since: now,
      legs: call.legs.map((leg) => {
        if (leg.deviceId === deviceId) return { ...leg, phase: 'chosen' }
        return leg.side === 'receptor' ? leave(leg, now, call.seq + 1, 'answered_elsewhere') : leg
      })
    }
  )

export const converse = (call: Call, now: EpochMs): Transition =>
  move(
    call,
    now,
    { kind: 'conversation' },
    {
      status: 'conversation',
      since: now,
      startedAt: call.startedAt ?? now,
      talk: { ms: call.talk.ms, since: now }
    }
  )

export const pause = (call: Call, now: EpochMs): Transition =>
  move(call, now, { kind: 'paused' }, { status: 'paused', since: now, talk: stopTalk(call, now) })

/** Ends the call. Where one device declined (`deviceId`), the receptor's other devices learn that it was not them. */
export const finish = (call: Call, now: EpochMs, end: Omit<CallEnd, 'at'>, deviceId?: DeviceId): Transition => {
  const why = (leg: Leg): Leaving['why'] =>
    end.reason === 'rejected' && leg.side === 'receptor' && leg.deviceId !== deviceId ? 'declined_elsewhere' : 'ended'
  return move(call, now, deviceId === undefined ? { kind: 'finished' } : { kind: 'finished', deviceId }, {
    status: 'finished',
    since: now,
    talk: stopTalk(call, now),
    end: { ...end, ...(call.reception.blocked && { detail: 'blocked' }), at: now },
    movingSince: null,
    legs: call.legs.map((leg) => leave(leg, now, call.seq + 1, why(leg)))
  })
}
