// What samples come to: means by time, the lowest, how long and by what it was poor, and a series that can be drawn.
import { describe, expect, it } from 'vitest'
import { mostPoints } from '../../../../common/quality.ts'
import { fromStored, toStored, type KeptSample } from '../../../../server/quality/stored.ts'
import { summarise } from '../../../../server/quality/summary.ts'

const good: KeptSample = {
  at: 0,
  spanMs: 6_000,
  mos: 4.3,
  lossIn: 0,
  lossOut: 0,
  jitterMs: 4,
  delayMs: 60,
  roundTripMs: 20,
  cause: null
}
/** One after the other, from `at` on. */
const inARow = (...samples: readonly Partial<KeptSample>[]): readonly KeptSample[] =>
  samples.map((sample, index) => ({ ...good, at: (index + 1) * 6_000, ...sample }))
const times = (count: number, sample: Partial<KeptSample>) => Array.from({ length: count }, () => sample)

describe('the summary of one side', () => {
  it('is none where nothing was measured', () => {
    expect(summarise([])).toBeNull()
  })

  it('says means by the time that they are of, and the lowest mark', () => {
    const summary = summarise(inARow({}, { mos: 2.3, spanMs: 18_000, lossIn: 0.2, roundTripMs: null }))
    expect(summary?.mos).toEqual({ mean: expect.closeTo(2.8) as unknown, lowest: 2.3 })
    expect(summary).toMatchObject({ lossIn: 0.15, roundTripMs: 20, measuredMs: 24_000, poorMs: 18_000, fairMs: 0 })
    expect(summarise(inARow({ roundTripMs: null }))?.roundTripMs).toBeNull()
  })

  it('names what hurt most while it was poor, and by how much then', () => {
    const theirs = { mos: 2, lossIn: 0.12, cause: { kind: 'lossIn', whose: 'theirs' } } as const
    const delayed = { mos: 3, delayMs: 700, cause: { kind: 'delay', whose: 'unknown' } } as const
    const fair = { mos: 3.5, lossOut: 0.05, cause: { kind: 'lossOut', whose: 'mine' } } as const
    const all = inARow(...times(5, {}), ...times(40, fair), ...times(6, theirs), delayed)
    expect(summarise(all)).toMatchObject({
      poorMs: 42_000,
      fairMs: 240_000,
      worst: { kind: 'lossIn', whose: 'theirs', amount: expect.closeTo(0.12) as unknown }
    })
    // Where it never was poor, what made it fair.
    expect(summarise(inARow({}, fair))?.worst).toMatchObject({ kind: 'lossOut', whose: 'mine' })
    expect(summarise(inARow({}, delayed))?.worst).toEqual({ kind: 'delay', whose: 'unknown', amount: 700 })
    expect(summarise(inARow({}, {}))?.worst).toBeNull()
  })

  it.each([1, 119, 120, 121, 600, 3_600])('draws %i samples with at most as many points as fit', (count) => {
    // Not the first of those that become one point.
    const dip = Math.min(count - 1, Math.floor(count / 2) + 1)
    const samples = inARow(...Array.from({ length: count }, (_, index) => (index === dip ? { mos: 1.5 } : {})))
    const series = summarise([...samples].reverse())?.series ?? []
    expect(series.length).toBeGreaterThan(0)
    expect(series.length).toBeLessThanOrEqual(mostPoints)
    expect(series.map(({ at }) => at)).toEqual(series.map(({ at }) => at).sort((a, b) => a - b))
    expect(series.at(-1)?.at).toBe(count * 6_000)
    // What was bad for a moment is still to be seen.
    expect(Math.min(...series.map(({ mos }) => mos))).toBe(1.5)
  })
})

describe('a sample that is kept', () => {
  it.each([good, { ...good, roundTripMs: null, cause: { kind: 'delay', whose: 'unknown' } } as const])(
    'is read as it was, as far as anybody can tell: %o',
    (sample) => {
      expect(fromStored(toStored(sample))).toEqual(sample)
      expect(fromStored(toStored({ ...sample, lossIn: 0.123456 })).lossIn).toBe(0.1235)
    }
  )
})
