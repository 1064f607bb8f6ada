// How good a line is, from the browser's statistics: what is lost each way, how long sound takes, and the mark that
// people would give for it. Pure; talk-quality.ts asks the browser. The states stand beside LineQuality.
import { fairFrom, goodFrom } from '../../common/quality.ts'
import type { LineMeasures, LineQuality } from '../state/media-port.ts'
import type { LineSample } from './line-sample.ts'
import { isSounding, stretch, type Stretch } from './line-stretch.ts'

/**
 * The E-model of ITU-T G.107 (2015) with its defaults. For loss, G.113 Appendix I gives each codec an impairment and a
 * robustness; Opus is not in its tables. Wide-band speech with error correction starts without impairment and stands loss
 * about as well as G.729A (19) and concealed G.711 (25.1) do.
 */
const best = 93.2
const robustness = 20
/** What the devices and the packets of 20 ms at both ends take, which nobody counts. */
const devicesMs = 60

/** Idd of G.107: what delay alone costs a talk. */
const byDelay = (delayMs: number): number => {
  if (delayMs <= 100) return 0
  const x = Math.log2(delayMs / 100)
  return 25 * ((1 + x ** 6) ** (1 / 6) - 3 * (1 + (x / 3) ** 6) ** (1 / 6) + 2)
}

/** Ie,eff of G.107 for single losses: what a share of lost sound costs. */
const byLoss = (loss: number): number => (95 * loss * 100) / (loss * 100 + robustness)

/** Mean opinion score, 1 to 4.4, for a share of lost sound (0 to 1) and the time from the server to the ear. */
export const opinionOf = (loss: number, delayMs: number): number => {
  const r = Math.max(0, best - byDelay(delayMs + devicesMs) - byLoss(loss))
  // The published curve dips below 1 where hardly anything is left.
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6)
}

/** Trust is lost at once and comes back slowly. */
const fallsBy = 0.8
const risesBy = 0.3
/** A level is left for a better one only when it is clearly better, so that no word flickers. */
const clearly = 0.1
/** A cause has to cost so much (of 93.2) to be named. */
const worthNaming = 5
/** With a look every two seconds, what is told is of the last ten. */
const looksKept = 6

/** A line that is watched: `mark` is the opinion that is shown, `looks` the samples of late, oldest first. */
export type Line = {
  readonly mark: number | null
  readonly looks: readonly LineSample[]
  /** Nothing arrived in the last stretch: what was lost meanwhile says nothing of now. */
  readonly stoodStill: boolean
  /** What went on since the look before; null where that says nothing. */
  readonly latest: LineMeasures | null
  readonly quality: LineQuality
}

export const unknownQuality: LineQuality = {
  level: 'unknown',
  cause: null,
  opinion: null,
  measures: null,
  sounding: null
}
export const newLine: Line = { mark: null, looks: [], stoodStill: false, latest: null, quality: unknownQuality }

const levelOf = (mark: number, before: LineQuality['level']): 'good' | 'fair' | 'poor' => {
  const good = goodFrom + (before === 'fair' || before === 'poor' ? clearly : 0)
  const fair = fairFrom + (before === 'poor' ? clearly : 0)
  return mark >= good ? 'good' : mark >= fair ? 'fair' : 'poor'
}

/** Error correction hides about half of what is lost; what is left of it is counted here, and there it is estimated. */
const missing = ({ lossIn, gaps, lossOut, gapsThere }: Stretch): { readonly here: number; readonly there: number } => ({
  here: Math.max(gaps, lossIn / 2),
  there: Math.max(gapsThere, lossOut / 2)
})

const causeOf = (heard: Stretch): LineQuality['cause'] => {
  const { here, there } = missing(heard)
  const { lossIn, gaps, lossOut, delayMs, whose } = heard
  const causes = [
    { costs: byLoss(here), cause: { kind: 'lossIn', share: Math.max(lossIn, gaps), whose: whose.lossIn } },
    { costs: byLoss(there), cause: { kind: 'lossOut', share: lossOut, whose: whose.lossOut } },
    { costs: byDelay(delayMs + devicesMs), cause: { kind: 'delay', ms: delayMs } }
  ] as const
  const dearest = causes.reduce((one, other) => (other.costs > one.costs ? other : one))
  return dearest.costs < worthNaming ? null : dearest.cause
}

const measuresOf = ({ lossIn, gaps, lossOut, delayMs, bufferMs, roundTripMs }: Stretch): LineMeasures => ({
  lossIn: Math.max(lossIn, gaps),
  gaps,
  lossOut,
  delayMs,
  bufferMs,
  roundTripMs
})

/** The line after another look at it. */
export const lookAt = (line: Line, sample: LineSample): Line => {
  const before = line.looks.at(-1)
  if (before === undefined) return { ...newLine, looks: [sample] }
  const heard = stretch([before, sample])
  const sounding = isSounding(before, sample)
  const unknown = { ...newLine, looks: [sample], quality: { ...unknownQuality, sounding } }
  if (heard === null) return { ...unknown, stoodStill: true }
  if (line.stoodStill) return unknown

  const { here, there } = missing(heard)
  // Whoever hears well is not understood well for it: the worse way counts.
  const score = opinionOf(Math.max(here, there), heard.delayMs)
  const shown = line.mark ?? score
  const mark = shown + (score < shown ? fallsBy : risesBy) * (score - shown)
  const looks = [...line.looks, sample].slice(-looksKept)
  const lately = stretch(looks) ?? heard
  const level = levelOf(mark, line.quality.level)
  // A fall that has just begun is hardly seen over ten seconds.
  const cause = level === 'good' ? null : (causeOf(lately) ?? causeOf(heard))
  return {
    mark,
    looks,
    stoodStill: false,
    latest: measuresOf(heard),
    quality: { level, cause, opinion: mark, measures: measuresOf(lately), sounding }
  }
}

const order = ['poor', 'fair', 'good', 'unknown'] as const

/** Of several lines the one that is to be shown: the worst of those that are known. */
export const worst = (qualities: readonly LineQuality[]): LineQuality => {
  const rank = ({ level, opinion }: LineQuality) => order.indexOf(level) * 10 + (opinion ?? 0)
  return [...qualities].sort((one, other) => rank(one) - rank(other))[0] ?? unknownQuality
}
