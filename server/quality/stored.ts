// A sample as it is kept: a row of numbers, a third of the size of what came. Pure.
import { causeKinds, causeOwners } from '../../common/quality.ts'
import type { QualitySample } from '../../common/protocol/quality.ts'

/** At, span, mark, losses in and out, jitter, delay, round trip, cause and its owner (by their place in the lists; -1: none). */
export type StoredSample = readonly [
  at: number,
  spanMs: number,
  mos: number,
  lossIn: number,
  lossOut: number,
  jitterMs: number,
  delayMs: number,
  roundTripMs: number | null,
  kind: number,
  whose: number
]

/** What of a sample is kept; its number has done its work. */
export type KeptSample = Omit<QualitySample, 'n'>

const rounded = (value: number, digits: number): number => Number(value.toFixed(digits))

export const toStored = (sample: KeptSample): StoredSample => {
  const { at, spanMs, mos, lossIn, lossOut, jitterMs, delayMs, roundTripMs, cause } = sample
  return [
    at,
    spanMs,
    rounded(mos, 2),
    rounded(lossIn, 4),
    rounded(lossOut, 4),
    rounded(jitterMs, 1),
    Math.round(delayMs),
    roundTripMs === null ? null : Math.round(roundTripMs),
    cause === null ? -1 : causeKinds.indexOf(cause.kind),
    cause === null ? -1 : causeOwners.indexOf(cause.whose)
  ]
}

export const fromStored = (stored: StoredSample): KeptSample => {
  const [at, spanMs, mos, lossIn, lossOut, jitterMs, delayMs, roundTripMs, kindAt, whoseAt] = stored
  const [kind, whose] = [causeKinds[kindAt], causeOwners[whoseAt]]
  const cause = kind === undefined || whose === undefined ? null : { kind, whose }
  return { at, spanMs, mos, lossIn, lossOut, jitterMs, delayMs, roundTripMs, cause }
}
