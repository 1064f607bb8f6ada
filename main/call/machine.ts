// The phone machine: step(phone, event, now) gives the phone after it and what the delegate hears. Pure: it neither
// sends nor starts anything; wants.ts says what must be there in a state. The state diagram stands in machine-state.ts.
import { isLive } from '../../common/call/status.ts'
import type { DelegateEvent } from '../../common/delegate.ts'
import type { MediaFact } from '../../common/ipc.ts'
import { unreachable } from '../../common/result.ts'
import { answered } from './machine-answers.ts'
import { findConference, receive } from './machine-arrival.ts'
import { finish, localEnd } from './machine-end.ts'
import { closeAll, dial, endChecks, gesture } from './machine-gestures.ts'
import type { Call, PhoneEvent, PhoneState } from './machine-state.ts'
import { expire, settle } from './machine-time.ts'
import { current, put, tell, type Turn } from './machine-turn.ts'

const withNewEpoch = (call: Call): Call => ({
  ...call,
  epoch: call.epoch + 1,
  trouble: null,
  tellings: call.tellings.filter(({ message }) => message.name !== 'media.report')
})

const joined = (turn: Turn, event: PhoneEvent & { kind: 'joined' }): void => {
  const { boot } = event
  const anew = boot !== turn.phone.boot
  const calls = turn.phone.calls.map((known) => {
    // Sequence numbers count within one run of the server, and its media went with it.
    const call = anew ? { ...(isLive(known.status) ? withNewEpoch(known) : known), seq: -1 } : known
    return { ...call, tellings: call.tellings.map((telling) => ({ ...telling, notBefore: null })) }
  })
  turn.phone = { ...turn.phone, boot, welcomedAt: event.now, calls, unnamed: [], link: { joined: true } }
  event.calls.forEach((snapshot, index) => {
    const fresh = event.fresh[index]
    if (fresh !== undefined) receive(turn, snapshot, fresh, 'joined')
  })
  findConference(turn)
  const told = new Set(event.calls.map(({ id }) => id))
  for (const each of turn.phone.calls) {
    // The end of another, just before, may have moved it.
    const call = current(turn, each)
    if (call.callId === null) {
      // Hung up before the server knew of it, and it does not: there is nothing to end.
      if (!isLive(call.status)) put(turn, { ...call, tellings: [] })
    } else if (event.named.includes(call.callId) && !told.has(call.callId)) {
      // The server knows nothing of a call that it was asked about: it is over.
      finish(turn, put(turn, { ...call, tellings: [] }), localEnd(turn, call, 'unknown', 'server'), false)
    }
  }
}

const fact = (turn: Turn, session: string, epoch: number, told: MediaFact): void => {
  const call = turn.phone.calls.find((other) => other.session === session)
  // A call that is over or whose media was ordered anew has no use for what is said of the old.
  if (call === undefined || !isLive(call.status) || call.epoch !== epoch) return
  switch (told.kind) {
    case 'ready':
    case 'recovered':
      put(turn, { ...call, trouble: null })
      return
    case 'lost':
      tell(turn, call, { name: 'media.report', epoch, state: 'disconnected' })
      return
    case 'back':
      tell(turn, call, { name: 'media.report', epoch, state: 'connected' })
      return
    case 'rebuild':
      put(turn, withNewEpoch(call))
      return
    case 'failed':
      put(turn, { ...call, trouble: { code: told.code } })
      return
    default:
      unreachable(told)
  }
}

const takeIn = (turn: Turn, event: PhoneEvent): void => {
  switch (event.kind) {
    case 'dial':
      dial(turn, event)
      return
    case 'answer':
    case 'decline':
    case 'hangUp':
    case 'mute':
    case 'hold':
    case 'merge':
    case 'split':
    case 'join':
    case 'dismiss':
    case 'alertShown':
      gesture(turn, event)
      return
    case 'joined':
      joined(turn, event)
      return
    case 'lost':
      if (turn.phone.link.joined) turn.phone = { ...turn.phone, link: { joined: false, since: turn.now } }
      return
    case 'changed':
      receive(turn, event.call, event.fresh, 'live')
      return
    case 'answered':
      answered(turn, event.session, event.requestId, event.result)
      return
    case 'fact':
      fact(turn, event.session, event.epoch, event.fact)
      return
    case 'engineGone':
      endChecks(turn)
      for (const call of turn.phone.calls) if (isLive(call.status)) put(turn, withNewEpoch(call))
      return
    case 'time':
      return
    case 'closing':
      closeAll(turn)
      return
    case 'closed':
      for (const call of turn.phone.calls) if (call.ended !== null) put(turn, { ...call, tellings: [] })
      return
    default:
      unreachable(event)
  }
}

/** The phone after `event`, and what the delegate hears of it, in order. */
export const step = (
  phone: PhoneState,
  event: PhoneEvent,
  now: number
): { readonly phone: PhoneState; readonly delegate: readonly DelegateEvent[] } => {
  const turn: Turn = { phone, now, heard: [] }
  expire(turn)
  takeIn(turn, event)
  settle(turn)
  return { phone: turn.phone, delegate: turn.heard }
}
