// How the server's word about a call moves the call here: newer snapshots only, the end never skipped, and on joining
// the net change alone. Pure.
import { transferOutcome } from '../../common/call/outcome.ts'
import { otherRole } from '../../common/call/end.ts'
import { isAnswered, isLive, rank } from '../../common/call/status.ts'
import type { CallSnapshot } from '../../common/protocol/values.ts'
import type { CallEnd } from '../../common/types.ts'
import { finish, isPassed, remember } from './machine-end.ts'
import { restoreHold, restoreMuted, setMuted, takeFloor, unmergeConnected } from './machine-floor.ts'
import { hasAgreed } from './machine-may.ts'
import { crossing, ringSilently } from './machine-offer.ts'
import { limits, type Call } from './machine-state.ts'
import { current, isTelling, moveTo, myRole, put, setMedia, tell, untold, type Turn } from './machine-turn.ts'

/** `live`: one of the pushes and answers of a connection. `joined`: found in the welcome, so what led to it is past. */
export type Way = 'live' | 'joined'

export const isOver = (snapshot: CallSnapshot): boolean => snapshot.status === 'finished' || snapshot.leg === 'gone'

/** What a snapshot says of the end; a leg that is gone from a call that goes on was answered on another device. */
const endOf = (snapshot: CallSnapshot): CallEnd =>
  snapshot.end ??
  (snapshot.status === 'finished'
    ? { reason: 'unknown', by: 'server', at: snapshot.now }
    : { reason: 'call_received', by: 'receptor', detail: 'answered_elsewhere', at: snapshot.now })

/** Said for a while from when it happened, so that a word that is told again later says nothing. */
const failureOf = ({ now }: Turn, snapshot: CallSnapshot): Call['transferFailed'] => {
  if (snapshot.transferFailed === null) return null
  const { to, reason, at } = snapshot.transferFailed
  const until = at + (now - snapshot.now) + limits.failureShownMs
  return until > now ? { to, outcome: transferOutcome(reason), until } : null
}

/** The call with what needs no transition: the server's word about it is taken as it is. */
export const withFacts = (turn: Turn, call: Call, snapshot: CallSnapshot): Call => {
  const mine = myRole(call)
  const theirs = otherRole(mine)
  return {
    // The call is there, so its creation needs no telling any more.
    ...untold(call, 'call.create'),
    callId: snapshot.id,
    peer: snapshot[theirs],
    echo: snapshot.echo,
    seq: snapshot.seq,
    peerMuted: snapshot.muted[theirs],
    // Until the person takes part here, it is another run's or another device's hold.
    holding: !hasAgreed(call) ? snapshot.held[mine] : call.holding,
    peerHolding: snapshot.held[theirs],
    waiting: snapshot.waiting,
    silent: snapshot.silent,
    moving: snapshot.moving,
    conference: snapshot.conference,
    transfer: snapshot.transfer,
    transferFailed: failureOf(turn, snapshot),
    talk: snapshot.talk,
    maxDurationMs: snapshot.maxDurationMs ?? null,
    offsetMs: turn.now - snapshot.now,
    heardAt: turn.now
  }
}

/**
 * The end here stands, whatever the server says; once it is over there too, nothing is left to tell. Should an answer
 * that was given before the end have reached the server after it, or the server have lost the end with its last steps,
 * this device has the call there: it is hung up again.
 */
const afterEnd = (turn: Turn, call: Call, snapshot: CallSnapshot): void => {
  if (call.callId === null) remember(turn, snapshot.id, 'ended')
  const { tellings } = untold(call, 'call.create')
  const informed = put(turn, {
    ...call,
    callId: snapshot.id,
    seq: snapshot.seq,
    tellings: isOver(snapshot) ? [] : tellings
  })
  if (isOver(snapshot) || snapshot.leg !== 'chosen' || isTelling(informed, 'call.hangup')) return
  if (informed.ended === null || isPassed(informed.ended.end)) return
  const ended = { ...informed.ended, giveUpAt: turn.now + limits.tellMs }
  tell(turn, { ...informed, ended }, { name: 'call.hangup' })
}

/** The call goes on with the floor of the one that was dialled and crossed it, or on hold, and muted, as that was. */
const takeOver = (turn: Turn, call: Call, dialled: Call): Call => {
  const { floor } = turn.phone
  const mayTalk = !dialled.holding && (floor === null || floor === dialled.session)
  if (mayTalk) takeFloor(turn, call.session, dialled.session)
  const taken = mayTalk ? current(turn, call) : put(turn, { ...call, holding: true })
  return setMuted(turn, taken, dialled.muted)
}

