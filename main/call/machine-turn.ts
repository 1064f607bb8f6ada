// The few moves that every transition of the phone is made of: put, announce, tell. No event is decided here.
import { roleOf, type CallRole } from '../../common/call/end.ts'
import type { CallStatus } from '../../common/call/status.ts'
import type { DelegateCall, DelegateEvent } from '../../common/delegate.ts'
import type { MediaState } from '../../common/types.ts'
import type { Call, Message, PhoneState } from './machine-state.ts'

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

/** The call as it is now: what a move before has made of it. */
export const current = (turn: Turn, call: Call): Call =>
  turn.phone.calls.find(({ session }) => session === call.session) ?? call

export const delegateCall = ({ session, callId, direction, peer, status }: Call): DelegateCall => ({
  session,
  callId,
  direction,
  peer,
  status
})

/** Of a check the delegate hears nothing. */
export const hear = (turn: Turn, { check }: Call, event: DelegateEvent): void => {
  if (!check) turn.heard.push(event)
}

export const moveTo = (turn: Turn, call: Call, status: CallStatus, isLocalChange: boolean): Call => {
  if (call.status === status) return call
  const moved = put(turn, { ...call, status })
  hear(turn, moved, { kind: 'onCallStateChanged', state: status, isLocalChange, call: delegateCall(moved) })
  return moved
}

export const setMedia = (turn: Turn, call: Call, role: CallRole, newState: MediaState): Call => {
  const oldState = call.media[role]
  if (oldState === newState) return call
  const changed = put(turn, { ...call, media: { ...call.media, [role]: newState } })
  hear(turn, changed, { kind: 'onMediaStateChanged', role, oldState, newState, call: delegateCall(changed) })
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

/** Whether this device has lost its sound, and the server, whose word counts, has not heard of it yet. */
export const isLossUntold = ({ status, tellings }: Call): boolean =>
  status === 'conversation' &&
  tellings.some(({ message }) => message.name === 'media.report' && message.state === 'disconnected')

export const isTelling = (call: Call, name: Message['name']): boolean =>
  call.tellings.some(({ message }) => message.name === name)

/** The call without what is still to be told under these names. */
export const untold = (call: Call, ...names: readonly Message['name'][]): Call => ({
  ...call,
  tellings: call.tellings.filter(({ message }) => !names.includes(message.name))
})

export const myRole = (call: Call): CallRole => roleOf(call.direction)
