// What of the looks at a line is kept to be shown, and which samples are made of them for the record.
import { describe, expect, it } from 'vitest'
import { measuredSample } from '../../../../common/protocol/quality.ts'
import type { MeasuredSample } from '../../../../common/types.ts'
import {
  finish,
  hear,
  hearAll,
  newStory,
  noStories,
  storyMs,
  type LineStory
} from '../../../../renderer/state/line-story.ts'
import type { LineLook } from '../../../../renderer/state/media-port.ts'
import { lines, looksUntil } from '../../../support/ui-gallery/lines.ts'

const look = (index: number, change: Partial<LineLook> = {}): LineLook => ({
  ...(looksUntil(lines.good)[0] as LineLook),
  atMs: index * 2_000,
  quality: lines.good,
  measures: lines.good.measures,
  ...change
})

const tell = (looks: readonly LineLook[]) => {
  const samples: MeasuredSample[] = []
  let story: LineStory = newStory
  for (const one of looks) {
    const told = hear(story, one)
    story = told.story
    if (told.sample !== null) samples.push(told.sample)
  }
  return { story, samples }
}
const many = (count: number, change: Partial<LineLook> = {}) =>
  Array.from({ length: count }, (_, index) => look(index, change))

describe('the story of a line', () => {
  it('is as long as two minutes and no longer', () => {
    const { story } = tell(many(500))
    expect(story.looks.at(-1)?.atMs).toBe(499 * 2_000)
    expect(story.looks[0]?.atMs).toBe(499 * 2_000 - storyMs)
  })

  it('gives a sample every three looks at first, and every half minute after an hour', () => {
    expect(tell(many(30)).samples).toHaveLength(10)
    const { samples } = tell(many(1_800 + 150))
    expect(samples).toHaveLength(600 + 10)
    expect([samples[0]?.spanMs, samples.at(-1)?.spanMs]).toEqual([6_000, 30_000])
  })

  it('counts nothing while nobody can judge, and what was before counts by itself', () => {
    const held = { quality: lines.unknown, measures: null }
    const { samples, story } = tell([...many(2), look(2, held), look(3, held), ...many(3)])
    expect(samples.map(({ spanMs }) => spanMs)).toEqual([4_000, 6_000])
    expect(finish(story).sample).toBeNull()
  })

  it('ends with what was gathered', () => {
    const { story, samples } = tell(many(4))
    expect(samples).toHaveLength(1)
    const last = finish(story)
    expect(last.sample?.spanMs).toBe(2_000)
    expect(finish(last.story).sample).toBeNull()
  })

  it('names what hurt in the worst look, without its numbers', () => {
    const [sample] = tell([
      look(0),
      look(1, { quality: lines.poor, measures: { ...lines.poor.measures, lossOut: 0.3 } }),
      look(2, { quality: lines.late })
    ]).samples
    expect(sample?.cause).toEqual({ kind: 'lossOut', whose: 'theirs' })
    expect(sample?.lossOut).toBeCloseTo(0.1)
    expect(tell(many(3, { quality: lines.late })).samples[0]?.cause).toEqual({ kind: 'delay', whose: 'unknown' })
    expect(tell(many(3)).samples[0]?.cause).toBeNull()
  })

  it('is one for each call of a conference, and ends when its call does', () => {
    const both = (index: number) => [look(index), look(index, { session: 's2', quality: lines.poor })]
    let stories = noStories
    const samples: string[] = []
    const take = (looks: readonly LineLook[]) => {
      const told = hearAll(stories, looks)
      stories = told.stories
      samples.push(...told.samples.map(({ session, sample }) => `${session} ${sample.spanMs} ${sample.mos}`))
    }
    for (let index = 0; index < 4; index += 1) take(both(index))
    expect(samples).toEqual(['s1 6000 4.34', 's2 6000 2.71'])
    take([look(4)])
    take([])
    expect(samples.slice(2)).toEqual(['s2 2000 2.71', 's1 4000 4.34'])
    expect([...stories]).toEqual([])
  })

  it('weakness: whatever a browser says, its samples fit the record', () => {
    const wild = {
      lossIn: 7,
      gaps: -1,
      lossOut: -3,
      delayMs: 1e12,
      bufferMs: -5,
      roundTripMs: 9e9
    }
    const looks = many(3, {
      quality: { ...lines.good, opinion: 99 },
      measures: wild,
      facts: { ...(look(0).facts as NonNullable<LineLook['facts']>), jitterMs: -40 },
      spanMs: 5_000_000
    })
    const [sample] = tell(looks).samples
    expect(measuredSample.parse(sample)).toEqual(sample)
    for (const good of tell(many(40)).samples) expect(measuredSample.parse(good)).toEqual(good)
    // A first look covers no time.
    expect(tell([look(0, { spanMs: 0 })]).samples).toEqual([])
  })
})
