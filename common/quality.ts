// What the quality of a talk is measured in: the words for causes and ratings, and from which mark on it counts as good.
// How a mark comes about is renderer/media/line-quality.ts's, what is kept of it server/quality's.

/** Marks (mean opinion score, 1 to 4.5) from which on a line is good, and fair; below is poor. */
export const goodFrom = 3.9
export const fairFrom = 3.1

export type QualityLevel = 'good' | 'fair' | 'poor'
export const levelOfMark = (mark: number): QualityLevel =>
  mark >= goodFrom ? 'good' : mark >= fairFrom ? 'fair' : 'poor'

/** What hurts a line: sound that is lost on the way here or from here, or sound that takes long. */
export const causeKinds = ['lossIn', 'lossOut', 'delay'] as const
export type CauseKind = (typeof causeKinds)[number]

/** By whose network it is, as the one who measured sees it. */
export const causeOwners = ['mine', 'theirs', 'unknown'] as const
export type CauseOwner = (typeof causeOwners)[number]

export const ratings = ['good', 'bad'] as const
export type Rating = (typeof ratings)[number]

/** Why a talk was bad, as who rates it says: nobody is asked for more than one tap. */
export const ratingReasons = ['not_heard', 'could_not_hear', 'broken_up', 'delay', 'echo', 'noise'] as const
export type RatingReason = (typeof ratingReasons)[number]

/**
 * How long one sample covers, by its number: short ones at first, long ones in a long talk, so that a day of talk
 * stays below `mostSamples`.
 */
export const sampleMs = (number: number): number => (number < 600 ? 6_000 : 30_000)
/** A side of a call is kept no more samples than these. */
export const mostSamples = 3_600
/** Samples in one message. */
export const mostInBatch = 60
/** A device may tell of a call so long after its end, and rate it. */
export const lateSamplesMs = 10 * 60_000
export const lateRatingMs = 60 * 60_000
export const mostPoints = 120
