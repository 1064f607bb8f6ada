// How a call reacts to what happens: a pure function, no I/O, no clock, no chance. Every pair of state and event is of
// one of three classes: acted, nothing (expected, and there is nothing to do), or refused with a code for the asker.
import type { CallRole } from '../../common/call/end.ts'
import type { ErrorCode } from '../../common/errors.ts'
import type { DeviceId } from '../../common/ids.ts'
import { unreachable } from '../../common/result.ts'
import type { EpochMs } from '../../common/time.ts'
import { echoDevice, legOf, mediaOf, type Call, type Leg } from './call.ts'
import { hangingUp, runOut, turnAway, withdraw } from './end-step.ts'
import type { CallEvent } from './event.ts'
import { acted, nothing, refused, type Reaction } from './reaction.ts'
import { mediaFact, mediaOpen, mediaReport, recovered, socketBack, socketLost } from './leg-step.ts'
import { invite, join, movingAlert, movingDeclined, moving, takeOver } from './device-step.ts'
import { accept, converse, finish, move, newLeg, pause, withLeg, type Transition } from './move.ts'
import {
  cancelling,
  holding,
  merging,
  messaging,
  muting,
  part,
  pressing,
  splitting,
  transferOver,
  transferring
} from './talk-step.ts'

export type Stepped = {
  readonly call: Call
  /** Each has a `seq` of its own, in order. An act may be invisible and have none. */
  readonly transitions: readonly Transition[]
  readonly answer: 'acted' | 'nothing' | { readonly refused: ErrorCode }
}

const offer = (call: Call, deviceId: DeviceId, now: EpochMs): Reaction => {
  switch (call.status) {
    case 'trying':
    case 'ringing':
      // Who is not wanted waits for somebody who is not there.
      if (legOf(call, deviceId) !== null || call.reception.blocked) return nothing
      // The echo service has the one device that the server makes, and nobody else has it.
      if ((call.kind === 'echo') !== (deviceId === echoDevice)) return nothing
      return acted(
        move(
          call,
          now,
          { kind: 'offered', deviceId, onlyTo: deviceId },
          {
            legs: [...call.legs, newLeg(deviceId, 'receptor', 'offered')]
          }
        )
      )
    // No caller yet, or too late: the device is simply not part of it.
    case 'new':
    case 'accepted':
    case 'conversation':
    case 'paused':
    case 'finished':
      return nothing
    default:
      return unreachable(call.status)
  }
}

/** `deviceId` reports that its alert is up. */
const ringing = (call: Call, leg: Leg, now: EpochMs): Reaction => {
  if (leg.moving) return movingAlert(call, leg, now)
  if (leg.phase !== 'offered') return nothing
  const { deviceId } = leg
  const legs = withLeg(call, deviceId, { phase: 'alerting' })
  switch (call.status) {
    case 'trying':
      return acted(move(call, now, { kind: 'ringing', deviceId }, { status: 'ringing', since: now, legs }))
    case 'ringing':
      // Nobody else sees that a second device rings too.
      return acted(move(call, now, { kind: 'alerting', deviceId, onlyTo: deviceId }, { legs }))
    case 'new':
    case 'accepted':
    case 'conversation':
    case 'paused':
    case 'finished':
      return refused('not_allowed_now')
    default:
      return unreachable(call.status)
  }
}

const accepting = (call: Call, leg: Leg, now: EpochMs): Reaction => {
  if (leg.moving) return takeOver(call, leg, now)
  switch (leg.phase) {
    case 'chosen':
      return nothing
    case 'offered':
      return refused('not_allowed_now')
    case 'alerting':
      return call.status === 'ringing' ? acted(accept(call, leg.deviceId, now)) : refused('not_allowed_now')
    default:
      return unreachable(leg.phase)
  }
}

const declining = (call: Call, leg: Leg, now: EpochMs): Reaction => {
  if (leg.moving) return movingDeclined(call, leg, now)
  switch (leg.phase) {
    case 'offered':
    case 'alerting':
      return acted(finish(call, now, { reason: 'rejected', by: 'receptor' }, leg.deviceId))
    // Whoever answered hangs up: a Decline that was pressed at the same moment does not end the talk.
    case 'chosen':
      return refused('not_allowed_now')
    default:
      return unreachable(leg.phase)
  }
}

type Asked = {
  readonly deviceId: DeviceId
  /** The only side that may ask this; absent where both may. */
  readonly side?: CallRole
  /** The answer to a device for which the call is over. */
  readonly over: Reaction
}

/** A device's command: only for a device of the call, of the right side, and whose part is not over. */
const asked = (call: Call, { deviceId, side, over }: Asked, then: (leg: Leg) => Reaction): Reaction => {
  const leg = legOf(call, deviceId)
  // Where a talk is moved to, either side's devices answer.
  if (leg === null || (side !== undefined && leg.side !== side && !leg.moving)) return refused('access_denied')
  return leg.left === null ? then(leg) : over
}

