// The browser's statistics of both transports as one sample of counters, and what went on between two samples. Pure; what
// it is worth is line-quality.ts's.

/** What one incoming stream has counted since it exists. */
export type Incoming = {
  readonly received: number
  readonly lost: number
  /** Samples of sound that were played, and those of them that were made up for want of packets. */
  readonly samples: number
  readonly concealed: number
  /** Sum of the seconds that samples waited to be played, and how many did. */
  readonly waitedS: number
  readonly emitted: number
  /** Grows with every sound; null where the browser does not count it. */
  readonly energy: number | null
}

export type LineSample = {
  /** By the browser's id of the stream. */
  readonly incoming: ReadonlyMap<string, Incoming>
  /** Packets that were sent. */
  readonly sent: number
  readonly roundTripMs: number | null
  /** Share of what is sent from here that does not arrive at the server (0 to 1), as it last reported. */
  readonly lostOut: number | null
}

type Stats = Readonly<Record<string, unknown>>

const numberIn = (stats: Stats | undefined, name: string): number | null => {
  const value = stats?.[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
const countIn = (stats: Stats, name: string): number => numberIn(stats, name) ?? 0

const incomingOf = (stats: Stats): Incoming => ({
  received: countIn(stats, 'packetsReceived'),
  lost: countIn(stats, 'packetsLost'),
  samples: countIn(stats, 'totalSamplesReceived'),
  // Silence that is made up where the other side sends none is no loss.
  concealed: countIn(stats, 'concealedSamples') - countIn(stats, 'silentConcealedSamples'),
  waitedS: countIn(stats, 'jitterBufferDelay'),
  emitted: countIn(stats, 'jitterBufferEmittedCount'),
  energy: numberIn(stats, 'totalAudioEnergy')
})

/** What `getStats` gives, as much as is used of it. */
export type Report = { readonly forEach: (visit: (stats: unknown) => void) => void }

const isStats = (value: unknown): value is Stats => typeof value === 'object' && value !== null

/** The reports of a call's transports as one sample. Entries are found by what they say they are, never by their place. */
export const sampleOf = (reports: readonly Report[]): LineSample => {
  const all: Stats[] = []
  for (const report of reports) {
    report.forEach((stats) => {
      if (isStats(stats)) all.push(stats)
    })
  }
  const audio = (type: string) => all.filter((stats) => stats['type'] === type && stats['kind'] === 'audio')
  const [remote] = audio('remote-inbound-rtp')
  const pair = all.find(({ type, nominated }) => type === 'candidate-pair' && nominated === true)
  const roundTripS = numberIn(remote, 'roundTripTime') ?? numberIn(pair, 'currentRoundTripTime')
  return {
    incoming: new Map(audio('inbound-rtp').map((stats) => [String(stats['id']), incomingOf(stats)])),
    sent: audio('outbound-rtp').reduce((sum, stats) => sum + countIn(stats, 'packetsSent'), 0),
    roundTripMs: roundTripS === null ? null : roundTripS * 1_000,
    lostOut: numberIn(remote, 'fractionLost')
  }
}

/** What went on over some samples in a row. Shares are 0 to 1. */
export type Stretch = {
  readonly lossIn: number
  /** What of the sound played was made up. */
  readonly gaps: number
  readonly lossOut: number
  readonly delayMs: number
  readonly bufferMs: number
  readonly roundTripMs: number | null
}

const nothing: Incoming = { received: 0, lost: 0, samples: 0, concealed: 0, waitedS: 0, emitted: 0, energy: null }

const combined = (one: Incoming, other: Incoming, by: (a: number, b: number) => number): Incoming => ({
  received: by(one.received, other.received),
  lost: by(one.lost, other.lost),
  samples: by(one.samples, other.samples),
  concealed: by(one.concealed, other.concealed),
  waitedS: by(one.waitedS, other.waitedS),
  emitted: by(one.emitted, other.emitted),
  energy: one.energy === null && other.energy === null ? null : by(one.energy ?? 0, other.energy ?? 0)
})
const plus = (one: Incoming, other: Incoming) => combined(one, other, (a, b) => a + b)
const minus = (one: Incoming, other: Incoming) => combined(one, other, (a, b) => a - b)

/** What was counted between two samples. A stream that is new, or whose counters went back, has begun anew. */
const counted = (before: LineSample, after: LineSample): Incoming =>
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
  const bufferMs = (1_000 * waitedS) / Math.max(1, emitted)
  const roundTripMs = mean(steps.map(([, after]) => after.roundTripMs))
  return {
    lossIn: share(lost, lost + received),
    gaps: share(concealed, played),
    // A report that is as old as the silence before it says nothing of now.
    lossOut: mean(steps.map(([before, after]) => (after.sent > before.sent ? after.lostOut : 0))) ?? 0,
    delayMs: (roundTripMs ?? 0) / 2 + bufferMs,
    bufferMs,
    roundTripMs
  }
}

/** The energy of half a step of 16 bits over a second: less is no sound at all. */
const leastEnergy = 2e-10

/** Whether there was any sound between two samples, however quiet; null where the browser does not count it. */
export const isSounding = (before: LineSample, after: LineSample): boolean | null => {
  const { energy } = counted(before, after)
  return energy === null ? null : energy > leastEnergy
}
