// How well a tone is heard over time: the gaps in it and how long they were. Counts frames as they are played, and the
// clock where none are.
import { analyseTone, type AudioData } from './wrtc.ts'

export type Gap = { readonly at: number; readonly ms: number }

export type Hearing = {
  /** The next frame that is played, of any ear. */
  readonly take: (frame: AudioData) => void
  readonly report: () => {
    /** In ms, of all that was played or should have been since the tone was first heard. */
    readonly totalMs: number
    /** The share of it in which the tone was not there. */
    readonly missing: number
    /** Not counted: holes of less than 40 ms. `at` is performance.now of the end of sound. */
    readonly gaps: readonly Gap[]
    readonly longestMs: number
  }
  /** Whether it was heard within the last 200 ms. */
  readonly isHeard: () => boolean
}

const frameMs = 10
const shortestGapMs = 40
/** Frames that come later than this after the one before were not played in between. */
const stallMs = 200

export const createHearing = (hz: number, now: () => number = () => performance.now()): Hearing => {
  let first: number | null = null
  let lastFrameAt = 0
  let lastGoodAt = 0
  let missingMs = 0
  let totalMs = 0
  let holeMs = 0
  const gaps: Gap[] = []

  const closeHole = (): void => {
    if (holeMs >= shortestGapMs) gaps.push({ at: lastGoodAt, ms: Math.round(holeMs) })
    holeMs = 0
  }
  const miss = (ms: number): void => {
    missingMs += ms
    totalMs += ms
    holeMs += ms
  }
  /** Time without any frame is a hole as well. */
  const countStall = (): void => {
    const sinceMs = now() - lastFrameAt
    if (first === null || sinceMs < stallMs) return
    miss(sinceMs)
    lastFrameAt = now()
  }

  return {
    take: (frame) => {
      const { purity, level } = analyseTone(frame, hz)
      const good = purity > 0.5 && level > 0.02
      countStall()
      lastFrameAt = now()
      if (!good) {
        if (first !== null) miss(frameMs)
        return
      }
      first ??= now()
      closeHole()
      lastGoodAt = now()
      totalMs += frameMs
    },
    report: () => {
      countStall()
      const open = holeMs >= shortestGapMs ? [{ at: lastGoodAt, ms: Math.round(holeMs) }] : []
      const all = [...gaps, ...open]
      return {
        totalMs,
        missing: totalMs === 0 ? 1 : missingMs / totalMs,
        gaps: all,
        longestMs: all.reduce((longest, { ms }) => Math.max(longest, ms), 0)
      }
    },
    isHeard: () => first !== null && now() - lastGoodAt < stallMs
  }
}
