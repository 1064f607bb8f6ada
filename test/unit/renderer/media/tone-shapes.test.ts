// The tones as data: in range, without clicks, and where they ought to be.
import { describe, expect, it } from 'vitest'
import { renderTone, ringShapes, speakerTest, toneShapes } from '../../../../renderer/media/tone-shapes.ts'

const rate = 48_000

describe.each(Object.entries({ ...toneShapes, ...ringShapes, speakerTest }))('tone %s', (_name, shape) => {
  const samples = renderTone(shape, rate)

  it('lasts one cycle and stays in range', () => {
    expect(samples.length).toBe((shape.cycleMs / 1_000) * rate)
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    expect(peak).toBeLessThanOrEqual(1)
    expect(peak).toBeGreaterThan(0.05)
  })

  it('begins and ends in silence, so that the loop does not click', () => {
    expect(Math.abs(samples[0] ?? 1)).toBeLessThan(0.01)
    expect(Math.abs(samples.at(-1) ?? 1)).toBeLessThan(0.01)
  })
})

describe('the ringtones', () => {
  const all = Object.entries(ringShapes).map(([name, shape]) => ({ name, samples: renderTone(shape, rate) }))

  it('are told apart by their pitches', () => {
    const pitches = Object.values(ringShapes).map(({ notes }) =>
      [...new Set(notes.map(({ hz }) => Math.round(hz[0] ?? 0)))].sort((a, b) => a - b).join(' ')
    )
    expect(new Set(pitches).size).toBe(pitches.length)
  })

  it.each(all)('$name is cut off nowhere, and about as loud as the others', ({ samples }) => {
    const peak = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0)
    expect(peak).toBeLessThanOrEqual(0.951)
    const decibels = 10 * Math.log10(samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length)
    expect(decibels).toBeGreaterThan(-21)
    expect(decibels).toBeLessThan(-11)
  })

  it.each(all)('$name is quiet for a moment between its turns', ({ samples }) => {
    const end = samples.subarray(-0.2 * rate)
    expect(Math.sqrt(end.reduce((sum, sample) => sum + sample * sample, 0) / end.length)).toBeLessThan(0.02)
  })
})

it('the ring-back is 425 Hz, one second on and four off', () => {
  const samples = renderTone(toneShapes.ringback, rate)
  const power = (from: number, to: number) =>
    samples.subarray(from * rate, to * rate).reduce((sum, sample) => sum + sample * sample, 0)
  expect(power(0, 1)).toBeGreaterThan(100)
  expect(power(1, 5)).toBe(0)
  let crossings = 0
  for (let i = 1; i < rate; i++) if ((samples[i - 1] ?? 0) < 0 && (samples[i] ?? 0) >= 0) crossings += 1
  expect(crossings).toBeGreaterThan(420)
  expect(crossings).toBeLessThan(430)
})
