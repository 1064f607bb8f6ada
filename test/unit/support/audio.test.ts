// Tests the arithmetic of the test audio: what the end-to-end tests conclude from a recording has to be right.
import { describe, expect, it } from 'vitest'
import { compareEnvelopes, delays, levelAt, locate, measureTone, rmsOf } from '../../support/audio/measure.ts'
import { chirp, join, RATE, type Samples, silence, speechLike, tone } from '../../support/audio/signals.ts'

function mix(...parts: Samples[]): Samples {
  const length = Math.max(...parts.map((part) => part.length))
  return Float32Array.from({ length }, (_, i) => parts.reduce((sum, part) => sum + (part[i] ?? 0), 0))
}

describe('measureTone', () => {
  it.each([
    [1000, 0.5],
    [440, 0.25],
    [1237.3, 0.05],
    [3500, 0.9]
  ])('finds %d Hz at level %d', (frequencyHz, level) => {
    const measured = measureTone(tone(frequencyHz, level, 1))
    expect(measured.frequencyHz).toBeCloseTo(frequencyHz, 0)
    expect(measured.level).toBeCloseTo(level, 2)
    expect(measured.rms).toBeCloseTo(level / Math.SQRT2, 2)
  })

  it('finds the tone in 200 ms', () => {
    expect(Math.abs(measureTone(tone(1000, 0.5, 0.2)).frequencyHz - 1000)).toBeLessThan(1)
  })

  it('takes the stronger of two tones and counts both as loudness', () => {
    const measured = measureTone(mix(tone(700, 0.2, 1), tone(1000, 0.4, 1)))
    expect(measured.frequencyHz).toBeCloseTo(1000, 0)
    expect(measured.level).toBeCloseTo(0.4, 2)
    expect(measured.rms).toBeCloseTo(Math.sqrt((0.2 ** 2 + 0.4 ** 2) / 2), 2)
  })

  it('hears nothing in silence', () => {
    expect(measureTone(silence(0.5))).toMatchObject({ level: 0, rms: 0 })
  })
})

describe('levelAt', () => {
  it('does not hear a tone that is not there', () => {
    expect(levelAt(tone(1000, 0.5, 1), 1500)).toBeLessThan(0.001)
  })
})

describe('speechLike', () => {
  it('gives the same samples for the same seed, others for another', () => {
    expect(speechLike(0.5, 1, 3)).toEqual(speechLike(0.5, 1, 3))
    expect(speechLike(0.5, 1, 3)).not.toEqual(speechLike(0.5, 1, 4))
  })

  it('reaches its level and pauses now and then', () => {
    const speech = speechLike(0.5, 4)
    const loudest = speech.reduce((greatest, s) => Math.max(greatest, Math.abs(s)), 0)
    expect(loudest).toBeCloseTo(0.5, 3)
    const frames = Array.from({ length: 40 }, (_, i) => rmsOf(speech.subarray(i * 4800, (i + 1) * 4800)))
    expect(frames.some((rms) => rms < 0.001)).toBe(true)
    expect(frames.filter((rms) => rms > 0.02).length).toBeGreaterThan(15)
  })
})

describe('compareEnvelopes', () => {
  const said = speechLike(0.5, 4)

  it('knows speech again that is late, quieter and in noise', () => {
    const noise = Float32Array.from(speechLike(0.5, 5, 9), (s, i) => (i % 7 === 0 ? s * 0.01 : 0))
    const heard = mix(join([silence(0.25), said.map((s) => s * 0.3), silence(0.5)]), noise)
    const { correlation, lagMs } = compareEnvelopes(said, heard)
    expect(correlation).toBeGreaterThan(0.95)
    expect(lagMs).toBe(250)
  })

  it('does not take one speech for another, nor silence for any', () => {
    expect(compareEnvelopes(said, speechLike(0.5, 4.5, 2)).correlation).toBeLessThan(0.6)
    expect(compareEnvelopes(said, silence(4.5)).correlation).toBe(0)
  })
})

describe('locate and delays', () => {
  const signal = chirp(0.5)

  it('finds a chirp to the sample, however loud', () => {
    const recording = join([silence(0.1234), signal.map((s) => s * 0.1), silence(0.2)])
    const { at, score } = locate(signal, recording)
    expect(at).toBe(Math.round(0.1234 * RATE))
    expect(score).toBeCloseTo(1, 3)
  })

  it('pairs each chirp with its echo', () => {
    const said = join([silence(0.1), signal, silence(0.4), signal, silence(0.6)])
    const heard = join([silence(0.0375), said.map((s) => s * 0.4)])
    expect(delays(signal, said, heard)).toEqual([37.5, 37.5])
  })

  it('reports nothing for a chirp that was not heard', () => {
    const said = join([signal, silence(0.5), signal, silence(0.9)])
    const heard = join([silence(0.02), signal, silence(1.5)])
    expect(delays(signal, said, heard, 300)).toEqual([20])
    expect(delays(signal, silence(1), heard)).toEqual([])
  })
})
