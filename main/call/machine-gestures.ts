// What a gesture of the person does to the phone. Pure. Whether it is possible is asked in machine-may.ts.
import type { Others } from '../../common/ipc.ts'
import { unreachable } from '../../common/result.ts'
import { finish, localEnd } from './machine-end.ts'
import { hold, merge, part, setMuted, takeFloor, together } from './machine-floor.ts'
import { dialRefusal, refusal } from './machine-may.ts'
import { isAlerting, ring } from './machine-offer.ts'
import type { Call, Gesture, PhoneEvent } from './machine-state.ts'
import { current, myRole, put, tell, type Turn } from './machine-turn.ts'

/** The host's hang-up ends a conference, so both its calls. */
const hangUp = (turn: Turn, call: Call): void => {
  for (const { session } of together(turn, call.session)) {
    const each = turn.phone.calls.find((other) => other.session === session)
    if (each === undefined) continue
    tell(turn, finish(turn, each, localEnd(turn, each, 'hangup', myRole(each)), true), { name: 'call.hangup' })
  }
}

/** Takes the floor; the call that had it is held, unless it is to end. */
const takeFloorFrom = (turn: Turn, session: string, others: Others | undefined): void => {
  const former = turn.phone.calls.find((call) => call.session === turn.phone.floor)
  if (others === 'end' && former !== undefined && former.session !== session && former.mergedWith !== session) {
    hangUp(turn, former)
  }
  takeFloor(turn, session)
}

export const dial = (turn: Turn, { fresh, peer, check = false, others }: PhoneEvent & { kind: 'dial' }): void => {
  if (dialRefusal(turn.phone) !== null) return
  const call = put(turn, {
    ...fresh,
    told: 0,
    callId: null,
    direction: 'outbound',
    entry: 'dialled',
    check,
    echo: false,
    peer,
    status: 'new',
    consent: 'given',
    seq: -1,
    media: { caller: 'disconnected', receptor: 'disconnected' },
    muted: false,
    peerMuted: false,
    holding: false,
    peerHolding: false,
    waiting: false,
    silent: false,
    moving: false,
    mergedWith: null,
    conference: [],
    transfer: null,
    transferFailed: null,
    transferOf: null,
    talk: { ms: 0, since: null },
    maxDurationMs: null,
    timeLeft: 'enough',
    offsetMs: 0,
    dialledAt: turn.now,
    heardAt: turn.now,
    epoch: 1,
    trouble: null,
    tellings: [],
    ended: null
  })
  takeFloorFrom(turn, call.session, others)
  tell(turn, current(turn, call), { name: 'call.create', to: peer.username, check })
}

const answer = (turn: Turn, call: Call, others: Others | undefined): void => {
  if (isAlerting(turn.phone, call)) {
    // Whoever answers has seen the alert, wherever it was; the server accepts from a device that rings.
    const ringing = ring(turn, call)
    tell(turn, put(turn, { ...ringing, consent: 'asked', trouble: null }), { name: 'call.accept' })
  } else for (const each of together(turn, call.session)) put(turn, { ...each, consent: 'given' })
  takeFloorFrom(turn, call.session, others)
}

const join = (turn: Turn, call: Call, others: Others | undefined): void => {
  tell(turn, put(turn, { ...call, consent: 'asked', trouble: null }), { name: 'call.join' })
  takeFloorFrom(turn, call.session, others)
}

const split = (turn: Turn, call: Call): void => {
  tell(turn, part(turn, call), { name: 'call.split' })
}

export const gesture = (turn: Turn, made: Gesture): void => {
  if (refusal(turn.phone, made) !== null) return
  const call = turn.phone.calls.find(({ session }) => session === made.session)
  if (call === undefined) return
  switch (made.kind) {
    case 'answer':
      answer(turn, call, made.others)
      return
    case 'decline':
      tell(turn, finish(turn, call, localEnd(turn, call, 'rejected', myRole(call)), true), { name: 'call.decline' })
      return
    case 'hangUp':
      hangUp(turn, call)
      return
    case 'mute':
      // A microphone that two hear is off for both.
      for (const each of together(turn, call.session)) setMuted(turn, each, made.muted)
      return
    case 'hold':
      if (made.held) hold(turn, call.session)
      else takeFloor(turn, call.session)
      return
    case 'merge': {
      const other = turn.phone.calls.find(({ session }) => session === made.withSession)
      if (other !== undefined) merge(turn, call, other)
      return
    }
    case 'split':
      split(turn, call)
      return
    case 'join':
      join(turn, call, made.others)
      return
    case 'dismiss':
      // The server has no word for it: another device of this person may still join.
      if (call.ended === null) put(turn, { ...call, consent: 'refused' })
      else put(turn, { ...call, ended: { ...call.ended, shownUntil: null, toneUntil: null } })
      return
    case 'alertShown':
      ring(turn, call)
      return
    default:
      unreachable(made)
  }
}

/** The page that ran a check is gone, and the check with it. */
export const endChecks = (turn: Turn): void => {
  for (const { session, check } of turn.phone.calls) if (check) gesture(turn, { kind: 'hangUp', session })
}

/** The calls of a phone that closes end: an unanswered one is not declined, for it may go on ringing elsewhere. */
export const closeAll = (turn: Turn): void => {
  for (const { session } of turn.phone.calls) {
    gesture(turn, { kind: 'hangUp', session })
    const left = turn.phone.calls.find((call) => call.session === session)
    if (left !== undefined) finish(turn, left, localEnd(turn, left, 'missed', 'receptor'), true)
  }
}
