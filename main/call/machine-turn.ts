// The few moves that every transition of the phone is made of: announce, tell, finish. No event is decided here.
import { roleOf, type CallRole } from '../../common/call/end.ts'
import { isAnswered, isLive, type CallStatus } from '../../common/call/status.ts'
import type { DelegateCall, DelegateEvent } from '../../common/delegate.ts'
import type { CallEnd, MediaState, Peer } from '../../common/types.ts'
import { limits, type Call, type Ended, type Message, type PhoneState } from './machine-state.ts'

/** One step in the making; made and thrown away inside `step`. */
export type Turn = { phone: PhoneState; readonly now: number; readonly heard: DelegateEvent[] }

export const put = (turn: Turn, call: Call): Call => {
  const known = turn.phone.calls.some(({ session }) => session === call.session)
  const calls = known
    ? turn.phone.calls.map((other) => (other.session === call.session ? call : other))
    : [...turn.phone.calls, call]
  turn.phone = { ...turn.phone, calls }
  return call
}

export const takeFloor = (turn: Turn, session: string): void => {
  turn.phone = { ...turn.phone, floor: session }
}

const leaveFloor = (turn: Turn, session: string): void => {
  if (turn.phone.floor === session) turn.phone = { ...turn.phone, floor: null }
}

const delegateCall = ({ session, callId, direction, peer, status }: Call): DelegateCall => ({
  session,
  callId,
  direction,
  peer,
  status
})

export const moveTo = (turn: Turn, call: Call, status: CallStatus, isLocalChange: boolean): Call => {
  if (call.status === status) return call
  const moved = put(turn, { ...call, status })
  turn.heard.push({ kind: 'onCallStateChanged', state: status, isLocalChange, call: delegateCall(moved) })
  return moved
}

export const setMedia = (turn: Turn, call: Call, role: CallRole, newState: MediaState): Call => {
  const oldState = call.media[role]
  if (oldState === newState) return call
  const changed = put(turn, { ...call, media: { ...call.media, [role]: newState } })
  turn.heard.push({ kind: 'onMediaStateChanged', role, oldState, newState, call: delegateCall(changed) })
  return changed
}

/** Adds what the server must hear. Of a kind that only the last word of counts, the older one is forgotten. */
export const tell = (turn: Turn, call: Call, message: Message): Call =>
  put(turn, {
    ...call,
    told: call.told + 1,
    tellings: [
      ...call.tellings.filter((telling) => telling.message.name !== message.name),
      { requestId: `${call.requests}.${call.told + 1}`, message, notBefore: null }
    ]
  })

export const isTelling = (call: Call, name: Message['name']): boolean =>
  call.tellings.some(({ message }) => message.name === name)

export const myRole = (call: Call): CallRole => roleOf(call.direction)

/** An end that this device makes, on the server's clock as far as it is known. */
export const localEnd = (turn: Turn, call: Call, reason: CallEnd['reason'], by: CallEnd['by']): CallEnd => ({
  reason,
  by,
  at: Math.max(0, turn.now - call.offsetMs)
})

const talkMs = (turn: Turn, { talk, offsetMs }: Call): number =>
  talk.since === null ? talk.ms : talk.ms + Math.max(0, turn.now - offsetMs - talk.since)

/** Ends a live call: the one place that says `finished` and then why, so that it is said once. */
export const finish = (turn: Turn, call: Call, end: CallEnd, local: boolean): Call => {
  if (!isLive(call.status)) return call
  const ended: Ended = {
    end,
    answered: isAnswered(call.status),
    local,
    giveUpAt: turn.now + limits.tellMs,
    shownUntil: turn.now + limits.shownMs,
    toneUntil: turn.now + limits.endToneMs
  }
  // Of what was to be told only the creation still counts: without its answer a hang-up knows no call id.
  const tellings = local && call.callId === null ? call.tellings.filter((t) => t.message.name === 'call.create') : []
  const talk = { ms: talkMs(turn, call), since: null }
  const over = moveTo(turn, put(turn, { ...call, ended, tellings, talk }), 'finished', local)
  turn.heard.push({ kind: 'onCallFinished', reason: end.reason, end, call: delegateCall(over) })
  leaveFloor(turn, call.session)
  if (call.callId !== null) {
    turn.phone = { ...turn.phone, over: [...turn.phone.over, call.callId].slice(-limits.remembered) }
  }
  return over
}

const isSame = (one: Peer, other: Peer): boolean => one.userId === other.userId || one.username === other.username

/**
 * Whether an inbound call from `peer` crosses a call that was dialled here to the same person and not answered. The
 * server lets one of them go on, and if that is the inbound one, dialling was the consent to it.
 */
export const isCrossing = (phone: PhoneState, peer: Peer): boolean =>
  phone.calls.some(
    (call) =>
      call.direction === 'outbound' &&
      call.consent === 'given' &&
      isSame(call.peer, peer) &&
      (call.ended === null
        ? !isAnswered(call.status)
        : call.ended.end.detail === 'glare' && call.ended.shownUntil !== null)
  )

const isOffered = ({ direction, status, consent }: Call): boolean =>
  direction === 'inbound' && (status === 'new' || status === 'ringing') && consent === 'none'

/** An offer that crosses our own call to the same person is neither shown nor rung for: one of the two gives way at once. */
export const isHidden = (phone: PhoneState, call: Call): boolean => isOffered(call) && isCrossing(phone, call.peer)

/** Whether this call is to be rung for: offered here and not yet answered here. */
export const isAlerting = (phone: PhoneState, call: Call): boolean => isOffered(call) && !isCrossing(phone, call.peer)
