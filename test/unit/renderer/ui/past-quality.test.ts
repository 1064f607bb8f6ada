// @vitest-environment happy-dom
// How a past talk was: in words for each side, in both languages, and as a line with the same in words.
import { afterEach, describe, expect, it } from 'vitest'
import { createFormat } from '../../../../common/i18n/format.ts'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { SideQuality } from '../../../../common/types.ts'
import { pastQualityWords } from '../../../../renderer/state/past-quality.ts'
import { close, open, settle } from './page.ts'

const good: SideQuality = {
  mos: { mean: 4.3, lowest: 4.1 },
  lossIn: 0,
  lossOut: 0,
  jitterMs: 3,
  delayMs: 60,
  roundTripMs: 30,
  measuredMs: 300_000,
  fairMs: 0,
  poorMs: 0,
  worst: null,
  series: []
}
const english = (quality: Partial<SideQuality>, side: 'mine' | 'theirs' = 'mine') =>
  pastQualityWords({ ...good, ...quality }, side, catalogue('en'), createFormat('en-US'))
const persian = (quality: Partial<SideQuality>, side: 'mine' | 'theirs' = 'mine') =>
  pastQualityWords({ ...good, ...quality }, side, catalogue('fa'), createFormat('fa-IR'))
const theirLoss = { kind: 'lossIn', whose: 'theirs', amount: 0.12 } as const

describe('a past talk in words', () => {
  it('is good and nothing else, or says for how long and by what it was not', () => {
    expect(english({})).toEqual({ level: 'good', name: 'Good', trouble: null })
    expect(english({ poorMs: 40_000, fairMs: 90_000, worst: theirLoss })).toEqual({
      level: 'good',
      name: 'Good',
      trouble: 'Bad for 40 sec: their network lost 12% of what they said.'
    })
    expect(english({ mos: { mean: 3.5, lowest: 3.2 }, fairMs: 70_000, worst: null })).toEqual({
      level: 'fair',
      name: 'Fair',
      trouble: 'Fair for 1 min.'
    })
    const late = { kind: 'delay', whose: 'unknown', amount: 612 } as const
    expect(english({ mos: { mean: 2.5, lowest: 2 }, poorMs: 70_000, worst: late }).trouble).toBe(
      'Bad for 1 min: sound took at least 610 ms.'
    )
    // What nobody noticed is not told.
    expect(english({ fairMs: 3_000, worst: theirLoss }).trouble).toBeNull()
  })

  it('turns round whose network it was, where the other side has measured it', () => {
    const poor = { poorMs: 40_000, worst: theirLoss }
    expect(english(poor, 'theirs').trouble).toBe('Bad for 40 sec: your network lost 12% of what you said.')
    const ours = { poorMs: 40_000, worst: { ...theirLoss, whose: 'mine' as const } }
    expect(english(ours, 'theirs').trouble).toBe('Bad for 40 sec: their network lost 12% of what you said.')
  })

  it('is as whole in Persian', () => {
    expect(persian({ poorMs: 40_000, worst: theirLoss }).trouble).toBe(
      '۴۰ ثانیه بد: در شبکهٔ طرف مقابل ۱۲٪ از صدایش از دست رفت.'
    )
  })
})

describe('in the details of a past call', () => {
  afterEach(close)

  it('both sides are told, with the line in words for who does not see it', async () => {
    await open('recents', { wide: true })
    document.querySelectorAll<HTMLButtonElement>('nav button')[1]?.click()
    await settle()
    const talked = [...document.querySelectorAll('[data-row]')].find((row) => /\d+ (sec|min)/.test(row.textContent))
    talked?.querySelector<HTMLButtonElement>('button')?.click()
    await settle()
    const text = document.querySelector('.card')?.textContent ?? ''
    expect(text).toContain('Sound quality')
    expect(text).toMatch(/Bad for .+: their network lost 12% of what they said\./)
    expect(text).toMatch(/For them/)
    const lines = [...document.querySelectorAll('.card [role=img]')].map((line) => line.getAttribute('aria-label'))
    expect(lines).toHaveLength(2)
    for (const line of lines)
      expect(line).toMatch(/^Mark during the call: \d\.\d of 5 on average, \d\.\d at the lowest$/)
  })
})
