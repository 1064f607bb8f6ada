// Offers: which calls this phone is to be rung for, and which cross a call of its own. Pure questions, and the ringing.
import { isAnswered } from '../../common/call/status.ts'
import type { Peer } from '../../common/types.ts'
import type { Call, PhoneState } from './machine-state.ts'
import { moveTo, tell, type Turn } from './machine-turn.ts'

const isSame = (one: Peer, other: Peer): boolean => one.userId === other.userId || one.username === other.username

/**
 * The call that was dialled here to `peer` and not answered, where an inbound call of theirs crosses it. The server lets
 * one of them go on, and if that is the inbound one, dialling was the consent to it.
 */
export const crossing = (phone: PhoneState, { direction, moving, peer }: Call): Call | null =>
  direction === 'outbound' || moving
    ? null
    : (phone.calls.find(
        (call) =>
          call.direction === 'outbound' &&
          call.entry === 'dialled' &&
          call.consent === 'given' &&
          isSame(call.peer, peer) &&
          (call.ended === null
            ? !isAnswered(call.status)
            : call.ended.end.detail === 'glare' && call.ended.shownUntil !== null)
      ) ?? null)

const isOffered = ({ entry, status, consent }: Call): boolean =>
  entry === 'offered' && (status === 'new' || status === 'ringing') && consent === 'none'

/** An offer that crosses our own call to the same person is neither shown nor rung for: one of the two gives way at once. */
export const isHidden = (phone: PhoneState, call: Call): boolean => isOffered(call) && crossing(phone, call) !== null

/** Whether this call can be answered and declined: offered here and not yet answered here. */
export const isAlerting = (phone: PhoneState, call: Call): boolean => isOffered(call) && crossing(phone, call) === null

/** The alert is up. A call that was found ringing is shown again, and nothing rings anew. */
export const ring = (turn: Turn, call: Call): Call =>
  call.status === 'new' ? tell(turn, moveTo(turn, call, 'ringing', true), { name: 'call.ringing' }) : call

/** Of a call that is not to disturb, the caller hears that it rings, and nobody else does. */
export const ringSilently = (turn: Turn, call: Call): Call =>
  call.silent && isAlerting(turn.phone, call) ? ring(turn, call) : call
