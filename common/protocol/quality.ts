// The quality of a talk: what a phone measures and tells, what people say of it, and what of that is shown. Schemas of
// the socket, of REST and of IPC.
import { z } from 'zod'
import { causeKinds, causeOwners, mostInBatch, mostSamples, ratingReasons, ratings, mostPoints } from '../quality.ts'
import { durationMs, epochMs, id } from './values.ts'

const share = z.number().min(0).max(1)
const timeMs = z.number().min(0).max(60_000)
/** Mean opinion score, estimated. */
const mark = z.number().min(1).max(5)

/** What one side's device measured over a few seconds. Shares are 0 to 1. */
export const measuredSample = z.strictObject({
  spanMs: z.number().int().min(1).max(60_000),
  mos: mark,
  /** Of the other side's sound, what did not arrive here; of this side's, what did not arrive there. */
  lossIn: share,
  lossOut: share,
  jitterMs: timeMs,
  /** From the server to the ear. */
  delayMs: timeMs,
  /** To the server and back; null while nobody has measured it. */
  roundTripMs: timeMs.nullable(),
  /** What hurt most; null where nothing did. */
  cause: z.strictObject({ kind: z.enum(causeKinds), whose: z.enum(causeOwners) }).nullable()
})
export type MeasuredSample = z.infer<typeof measuredSample>

/** `n` counts the samples of one device in one call, so that none is kept twice, however often it is sent. */
export const qualitySample = measuredSample.extend({
  n: z
    .number()
    .int()
    .min(0)
    .max(mostSamples - 1),
  /** When it ended, by the clock of `now` in its batch. */
  at: epochMs
})
export type QualitySample = z.infer<typeof qualitySample>

export const metricsBatch = z.object({
  callId: id,
  /** The phone's clock as it sends this. */
  now: epochMs,
  /** Each is read by itself (`qualitySample`): one that does not fit costs no other. */
  samples: z.array(z.unknown()).min(1).max(mostInBatch)
})
export type MetricsBatch = z.infer<typeof metricsBatch>

export const metricsTaken = z.object({
  kept: z.number().int().nonnegative(),
  /** Those that were not taken, by their place in the batch, and why. */
  refused: z.array(z.object({ index: z.number().int().nonnegative(), why: z.string().max(200) })).max(mostInBatch)
})
export type MetricsTaken = z.infer<typeof metricsTaken>

/** What a person says of a talk; a reason is kept with `bad` only. */
export const callRating = z.object({
  callId: id,
  rating: z.enum(ratings),
  reason: z.enum(ratingReasons).nullable().default(null)
})
export const keptRating = z.object({ rating: z.enum(ratings), reason: z.enum(ratingReasons).nullable() })
export type KeptRating = z.infer<typeof keptRating>

/** One point of a side's talk: of several samples the lowest mark, and the means of the rest. */
const point = z.object({
  at: epochMs,
  mos: mark,
  lossIn: share,
  lossOut: share,
  jitterMs: timeMs,
  roundTripMs: timeMs.nullable()
})
export type QualityPoint = z.infer<typeof point>

/** How a talk was for one side, as its own device measured it. */
export const sideQuality = z.object({
  mos: z.object({ mean: mark, lowest: mark }),
  lossIn: share,
  lossOut: share,
  jitterMs: timeMs,
  delayMs: timeMs,
  roundTripMs: timeMs.nullable(),
  /** How long it was measured; how much of that was fair, and how much poor. */
  measuredMs: durationMs,
  fairMs: durationMs,
  poorMs: durationMs,
  /** What hurt most while it was poor (or fair, where it never was): `amount` is a share, or milliseconds of a delay. */
  worst: z
    .object({ kind: z.enum(causeKinds), whose: z.enum(causeOwners), amount: z.number().nonnegative() })
    .nullable(),
  series: z.array(point).max(mostPoints)
})
export type SideQuality = z.infer<typeof sideQuality>