/** This device has the call: the person's consent counts now, be it an answer or the dialling of a call that crossed. */
const chosen = (turn: Turn, call: Call, snapshot: CallSnapshot, way: Way): Call => {
  if (call.consent === 'given') return call
  const crossed = call.consent === 'none' && call.entry === 'offered' ? crossing(turn.phone, call) : null
  if (!hasAgreed(call) && crossed === null) return call
  const answeredHere = call.consent === 'asked'
  const informed = put(turn, { ...untold(call, 'call.accept', 'call.join'), consent: 'given' })
  const agreed = crossed === null ? informed : takeOver(turn, informed, crossed)
  if (call.entry !== 'offered') return agreed
  // A server that lost its last steps says again what was heard here long ago.
  if (!isLive(call.status) || isAnswered(call.status)) return agreed
  return way === 'live' || snapshot.status === 'accepted' ? moveTo(turn, agreed, 'accepted', answeredHere) : agreed
}

/**
 * The server knows less of this device than it has said: it was started anew and had not kept it. It is told again,
 * in the order of old.
 */
const offeredAgain = (turn: Turn, call: Call, snapshot: CallSnapshot): Call => {
  if (call.entry === 'joinable') {
    return !hasAgreed(call) || isTelling(call, 'call.join') ? call : tell(turn, call, { name: 'call.join' })
  }
  if (call.status === 'new') return ringSilently(turn, call)
  let told = call
  const forgotRinging = snapshot.leg === 'offered' && !isTelling(told, 'call.ringing')
  if (forgotRinging) told = tell(turn, told, { name: 'call.ringing' })
  if (told.consent === 'none' || (!forgotRinging && isTelling(told, 'call.accept'))) return told
  return tell(turn, put(turn, { ...told, consent: 'asked' }), { name: 'call.accept' })
}

/** A server that was started anew may have lost what it was told last. */
const restored = (turn: Turn, call: Call, snapshot: CallSnapshot): Call => {
  const told = restoreMuted(turn, call, snapshot.muted[myRole(call)])
  const partner = turn.phone.calls.find(({ session }) => session === told.mergedWith)
  const isForgotten = partner !== undefined && snapshot.conference.length === 0 && told.session < partner.session
  if (!isForgotten || partner.callId === null || isTelling(told, 'call.merge')) return told
  return isTelling(partner, 'call.merge') ? told : tell(turn, told, { name: 'call.merge', withCallId: partner.callId })
}

const follow = (turn: Turn, call: Call, snapshot: CallSnapshot, way: Way): Call => {
  if (call.entry !== 'dialled' && snapshot.leg !== 'chosen') return offeredAgain(turn, call, snapshot)
  let moved = call
  // The server took the call, whatever has become of it since: that was `trying`.
  if (way === 'live' && moved.status === 'new' && moved.entry !== 'offered' && snapshot.status !== 'new') {
    moved = moveTo(turn, moved, 'trying', false)
  }
  moved = chosen(turn, moved, snapshot, way)
  moved = setMedia(turn, moved, 'caller', snapshot.media.caller)
  moved = setMedia(turn, moved, 'receptor', snapshot.media.receptor)
  // `new` is nothing that could be announced. A server that was started anew may have lost its last steps; it is told of
  // them again, and nobody hears the call go back.
  if (snapshot.status !== 'new' && rank(snapshot.status) >= rank(moved.status)) {
    moved = moveTo(turn, moved, snapshot.status, false)
  }
  if (moved.transfer !== null) {
    unmergeConnected(turn, moved)
    moved = current(turn, moved)
  }
  moved = restoreHold(turn, moved, snapshot.held[myRole(moved)])
  return way === 'joined' && moved.consent === 'given' ? restored(turn, moved, snapshot) : moved
}

/** Moves a call that is known here by a snapshot of it; an old or repeated one changes nothing. */
export const apply = (turn: Turn, call: Call, snapshot: CallSnapshot, way: Way): void => {
  if (snapshot.seq <= call.seq) return
  if (!isLive(call.status)) {
    afterEnd(turn, call, snapshot)
    return
  }
  const informed = put(turn, withFacts(turn, call, snapshot))
  if (!isOver(snapshot)) {
    follow(turn, informed, snapshot, way)
    return
  }
  const tried = way === 'live' && informed.status === 'new' && informed.entry === 'dialled'
  finish(turn, tried ? moveTo(turn, informed, 'trying', false) : informed, endOf(snapshot), false)
}
