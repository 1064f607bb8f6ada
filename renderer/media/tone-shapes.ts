// How each tone sounds, as pure data and a pure synthesiser. Plays nothing. All tones are our own.
import type { Tone } from '../../common/snapshot.ts'

/** A note: when it starts in the cycle, how long it lasts, its partials and its loudness (0 to 1). */
type Note = { readonly atMs: number; readonly ms: number; readonly hz: readonly number[]; readonly gain: number }
export type ToneShape = { readonly cycleMs: number; readonly loop: boolean; readonly notes: readonly Note[] }

const bell = (atMs: number, hz: number, ms = 420): Note => ({ atMs, ms, hz: [hz, hz * 2.01, hz * 3.02], gain: 0.5 })

const ring: readonly Note[] = [
  bell(0, 587.33),
  bell(160, 739.99),
  bell(320, 880),
  bell(480, 1174.66, 700),
  bell(1100, 880),
  bell(1260, 1174.66, 900)
]

export const toneShapes: { readonly [T in Exclude<Tone, 'none'>]: ToneShape } = {
  ringing: { cycleMs: 3_200, loop: true, notes: ring },
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

const attackMs = 8

/** Loudness of a note `ms` into it: a short attack, then a fall to nothing, so that no edge clicks. */
const envelope = (note: Note, ms: number): number => {
  if (ms < 0 || ms >= note.ms) return 0
  const attack = Math.min(1, ms / attackMs)
  const release = Math.min(1, (note.ms - ms) / (note.hz.length > 1 ? note.ms : 30))
  return note.gain * attack * release
}

/** One cycle of a tone, mono, -1 to 1. */
export const renderTone = (shape: ToneShape, sampleRate: number): Float32Array<ArrayBuffer> => {
  const samples = new Float32Array(Math.round((shape.cycleMs / 1_000) * sampleRate))
  for (const note of shape.notes) {
    const from = Math.round((note.atMs / 1_000) * sampleRate)
    const count = Math.round((note.ms / 1_000) * sampleRate)
    for (let i = 0; i < count && from + i < samples.length; i++) {
      const seconds = i / sampleRate
      const wave = note.hz.reduce((sum, hz, n) => sum + Math.sin(2 * Math.PI * hz * seconds) / (n + 1) ** 2, 0)
      samples[from + i] = (samples[from + i] ?? 0) + envelope(note, seconds * 1_000) * wave
    }
  }
  return samples.map((sample) => Math.max(-1, Math.min(1, sample)))
}
