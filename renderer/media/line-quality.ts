// How good a line is, from the browser's statistics: what is lost each way, how long sound takes, and the mark that
// people would give for it. Pure; talk-quality.ts asks the browser. The states stand beside LineQuality.
import type { LineMeasures, LineQuality } from '../state/media-port.ts'
import { isSounding, stretch, type LineSample, type Stretch } from './line-sample.ts'

/**
 * The E-model of ITU-T G.107 (R = 93.2 with all defaults, delay in the short form of its Annex on planning). For loss,
 * G.113 Appendix I gives a codec's impairment and robustness; Opus is not in its tables. Wide-band speech with error
 * correction starts without impairment and stands loss about as well as G.729A (19) and concealed G.711 (25.1) do.
 */
const best = 93.2
const robustness = 20
/** What the devices and the packets of 20 ms at both ends take, which nobody counts. */
const devicesMs = 60

/** Mean opinion score, 1 to 4.4, for a share of lost sound (0 to 1) and the way from the server to the ear. */
export const opinionOf = (loss: number, delayMs: number): number => {
  const delay = delayMs + devicesMs
  const byDelay = 0.024 * delay + (delay > 177.3 ? 0.11 * (delay - 177.3) : 0)
  const percent = loss * 100
  const byLoss = (95 * percent) / (percent + robustness)
  const r = Math.max(0, Math.min(best, best - byDelay - byLoss))
  // The published curve dips below 1 where hardly anything is left.
  return Math.max(1, 1 + 0.035 * r + r * (r - 60) * (100 - r) * 7e-6)
}

/** Trust is lost at once and comes back slowly. */
const fallsBy = 0.8
const risesBy = 0.3
const goodFrom = 3.9
const fairFrom = 3.1
/** A level is left for a better one only when it is clearly better, so that no word flickers. */
const clearly = 0.1
/** A cause has to cost so much to be named. */
const worthNaming = 0.2
/** With a look every two seconds, what is told is of the last ten. */
const looksKept = 6

/** A line that is watched: `mark` is the opinion that is shown, `looks` the samples of late, oldest first. */
export type Line = {
  readonly mark: number | null
  readonly looks: readonly LineSample[]
  /** Nothing arrived in the last stretch: what was lost meanwhile says nothing of now. */
  readonly stoodStill: boolean
  readonly quality: LineQuality
}

export const unknownQuality: LineQuality = {
  level: 'unknown',
  cause: null,
  opinion: null,
  measures: null,
  sounding: null
}
export const newLine: Line = { mark: null, looks: [], stoodStill: false, quality: unknownQuality }

const levelOf = (mark: number, before: LineQuality['level']): 'good' | 'fair' | 'poor' => {
  const good = goodFrom + (before === 'fair' || before === 'poor' ? clearly : 0)
  const fair = fairFrom + (before === 'poor' ? clearly : 0)
  return mark >= good ? 'good' : mark >= fair ? 'fair' : 'poor'
}

/** Repairs hide about half of the losses from the ear; gaps are what is left of them where it can be counted: here. */
const lossToEar = ({ lossIn, lossOut, gaps }: Stretch): { readonly here: number; readonly there: number } => ({
  here: Math.max(gaps, lossIn / 2),
  there: lossOut / 2
})

const causeOf = (heard: Stretch): LineQuality['cause'] => {
  const { here, there } = lossToEar(heard)
  const spotless = opinionOf(0, 0)
  const causes = [
    { kind: 'lossIn', value: Math.max(heard.lossIn, heard.gaps), costs: spotless - opinionOf(here, 0) },
    { kind: 'lossOut', value: heard.lossOut, costs: spotless - opinionOf(there, 0) },
    { kind: 'delay', value: heard.delayMs, costs: spotless - opinionOf(0, heard.delayMs) }
  ] as const
  const worst = causes.reduce((one, other) => (other.costs > one.costs ? other : one))
  return worst.costs < worthNaming ? null : { kind: worst.kind, value: worst.value }
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

  const { here, there } = lossToEar(heard)
  // Whoever hears well is not understood well for it: the worse way counts.
  const score = opinionOf(Math.max(here, there), heard.delayMs)
  const shown = line.mark ?? score
  const mark = shown + (score < shown ? fallsBy : risesBy) * (score - shown)
  const looks = [...line.looks, sample].slice(-looksKept)
  const lately = stretch(looks) ?? heard
  const level = levelOf(mark, line.quality.level)
  const cause = level === 'good' ? null : causeOf(lately)
  return {
    mark,
    looks,
    stoodStill: false,
    quality: { level, cause, opinion: mark, measures: measuresOf(lately), sounding }
  }
}

const order = ['poor', 'fair', 'good', 'unknown'] as const

/** Of several lines the one that is to be shown: the worst of those that are known. */
export const worst = (qualities: readonly LineQuality[]): LineQuality => {
  const rank = ({ level, opinion }: LineQuality) => order.indexOf(level) * 10 + (opinion ?? 0)
  return [...qualities].sort((one, other) => rank(one) - rank(other))[0] ?? unknownQuality
}
