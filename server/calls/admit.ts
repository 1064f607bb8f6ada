// Whether and how a new call may begin: the policy in one pure function. What follows from the answer is registry.ts's.
// Call waiting, do-not-disturb and block lists are further answers of this function.
import { unreachable } from '../../common/result.ts'
import type { ErrorCode } from '../../common/errors.ts'
import type { CallId, UserId } from '../../common/ids.ts'
import type { WireStatus } from '../../common/types.ts'
import type { Call } from './call.ts'
import type { CallLimits } from './limits.ts'

export type Asking = {
  readonly callerId: UserId
  readonly receptorId: UserId
  readonly kind: Call['kind']
  /** Live calls of either, and how many there are on this server. */
  readonly callerCalls: readonly Call[]
  readonly receptorCalls: readonly Call[]
  readonly calls: number
  readonly limits: CallLimits
}

export type Admission =
  | { readonly kind: 'offer' }
  | { readonly kind: 'busy' }
  /** The receptor is calling the caller right now: `first` wins. */
  | { readonly kind: 'glare'; readonly first: CallId }
  | { readonly kind: 'refuse'; readonly code: ErrorCode }

/** Whether a call in this state takes its people's time. One that nobody joined takes nobody's. */
const occupies = (status: WireStatus): boolean => {
  switch (status) {
    case 'trying':
    case 'ringing':
    case 'accepted':
    case 'conversation':
    case 'paused':
      return true
    case 'new':
    case 'finished':
      return false
    default:
      return unreachable(status)
  }
}

const waits = ({ status }: Call): boolean => status === 'trying' || status === 'ringing'

export const admit = (asking: Asking): Admission => {
  const { callerId, receptorId, limits } = asking
  if (callerId === receptorId) return { kind: 'refuse', code: 'cannot_call_self' }
  if (asking.callerCalls.length >= limits.callsOfUser) return { kind: 'refuse', code: 'too_many_calls' }
  if (asking.calls >= limits.calls) return { kind: 'refuse', code: 'overloaded' }
  if (asking.kind === 'echo') return { kind: 'offer' }
  const crossing = asking.receptorCalls.find(
    (call) => waits(call) && call.caller.userId === receptorId && call.receptor.userId === callerId
  )
  if (crossing !== undefined) return { kind: 'glare', first: crossing.id }
  return asking.receptorCalls.some(({ status }) => occupies(status)) ? { kind: 'busy' } : { kind: 'offer' }
}
