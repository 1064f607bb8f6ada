// Hand-made lines of a talk: how good they are, and why. Fakes for eyes and tests.
import type { LineLook, LineQuality } from '../../../renderer/state/media-port.ts'
import type { StateName } from './states.ts'

const measures = { lossIn: 0, gaps: 0, lossOut: 0, delayMs: 62, bufferMs: 44, roundTripMs: 36 }

export const lines = {
  unknown: { level: 'unknown', cause: null, opinion: null, measures: null, sounding: null },
  good: { level: 'good', cause: null, opinion: 4.34, measures, sounding: true },
  fair: {
    level: 'fair',
    cause: { kind: 'lossIn', share: 0.06, whose: 'mine' },
    opinion: 3.62,
    measures: { ...measures, lossIn: 0.06, gaps: 0.04, roundTripMs: null },
    sounding: true
  },
  poor: {
    level: 'poor',
    cause: { kind: 'lossOut', share: 0.18, whose: 'theirs' },
    opinion: 2.71,
    measures: { ...measures, lossOut: 0.18 },
    sounding: true
  },
  late: {
    level: 'poor',
    cause: { kind: 'delay', ms: 562 },
    opinion: 2.9,
    measures: { ...measures, delayMs: 562, bufferMs: 120, roundTripMs: 884 },
    sounding: true
  },
  recovering: { level: 'fair', cause: null, opinion: 3.6, measures, sounding: true }
} satisfies Record<string, LineQuality>

const others: Partial<Record<StateName, LineQuality>> = {
  'sound-fair': lines.fair,
  'sound-details': lines.fair,
  'sound-graphs': lines.poor,
  'sound-poor': lines.poor,
  'sound-late': lines.late,
  'sound-recovering': lines.recovering
}

/** The line of a talk: a good one, unless the state is about another. */
export const lineOf = (name: StateName): LineQuality => others[name] ?? lines.good

/** Two minutes of looks at the line of the call `s1`, which was good but for the last quarter; the last one is at 0. */
export const looksUntil = (quality: LineQuality): readonly LineLook[] =>
  Array.from({ length: 60 }, (_, index) => {
    const shown = index < 45 ? lines.good : quality
    const sway = Math.sin(index / 3)
    return {
      session: 's1',
      atMs: (index - 59) * 2_000,
      spanMs: 2_000,
      quality: { ...shown, opinion: shown.opinion === null ? null : shown.opinion + 0.06 * sway },
      measures: shown.measures === null ? null : { ...shown.measures, roundTripMs: 36 + 6 * sway },
      facts: {
        jitterMs: 5 + 3 * Math.cos(index),
        bitsIn: 34_000,
        bitsOut: 36_500,
        levelIn: Math.abs(0.12 * Math.sin(index / 2)),
        levelOut: Math.abs(0.1 * Math.cos(index / 4)),
        codec: 'Opus 48 kHz',
        transport: 'udp',
        relayed: false
      }
    }
  })
