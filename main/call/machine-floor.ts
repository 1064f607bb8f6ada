// Who has the microphone and the speaker: the floor moves, and what loses it is held. Pure; decides no event.
//
//            dial, answer, resume                     hold, its end
//   (free) ─────────────────────▶ one call talks ─────────────────────▶ (free)
//                                  │  ▲     another takes it: this one is held
//                            merge ▼  │ split: the other is held; or one of them ends
//                        the two of a conference
//
// Nobody gets the floor without a gesture, except where the sound only stays with the person: a transfer connects them to
// somebody else, or comes to nothing; the other half of their conference ends.
import { isAnswered, isLive } from '../../common/call/status.ts'
import type { Call, PhoneState } from './machine-state.ts'
import { current, isTelling, put, tell, untold, type Turn } from './machine-turn.ts'

export const hasFloor = ({ floor }: PhoneState, { session, mergedWith }: Call): boolean =>
  floor !== null && (floor === session || floor === mergedWith)

/** Whether the other side can be put on hold: there is a talk, and this person takes part in it. */
export const isTalk = ({ status, consent }: Call): boolean => isAnswered(status) && consent === 'given'

const tellHold = (turn: Turn, call: Call): Call => tell(turn, call, { name: 'call.hold', held: call.holding })

const setHolding = (turn: Turn, call: Call, holding: boolean): Call => {
  if (call.holding === holding) return call
  const changed = put(turn, { ...call, holding })
  // Before the answer nobody is there to be held: it is told with the answer.
  return isTalk(changed) ? tellHold(turn, changed) : changed
}

/** Mutes this person in a call, or takes that back, and tells the server where it is news. */
export const setMuted = (turn: Turn, call: Call, muted: boolean): Call =>
  call.muted === muted ? call : tell(turn, { ...call, muted }, { name: 'call.mute', muted })

/** The call, and the one it is merged with. */
export const together = (turn: Turn, session: string): readonly Call[] =>
  turn.phone.calls.filter((call) => call.session === session || call.mergedWith === session)

/** Gives the floor to a call and what it is merged with. Whatever had it is held, except a call that gives way to this one. */
export const takeFloor = (turn: Turn, session: string, givesWay: string | null = null): void => {
  const { floor } = turn.phone
  const taking = together(turn, session).map((call) => call.session)
  if (floor !== null && !taking.includes(floor)) {
    for (const former of together(turn, floor)) if (former.session !== givesWay) setHolding(turn, former, true)
  }
  turn.phone = { ...turn.phone, floor: session }
  for (const call of together(turn, session)) setHolding(turn, call, false)
}

/** Puts a call, and what it is merged with, on hold. The floor is free then, if it was theirs. */
export const hold = (turn: Turn, session: string): void => {
  for (const call of together(turn, session)) {
    setHolding(turn, call, true)
    if (turn.phone.floor === call.session) turn.phone = { ...turn.phone, floor: null }
  }
}

/**
 * The floor as it is after an end or a refusal: to the other half of a conference, back to a call that had given way, or
 * free. Who goes back is muted there as they were here.
 */
export const leaveFloor = (turn: Turn, call: Call): void => {
  const partner = turn.phone.calls.find(({ session }) => session === call.mergedWith)
  if (partner !== undefined) {
    put(turn, { ...current(turn, call), mergedWith: null })
    const left = put(turn, { ...untold(partner, 'call.merge', 'call.split'), mergedWith: null })
    // As in `part`.
    if (isTalk(left)) tellHold(turn, left)
  }
  const former = turn.phone.calls.find(
    ({ callId, status, consent }) =>
      callId !== null && callId === call.transferOf && isLive(status) && consent === 'given'
  )
  const gaveWay = former === undefined ? undefined : setMuted(turn, former, call.muted)
  if (turn.phone.floor !== call.session) return
  const next = partner ?? (gaveWay?.holding === false ? gaveWay : undefined)
  turn.phone = { ...turn.phone, floor: next?.session ?? null }
}

/** One conference of two talks, on the server once it is told; it takes both off hold by itself. */
export const merge = (turn: Turn, one: Call, other: Call): void => {
  if (other.callId === null) return
  const names = ['call.hold', 'call.merge', 'call.split'] as const
  put(turn, { ...untold(other, ...names), holding: false, mergedWith: one.session })
  const first = put(turn, { ...untold(one, ...names), holding: false, mergedWith: other.session })
  tell(turn, first, { name: 'call.merge', withCallId: other.callId })
  takeFloor(turn, turn.phone.floor === other.session ? other.session : one.session)
}

/**
 * Two calls again: `kept` keeps the floor, if they had it, and the other one is held. Whether the server had merged them,
 * and taken both off hold, is not known for certain: it is told of both.
 */
export const part = (turn: Turn, kept: Call): Call => {
  const other = turn.phone.calls.find(({ session }) => session === kept.mergedWith)
  if (other === undefined) return kept
  const had = hasFloor(turn.phone, kept)
  const single = put(turn, { ...untold(kept, 'call.merge'), mergedWith: null })
  const parted = put(turn, { ...untold(other, 'call.merge', 'call.split'), mergedWith: null, holding: true })
  if (isTalk(parted)) tellHold(turn, parted)
  if (had) turn.phone = { ...turn.phone, floor: kept.session }
  return isTalk(single) ? tellHold(turn, single) : single
}

/** The server does not merge them: whichever talked before goes on. */
export const unmerge = (turn: Turn, call: Call): void => {
  const partner = turn.phone.calls.find(({ session }) => session === call.mergedWith)
  part(turn, partner !== undefined && turn.phone.floor === partner.session ? partner : call)
}

/** Nobody is merged with somebody who is being connected elsewhere; the server may hear of the merge once that is over. */
export const unmergeConnected = (turn: Turn, call: Call): void => {
  if (call.mergedWith === null) return
  unmerge(turn, call)
  tell(turn, current(turn, call), { name: 'call.split' })
}

/** Who is muted here still is, where the server does not know it: of a new call, or since it lost its last steps. */
export const restoreMuted = (turn: Turn, call: Call, mutedThere: boolean): Call =>
  isLive(call.status) && mutedThere !== call.muted && !isTelling(call, 'call.mute')
    ? tell(turn, call, { name: 'call.mute', muted: call.muted })
    : call

/** Makes the server's word agree with the person's, where they differ and nothing is on its way. */
export const restoreHold = (turn: Turn, call: Call, heldThere: boolean): Call =>
  isTalk(call) && heldThere !== call.holding && !isTelling(call, 'call.hold') ? tellHold(turn, call) : call
