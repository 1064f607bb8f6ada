// A speech-like signal of which one can tell how much was understood: syllables of 40 ms, each one of eight tones, in
// words with pauses between them. What was heard is spelled out and compared with what was said.
import { createRandom } from '../support/relay/random.ts'
import { analyseTone, toneFrame, type AudioData } from '../support/wrtc.ts'

const tones = [400, 600, 800, 1_000, 1_300, 1_600, 2_000, 2_500]
/** In frames of 10 ms. A syllable is as long as two packets. */
const syllableFrames = 4
const wordSyllables = 20
const pauseFrames = 40
const wordFrames = wordSyllables * syllableFrames + pauseFrames

export type Speech = {
  readonly frameAt: (n: number) => Int16Array
  /** The syllables of the first so many frames. */
  readonly spoken: (frames: number) => readonly number[]
}

/** No two neighbours are the same, so that they can be told apart. */
export const createSpeech = (seed: number): Speech => {
  const random = createRandom(seed)
  const syllables: number[] = []
  const frames = tones.map(toneFrame)
  const pause = toneFrame(null)
  const syllable = (index: number): number => {
    while (syllables.length <= index) {
      const step = 1 + Math.floor(random() * (tones.length - 1))
      syllables.push(((syllables.at(-1) ?? 0) + step) % tones.length)
    }
    return syllables[index] ?? 0
  }
  const indexAt = (n: number): number | null => {
    const inWord = n % wordFrames
    if (inWord >= wordSyllables * syllableFrames) return null
    return Math.floor(n / wordFrames) * wordSyllables + Math.floor(inWord / syllableFrames)
  }
  return {
    frameAt: (n) => {
      const index = indexAt(n)
      return index === null ? pause : (frames[syllable(index)] ?? pause)
    },
    spoken: (count) => {
      const words = Math.floor(count / wordFrames)
      return Array.from({ length: words * wordSyllables }, (_, index) => syllable(index))
    }
  }
}

/** Spells out what is heard: a syllable is there where two frames in a row, of its four, are its tone. */
export const createListener = () => {
  const heard: number[] = []
  let row = 0
  let last = -1
  return {
    take: (frame: AudioData): void => {
      const found = tones.findIndex((hz) => {
        const { purity, level } = analyseTone(frame, hz)
        return purity > 0.6 && level > 0.05
      })
      row = found === last ? row + 1 : 1
      last = found
      if (found === -1 || row < 2) return
      // The same again after a pause is another syllable only between words, where none is repeated.
      if (heard.at(-1) !== found) heard.push(found)
    },
    heard: (): readonly number[] => heard
  }
}

/** The share of what was said that was heard, in order: 1 less what would have to be put right. What came after the end does not count. */
export const understood = (spoken: readonly number[], heard: readonly number[]): number => {
  let row = Array.from({ length: heard.length + 1 }, (_, i) => i)
  for (const [i, said] of spoken.entries()) {
    const next = [i + 1]
    for (const [j, one] of heard.entries()) {
      next.push(Math.min((row[j] ?? 0) + (said === one ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return spoken.length === 0 ? 0 : Math.max(0, 1 - Math.min(...row) / spoken.length)
}
