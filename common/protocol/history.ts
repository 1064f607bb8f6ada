// Calls that are over, as a phone reads, looks through and takes away its own: schemas of REST alone. How an end is called
// is call/outcome.ts's.
import { z } from 'zod'
import { callDirections, endAuthors, endDetails, finishReasons } from '../call/end.ts'
import { keptRating, sideQuality } from './quality.ts'
import { durationMs, epochMs, id, peer, storable } from './values.ts'

export const historyEntry = z.object({
  callId: id,
  direction: z.enum(callDirections),
  peer,
  createdAt: epochMs,
  /** Start of the conversation; absent if there was none. */
  startedAt: epochMs.optional(),
  finishedAt: epochMs,
  /** Talk time, without pauses. */
  durationMs,
  reason: z.enum(finishReasons).catch('unknown'),
  by: z.enum(endAuthors).catch('server'),
  detail: z.enum(endDetails).optional().catch(undefined)
})
export type HistoryEntry = z.infer<typeof historyEntry>

/** What is wanted of a history; what is absent does not narrow it. */
export const historyWanted = z.object({
  /** Words of a name or a number, in either script: every one must be there. */
  q: storable.max(64).optional(),
  direction: z.enum(callDirections).optional(),
  /** `missed`: calls that nobody took here and that are no other device's. */
  outcome: z.enum(['missed']).optional()
})
export type HistoryWanted = z.infer<typeof historyWanted>

export const mostHistoryRows = 500

export const historyQuery = historyWanted.extend({
  /** Opaque, from the answer before; absent for the newest. */
  cursor: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(mostHistoryRows).default(50)
})
export type HistoryQuery = z.infer<typeof historyQuery>

/** What is the same on all devices of a user beside the calls themselves. */
export const historyMarks = z.object({
  /** Missed calls that ended until then (server's clock) were seen on one of the devices. */
  seenAt: epochMs,
  /** Missed calls that ended later; not counted beyond 1,000. */
  missed: z.number().int().nonnegative(),
  /** Counts what was taken away or brought back: where it differs from before, older calls that a device keeps may be out of date. */
  edition: z.number().int().nonnegative()
})
export type HistoryMarks = z.infer<typeof historyMarks>

export const historyAnswer = z.object({
  result: z.array(historyEntry),
  next: z.string().nullable(),
  marks: historyMarks
})
export type HistoryAnswer = z.infer<typeof historyAnswer>

/** The call's `finishedAt`, by the server's clock. An earlier one than before changes nothing. */
export const historySeen = z.object({ until: epochMs })
export type HistorySeen = z.infer<typeof historySeen>

export const historyItem = z.object({ id })

/** Several calls in one request. */
export const historyItems = z.object({ ids: z.array(id).min(1).max(mostHistoryRows) })
export type HistoryItems = z.infer<typeof historyItems>

/** How many were taken away or brought back: of those named, the ones that were not so before. */
export const historyChanged = historyMarks.extend({ changed: z.number().int().nonnegative() })
export type HistoryChanged = z.infer<typeof historyChanged>

/** Created until then: a call that ends meanwhile is not swept away unseen. */
export const historyClear = z.object({
  until: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
})

/** What a person may be told of how a call went. */
export const timelineEvents = [
  'started',
  'ringing',
  'answered',
  'connected',
  'held',
  'resumed',
  'lost',
  'transfer',
  'conference',
  'moved',
  'ended'
] as const
export type TimelineEvent = (typeof timelineEvents)[number]

export const historyDetails = z.object({
  /** The name of the own device that had the call last; null where none had it, or it is gone. */
  device: z.string().nullable(),
  timeline: z.array(
    z.object({
      at: epochMs,
      event: z.enum(timelineEvents).catch('started'),
      /** Whose act it was; null where it is nobody's. */
      by: z.enum(['me', 'them']).nullable()
    })
  ),
  /** How the talk was for each side; null where nobody measured it. */
  quality: z
    .object({ mine: sideQuality.nullable(), theirs: sideQuality.nullable() })
    .default({ mine: null, theirs: null }),
  /** What this person said of it. */
  rating: keptRating.nullable().default(null)
})
export type HistoryDetails = z.infer<typeof historyDetails>
