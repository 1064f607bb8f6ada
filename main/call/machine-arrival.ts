// A call that this phone hears of for the first time: offered, found on joining, connected by a transfer, or unwanted. Pure.
import { otherRole, roleOf } from '../../common/call/end.ts'
import { isLive } from '../../common/call/status.ts'
import type { CallSnapshot } from '../../common/protocol/values.ts'
import { finish, localEnd } from './machine-end.ts'
import { restoreHold, restoreMuted, takeFloor, unmergeConnected } from './machine-floor.ts'
import { crossing, ringSilently } from './machine-offer.ts'
import { apply, isOver, withFacts, type Way } from './machine-snapshot.ts'
import { limits, type Call, type Entry, type Fresh, type Over } from './machine-state.ts'
import { current, isTelling, myRole, put, tell, type Turn } from './machine-turn.ts'

const entryOf = ({ direction, joinable, leg }: CallSnapshot): Entry => {
  if (joinable) return 'joinable'
  return direction === 'inbound' || leg === 'offered' || leg === 'alerting' ? 'offered' : 'dialled'
}

const blank = (turn: Turn, snapshot: CallSnapshot, fresh: Fresh): Call => {
  const mine = roleOf(snapshot.direction)
  return {
    ...fresh,
    told: 0,
    callId: snapshot.id,
    direction: snapshot.direction,
    entry: entryOf(snapshot),
    check: snapshot.check,
    echo: snapshot.echo,
    peer: snapshot[otherRole(mine)],
    status: 'new',
    consent: 'none',
    seq: -1,
    media: { caller: 'disconnected', receptor: 'disconnected' },
    muted: snapshot.muted[mine],
    peerMuted: snapshot.muted[otherRole(mine)],
    holding: snapshot.held[mine],
    peerHolding: snapshot.held[otherRole(mine)],
    waiting: snapshot.waiting,
    silent: snapshot.silent,
    moving: snapshot.moving,
    mergedWith: null,
    conference: snapshot.conference,
    transfer: snapshot.transfer,
    transferFailed: null,
    transferOf: snapshot.transferOf ?? null,
    talk: snapshot.talk,
    maxDurationMs: snapshot.maxDurationMs ?? null,
    timeLeft: 'enough',
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
const found = (turn: Turn, call: Call, snapshot: CallSnapshot): void => {
  if (call.entry === 'offered' && snapshot.leg === 'offered') {
    ringSilently(turn, put(turn, withFacts(turn, call, snapshot)))
  } else if (call.entry === 'offered' && snapshot.leg === 'alerting') {
    put(turn, withFacts(turn, { ...call, status: 'ringing' }, snapshot))
  } else if (call.entry === 'offered' && crossing(turn.phone, call) !== null) {
    apply(turn, put(turn, call), snapshot, 'joined')
  } else put(turn, withFacts(turn, { ...call, status: snapshot.status, media: snapshot.media }, snapshot))
}

/**
 * A call that was hung up here before the server knew of it, and that it made all the same, or the check of a run of the
 * app that is gone: it is hung up there too.
 */
const unwanted = (turn: Turn, blankCall: Call, snapshot: CallSnapshot): void => {
  const call = put(turn, withFacts(turn, { ...blankCall, status: snapshot.status }, snapshot))
  tell(turn, finish(turn, call, localEnd(turn, call, 'hangup', 'caller'), true), { name: 'call.hangup' })
}

/** The server still has this device in a call that was over here long ago. Nobody is told of that end a second time. */
const hangUpAgain = (turn: Turn, blankCall: Call, snapshot: CallSnapshot): void => {
  const ended = {
    end: localEnd(turn, blankCall, 'hangup', myRole(blankCall)),
    answered: false,
    local: true,
    giveUpAt: turn.now + limits.tellMs,
    shownUntil: null,
    toneUntil: null
  }
  const call = put(turn, withFacts(turn, { ...blankCall, status: 'flushed', ended }, snapshot))
  tell(turn, call, { name: 'call.hangup' })
}

/**
 * The other side has connected this person to somebody else. They did not hang up, so what they agreed to holds for the
 * new call, the hold too; and it has the floor, unless they talk to somebody else altogether.
 */
const connected = (turn: Turn, blankCall: Call, snapshot: CallSnapshot, way: Way, before: Call | undefined): void => {
  if (before === undefined ? isOverHere(turn, snapshot.transferOf) : before.ended?.local === true) {
    unwanted(turn, blankCall, snapshot)
    return
  }
  if (before !== undefined) unmergeConnected(turn, before)
  const { floor } = turn.phone
  const isFree = floor === null || floor === before?.session
  const consent = before?.consent === 'given' ? 'given' : 'none'
  const agreed = { ...blankCall, consent, muted: before?.muted ?? blankCall.muted } as const
  const holding = (before !== undefined && current(turn, before).holding) || (consent === 'given' && !isFree)
  if (way === 'joined') found(turn, { ...agreed, holding }, snapshot)
  else put(turn, { ...agreed, holding })
  if (consent === 'given' && !holding) takeFloor(turn, agreed.session, before?.session)
  if (way === 'live') apply(turn, current(turn, agreed), snapshot, 'live')
  else restoreHold(turn, current(turn, agreed), snapshot.held[myRole(agreed)])
  restoreMuted(turn, current(turn, agreed), snapshot.muted[myRole(agreed)])
}

/** The dialled calls that this snapshot may be of, where the server's answer to the dialling has not come yet. */
const dialled = (turn: Turn, snapshot: CallSnapshot): readonly Call[] =>
  entryOf(snapshot) === 'dialled' && snapshot.transferOf === undefined
    ? turn.phone.calls.filter(
        (call) =>
          call.callId === null && isTelling(call, 'call.create') && call.peer.username === snapshot.receptor.username
      )
    : []

const isOverHere = ({ phone }: Turn, id: string | undefined): boolean => phone.over.some(({ callId }) => callId === id)

/**
 * A call whose part here was over is offered to this device: a talk for which it rang, or that it had and gave away, or a
 * call that a server had lost when it was asked, and whose caller has come back to it.
 */
const isOfferedAgain = ({ moving, leg, seq }: CallSnapshot, known: Call | undefined, past: Over | undefined): boolean =>
  (moving || past?.how === 'forgotten') &&
  (leg === 'offered' || leg === 'alerting') &&
  (known === undefined || (known.ended !== null && known.tellings.length === 0 && seq > known.seq))

/** Any snapshot, of a call known here or not. A call that is new here and already over is none of this phone's. */
export const receive = (turn: Turn, snapshot: CallSnapshot, fresh: Fresh, way: Way): void => {
  const former = turn.phone.calls.find(({ callId }) => callId === snapshot.id)
  const past = turn.phone.over.findLast(({ callId }) => callId === snapshot.id)
  const isAgain = isOfferedAgain(snapshot, former, past)
  // To the delegate it is another call, and what is still shown of the former one makes room.
  if (isAgain) turn.phone = { ...turn.phone, calls: turn.phone.calls.filter((call) => call !== former) }
  const isPast = !isAgain && past !== undefined
  const waiting = isPast ? [] : dialled(turn, snapshot)
  const known =
    turn.phone.calls.find(({ callId }) => callId === snapshot.id) ?? (waiting.length === 1 ? waiting[0] : undefined)
  if (known !== undefined) {
    apply(turn, known, snapshot, way)
    return
  }
  // Dialled twice before the server answered: its answers say which is which, and may have been overtaken by this.
  if (waiting.length > 1) {
    const others = turn.phone.unnamed.filter(({ id }) => id !== snapshot.id)
    turn.phone = { ...turn.phone, unnamed: [...others, snapshot] }
    return
  }
  if (isOver(snapshot)) return
  if (isPast) {
    if (past.how === 'ended' && snapshot.leg === 'chosen') hangUpAgain(turn, blank(turn, snapshot, fresh), snapshot)
    return
  }
  const call = blank(turn, snapshot, fresh)
  if (call.entry === 'dialled' && call.transferOf !== null) {
    const before = turn.phone.calls.find(({ callId }) => callId === call.transferOf)
    connected(turn, call, snapshot, way, before)
  } else if (call.check) unwanted(turn, call, snapshot)
  else if (way === 'joined') found(turn, call, snapshot)
  else if (call.entry === 'dialled') unwanted(turn, call, snapshot)
  else apply(turn, put(turn, call), snapshot, 'live')
}

const isIn = (conference: Call['conference'], { peer }: Call): boolean =>
  conference.some(({ userId }) => userId === peer.userId)

/**
 * After the welcome: the two calls of a conference that this phone mixed before it was started anew. Where the person
 * takes part already, this phone knows better what was merged, and what was split and not told yet.
 */
export const findConference = (turn: Turn): void => {
  const calls = turn.phone.calls.filter(({ status, consent, conference, mergedWith }) => {
    return isLive(status) && consent === 'none' && conference.length > 0 && mergedWith === null
  })
  for (const one of calls) {
    const other = calls.find((each) => each !== one && isIn(one.conference, each) && isIn(each.conference, one))
    if (other === undefined || current(turn, one).mergedWith !== null) continue
    put(turn, { ...current(turn, one), mergedWith: other.session })
    put(turn, { ...current(turn, other), mergedWith: one.session })
  }
}
