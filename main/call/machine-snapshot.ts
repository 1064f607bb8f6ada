// How the server's word about a call moves the call here: newer snapshots only, the end never skipped, and on joining
// the net change alone. Pure.
import { otherRole, roleOf } from '../../common/call/end.ts'
import { isAnswered, isLive, rank } from '../../common/call/status.ts'
import type { CallSnapshot } from '../../common/protocol/values.ts'
import type { CallEnd } from '../../common/types.ts'
import type { Call, Fresh, Telling } from './machine-state.ts'
import { limits } from './machine-state.ts'
import {
  finish,
  isCrossing,
  isTelling,
  localEnd,
  moveTo,
  myRole,
  put,
  setMedia,
  takeFloor,
  tell,
  type Turn
} from './machine-turn.ts'

/** `live`: one of the pushes and answers of a connection. `joined`: found in the welcome, so what led to it is past. */
type Way = 'live' | 'joined'

const isOver = (snapshot: CallSnapshot): boolean => snapshot.status === 'finished' || snapshot.leg === 'gone'

/** What a snapshot says of the end; a leg that is gone from a call that goes on was answered on another device. */
const endOf = (snapshot: CallSnapshot): CallEnd =>
  snapshot.end ??
  (snapshot.status === 'finished'
    ? { reason: 'unknown', by: 'server', at: snapshot.now }
    : { reason: 'call_received', by: 'receptor', detail: 'answered_elsewhere', at: snapshot.now })

const withoutCreation = (call: Call): readonly Telling[] =>
  call.tellings.filter(({ message }) => message.name !== 'call.create')

const withFacts = (turn: Turn, call: Call, snapshot: CallSnapshot): Call => {
  const theirs = otherRole(myRole(call))
  return {
    ...call,
    callId: snapshot.id,
    peer: snapshot[theirs],
    seq: snapshot.seq,
    peerMuted: snapshot.muted[theirs],
    talk: snapshot.talk,
    offsetMs: turn.now - snapshot.now,
    heardAt: turn.now,
    // The call is there, so its creation needs no telling any more.
    tellings: withoutCreation(call)
  }
}

/**
 * The end here stands, whatever the server says; once it is over there too, nothing is left to tell. Should an answer
 * that was given before the end have reached the server after it, this device has the call there: it is hung up again.
 */
const afterEnd = (turn: Turn, call: Call, snapshot: CallSnapshot): void => {
  if (call.callId === null) {
    turn.phone = { ...turn.phone, over: [...turn.phone.over, snapshot.id].slice(-limits.remembered) }
  }
  const tellings = isOver(snapshot) ? [] : withoutCreation(call)
  const informed = put(turn, { ...call, callId: snapshot.id, seq: snapshot.seq, tellings })
  if (isOver(snapshot) || snapshot.leg !== 'chosen' || isTelling(informed, 'call.hangup')) return
  const ended = informed.ended === null ? null : { ...informed.ended, giveUpAt: turn.now + limits.tellMs }
  tell(turn, { ...informed, ended }, { name: 'call.hangup' })
}

/** This device has the call: the person's consent counts now, be it an answer or the dialling of a call that crossed. */
const chosen = (turn: Turn, call: Call, snapshot: CallSnapshot, way: Way): Call => {
  if (call.direction === 'outbound' || call.consent === 'given') return call
  const crossed = call.consent === 'none' && isCrossing(turn.phone, call.peer)
  if (call.consent === 'none' && !crossed) return call
  const answeredHere = call.consent === 'asked'
  const tellings = call.tellings.filter(({ message }) => message.name !== 'call.accept')
  const agreed = put(turn, { ...call, consent: 'given', tellings })
  takeFloor(turn, call.session)
  // A server that lost its last steps says again what was heard here long ago.
  if (!isLive(call.status) || isAnswered(call.status)) return agreed
  return way === 'live' || snapshot.status === 'accepted' ? moveTo(turn, agreed, 'accepted', answeredHere) : agreed
}

/**
 * The server knows less of this device than it has said: it was started anew and had not kept it. It is told again,
 * in the order of old.
 */
const offeredAgain = (turn: Turn, call: Call, snapshot: CallSnapshot): Call => {
  if (call.status === 'new') return call
  let told = call
  const forgotRinging = snapshot.leg === 'offered' && !isTelling(told, 'call.ringing')
  if (forgotRinging) told = tell(turn, told, { name: 'call.ringing' })
  if (told.consent === 'none' || (!forgotRinging && isTelling(told, 'call.accept'))) return told
  return tell(turn, put(turn, { ...told, consent: 'asked' }), { name: 'call.accept' })
}

