// What the person may do with the phone in a state, and what it does to the phone. Pure.
import { isAnswered, isLive } from '../../common/call/status.ts'
import type { ErrorCode } from '../../common/errors.ts'
import { unreachable } from '../../common/result.ts'
import type { CallView } from '../../common/snapshot.ts'
import type { Peer } from '../../common/types.ts'
import type { Call, Fresh, Gesture, PhoneState } from './machine-state.ts'
import { finish, isAlerting, localEnd, moveTo, myRole, put, takeFloor, tell, type Turn } from './machine-turn.ts'

const mayReturn = (phone: PhoneState, call: Call): boolean =>
  isLive(call.status) &&
  call.consent === 'none' &&
  (call.direction === 'outbound' || isAnswered(call.status)) &&
  phone.floor === null

/** What the person may do with a call now. */
export const can = (phone: PhoneState, call: Call): CallView['can'] => {
  const alerting = isAlerting(phone, call)
  return {
    answer: (alerting && phone.floor === null) || mayReturn(phone, call),
    decline: alerting,
    hangUp:
      isLive(call.status) && (call.direction === 'outbound' || call.consent !== 'none' || isAnswered(call.status)),
    mute: isAnswered(call.status) && call.consent === 'given',
    hold: false,
    resume: false,
    dtmf: false,
    transfer: false,
    cancelTransfer: false,
    merge: false,
    split: false,
    move: false,
    join: false
  }
}

/** Why a gesture is not possible now, or null where it is. */
export const refusal = (phone: PhoneState, gesture: Gesture): ErrorCode | null => {
  const call = phone.calls.find(({ session }) => session === gesture.session)
  if (call === undefined) return 'invalid_call'
  const may = can(phone, call)
  switch (gesture.kind) {
    case 'answer':
    case 'decline':
    case 'hangUp':
    case 'mute':
      return may[gesture.kind] ? null : 'not_allowed_now'
    case 'dismiss':
      return call.ended === null ? 'not_allowed_now' : null
    case 'alertShown':
      return isAlerting(phone, call) ? null : 'not_allowed_now'
    default:
      return unreachable(gesture)
  }
}

/** Why dialling is not possible now, or null where it is. One call at a time has the floor, until calls can be held. */
export const dialRefusal = (phone: PhoneState): ErrorCode | null => {
  if (!phone.link.joined) return 'disconnected'
  return phone.floor === null ? null : 'too_many_calls'
}

export const dial = (turn: Turn, fresh: Fresh, peer: Peer): void => {
  if (dialRefusal(turn.phone) !== null) return
  const call = put(turn, {
    ...fresh,
    told: 0,
    callId: null,
    direction: 'outbound',
    peer,
    status: 'new',
    consent: 'given',
    seq: -1,
    media: { caller: 'disconnected', receptor: 'disconnected' },
    muted: false,
    peerMuted: false,
    talk: { ms: 0, since: null },
    offsetMs: 0,
    dialledAt: turn.now,
    heardAt: turn.now,
    epoch: 1,
    trouble: null,
    tellings: [],
    ended: null
  })
  takeFloor(turn, call.session)
  tell(turn, call, { name: 'call.create', to: peer.username })
}

/** The alert is up. A call that was found ringing is shown again, and nothing rings anew. */
const ring = (turn: Turn, call: Call): Call =>
  call.status === 'new' ? tell(turn, moveTo(turn, call, 'ringing', true), { name: 'call.ringing' }) : call

const answer = (turn: Turn, call: Call): void => {
  const isReturn = !isAlerting(turn.phone, call)
  takeFloor(turn, call.session)
  if (isReturn) {
    put(turn, { ...call, consent: 'given' })
    return
  }
  // Whoever answers has seen the alert, wherever it was; the server accepts from a device that rings.
  const ringing = ring(turn, call)
  tell(turn, put(turn, { ...ringing, consent: 'asked' }), { name: 'call.accept' })
}

export const gesture = (turn: Turn, made: Gesture): void => {
  if (refusal(turn.phone, made) !== null) return
  const call = turn.phone.calls.find(({ session }) => session === made.session)
  if (call === undefined) return
  switch (made.kind) {
    case 'answer':
      answer(turn, call)
      return
    case 'decline':
      tell(turn, finish(turn, call, localEnd(turn, call, 'rejected', 'receptor'), true), { name: 'call.decline' })
      return
    case 'hangUp':
      tell(turn, finish(turn, call, localEnd(turn, call, 'hangup', myRole(call)), true), { name: 'call.hangup' })
      return
    case 'mute':
      if (call.muted !== made.muted) {
        tell(turn, put(turn, { ...call, muted: made.muted }), { name: 'call.mute', muted: made.muted })
      }
      return
    case 'dismiss':
      if (call.ended !== null) put(turn, { ...call, ended: { ...call.ended, shownUntil: null, toneUntil: null } })
      return
    case 'alertShown':
      ring(turn, call)
      return
    default:
      unreachable(made)
  }
}
