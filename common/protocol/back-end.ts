// The REST contract of applications' back ends: endpoints and calls. Schemas only; OpenAPI is made from them. Times are
// ISO 8601 in UTC, as people read them in a terminal; phones have theirs in milliseconds (rest.ts).
import { z } from 'zod'
import { endAuthors, endDetails, finishReasons } from '../call/end.ts'
import { wireStatuses } from '../call/status.ts'
import { errorCodes } from '../errors.ts'
import { mostPoints } from '../quality.ts'
import { keptRating, sideQuality } from './quality.ts'
import { durationMs, id, peer, storable, username } from './values.ts'

const when = z.iso.datetime()

/** A page of a list, counted from 0. */
const pageQuery = z.object({
  page: z.coerce.number().int().min(0).max(100_000).default(0),
  size: z.coerce.number().int().min(1).max(200).default(20)
})
const page = z.object({ number: z.number().int(), size: z.number().int(), total: z.number().int() })

/** The shortest password that an operator or a back end may give. */
export const shortestPassword = 8

export const endpointRequest = z.object({
  username,
  /** What people see, in the languages of the interface; the username where it is left out. */
  names: z
    .object({ en: storable.max(128), fa: storable.max(128) })
    .partial()
    .default({}),
  /** To sign in to a phone; without one a person joins calls by code only. */
  password: z.string().min(shortestPassword).max(256).optional()
})
export type EndpointRequest = z.infer<typeof endpointRequest>

export const endpoint = z.object({ id, username, names: peer.shape.names, createdAt: when })
export type Endpoint = z.infer<typeof endpoint>

export const endpointsQuery = pageQuery
export const endpointsAnswer = z.object({ page, result: z.array(endpoint) })
export type EndpointsAnswer = z.infer<typeof endpointsAnswer>

const someone = z.object({ username })

export const callRequest = z.object({
  caller: someone,
  receptor: someone,
  /** The longest talk, in seconds. */
  maxDuration: z.number().int().min(1).max(86_400).optional()
})
export type CallRequest = z.infer<typeof callRequest>

const joiner = z.object({
  username,
  /** Good once, for this call and this side. */
  joinCode: z.string()
})
export const callOrdered = z.object({
  id,
  status: z.enum(wireStatuses),
  createdAt: when,
  caller: joiner,
  receptor: joiner,
  /** Open the app on the person's computer. */
  joinLinks: z.object({ caller: z.string(), receptor: z.string() }),
  joinCodesExpireAt: when
})
export type CallOrdered = z.infer<typeof callOrdered>

const side = z.object({ id, username, names: peer.shape.names })

export const callRecord = z.object({
  id,
  status: z.enum(wireStatuses),
  createdAt: when,
  /** When both could first hear each other. */
  startedAt: when.nullable(),
  finishedAt: when.nullable(),
  /** Talk time in milliseconds, without pauses, as of the last change of the call. */
  duration: durationMs,
  finishReason: z.enum(finishReasons).nullable(),
  finishedBy: z.enum(endAuthors).nullable(),
  finishDetail: z.enum(endDetails).nullable(),
  caller: side,
  receptor: side
})
export type CallRecordShown = z.infer<typeof callRecord>

const measured = sideQuality.extend({
  series: z.array(sideQuality.shape.series.element.extend({ at: when })).max(mostPoints)
})
/** What is known of one side's talk: as its device measured it, and as the person there rated it. */
const sideTalk = z.object({ measured: measured.nullable(), rating: keptRating.nullable() })
export type SideTalk = z.infer<typeof sideTalk>

export const callDetail = callRecord.extend({
  quality: z.object({ caller: sideTalk, receptor: sideTalk }),
  /** What happened, in order. */
  timeline: z.array(z.object({ at: when, event: z.string(), data: z.record(z.string(), z.unknown()) }))
})
export type CallDetail = z.infer<typeof callDetail>

export const callsQuery = pageQuery.extend({
  /** Calls in which this endpoint is either side. */
  endpointId: id.optional(),
  /** Created at or after this, ISO 8601 with a zone. */
  since: z.iso.datetime({ offset: true }).optional(),
  /** Created before this. */
  until: z.iso.datetime({ offset: true }).optional()
})
export type CallsQuery = z.infer<typeof callsQuery>
export const callsAnswer = z.object({ page, result: z.array(callRecord) })
export type CallsAnswer = z.infer<typeof callsAnswer>

export const callPath = z.object({ id })

/** An order under the same key is carried out once, for ever. */
export const idempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/)

/** Body of every answer to a back end that is not 2xx. */
export const backEndError = z.object({
  /** The HTTP status as a word. */
  status: z.string(),
  reasons: z.array(z.object({ code: z.enum(errorCodes), message: z.string() })).min(1)
})
export type BackEndError = z.infer<typeof backEndError>

export const backEndPaths = { calls: '/v1/calls', call: '/v1/calls/{id}', endpoints: '/v1/endpoints' } as const
