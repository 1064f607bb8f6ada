// Hand-made lines of a talk: how good they are, and why. Fakes for eyes and tests.
import type { LineQuality } from '../../../renderer/state/media-port.ts'
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
  'sound-poor': lines.poor,
  'sound-late': lines.late,
  'sound-recovering': lines.recovering
}

/** The line of a talk: a good one, unless the state is about another. */
export const lineOf = (name: StateName): LineQuality => others[name] ?? lines.good
