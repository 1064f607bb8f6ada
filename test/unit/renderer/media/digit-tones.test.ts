// The tones of the keypad against the table of ITU-T Q.23, and that they are what is rendered.
import { describe, expect, it } from 'vitest'
import { digitShape, frequenciesOf, gapMs, toneMs } from '../../../../renderer/media/digit-tones.ts'
import { renderTone } from '../../../../renderer/media/tone-shapes.ts'

const table: Readonly<Record<string, readonly [number, number]>> = {
  '1': [697, 1209],
  '2': [697, 1336],
  '3': [697, 1477],
  A: [697, 1633],
  '4': [770, 1209],
  '5': [770, 1336],
  '6': [770, 1477],
  B: [770, 1633],
  '7': [852, 1209],
  '8': [852, 1336],
  '9': [852, 1477],
  C: [852, 1633],
  '*': [941, 1209],
  '0': [941, 1336],
  '#': [941, 1477],
  D: [941, 1633]
}
const rate = 8_000

/** The power of one frequency (Goertzel's algorithm). */
const power = (samples: Float32Array, hz: number): number => {
  const k = 2 * Math.cos((2 * Math.PI * hz) / rate)
  let [one, two] = [0, 0]
  for (const sample of samples) [one, two] = [sample + k * one - two, one]
  return (one * one + two * two - k * one * two) / samples.length ** 2
}

describe('a key', () => {
  it.each(Object.entries(table))('%s sounds as %j Hz', (digit, pair) => {
    expect(frequenciesOf(digit)).toEqual(pair)
    const samples = renderTone(digitShape(digit), rate).subarray(0, (toneMs / 1_000) * rate)
    const all = [697, 770, 852, 941, 1209, 1336, 1477, 1633]
    const loudest = all.toSorted((a, b) => power(samples, b) - power(samples, a)).slice(0, 2)
    expect(loudest.toSorted((a, b) => a - b)).toEqual(pair)
    // Both equally loud: receivers want less than 4 dB between them.
    const [low, high] = pair.map((hz) => power(samples, hz))
    expect(Math.abs(10 * Math.log10((low ?? 0) / (high ?? 1)))).toBeLessThan(1)
  })
  it.each(['', 'a', '12', ' ', '۱'])('%j is none', (digit) => {
    expect(frequenciesOf(digit)).toBeNull()
  })
})

it('keys come one after the other with silence between, and stay within full scale', () => {
  const shape = digitShape('1x9')
  expect(shape.cycleMs).toBe(2 * (toneMs + gapMs))
  const samples = renderTone(shape, rate)
  expect(Math.max(...samples.map(Math.abs))).toBeLessThan(0.3)
  const gap = samples.subarray((toneMs / 1_000) * rate + 1, ((toneMs + gapMs) / 1_000) * rate)
  expect(Math.max(...gap.map(Math.abs))).toBe(0)
})
