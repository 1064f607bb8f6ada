// Calls as an application's back end orders, reads and ends them. How a call goes on is server/calls'.
import type { CallRole } from '../../common/call/end.ts'
import type { CallDetail, CallRecordShown, SideTalk } from '../../common/protocol/back-end.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import { hashToken, mintId } from '../identity/tokens.ts'
import type { BackEnd, Joins } from './ports.ts'
import type { CallOrders, Calls, User, Users } from '../ports.ts'
import type { KeptQuality } from '../quality/ports.ts'
import type { CallRecords, KeptCall } from '../store/call-records.ts'
import { isoTime } from './times.ts'

export type BackEndCallsDeps = {
  readonly users: Pick<Users, 'byUsername'>
  readonly records: CallRecords
  readonly calls: CallOrders & Pick<Calls, 'kill'>
  readonly joins: Pick<Joins, 'mintCodes'>
  readonly clock: Pick<Clock, 'now'>
  /** Where phones find this server, for links. */
  readonly publicUrl: () => string
}

const isoOrNull = (at: number | null): string | null => (at === null ? null : isoTime(at))

const showSide = ({ userId, username, names }: KeptCall['caller']) => ({ id: userId, username, names })

const show = (call: KeptCall): CallRecordShown => ({
  id: call.callId,
  status: call.status,
  createdAt: isoTime(call.createdAt),
  startedAt: isoOrNull(call.startedAt),
  finishedAt: isoOrNull(call.finishedAt),
  duration: call.talkMs,
  finishReason: call.end?.reason ?? null,
  finishedBy: call.end?.by ?? null,
  finishDetail: call.end?.detail ?? null,
  caller: showSide(call.caller),
  receptor: showSide(call.receptor)
})

const showTalk = ({ measured, rating }: KeptQuality[CallRole]): SideTalk => ({
  measured:
    measured === null
      ? null
      : { ...measured, series: measured.series.map((point) => ({ ...point, at: isoTime(point.at) })) },
  rating
})

const unknown = fail('invalid_call', 'There is no call of this id in your application.')

/** What an order is refused with, as a sentence where the code alone says too little to whoever writes a back end. */
const refusals: Readonly<Partial<Record<string, string>>> = {
  cannot_call_self: 'The caller and the receptor are the same endpoint.',
  too_many_calls: 'The caller has as many calls as one endpoint may have at once.',
  not_allowed_now: 'Nobody can join as this caller.'
}

export const createBackEndCalls = (deps: BackEndCallsDeps): Pick<BackEnd, 'order' | 'calls' | 'call' | 'kill'> => {
  const { users, records, calls, joins, clock } = deps

  const linkFor = (callId: string, code: string): string =>
    `tamas://join?${new URLSearchParams({ server: deps.publicUrl(), call: callId, code }).toString()}`

  const endpoint = async (applicationId: string, side: string, username: string): Promise<Result<User>> => {
    const user = await users.byUsername(applicationId, username)
    return user === null
      ? fail('not_found', `The ${side} ${username} is no endpoint: make one with POST /v1/endpoints.`)
      : ok(user)
  }

  const detail = async (applicationId: string, callId: string): Promise<Result<CallDetail>> => {
    const found = await records.find(applicationId, callId)
    if (found === null) return unknown
    const timeline = found.timeline.map(({ at, kind, data }) => ({ at: isoTime(at), event: kind, data }))
    const quality = { caller: showTalk(found.quality.caller), receptor: showTalk(found.quality.receptor) }
    return ok({ ...show(found.call), quality, timeline })
  }

  const order: BackEnd['order'] = async ({ applicationId }, request, key) => {
    const requestId = key === null ? mintId() : hashToken(key)
    if (key !== null) {
      const names = [request.caller.username, request.receptor.username, request.maxDuration ?? null]
      const isSame = await records.claim(applicationId, requestId, hashToken(JSON.stringify(names)), clock.now())
      if (!isSame) return fail('duplicate_request', 'This Idempotency-Key came with another order before.')
    }
    const caller = await endpoint(applicationId, 'caller', request.caller.username)
    if (!caller.ok) return caller
    const receptor = await endpoint(applicationId, 'receptor', request.receptor.username)
    if (!receptor.ok) return receptor
    const made = await calls.createFor({
      applicationId,
      requestId,
      caller: caller.value,
      receptor: receptor.value,
      ...(request.maxDuration === undefined ? {} : { maxDurationMs: request.maxDuration * secondMs })
    })
    if (!made.ok) {
      const { code, detail: why = refusals[code], retryAfterMs } = made.error
      return fail(code, why, retryAfterMs)
    }
    const { callId } = made.value
    const found = await records.find(applicationId, callId)
    if (found === null) return fail('unavailable')
    const codes = await joins.mintCodes({ callId, caller: caller.value, receptor: receptor.value })
    return ok({
      id: callId,
      status: found.call.status,
      createdAt: isoTime(found.call.createdAt),
      caller: { username: caller.value.username, joinCode: codes.caller },
      receptor: { username: receptor.value.username, joinCode: codes.receptor },
      joinLinks: { caller: linkFor(callId, codes.caller), receptor: linkFor(callId, codes.receptor) },
      joinCodesExpireAt: isoTime(codes.expiresAt)
    })
  }

  return {
    order,
    calls: async ({ applicationId }, { endpointId, since, until, page, size }) => {
      const { total, calls: found } = await records.list(applicationId, {
        endpointId,
        since: since === undefined ? undefined : Date.parse(since),
        until: until === undefined ? undefined : Date.parse(until),
        page,
        size
      })
      return { page: { number: page, size, total }, result: found.map(show) }
    },
    call: ({ applicationId }, callId) => detail(applicationId, callId),
    kill: async ({ applicationId }, callId) => {
      const before = await detail(applicationId, callId)
      if (!before.ok || before.value.status === 'finished') return before
      const killed = await calls.kill(callId, applicationId)
      const after = await detail(applicationId, callId)
      // It may have ended by itself meanwhile; a call that goes on elsewhere cannot be ended here.
      if (after.ok && after.value.status !== 'finished') {
        return killed.ok ? fail('unavailable') : fail('unavailable', 'This call cannot be ended now.')
      }
      return after
    }
  }
}
