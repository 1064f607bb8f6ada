// How a call reacts where its user's devices change: a call of a back end is joined by one of them, a talk is moved from
// one to another. The first answer of a receptor's device is step.ts's.
import { isAnswered } from '../../common/call/status.ts'
import type { DeviceId } from '../../common/ids.ts'
import { unreachable } from '../../common/result.ts'
import type { EpochMs } from '../../common/time.ts'
import { legOf, type Call, type Leg, type Reception } from './call.ts'
import { leave, move, newLeg, withLeg } from './move.ts'
import { acted, nothing, refused, type Reaction } from './reaction.ts'

/** A device of the caller is told of a call that a back end made. */
export const invite = (call: Call, deviceId: DeviceId, now: EpochMs): Reaction =>
  call.status !== 'new' || legOf(call, deviceId) !== null
    ? nothing
    : acted(
        move(
          call,
          now,
          { kind: 'offered', deviceId, onlyTo: deviceId },
          { legs: [...call.legs, newLeg(deviceId, 'caller', 'offered')] }
        )
      )

/** `deviceId` is the caller's; the caller's others that were told of the call are out. */
export const join = (call: Call, deviceId: DeviceId, reception: Reception | undefined, now: EpochMs): Reaction => {
  const leg = legOf(call, deviceId)
  switch (call.status) {
    case 'new': {
      const others = call.legs.filter((other) => other !== leg)
      const change = {
        status: 'trying',
        since: now,
        reception: reception ?? call.reception,
        legs: [
          ...others.map((other) => leave(other, now, call.seq + 1, 'answered_elsewhere')),
          newLeg(deviceId, 'caller', 'chosen')
        ]
      } as const
      return acted(move(call, now, { kind: 'joined', deviceId }, change))
    }
    case 'trying':
    case 'ringing':
    case 'accepted':
    case 'conversation':
    case 'paused':
      if (leg?.side !== 'caller') return refused('not_allowed_now')
      return leg.left === null ? nothing : refused('call_session_finished')
    case 'finished':
      return refused('call_session_finished')
    default:
      return unreachable(call.status)
  }
}

const isOffer = (leg: Leg): boolean => leg.moving && leg.left === null

/** The call without its offers to other devices of one side. */
export const withoutOffers = (call: Call, now: EpochMs): Pick<Call, 'legs' | 'movingSince'> => ({
  movingSince: null,
  legs: call.legs.map((leg) => (isOffer(leg) ? leave(leg, now, call.seq + 1, 'answered_elsewhere') : leg))
})

export const offersOver = (call: Call, now: EpochMs, deviceId?: DeviceId): Reaction =>
  acted(move(call, now, { kind: 'moving', ...(deviceId !== undefined && { deviceId }) }, withoutOffers(call, now)))

/** Offers the talk to the devices `to`; a second time takes that back. */
export const moving = (call: Call, leg: Leg, to: readonly DeviceId[], now: EpochMs): Reaction => {
  if (leg.phase !== 'chosen' || !isAnswered(call.status)) return refused('not_allowed_now')
  const { deviceId, side } = leg
  if (call.movingSince !== null) {
    const own = call.legs.some((other) => isOffer(other) && other.side === side)
    return own ? offersOver(call, now, deviceId) : refused('not_allowed_now')
  }
  // A transfer and a conference are about this very device.
  if (call.transfer !== null || call.conference?.host === side) return refused('not_allowed_now')
  const free = to.filter((other) => legOf(call, other)?.left !== null)
  if (free.length === 0) return refused('no_other_device')
  const legs = [
    // A device that was out before is in again, as if for the first time.
    ...call.legs.filter((other) => !free.includes(other.deviceId)),
    ...free.map((other): Leg => ({ ...newLeg(other, side, 'offered'), moving: true }))
  ]
  return acted(move(call, now, { kind: 'moving', deviceId }, { legs, movingSince: now }))
}

/** The device's alert is up. Nobody else sees that. */
export const movingAlert = (call: Call, { deviceId, phase }: Leg, now: EpochMs): Reaction =>
  phase !== 'offered'
    ? nothing
    : acted(
        move(
          call,
          now,
          { kind: 'alerting', deviceId, onlyTo: deviceId },
          { legs: withLeg(call, deviceId, { phase: 'alerting' }) }
        )
      )

/** One of them is not where the talk goes on. */
export const movingDeclined = (call: Call, { deviceId }: Leg, now: EpochMs): Reaction => {
  const legs = call.legs.map((leg) =>
    leg.deviceId === deviceId ? leave(leg, now, call.seq + 1, 'answered_elsewhere') : leg
  )
  const movingSince = legs.some(isOffer) ? call.movingSince : null
  return acted(move(call, now, { kind: 'moving', deviceId }, { legs, movingSince }))
}

/** The talk goes on at this device: the one of before, and the others that were offered it, are out. */
export const takeOver = (call: Call, { deviceId, side }: Leg, now: EpochMs): Reaction => {
  const change = {
    movingSince: null,
    // The wait for its media begins now.
    since: call.status === 'accepted' ? now : call.since,
    // What its predecessor's owner had set is not what its owner sees.
    muted: { ...call.muted, [side]: false },
    held: { ...call.held, [side]: false },
    legs: call.legs.map((leg): Leg => {
      if (leg.deviceId === deviceId) return { ...leg, phase: 'chosen', moving: false }
      return leg.side === side ? leave(leg, now, call.seq + 1, 'answered_elsewhere') : leg
    })
  }
  return acted(move(call, now, { kind: 'moved', deviceId }, change))
}
