// What the server's answer to something this phone told it does to the call: done, refused, or to be told again. Pure.
import { isLive } from '../../common/call/status.ts'
import type { CallSnapshot } from '../../common/protocol/values.ts'
import { unreachable, type Failure, type Result } from '../../common/result.ts'
import { finish, localEnd } from './machine-end.ts'
import { leaveFloor, restoreHold, unmerge } from './machine-floor.ts'
import { apply } from './machine-snapshot.ts'
import { limits, type Call, type Telling } from './machine-state.ts'
import { current, myRole, put, tell, type Turn } from './machine-turn.ts'

/** Failures that pass: the same request is sent again. A dialling that the server refused is a refusal. */
const passes = ({ message }: Telling, { code }: Failure): boolean => {
  if (code === 'disconnected' || code === 'timeout') return true
  if (message.name === 'call.create') return false
  return code === 'overloaded' || code === 'unavailable' || code === 'internal' || code === 'rate_limited'
}

const refused = (turn: Turn, call: Call, telling: Telling, error: Failure): void => {
  const isUnknown = error.code === 'invalid_call' || error.code === 'call_session_finished'
  switch (telling.message.name) {
    case 'call.create':
      // Nothing was made, so a hang-up has nothing to end either.
      finish(
        turn,
        put(turn, { ...call, tellings: [], trouble: error }),
        localEnd(turn, call, 'unknown', 'server'),
        false
      )
      return
    case 'call.accept':
    case 'call.join':
      if (isUnknown) finish(turn, call, localEnd(turn, call, 'unknown', 'server'), false)
      else if (call.consent === 'asked') {
        leaveFloor(turn, put(turn, { ...call, consent: 'none', holding: false, trouble: error }))
      }
      return
    case 'call.hangup':
      // The answer that came before it never reached the server: there it is still a call to be declined.
      if (call.entry === 'offered' && error.code === 'not_allowed_now') tell(turn, call, { name: 'call.decline' })
      return
    case 'call.decline':
      // An answer, or a dial of ours that crossed, overtook it: there it is now a call to be hung up.
      if (error.code === 'not_allowed_now') tell(turn, call, { name: 'call.hangup' })
      return
    case 'call.merge':
      unmerge(turn, put(turn, { ...call, trouble: error }))
      return
    // How it stands there, the next word about the call says; a wish that differs is told again then.
    case 'call.ringing':
    case 'call.mute':
    case 'call.hold':
    case 'call.split':
    case 'media.report':
      return
    default:
      unreachable(telling.message)
  }
}

/** The hold was taken, and undone by a conference before its answer came: only now is it no telling any more. */
const holdAgain = (turn: Turn, call: Call, snapshot: CallSnapshot): void => {
  if (isLive(call.status) && snapshot.seq >= call.seq) restoreHold(turn, call, snapshot.held[myRole(call)])
}

/** An answer from before the welcome: given to the first asking, lost, and given again to the second. */
const isOutdated = (turn: Turn, call: Call, snapshot: CallSnapshot): boolean =>
  call.callId === null && isLive(call.status) && snapshot.now < turn.phone.welcomedAt

export const answered = (turn: Turn, session: string, requestId: string, result: Result<CallSnapshot | null>): void => {
  const call = turn.phone.calls.find((other) => other.session === session)
  if (call === undefined) return
  const telling = call.tellings.find((other) => other.requestId === requestId)
  if (telling !== undefined && !result.ok && passes(telling, result.error)) {
    const pauseMs = Math.max(limits.retryMs, result.error.retryAfterMs ?? 0)
    // A request without an answer may have been carried out, so it keeps its id; one that was answered would only get
    // the same answer again.
    const isAnswered = result.error.code !== 'disconnected' && result.error.code !== 'timeout'
    const told = isAnswered ? call.told + 1 : call.told
    const requestId = isAnswered ? `${call.requests}.${told}` : telling.requestId
    const waiting = { ...telling, requestId, notBefore: turn.now + pauseMs }
    put(turn, { ...call, told, tellings: call.tellings.map((other) => (other === telling ? waiting : other)) })
    return
  }
  const rest = call.tellings.filter((other) => other !== telling)
  const heard = put(turn, { ...call, tellings: rest })
  if (!result.ok) {
    if (telling !== undefined) refused(turn, heard, telling, result.error)
  } else if (result.value !== null) {
    if (isOutdated(turn, heard, result.value)) {
      // Made, and over already, for the welcome did not name it. The answer to a hang-up says how it ended.
      tell(turn, { ...heard, callId: result.value.id }, { name: 'call.hangup' })
      return
    }
    // An answer knows for certain which call it is about; what was taken for it before had other numbers.
    const isSame = heard.callId === null || heard.callId === result.value.id
    apply(turn, isSame ? heard : put(turn, { ...heard, seq: -1 }), result.value, 'live')
    const { id } = result.value
    const overtaking = turn.phone.unnamed.find((each) => each.id === id)
    if (overtaking !== undefined) apply(turn, current(turn, heard), overtaking, 'live')
    holdAgain(turn, current(turn, heard), result.value)
  }
}
