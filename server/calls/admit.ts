// Whether and how a call may come to its receptor: the policy in one pure function. What follows from the answer is
// making.ts's.
import { unreachable } from '../../common/result.ts'
import type { ErrorCode } from '../../common/errors.ts'
import type { CallId, UserId } from '../../common/ids.ts'
import type { WireStatus } from '../../common/types.ts'
import type { Screened } from '../ports.ts'
import type { Call, Reception } from './call.ts'
import type { CallLimits } from './limits.ts'

export type Asking = {
  readonly callerId: UserId
  readonly receptorId: UserId
  readonly kind: Call['kind']
  /** Live calls of either, and how many there are on this server; none of them is the one that is asked for. */
  readonly callerCalls: readonly Call[]
  readonly receptorCalls: readonly Call[]
  readonly calls: number
  readonly limits: CallLimits
  /** What the receptor wants of calls from this caller. */
  readonly screened: Screened
}

export type Admission =
  | { readonly kind: 'offer'; readonly reception: Reception }
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

const offer = (reception: Partial<Reception> = {}): Admission => ({
  kind: 'offer',
  reception: { waiting: false, silent: false, blocked: false, ...reception }
})

/** Whether this caller may make one more call to this receptor, whoever wants what. */
export const refusal = (asking: Omit<Asking, 'screened' | 'receptorCalls' | 'kind'>): ErrorCode | null => {
  const { callerId, receptorId, limits } = asking
  if (callerId === receptorId) return 'cannot_call_self'
  if (asking.callerCalls.length >= limits.callsOfUser) return 'too_many_calls'
  return asking.calls >= limits.calls ? 'overloaded' : null
}

/**
 *   blocked ─▶ as if nobody were there          do not disturb: busy ─▶ busy · silent ─▶ offered, alerting in no way
 *   calling each other ─▶ the first call wins   in another call: with this caller, or one waits already, or call waiting
 *                                               is off ─▶ busy; else offered as one that waits
 * Who only talks to Echo has nobody who would be kept waiting: that is no other call.
 */
export const admit = (asking: Asking): Admission => {
  const { callerId, receptorId, screened } = asking
  const code = refusal(asking)
  if (code !== null) return { kind: 'refuse', code }
  if (asking.kind === 'echo') return offer()
  // What a blocked caller does is nothing to the receptor.
  const calls = asking.receptorCalls.filter(
    ({ status, receptor, reception }) => occupies(status) && !(reception.blocked && receptor.userId === receptorId)
  )
  const crossing = calls.find(
    (call) =>
      // One that its receptor does not want was not offered.
      waits(call) && !call.reception.blocked && call.caller.userId === receptorId && call.receptor.userId === callerId
  )
  if (crossing !== undefined) return { kind: 'glare', first: crossing.id }
  if (screened.blocked) return offer({ blocked: true })
  if (screened.doNotDisturb === 'busy') return { kind: 'busy' }
  const silent = screened.doNotDisturb === 'silent'
  if (calls.every(({ kind }) => kind === 'echo')) return offer({ silent })
  const isRung = calls.some((call) => waits(call) && call.receptor.userId === receptorId)
  const together = calls.some(
    ({ caller, receptor, reception }) =>
      !reception.blocked && (caller.userId === callerId || receptor.userId === callerId)
  )
  return isRung || together || !screened.callWaiting ? { kind: 'busy' } : offer({ silent, waiting: true })
}