const follow = (turn: Turn, call: Call, snapshot: CallSnapshot, way: Way): Call => {
  if (call.direction === 'inbound' && snapshot.leg !== 'chosen') return offeredAgain(turn, call, snapshot)
  let moved = call
  // The server took the call, whatever has become of it since: that was `trying`.
  if (way === 'live' && moved.status === 'new' && moved.direction === 'outbound' && snapshot.status !== 'new') {
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
  const restores = way === 'joined' && isAnswered(moved.status) && snapshot.muted[myRole(moved)] !== moved.muted
  return restores && !isTelling(moved, 'call.mute')
    ? tell(turn, moved, { name: 'call.mute', muted: moved.muted })
    : moved
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
  const tried = way === 'live' && informed.status === 'new' && informed.direction === 'outbound'
  finish(turn, tried ? moveTo(turn, informed, 'trying', false) : informed, endOf(snapshot), false)
}

const blank = (turn: Turn, snapshot: CallSnapshot, fresh: Fresh): Call => {
  const mine = roleOf(snapshot.direction)
  return {
    ...fresh,
    told: 0,
    callId: snapshot.id,
    direction: snapshot.direction,
    peer: snapshot[otherRole(mine)],
    status: 'new',
    consent: 'none',
    seq: -1,
    media: { caller: 'disconnected', receptor: 'disconnected' },
    muted: snapshot.muted[mine],
    peerMuted: snapshot.muted[otherRole(mine)],
    talk: snapshot.talk,
    offsetMs: turn.now - snapshot.now,
    dialledAt: turn.now,
    heardAt: turn.now,
    epoch: 1,
    trouble: null,
    tellings: [],
    ended: null
  }
}

/** A call found on joining: how it stands is its state and no event, except that a crossed call is gone into. */
const found = (turn: Turn, snapshot: CallSnapshot, fresh: Fresh): void => {
  const call = blank(turn, snapshot, fresh)
  if (call.direction === 'inbound' && snapshot.leg === 'offered') put(turn, withFacts(turn, call, snapshot))
  else if (call.direction === 'inbound' && snapshot.leg === 'alerting') {
    put(turn, withFacts(turn, { ...call, status: 'ringing' }, snapshot))
  } else if (call.direction === 'inbound' && isCrossing(turn.phone, call.peer))
    apply(turn, put(turn, call), snapshot, 'joined')
  else put(turn, withFacts(turn, { ...call, status: snapshot.status, media: snapshot.media }, snapshot))
}

/** The dialled calls that this snapshot may be of, where the server's answer to the dialling has not come yet. */
const dialled = (turn: Turn, snapshot: CallSnapshot): readonly Call[] =>
  snapshot.direction === 'outbound'
    ? turn.phone.calls.filter(
        (call) =>
          call.callId === null && isTelling(call, 'call.create') && call.peer.username === snapshot.receptor.username
      )
    : []

/** A call that was hung up here before the server knew of it, and that it made all the same: it is hung up there too. */
const unwanted = (turn: Turn, snapshot: CallSnapshot, fresh: Fresh): void => {
  const call = put(turn, withFacts(turn, { ...blank(turn, snapshot, fresh), status: snapshot.status }, snapshot))
  tell(turn, finish(turn, call, localEnd(turn, call, 'hangup', 'caller'), true), { name: 'call.hangup' })
}

/** Any snapshot, of a call known here or not. A call that is new here and already over is none of this phone's. */
export const receive = (turn: Turn, snapshot: CallSnapshot, fresh: Fresh, way: Way): void => {
  const isPast = turn.phone.over.includes(snapshot.id)
  const waiting = isPast ? [] : dialled(turn, snapshot)
  const known =
    turn.phone.calls.find(({ callId }) => callId === snapshot.id) ?? (waiting.length === 1 ? waiting[0] : undefined)
  if (known !== undefined) {
    apply(turn, known, snapshot, way)
    return
  }
  // Dialled, hung up and dialled again before the server answered: its answers, not this, say which is which.
  if (waiting.length > 1) return
  if (isPast || isOver(snapshot)) return
  if (way === 'joined') found(turn, snapshot, fresh)
  else if (snapshot.direction === 'inbound') apply(turn, put(turn, blank(turn, snapshot, fresh)), snapshot, 'live')
  else unwanted(turn, snapshot, fresh)
}
