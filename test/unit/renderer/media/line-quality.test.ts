// What a line is worth: the mark, the level and the cause that are shown, look after look.
import { describe, expect, it } from 'vitest'
import {
  lookAt,
  newLine,
  opinionOf,
  unknownQuality,
  worst,
  type Line
} from '../../../../renderer/media/line-quality.ts'
import type { LineQuality } from '../../../../renderer/state/media-port.ts'
import { samplesOf, type Step } from './line-samples.ts'

const times = (count: number, step: Step): readonly Step[] => Array.from({ length: count }, () => step)

/** What is shown after each of the looks, the first one included. */
const shown = (...steps: readonly Step[]): readonly LineQuality[] => {
  let line: Line = newLine
  return samplesOf(steps).map((sample) => {
    line = lookAt(line, sample)
    return line.quality
  })
}
const last = (...steps: readonly Step[]): LineQuality => shown(...steps).at(-1) ?? unknownQuality
const levels = (...steps: readonly Step[]) => shown(...steps).map(({ level }) => level)

describe('the opinion', () => {
  it('of a faultless line is that of the E-model, and nothing is worse than bad', () => {
    expect(opinionOf(0, 0)).toBeCloseTo(4.39, 1)
    expect(opinionOf(1, 5_000)).toBe(1)
  })

  it('falls with loss and with delay', () => {
    const losses = [0, 0.01, 0.03, 0.06, 0.1, 0.2, 0.4].map((loss) => opinionOf(loss, 40))
    const delays = [0, 50, 150, 300, 600, 1_200].map((ms) => opinionOf(0, ms))
    for (const falling of [losses, delays]) expect(falling).toEqual([...falling].sort((a, b) => b - a))
    expect(opinionOf(0.02, 60)).toBeGreaterThan(3.9)
    expect(opinionOf(0.06, 60)).toBeLessThan(3.9)
    expect(opinionOf(0.15, 60)).toBeLessThan(3.1)
  })
})

describe('a line', () => {
  it('is unknown until there was something to compare with', () => {
    expect(levels({}, {})).toEqual(['unknown', 'good', 'good'])
    expect(last({})).toMatchObject({ level: 'good', cause: null })
    expect(last({}).opinion).toBeGreaterThan(4.2)
  })

  it.each([
    [{ lossIn: 0.06 }, 'fair', { kind: 'lossIn', share: 0.06, whose: 'unknown' }],
    [{ lossIn: 0.25, by: 'mine' }, 'poor', { kind: 'lossIn', share: 0.25, whose: 'mine' }],
    [{ lossIn: 0.25, by: 'theirs' }, 'poor', { kind: 'lossIn', share: 0.25, whose: 'theirs' }],
    [{ lossIn: 0.01, gaps: 0.2 }, 'poor', { kind: 'lossIn', share: 0.2, whose: 'unknown' }],
    [{ lossOut: 0.15 }, 'fair', { kind: 'lossOut', share: 0.15, whose: 'theirs' }],
    [{ lossOut: 0.01, resent: 0.3 }, 'poor', { kind: 'lossOut', share: 0.144, whose: 'mine' }],
    [{ lossOut: 0.4, lossIn: 0.05, resent: null }, 'poor', { kind: 'lossOut', share: 0.4, whose: 'unknown' }],
    [{ roundTripMs: 500, bufferMs: 60 }, 'fair', { kind: 'delay', ms: 310 }],
    [{ roundTripMs: 900, bufferMs: 100 }, 'poor', { kind: 'delay', ms: 550 }]
  ] as const)('with %o is %s', (step, level, expected) => {
    const { cause, ...quality } = last(...times(8, step))
    expect(quality.level).toBe(level)
    const close = (value: number): unknown => expect.closeTo(value, 3)
    expect(cause).toEqual(
      expected.kind === 'delay'
        ? { ...expected, ms: close(expected.ms) }
        : { ...expected, share: close(expected.share) }
    )
  })

  it('that repairs what it loses is better than one that does not', () => {
    expect(last(...times(8, { lossIn: 0.06, gaps: 0 })).level).toBe('good')
  })

  it('falls at once and rises slowly', () => {
    const story = levels(...times(3, {}), ...times(2, { lossIn: 0.3 }), ...times(12, {}))
    expect(story.slice(0, 5)).toEqual(['unknown', 'good', 'good', 'good', 'poor'])
    const rising = story.slice(6)
    expect(rising.slice(0, 2)).not.toContain('good')
    expect(rising.at(-1)).toBe('good')
    const ranks = rising.map((level) => ['poor', 'fair', 'good'].indexOf(level))
    expect(ranks).toEqual([...ranks].sort())
  })

  it('names no cause any more when it is over, while trust comes back', () => {
    const story = shown(...times(5, { lossIn: 0.5 }), ...times(20, {}))
    expect(story[5]?.cause?.kind).toBe('lossIn')
    for (const { level, cause } of story) if (level === 'good' || level === 'unknown') expect(cause).toBeNull()
    expect(story.at(-1)).toMatchObject({ level: 'good', cause: null, measures: { lossIn: 0 } })
  })

  it('names a cause that has just begun', () => {
    expect(last(...times(6, {}), { lossIn: 0.055 }).cause).toMatchObject({ kind: 'lossIn', share: 0.055 })
  })

  it('tells the loss of the last ten seconds, not of a moment', () => {
    const { measures } = last(...times(4, {}), { lossIn: 0.2 })
    expect(measures?.lossIn).toBeCloseTo(0.04)
  })

  it('does not flicker between two words', () => {
    const near = times(40, {}).map((_, n): Step => ({ lossIn: n % 2 === 0 ? 0.0246 : 0.0458 }))
    const changes = levels(...near).filter((level, n, all) => n > 1 && level !== all[n - 1])
    expect(changes.length).toBeLessThanOrEqual(1)
  })

  it('on which nothing arrives is unknown and not poor; what was lost meanwhile is not counted', () => {
    const story = levels({}, { nothingArrives: true }, { nothingArrives: true }, { lossIn: 0.9 }, {}, {})
    expect(story).toEqual(['unknown', 'good', 'unknown', 'unknown', 'unknown', 'good', 'good'])
    expect(last({}, { nothingArrives: true })).toEqual({ ...unknownQuality, sounding: false })
  })

  it('that was bad before a hold is looked at anew after it', () => {
    expect(levels(...times(4, { lossIn: 0.5 }), { nothingArrives: true }, {}, {}).slice(-2)).toEqual([
      'unknown',
      'good'
    ])
  })
})

describe('of several lines', () => {
  const good = last({})
  const fair = last(...times(8, { lossIn: 0.06 }))
  const poor = last(...times(8, { lossIn: 0.3 }))
  const poorer = last(...times(8, { lossIn: 0.4 }))

  it('the worst is shown, and one that is not known yet hides no other', () => {
    expect(worst([good, fair])).toBe(fair)
    expect(worst([poor, fair, good])).toBe(poor)
    expect(worst([poor, poorer])).toBe(poorer)
    expect(worst([unknownQuality, good])).toBe(good)
    expect(worst([])).toBe(unknownQuality)
  })
})
