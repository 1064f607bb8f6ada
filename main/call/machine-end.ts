// How a call ends on this phone: the one place that says `finished`, and then why, so that it is said once. Pure.
import { isAnswered, isLive } from '../../common/call/status.ts'
import type { CallEnd } from '../../common/types.ts'
import { leaveFloor } from './machine-floor.ts'
import { limits, type Call, type Ended, type Over } from './machine-state.ts'
import { current, delegateCall, hear, moveTo, put, type Turn } from './machine-turn.ts'

/** An end that this device makes, on the server's clock as far as it is known. */
export const localEnd = (turn: Turn, call: Call, reason: CallEnd['reason'], by: CallEnd['by']): CallEnd => ({
  reason,
  by,
  at: Math.max(0, turn.now - call.offsetMs)
})

/** Talk time at `now`, this machine's clock. */
export const talkMs = ({ talk, offsetMs }: Call, now: number): number =>
  talk.since === null ? talk.ms : talk.ms + Math.max(0, now - offsetMs - talk.since)

/** Whether the talk that ended here goes on with another device, or another call. */
export const isPassed = ({ detail }: CallEnd): boolean => detail === 'answered_elsewhere' || detail === 'transferred'

/** Keeps in mind that a call is over here. */
export const remember = (turn: Turn, callId: string, how: Over['how']): void => {
  turn.phone = { ...turn.phone, over: [...turn.phone.over, { callId, how }].slice(-limits.remembered) }
}

const howItWent = (end: CallEnd, local: boolean): Over['how'] => {
  if (isPassed(end)) return 'passed'
  return end.reason === 'unknown' && !local ? 'forgotten' : 'ended'
}

/** Ends a live call, once. */
export const finish = (turn: Turn, call: Call, end: CallEnd, local: boolean): Call => {
  if (!isLive(call.status)) return call
  // What was not wanted, and what was no call of the person's.
  const goesQuietly = call.consent === 'refused' || call.check
  const ended: Ended = {
    end,
    answered: isAnswered(call.status),
    local,
    giveUpAt: turn.now + limits.tellMs,
    shownUntil: goesQuietly ? null : turn.now + limits.shownMs,
    toneUntil: goesQuietly ? null : turn.now + limits.endToneMs
  }
  // Of what was to be told only the creation still counts: without its answer a hang-up knows no call id.
  const tellings = local && call.callId === null ? call.tellings.filter((t) => t.message.name === 'call.create') : []
  const talk = { ms: talkMs(call, turn.now), since: null }
  const over = moveTo(turn, put(turn, { ...call, ended, tellings, talk }), 'finished', local)
  hear(turn, over, { kind: 'onCallFinished', reason: end.reason, end, call: delegateCall(over) })
  leaveFloor(turn, over)
  if (call.callId !== null) remember(turn, call.callId, howItWent(end, local))
  return current(turn, over)
}
