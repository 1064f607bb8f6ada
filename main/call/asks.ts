// What the person asks of the server about a talk and what is done at once or not at all: keys, transfer, move. Unlike the
// machine's tellings, nothing of this is told again later: after half a minute nobody wants their keys pressed any more.
import type { CallSnapshot } from '../../common/protocol/values.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import type { CallView } from '../../common/snapshot.ts'
import type { Phone, RequestOptions, SignalingSession } from '../ports.ts'
import { can } from './machine-may.ts'
import type { PhoneState } from './machine-state.ts'

export type AsksDeps = {
  readonly request: SignalingSession['request']
  readonly newId: () => string
  readonly phone: () => PhoneState
  /** The answer says how the call stands after it. */
  readonly changed: (call: CallSnapshot) => void
}

type Done = Result<Record<never, never>>

export const createAsks = ({
  request,
  newId,
  phone,
  changed
}: AsksDeps): Pick<Phone, 'dtmf' | 'transfer' | 'cancelTransfer' | 'move'> => {
  const ask = async (
    session: string,
    may: keyof CallView['can'],
    send: (callId: string, options: RequestOptions) => Promise<Result<{ call: CallSnapshot }>>
  ): Promise<Done> => {
    const call = phone().calls.find((other) => other.session === session)
    if (call === undefined) return fail('invalid_call')
    if (call.callId === null || !can(phone(), call)[may]) return fail('not_allowed_now')
    const answer = await send(call.callId, { requestId: newId() })
    if (!answer.ok) return answer
    changed(answer.value.call)
    return ok({})
  }
  return {
    dtmf: (session, digits) =>
      ask(session, 'dtmf', (callId, options) => request('call.dtmf', { callId, digits }, options)),
    transfer: (session, to, mode) =>
      ask(session, 'transfer', (callId, options) => request('call.transfer', { callId, to, mode }, options)),
    cancelTransfer: (session) =>
      ask(session, 'cancelTransfer', (callId, options) => request('call.transferCancel', { callId }, options)),
    move: (session) => ask(session, 'move', (callId, options) => request('call.move', { callId }, options))
  }
}
