// Notes found in what a microphone hears: as strong as they are, not where others sound, and only all of them together.
import { describe, expect, it } from 'vitest'
import { heardBack, notePower, purePower } from '../../../../renderer/media/note-power.ts'

const rate = 48_000
const sound = (of: (at: number) => number) => Float32Array.from({ length: 4_096 }, (_, index) => of(index / rate))
const sine = (hz: number, amplitude: number) => (at: number) => amplitude * Math.sin(2 * Math.PI * hz * at)
const decibels = (ratio: number) => 10 * Math.log10(ratio)

describe('the power of a note', () => {
  it.each([523.25, 659.26, 783.99])('of %d Hz is that of its sine, within a decibel', (hz) => {
    const power = notePower(sound(sine(hz, 0.1)), rate, hz)
    expect(Math.abs(decibels(power / (0.1 ** 2 / 2)))).toBeLessThan(1)
  })

  it('is next to nothing where another note sounds', () => {
    const loud = notePower(sound(sine(523.25, 0.5)), rate, 523.25)
    expect(decibels(loud / notePower(sound(sine(523.25, 0.5)), rate, 659.26))).toBeGreaterThan(30)
  })

  it('is nothing of nothing', () => {
    expect(notePower(new Float32Array(0), rate, 500)).toBe(0)
    expect(notePower(new Float32Array(4_096), rate, 500)).toBe(0)
  })
})

describe('a note alone', () => {
  it('stands out', () => {
    const power = purePower(sound(sine(659.26, 0.01)), rate, 659.26)
    expect(decibels(power / (0.01 ** 2 / 2))).toBeGreaterThan(-1)
  })

  it.each([
    ['a click', (at: number) => (Math.abs(at - 0.04) < 0.0005 ? 0.8 : 0)],
    ['a hiss', (at: number) => Math.sin(at * 1e9) * 0.3],
    ['another tone, however loud', sine(300, 0.9)]
  ])('is not in %s', (_what, of) => {
    const heard = [523.25, 659.26, 783.99].map((hz) => purePower(sound(of), rate, hz))
    expect(Math.min(...heard)).toBeLessThan(3e-8)
  })
})

describe('what was played is heard', () => {
  const quiet = [1e-9, 2e-9]
  const loud = [1e-9, 1e-5, 2e-5, 1e-5]

  it('where every note stands out', () => {
    const { heard, overDb } = heardBack([
      { before: quiet, during: loud },
      { before: quiet, during: loud }
    ])
    expect(heard).toBe(true)
    expect(overDb).toBeGreaterThan(30)
  })

  it.each([
    ['one is missing', [loud, quiet]],
    ['all are as faint as the noise of a device', [quiet, [1e-8, 1e-8, 1e-8]]],
    [
      'all are there for a moment only',
      [
        [1e-5, 1e-9],
        [1e-5, 1e-5]
      ]
    ]
  ])('not where %s', (_what, heardNotes) => {
    expect(heardBack(heardNotes.map((during) => ({ before: quiet, during }))).heard).toBe(false)
  })

  it('not where it was there before: a voice, or music', () => {
    expect(heardBack([{ before: loud, during: loud }]).heard).toBe(false)
    expect(heardBack([]).heard).toBe(false)
  })
})
