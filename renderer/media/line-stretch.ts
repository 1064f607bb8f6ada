// What went on over some samples of a line in a row: what was lost each way and by whose network, how long sound took.
// Pure; what that is worth is line-quality.ts's.
import type { Whose } from '../state/media-port.ts'
import type { Counters, LineSample } from './line-sample.ts'

/** Shares are 0 to 1. */
export type Stretch = {
  readonly lossIn: number
  /** What of the sound played was made up. */
  readonly gaps: number
  readonly lossOut: number
  /** What of the sound sent is missing there although it was sent again, or came too late; an estimate, part of `lossOut`. */
  readonly gapsThere: number
  readonly delayMs: number
  readonly bufferMs: number
  readonly roundTripMs: number | null
  /** By whose network most was lost. */
  readonly whose: { readonly lossIn: Whose; readonly lossOut: Whose }
}

const nothing: Counters = { received: 0, lost: 0, samples: 0, concealed: 0, waitedS: 0, emitted: 0, energy: null }

const combined = (one: Counters, other: Counters, by: (a: number, b: number) => number): Counters => ({
  received: by(one.received, other.received),
  lost: by(one.lost, other.lost),
  samples: by(one.samples, other.samples),
  concealed: by(one.concealed, other.concealed),
  waitedS: by(one.waitedS, other.waitedS),
  emitted: by(one.emitted, other.emitted),
  energy: one.energy === null && other.energy === null ? null : by(one.energy ?? 0, other.energy ?? 0)
})
const plus = (one: Counters, other: Counters) => combined(one, other, (a, b) => a + b)
const minus = (one: Counters, other: Counters) => combined(one, other, (a, b) => a - b)

/** What was counted between two samples. A stream that is new, or whose counters went back, has begun anew. */
const counted = (before: LineSample, after: LineSample): Counters =>
  [...after.incoming]
    .map(([id, now]) => {
      const then = before.incoming.get(id)
      return then === undefined || then.received > now.received ? now : minus(now, then)
    })
    .reduce(plus, nothing)

const share = (part: number, whole: number): number => (whole <= 0 ? 0 : Math.min(1, Math.max(0, part / whole)))

const mean = (values: readonly (number | null)[]): number | null => {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** Reports of the server come about once a second: over less time they tell little. */
const leastMs = 3_000

/** What of the server's packets was lost on the way from there to here; null where its reports do not tell. */
const lostFromServer = (samples: readonly LineSample[]): number | null => {
  const streams = samples.map(({ incoming }) => [...incoming].sort(([, a], [, b]) => b.received - a.received)[0])
  const id = streams.at(-1)?.[0]
  const same = streams.filter((stream) => stream?.[0] === id).map((stream) => stream?.[1])
  const reported = same.flatMap((one) => (one?.served ? [{ ...one, served: one.served }] : []))
  const [first, last] = [reported[0], reported.at(-1)]
  if (first === undefined || last === undefined) return null
  const [hereMs, thereMs] = [last.atMs - first.atMs, last.served.atMs - first.served.atMs]
  if (hereMs < leastMs || thereMs < leastMs) return null
  const servedRate = (last.served.packets - first.served.packets) / thereMs
  const receivedRate = (last.received - first.received) / hereMs
  return share(servedRate - receivedRate, servedRate)
}

const whoseIn = (samples: readonly LineSample[], lossIn: number, gaps: number): Whose => {
  const onMyWay = lostFromServer(samples)
  // Sound that only came late says nothing of where it was held up.
  if (onMyWay === null || lossIn < gaps / 2) return 'unknown'
  return onMyWay >= lossIn / 2 ? 'mine' : 'theirs'
}

/**
 * What the other side misses of sound that had to be sent again, by the share of it: what is lost twice, and what comes
 * too late. Measured on lines between here and the server: of 10 % about 1.5 % is missed, of 30 % about 15 %.
 */
const missedOf = (resent: number): number => Math.min(resent, 1.6 * resent * resent)

const wayOut = (samples: readonly LineSample[]): Pick<Stretch, 'lossOut' | 'gapsThere'> & { whose: Whose } => {
  const steps = pairs(samples)
  const sent = steps.reduce((sum, [before, after]) => sum + Math.max(0, after.sent - before.sent), 0)
  const resent = steps.map(([before, after]) =>
    before.resent === null || after.resent === null ? null : Math.max(0, after.resent - before.resent)
  )
  // A report that is as old as the silence before it says nothing of now.
  const reported = mean(steps.map(([before, after]) => (after.sent > before.sent ? after.lostOut : 0))) ?? 0
  if (resent.includes(null)) return { lossOut: reported, gapsThere: 0, whose: 'unknown' }
  const gapsThere = missedOf(
    share(
      resent.reduce<number>((sum, one) => sum + (one ?? 0), 0),
      sent
    )
  )
  return {
    lossOut: Math.max(reported, gapsThere),
    gapsThere,
    whose: gapsThere >= reported / 2 ? 'mine' : 'theirs'
  }
}

const pairs = (samples: readonly LineSample[]): readonly (readonly [LineSample, LineSample])[] =>
  samples.slice(1).map((after, index) => [samples[index] ?? after, after])

/** What went on between the first and the last of these; null where nothing arrived, so that there is nothing to judge. */
export const stretch = (samples: readonly LineSample[]): Stretch | null => {
  const steps = pairs(samples)
  const {
    received,
    lost,
    samples: played,
    concealed,
    waitedS,
    emitted
  } = steps.map(([before, after]) => counted(before, after)).reduce(plus, nothing)
  if (received <= 0) return null
  const lossIn = share(lost, lost + received)
  const gaps = share(concealed, played)
  const { whose, ...out } = wayOut(samples)
  const bufferMs = (1_000 * waitedS) / Math.max(1, emitted)
  const roundTripMs = mean(steps.map(([, after]) => after.roundTripMs))
  return {
    lossIn,
    gaps,
    ...out,
    delayMs: (roundTripMs ?? 0) / 2 + bufferMs,
    bufferMs,
    roundTripMs,
    whose: { lossIn: whoseIn(samples, lossIn, gaps), lossOut: whose }
  }
}

/**
 * The browser counts the square of each tenth of a second's peak, some 12 dB above the power. What an echo canceller puts
 * in where there is no sound (level.ts) stays below this, -73 dB; the quietest room is above it.
 */
const leastPower = (7 / 32_768) ** 2
const samplesInSecond = 48_000

/** Whether there was any sound between two samples, however quiet; null where none is played, or nobody counts it. */
export const isSounding = (before: LineSample, after: LineSample): boolean | null => {
  const { energy, samples } = counted(before, after)
  return energy === null || samples <= 0 ? null : energy > (leastPower * samples) / samplesInSecond
}
