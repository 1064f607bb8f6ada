// What the person may do with the phone in a state, and why not. Pure questions: nothing moves here.
import { isAnswered, isLive } from '../../common/call/status.ts'
import { isSameNumber, numberKey } from '../../common/contacts/number.ts'
import type { ErrorCode } from '../../common/errors.ts'
import { unreachable } from '../../common/result.ts'
import type { CallView } from '../../common/snapshot.ts'
import { hasFloor, isTalk } from './machine-floor.ts'
import { isAlerting } from './machine-offer.ts'
import type { Call, Gesture, PhoneState } from './machine-state.ts'

/** A call that the person left when the app was ended, or that another run of it had. */
const mayReturn = ({ status, consent, entry }: Call): boolean =>
  isLive(status) && consent === 'none' && (entry === 'dialled' || isAnswered(status))

/** Whether this side is being connected to somebody else: it has the new call, maybe before it hears so of the old one. */
const isConnected = ({ calls }: PhoneState, { callId }: Call): boolean =>
  callId !== null && calls.some(({ transferOf, ended }) => transferOf === callId && ended === null)

/** A talk of two that goes on: not part of a conference, nobody is being connected to anybody. */
const isPlain = (phone: PhoneState, call: Call): boolean =>
  isTalk(call) &&
  !call.check &&
  call.callId !== null &&
  call.transfer === null &&
  !isConnected(phone, call) &&
  call.mergedWith === null &&
  call.conference.length === 0

/** Whether somebody is there who can be connected to others. */
const mayBeConnected = (phone: PhoneState, call: Call): boolean => isPlain(phone, call) && !call.echo

/** Whether the transfer that goes on was asked for on this side. */
const isTransferring = (phone: PhoneState, call: Call): boolean => call.transfer !== null && !isConnected(phone, call)

/** Whether the person takes part in it, or has said that they want to. */
export const hasAgreed = ({ consent }: Call): boolean => consent === 'asked' || consent === 'given'

/** A back end's call that nobody of this person has joined. It may be joined also after it was not wanted. */
const mayJoin = (call: Call): boolean => call.entry === 'joinable' && call.status === 'new' && !hasAgreed(call)

/** What the person may do with a call now. */
export const can = (phone: PhoneState, call: Call): CallView['can'] => {
  const alerting = isAlerting(phone, call)
  const talk = isTalk(call)
  const floor = hasFloor(phone, call)
  const isWithOthers = call.mergedWith !== null
  const mayConnect = mayBeConnected(phone, call)
  return {
    answer: alerting || mayReturn(call),
    decline: alerting,
    hangUp: isLive(call.status) && (call.entry === 'dialled' || hasAgreed(call) || isAnswered(call.status)),
    // Who dials, or is being connected to somebody, may be muted from the start.
    mute: isLive(call.status) && call.consent === 'given' && !isConnected(phone, call),
    hold: talk && floor && call.transfer === null,
    resume: talk && call.holding && call.transfer === null,
    dtmf: talk && floor,
    transfer: mayConnect,
    cancelTransfer: talk && isTransferring(phone, call),
    merge: mayConnect && phone.calls.some((other) => other !== call && mayBeConnected(phone, other)),
    split: talk && isWithOthers,
    move: isPlain(phone, call),
    join: mayJoin(call)
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
    case 'split':
    case 'join':
      return may[gesture.kind] ? null : 'not_allowed_now'
    case 'hold':
      return (gesture.held ? may.hold : may.resume) ? null : 'not_allowed_now'
    case 'merge': {
      const other = phone.calls.find(({ session }) => session === gesture.withSession)
      if (other === undefined) return 'invalid_call'
      return other !== call && may.merge && can(phone, other).merge ? null : 'not_allowed_now'
    }
    case 'dismiss':
      return call.ended === null && !may.join ? 'not_allowed_now' : null
    case 'alertShown':
      return isAlerting(phone, call) ? null : 'not_allowed_now'
    default:
      return unreachable(gesture)
  }
}

/** The call with this number that the person can join or come back to: to dial it is to want that one. */
export const waitingFor = (phone: PhoneState, number: string): Call | null =>
  phone.calls.find((call) => {
    const { join, answer, decline } = can(phone, call)
    return (join || (answer && !decline)) && isSameNumber(numberKey(call.peer.username), numberKey(number))
  }) ?? null

/** Why dialling is not possible now, or null where it is. */
export const dialRefusal = (phone: PhoneState): ErrorCode | null => (phone.link.joined ? null : 'disconnected')
