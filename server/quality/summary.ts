// What the samples of one side come to: means, the lowest mark, how long it was poor and by what, and a series that is
// short enough to be drawn. Pure.
import { fairFrom, goodFrom, mostPoints } from '../../common/quality.ts'
import type { QualityPoint, SideQuality } from '../../common/protocol/quality.ts'
import type { KeptSample } from './stored.ts'

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

/** The mean of what was measured, each sample by the time it covers; null where none has the value. */
const meanOf = (samples: readonly KeptSample[], read: (sample: KeptSample) => number | null): number | null => {
  const known = samples.flatMap((sample) => {
    const value = read(sample)
    return value === null ? [] : [{ value, spanMs: sample.spanMs }]
  })
  if (known.length === 0) return null
  return sum(known.map(({ value, spanMs }) => value * spanMs)) / sum(known.map(({ spanMs }) => spanMs))
}

const spanOf = (samples: readonly KeptSample[]): number => sum(samples.map(({ spanMs }) => spanMs))

const amountOf = (kind: NonNullable<KeptSample['cause']>['kind'], sample: KeptSample): number =>
  kind === 'delay' ? sample.delayMs : sample[kind]

/** The cause that took most from the marks of these samples, by how much and for how long. */
const worstOf = (samples: readonly KeptSample[]): SideQuality['worst'] => {
  const byCause = new Map<string, { cause: NonNullable<KeptSample['cause']>; of: KeptSample[]; cost: number }>()
  for (const sample of samples) {
    const { cause } = sample
    if (cause === null) continue
    const key = `${cause.kind} ${cause.whose}`
    const known = byCause.get(key) ?? { cause, of: [], cost: 0 }
    known.of.push(sample)
    known.cost += (goodFrom - sample.mos) * sample.spanMs
    byCause.set(key, known)
  }
  const [dearest] = [...byCause.values()].sort((one, other) => other.cost - one.cost)
  if (dearest === undefined) return null
  const { kind } = dearest.cause
  return { ...dearest.cause, amount: meanOf(dearest.of, (sample) => amountOf(kind, sample)) ?? 0 }
}

const pointOf = (samples: readonly KeptSample[]): QualityPoint => ({
  at: samples.at(-1)?.at ?? 0,
  // A mean would hide what a person remembers.
  mos: Math.min(...samples.map(({ mos }) => mos)),
  lossIn: meanOf(samples, ({ lossIn }) => lossIn) ?? 0,
  lossOut: meanOf(samples, ({ lossOut }) => lossOut) ?? 0,
  jitterMs: meanOf(samples, ({ jitterMs }) => jitterMs) ?? 0,
  roundTripMs: meanOf(samples, ({ roundTripMs }) => roundTripMs)
})

const seriesOf = (samples: readonly KeptSample[]): readonly QualityPoint[] => {
  const inOne = Math.max(1, Math.ceil(samples.length / mostPoints))
  return Array.from({ length: Math.ceil(samples.length / inOne) }, (_, index) =>
    pointOf(samples.slice(index * inOne, (index + 1) * inOne))
  )
}

/** Null where nothing was measured. */
export const summarise = (unordered: readonly KeptSample[]): SideQuality | null => {
  const samples = [...unordered].sort((one, other) => one.at - other.at)
  if (samples.length === 0) return null
  const poor = samples.filter(({ mos }) => mos < fairFrom)
  const fair = samples.filter(({ mos }) => mos >= fairFrom && mos < goodFrom)
  return {
    mos: { mean: meanOf(samples, ({ mos }) => mos) ?? 1, lowest: Math.min(...samples.map(({ mos }) => mos)) },
    lossIn: meanOf(samples, ({ lossIn }) => lossIn) ?? 0,
    lossOut: meanOf(samples, ({ lossOut }) => lossOut) ?? 0,
    jitterMs: meanOf(samples, ({ jitterMs }) => jitterMs) ?? 0,
    delayMs: meanOf(samples, ({ delayMs }) => delayMs) ?? 0,
    roundTripMs: meanOf(samples, ({ roundTripMs }) => roundTripMs),
    measuredMs: spanOf(samples),
    fairMs: spanOf(fair),
    poorMs: spanOf(poor),
    worst: worstOf(poor.length > 0 ? poor : fair),
    series: [...seriesOf(samples)]
  }
}