const finished = refused('call_session_finished')

const react = (call: Call, event: CallEvent, now: EpochMs): Reaction => {
  switch (event.kind) {
    case 'join':
      return join(call, event.deviceId, event.reception, now)
    case 'invite':
      return invite(call, event.deviceId, now)
    case 'offer':
      return offer(call, event.deviceId, now)
    case 'turnAway':
      return turnAway(call, event.why, now)
    case 'ringing':
      return asked(call, { ...event, side: 'receptor', over: finished }, (leg) => ringing(call, leg, now))
    case 'accept':
      return asked(call, { ...event, side: 'receptor', over: finished }, (leg) => accepting(call, leg, now))
    // To end what is over is no error: that is what was wanted.
    case 'decline':
      return asked(call, { ...event, side: 'receptor', over: nothing }, (leg) => declining(call, leg, now))
    case 'hangup':
      return asked(call, { ...event, over: nothing }, (leg) => hangingUp(call, leg, now))
    case 'mute':
      return asked(call, { ...event, over: finished }, (leg) => muting(call, leg, event.muted, now))
    case 'look':
      return asked(call, { ...event, over: nothing }, () => nothing)
    case 'hold':
      return asked(call, { ...event, over: finished }, (leg) => holding(call, leg, event.held, now))
    case 'dtmf':
      return asked(call, { ...event, over: finished }, (leg) => pressing(call, leg, event.digits, now))
    case 'message':
      return asked(call, { ...event, over: finished }, (leg) => messaging(call, leg))
    case 'transfer':
      return asked(call, { ...event, over: finished }, (leg) => transferring(call, leg, event, now))
    case 'transferCancel':
      return asked(call, { ...event, over: finished }, (leg) => cancelling(call, leg, now))
    case 'merge':
      return asked(call, { ...event, over: finished }, (leg) => merging(call, leg, event, now))
    case 'split':
      return asked(call, { ...event, over: finished }, (leg) => splitting(call, leg, now))
    case 'move':
      return asked(call, { ...event, over: finished }, (leg) => moving(call, leg, event.to, now))
    case 'transferOver':
      return transferOver(call, event, now)
    case 'withdraw':
      return withdraw(call, now)
    case 'part':
      return part(call, event.callId, now)
    case 'mediaOpen':
      return asked(call, { ...event, over: finished }, (leg) => mediaOpen(call, leg, event.epoch))
    case 'mediaReport':
      return asked(call, { ...event, over: finished }, (leg) => mediaReport(call, leg, event))
    case 'mediaFact':
      return mediaFact(call, event)
    case 'socketLost':
      return socketLost(call, event.deviceId, now)
    case 'socketBack':
      return socketBack(call, event)
    case 'recovered':
      return recovered(call, event.aliveAt, now)
    case 'kill':
      return call.status === 'finished' ? nothing : acted(finish(call, now, { reason: 'killed', by: 'server' }))
    case 'due':
      return runOut(call, event.limit, now)
    default:
      return unreachable(event)
  }
}

/** What the state of both legs makes of the call, once the event itself is dealt with. */
const settle = (before: Call, { call, transitions }: Reaction & { did: 'acted' }, now: EpochMs): Stepped => {
  const then = (transition: Transition): Stepped => ({
    call: transition.call,
    transitions: [...transitions, transition],
    answer: 'acted'
  })
  const media = mediaOf(call)
  const both = media.caller === 'connected' && media.receptor === 'connected'
  switch (call.status) {
    case 'accepted':
    case 'paused':
      if (both) return then(converse(call, now))
      break
    case 'conversation':
      if (!both) return then(pause(call, now))
      break
    case 'new':
    case 'trying':
    case 'ringing':
    case 'finished':
      break
    default:
      return unreachable(call.status)
  }
  const shown = mediaOf(before)
  const changed = shown.caller !== media.caller || shown.receptor !== media.receptor
  // A transition of the event's own has shown the legs already.
  return changed && transitions.length === 0
    ? then(move(call, now, { kind: 'media' }, {}))
    : { call, transitions, answer: 'acted' }
}

/** Moves `call` by `event`, which happened at `now`. */
export const step = (call: Call, event: CallEvent, now: EpochMs): Stepped => {
  const reaction = react(call, event, now)
  switch (reaction.did) {
    case 'acted':
      return settle(call, reaction, now)
    case 'nothing':
      return { call, transitions: [], answer: 'nothing' }
    case 'refused':
      return { call, transitions: [], answer: { refused: reaction.code } }
    default:
      return unreachable(reaction)
  }
}
