// Tests how much of a speech-like signal is said to be understood: the choice of codec parameters stands on it.
import { describe, expect, it } from 'vitest'
import { createListener, createSpeech, understood } from '../../network/syllables.ts'

const silent = new Int16Array(480)

/** Plays so many frames of the speech, those for which `lost` says so as silence. */
const play = (frames: number, lost: (n: number) => boolean) => {
  const speech = createSpeech(3)
  const listener = createListener()
  for (let n = 0; n < frames; n += 1) {
    listener.take({ samples: lost(n) ? silent : speech.frameAt(n), sampleRate: 48_000 })
  }
  return understood(speech.spoken(frames), listener.heard())
}

describe('syllables', () => {
  it('are all understood where nothing is lost, and where a single frame is', () => {
    expect(play(1_200, () => false)).toBe(1)
    expect(play(1_200, (n) => n % 4 === 3)).toBe(1)
  })

  it('are lost with their frames, in the same share', () => {
    expect(play(1_200, (n) => Math.floor(n / 4) % 5 === 0)).toBeCloseTo(0.8, 1)
    expect(play(1_200, (n) => n >= 600)).toBeCloseTo(0.5, 1)
    expect(play(1_200, () => true)).toBe(0)
  })

  it('that were never said do not count as understood', () => {
    expect(understood([1, 2, 3, 4], [1, 2, 5, 3, 4])).toBe(0.75)
    expect(understood([1, 2], [5, 6])).toBe(0)
  })
})
