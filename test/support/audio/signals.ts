// Test signals as plain samples: tone, chirp, speech-like. The same call gives the same samples always. Plays nothing.

/** Samples of one channel between -1 and 1. */
export type Samples = Float32Array

/** Samples per second of everything in this folder. */
export const RATE = 48_000

/** A pure tone. `level` is its amplitude, 0 … 1. */
export function tone(frequencyHz: number, level: number, seconds: number, rate = RATE): Samples {
  const step = (2 * Math.PI * frequencyHz) / rate
  return Float32Array.from({ length: Math.round(seconds * rate) }, (_, i) => level * Math.sin(step * i))
}

/** A rising sweep with soft ends: unlike a tone it has exactly one place where it fits onto itself. */
export function chirp(
  level: number,
  { fromHz = 500, toHz = 3500, seconds = 0.06 }: { fromHz?: number; toHz?: number; seconds?: number } = {},
  rate = RATE
): Samples {
  const length = Math.round(seconds * rate)
  return Float32Array.from({ length }, (_, i) => {
    const t = i / rate
    const phase = 2 * Math.PI * (fromHz * t + ((toHz - fromHz) * t * t) / (2 * seconds))
    const edge = Math.sin((Math.PI * i) / length) ** 2
    return level * edge * Math.sin(phase)
  })
}

/** Silence. */
export function silence(seconds: number, rate = RATE): Samples {
  return new Float32Array(Math.round(seconds * rate))
}

/** One piece after the other. */
export function join(pieces: readonly Samples[]): Samples {
  const joined = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}

/** Numbers between 0 and 1 that look random and are the same each time (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** A two-pole resonator: what a mouth does to one band of the voice. */
function createFormant(frequencyHz: number, bandwidthHz: number, rate: number): (input: number) => number {
  const r = Math.exp((-Math.PI * bandwidthHz) / rate)
  const a = 2 * r * Math.cos((2 * Math.PI * frequencyHz) / rate)
  let y1 = 0
  let y2 = 0
  return (input) => {
    const y = (1 - r) * input + a * y1 - r * r * y2
    y2 = y1
    y1 = y
    return y
  }
}

// First three formants of a, i, u, e, o (Hz).
const VOWELS = [
  [730, 1090, 2440],
  [270, 2290, 3010],
  [300, 870, 2240],
  [530, 1840, 2480],
  [570, 840, 2410]
] as const
const BREATH = 0.04

function syllable(
  seconds: number,
  pitchHz: number,
  vowel: readonly number[],
  random: () => number,
  rate: number
): Samples {
  const formants = vowel.map((frequencyHz, i) => createFormant(frequencyHz, 60 + 40 * i, rate))
  const length = Math.round(seconds * rate)
  let phase = 0
  return Float32Array.from({ length }, (_, i) => {
    phase += (pitchHz * (1 - (0.15 * i) / length)) / rate
    const pulse = phase >= 1 ? 1 : 0
    phase %= 1
    const source = pulse * 8 + BREATH * (random() * 2 - 1)
    const voice = formants.reduce((sum, formant) => sum + formant(source), 0)
    return voice * Math.sin((Math.PI * i) / length) ** 2
  })
}

/**
 * Something that noise suppression and gain control take for a person talking: vowels of a gliding pitch, four syllables
 * a second, pauses between words. `level` is its greatest amplitude.
 */
export function speechLike(level: number, seconds: number, seed = 1, rate = RATE): Samples {
  const random = createRandom(seed)
  const pieces: Samples[] = []
  let length = 0
  const add = (piece: Samples): void => {
    pieces.push(piece)
    length += piece.length
  }
  while (length < seconds * rate) {
    const syllables = 2 + Math.floor(random() * 4)
    for (let i = 0; i < syllables; i++) {
      const vowel = VOWELS[Math.floor(random() * VOWELS.length)] ?? VOWELS[0]
      const strength = 0.5 + 0.5 * random()
      add(syllable(0.14 + 0.14 * random(), 105 + 40 * random(), vowel, random, rate).map((s) => s * strength))
    }
    add(silence(0.12 + 0.25 * random(), rate))
  }
  const all = join(pieces).slice(0, Math.round(seconds * rate))
  const peak = all.reduce((greatest, s) => Math.max(greatest, Math.abs(s)), 0)
  return peak === 0 ? all : all.map((s) => (s * level) / peak)
}
