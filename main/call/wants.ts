// What must be there while the phone is in a state: deadlines, requests, media and the tone. Pure; the driver makes it so.
import { isAnswered, isLive } from '../../common/call/status.ts'
import type { MediaOrder } from '../../common/ipc.ts'
import type { RequestData, RequestName } from '../../common/protocol/socket.ts'
import { unreachable } from '../../common/result.ts'
import type { Tone } from '../../common/snapshot.ts'
import type { Call, Message, PhoneState, Telling } from './machine-state.ts'
import { deadlines } from './machine-time.ts'
import { hasFloor } from './machine-floor.ts'
import { isAlerting } from './machine-offer.ts'
import { isLossUntold, myRole } from './machine-turn.ts'

/** A request that shall be under way now. */
export type WantedRequest<N extends RequestName = Message['name']> = {
  readonly session: string
  readonly requestId: string
  readonly name: N
  readonly data: RequestData<N>
}

export type Wants = {
  /** When time must be looked at again at the latest; null where nothing is waited for. */
  readonly nextAt: number | null
  readonly requests: readonly WantedRequest[]
  readonly orders: readonly MediaOrder[]
  readonly tone: Tone
  /** Sessions to be rung for. */
  readonly alerts: readonly string[]
}

const request = (call: Call, { requestId, message }: Telling): WantedRequest | null => {
  const { session, callId } = call
  if (message.name === 'call.create') {
    const { name, to, check } = message
    return { session, requestId, name, data: check ? { to, check } : { to } }
  }
  // Until the server has named the call there is nothing to say of it.
  if (callId === null) return null
  switch (message.name) {
    case 'call.ringing':
    case 'call.accept':
    case 'call.decline':
    case 'call.hangup':
    case 'call.join':
    case 'call.split':
      return { session, requestId, name: message.name, data: { callId } }
    case 'call.hold':
      return { session, requestId, name: message.name, data: { callId, held: message.held } }
    case 'call.merge':
      return { session, requestId, name: message.name, data: { callId, withCallId: message.withCallId } }
    case 'call.mute':
      return { session, requestId, name: message.name, data: { callId, muted: message.muted } }
    case 'media.report':
      return { session, requestId, name: message.name, data: { callId, epoch: message.epoch, state: message.state } }
    default:
      return unreachable(message)
  }
}

/**
 * Whether the server would find this number busy with a call that was cancelled here already: its hang-up can't be told
 * before the server has named it, or is told again later. Who redials at once gets a call.
 */
const comesTooSoon = (phone: PhoneState, call: Call, { message }: Telling): boolean =>
  message.name === 'call.create' &&
  phone.calls
    .slice(0, phone.calls.indexOf(call))
    .some(
      ({ ended, entry, peer, tellings }) =>
        ended !== null &&
        entry === 'dialled' &&
        peer.username === message.to &&
        tellings.some((left) => left.message.name === 'call.create' || left.notBefore !== null)
    )

const requests = (phone: PhoneState): readonly WantedRequest[] =>
  phone.link.joined
    ? phone.calls.flatMap((call) =>
        call.tellings
          .filter((telling) => telling.notBefore === null && !comesTooSoon(phone, call, telling))
          .map((telling) => request(call, telling))
          .filter((wanted) => wanted !== null)
      )
    : []

const order = (phone: PhoneState, call: Call): MediaOrder | null => {
  if (!isLive(call.status)) return null
  const { session, epoch, muted } = call
  // While the other side is being connected to somebody else, nobody here is heard.
  const mayTalk = hasFloor(phone, call) && call.transfer === null
  if (call.consent === 'given') {
    const talk = call.mergedWith === null ? 'talk' : 'conference'
    const want = isAnswered(call.status) ? (mayTalk ? talk : 'hold') : 'prepare'
    return { session, epoch, want, microphone: mayTalk, muted }
  }
  // The microphone takes longest to open, so it does while the server is asked; nothing is let through until it agrees.
  const answered = call.consent === 'asked'
  const microphone = answered && mayTalk && phone.link.joined
  // A device that has not joined yet has no part in the call, so its media would be refused.
  const prepares = (answered && call.entry !== 'joinable') || (call.entry === 'offered' && call.status === 'ringing')
  return prepares ? { session, epoch, want: 'prepare', microphone, muted } : null
}

const toneOfEnd = (call: Call): Tone => {
  const { ended } = call
  if (ended === null || ended.toneUntil === null || ended.local) return 'none'
  if (ended.end.reason === 'busy') return call.direction === 'outbound' ? 'busy' : 'none'
  const { detail } = ended.end
  // The talk goes on, here or elsewhere.
  if (detail === 'glare' || detail === 'transferred' || detail === 'answered_elsewhere') return 'none'
  // A call that was only offered goes without a sound.
  return ended.answered || myRole(call) === 'caller' ? 'ended' : 'none'
}

const toneOf = (phone: PhoneState, call: Call): Tone => {
  if (call.check) return 'none'
  switch (call.status) {
    case 'new':
    case 'accepted':
      return 'none'
    case 'conversation':
      return hasFloor(phone, call) && isLossUntold(call) ? 'reconnecting' : 'none'
    case 'trying':
      return hasFloor(phone, call) && call.consent === 'given' ? 'trying' : 'none'
    case 'ringing':
      if (call.entry === 'dialled') return hasFloor(phone, call) && call.consent === 'given' ? 'ringback' : 'none'
      if (call.silent || !isAlerting(phone, call)) return 'none'
      // Whoever talks, here or on another device, or has the call already, needs no bell.
      return phone.floor !== null || call.waiting || call.moving ? 'ringingSoftly' : 'ringing'
    case 'paused':
      return hasFloor(phone, call) ? 'reconnecting' : 'none'
    case 'finished':
    case 'flushed':
      return toneOfEnd(call)
    default:
      return unreachable(call.status)
  }
}

/** The floor's call sounds first, then one that rings, then one that has ended. A conversation is not disturbed by an end. */
const tone = (phone: PhoneState): Tone => {
  const floor = phone.calls.find(({ session }) => session === phone.floor)
  const ofFloor = floor === undefined ? 'none' : toneOf(phone, floor)
  if (ofFloor !== 'none') return ofFloor
  const others = phone.calls.filter((call) => call !== floor && (floor === undefined || isLive(call.status)))
  const sounding = [...others.filter(({ status }) => isLive(status)), ...others.filter(({ status }) => !isLive(status))]
  return sounding.map((call) => toneOf(phone, call)).find((sound) => sound !== 'none') ?? 'none'
}

export const wants = (phone: PhoneState): Wants => {
  const due = deadlines(phone)
  return {
    nextAt: due.length === 0 ? null : Math.min(...due),
    requests: requests(phone),
    orders: phone.calls.map((call) => order(phone, call)).filter((wanted) => wanted !== null),
    tone: tone(phone),
    alerts: phone.calls.filter((call) => isAlerting(phone, call) && !call.silent).map(({ session }) => session)
  }
}
