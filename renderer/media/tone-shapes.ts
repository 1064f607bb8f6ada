// How each tone sounds, as pure data and a pure synthesiser. Plays nothing. All tones are our own.
import type { Ringtone } from '../../common/ringtones.ts'
import type { Tone } from '../../common/snapshot.ts'

/** A note: when it starts in the cycle, how long it lasts, its partials and its loudness (0 to 1). */
export type Note = {
  readonly atMs: number
  readonly ms: number
  readonly hz: readonly number[]
  readonly gain: number
  /** What is struck fades by itself: to a third of its loudness in this time. What is not sounds evenly. */
  readonly fadeMs?: number
}
export type ToneShape = { readonly cycleMs: number; readonly loop: boolean; readonly notes: readonly Note[] }

const bell = (atMs: number, hz: number, ms = 420): Note => ({ atMs, ms, hz: [hz, hz * 2.01, hz * 3.02], gain: 0.5 })

/** Two strings of one choir are never quite in tune: that is what makes them shimmer. */
const string = (atMs: number, hz: number, gain = 0.5): Note => ({
  atMs,
  ms: 1_100,
  hz: [hz, hz * 2.003, hz * 1.004, hz * 4.01, hz * 3.002],
  gain,
  fadeMs: 210
})

/** A bar of wood: its second partial is two octaves up and gone at once. */
const bar = (atMs: number, hz: number, gain = 0.7): Note => ({ atMs, ms: 600, hz: [hz, hz * 4], gain, fadeMs: 120 })

/** A clapper between two gongs, twenty-five strokes a second. */
const gongs = (atMs: number): readonly Note[] =>
  Array.from({ length: 25 }, (_, stroke) => {
    const hz = stroke % 2 === 0 ? 1_046.5 : 1_318.51
    return { atMs: atMs + stroke * 40, ms: 240, hz: [hz, hz * 2.42, hz * 1.51], gain: 0.34, fadeMs: 70 }
  })

const bells: readonly Note[] = [
  bell(0, 587.33),
  bell(160, 739.99),
  bell(320, 880),
  bell(480, 1174.66, 700),
  bell(1100, 880),
  bell(1260, 1174.66, 900)
]

// In Shur: E and B are a quarter tone lower than Western ears expect.
const santur: readonly Note[] = [
  string(0, 783.99),
  string(170, 880),
  string(340, 783.99),
  string(510, 698.46),
  string(680, 640.49),
  string(850, 698.46, 0.4),
  string(1_020, 640.49),
  string(1_190, 587.33),
  ...[1_530, 1_615, 1_700, 1_785, 1_870].map((atMs, stroke) => string(atMs, 587.33, 0.42 - stroke * 0.06))
]

const marimba: readonly Note[] = [
  bar(0, 523.25),
  bar(150, 659.26),
  bar(300, 783.99),
  bar(450, 1046.5),
  bar(750, 783.99),
  bar(900, 1046.5),
  bar(1_200, 880),
  bar(1_350, 659.26)
]

export const ringShapes: { readonly [R in Exclude<Ringtone, 'silent'>]: ToneShape } = {
  bells: { cycleMs: 3_200, loop: true, notes: bells },
  santur: { cycleMs: 3_800, loop: true, notes: santur },
  marimba: { cycleMs: 2_800, loop: true, notes: marimba },
  telephone: { cycleMs: 4_000, loop: true, notes: [...gongs(0), ...gongs(1_400)] }
}

export const toneShapes: { readonly [T in Exclude<Tone, 'none' | 'ringing'>]: ToneShape } = {
  ringingSoftly: { cycleMs: 4_000, loop: true, notes: [{ ...bell(0, 880, 500), gain: 0.2 }] },
  trying: { cycleMs: 2_000, loop: true, notes: [{ atMs: 0, ms: 120, hz: [660], gain: 0.12 }] },
  // The ring-back of most of the world's networks: 425 Hz, one second on, four off.
  ringback: { cycleMs: 5_000, loop: true, notes: [{ atMs: 0, ms: 1_000, hz: [425], gain: 0.2 }] },
  busy: {
    cycleMs: 1_000,
    loop: true,
    notes: [
      { atMs: 0, ms: 250, hz: [425], gain: 0.2 },
      { atMs: 500, ms: 250, hz: [425], gain: 0.2 }
    ]
  },
  reconnecting: {
    cycleMs: 3_000,
    loop: true,
    notes: [
      { atMs: 0, ms: 90, hz: [523.25], gain: 0.1 },
      { atMs: 180, ms: 90, hz: [523.25], gain: 0.1 }
    ]
  },
  ended: {
    cycleMs: 500,
    loop: false,
    notes: [
      { atMs: 0, ms: 140, hz: [587.33], gain: 0.14 },
      { atMs: 160, ms: 220, hz: [440], gain: 0.14 }
    ]
  }
}

/** What a speaker is tried with: three notes that rise, the last one long. */
export const speakerTest: ToneShape = {
  cycleMs: 1_500,
  loop: false,
  notes: [
    { atMs: 0, ms: 220, hz: [523.25], gain: 0.25 },
    { atMs: 250, ms: 220, hz: [659.26], gain: 0.25 },
    { atMs: 500, ms: 800, hz: [783.99], gain: 0.25 }
  ]
}

const attackMs = 8
const releaseMs = 30
/** Louder than this would be cut off, which is heard as a crackle. */
const loudest = 0.95

/** Loudness of a note `ms` into it: a short attack, then a fall to nothing, so that no edge clicks. */
const envelope = (note: Note, ms: number): number => {
  if (ms < 0 || ms >= note.ms) return 0
  const attack = Math.min(1, ms / attackMs)
  if (note.fadeMs !== undefined)
    return note.gain * attack * Math.exp(-ms / note.fadeMs) * Math.min(1, (note.ms - ms) / releaseMs)
  const release = Math.min(1, (note.ms - ms) / (note.hz.length > 1 ? note.ms : releaseMs))
  return note.gain * attack * release
}

/** One cycle of a tone, mono, -1 to 1. It is made while a call begins: each partial is a turning arrow, not a sine anew. */
export const renderTone = (shape: ToneShape, sampleRate: number): Float32Array<ArrayBuffer> => {
  const samples = new Float32Array(Math.round((shape.cycleMs / 1_000) * sampleRate))
  for (const note of shape.notes) {
    const from = Math.round((note.atMs / 1_000) * sampleRate)
    const count = Math.min(Math.round((note.ms / 1_000) * sampleRate), samples.length - from)
    const wave = new Float64Array(Math.max(0, count))
    for (const [n, hz] of note.hz.entries()) {
      const turn = (2 * Math.PI * hz) / sampleRate
      const [across, up] = [Math.cos(turn), Math.sin(turn)]
      let [x, y] = [1 / (n + 1) ** 2, 0]
      for (let i = 0; i < count; i++) {
        wave[i] = (wave[i] ?? 0) + y
        const ahead = x * across - y * up
        y = x * up + y * across
        x = ahead
      }
    }
    for (let i = 0; i < count; i++) {
      const at = from + i
      samples[at] = (samples[at] ?? 0) + envelope(note, (i / sampleRate) * 1_000) * (wave[i] ?? 0)
    }
  }
  let peak = 0
  for (const sample of samples) peak = Math.max(peak, Math.abs(sample))
  if (peak > loudest) for (let i = 0; i < samples.length; i++) samples[i] = ((samples[i] ?? 0) * loudest) / peak
  return samples
}
