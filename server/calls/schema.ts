// The schema of a stored call: what is read back after a restart is checked before it lives again. Nothing is mended here.
import { z } from 'zod'
import { callRoles, finishReasons } from '../../common/call/end.ts'
import { wireStatuses } from '../../common/call/status.ts'
import { callEnd, durationMs, epochMs, id, mediaState, peer } from '../../common/protocol/values.ts'
import type { Call } from './call.ts'
import type { CallRules } from './limits.ts'

const seq = z.number().int().nonnegative()

const leaving = z.strictObject({
  at: epochMs,
  seq,
  why: z.enum(['answered_elsewhere', 'declined_elsewhere', 'ended'])
})

const leg = z.strictObject({
  deviceId: id,
  side: z.enum(callRoles),
  phase: z.enum(['offered', 'alerting', 'chosen']),
  left: leaving.nullable(),
  socketLostAt: epochMs.nullable(),
  media: z.strictObject({
    epoch: z.number().int().nonnegative(),
    server: z.enum(['down', 'up', 'flowing']),
    phone: mediaState
  }),
  moving: z.boolean().default(false)
})

const rules = z.strictObject({
  newMs: durationMs,
  tryingMs: durationMs,
  ringingMs: durationMs,
  acceptedMs: durationMs,
  pausedMs: durationMs,
  socketLostMs: durationMs,
  graceMs: durationMs,
  echoAnswerMs: durationMs,
  preparedDevices: z.number().int().positive()
}) satisfies z.ZodType<CallRules>

const bothSides = z.strictObject({ caller: z.boolean(), receptor: z.boolean() })

const reception = z.strictObject({ waiting: z.boolean(), silent: z.boolean(), blocked: z.boolean() })
const transfer = z.strictObject({ callId: id, to: peer, by: z.enum(callRoles), since: epochMs })
const transferFailed = z.strictObject({
  to: peer,
  by: z.enum(callRoles),
  reason: z.enum(finishReasons),
  at: epochMs
})
const origin = z.strictObject({ callId: id, first: id, by: peer.nullable() })
const conference = z.strictObject({ callId: id, host: z.enum(callRoles), with: peer })

/** What calls of before did not have yet has a default: a restart may bring a newer server. */
export const storedCall = z.strictObject({
  version: z.literal(1),
  id,
  roomId: id,
  applicationId: id,
  kind: z.enum(['person', 'echo']),
  check: z.boolean().default(false),
  caller: peer,
  receptor: peer,
  rules,
  maxDurationMs: durationMs.nullable(),
  createdAt: epochMs,
  seq,
  status: z.enum(wireStatuses),
  since: epochMs,
  notBefore: epochMs,
  legs: z.array(leg),
  muted: bothSides,
  held: bothSides,
  reception: reception.default({ waiting: false, silent: false, blocked: false }),
  transfer: transfer.nullable().default(null),
  transferFailed: transferFailed.nullable().default(null),
  transferOf: origin.nullable().default(null),
  conference: conference.nullable().default(null),
  movingSince: epochMs.nullable().default(null),
  startedAt: epochMs.nullable(),
  talk: z.strictObject({ ms: durationMs, since: epochMs.nullable() }),
  end: callEnd.nullable()
}) satisfies z.ZodType<Call>

/** Reads a stored call, or says what does not fit. */
export const readCall = (stored: unknown): { readonly call: Call } | { readonly problem: string } => {
  const read = storedCall.safeParse(stored)
  return read.success ? { call: read.data } : { problem: z.prettifyError(read.error) }
}
