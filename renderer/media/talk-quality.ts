// Asks the browser how the line of the talk is, as long as somebody wants to know and there is a talk. What it makes of
// the answers is line-quality.ts's.
import type { Unsubscribe } from '../../common/emitter.ts'
import type { LineLook, LineQuality } from '../state/media-port.ts'
import { factsBetween, factsOf, type FactsSample } from './line-facts.ts'
import { lookAt, newLine, unknownQuality, worst, type Line } from './line-quality.ts'
import { sampleOf, type Report } from './line-sample.ts'

export const lookEveryMs = 2_000

/** Whatever has statistics: a leg. Another making of the media is another one, and counts from the beginning. */
export type Measured = { readonly session: string; readonly stats: () => Promise<readonly Report[]> }

export type TalkQuality = {
  /** Hears of the talk at once and whenever something of it changes. */
  readonly on: (listener: (quality: LineQuality) => void) => Unsubscribe
  /** Hears of every look at every line; also that there is none any more. */
  readonly onLooks: (listener: (looks: readonly LineLook[]) => void) => Unsubscribe
}

type Watched = { readonly line: Line; readonly counted: FactsSample | null }
const unwatched: Watched = { line: newLine, counted: null }

/** `talking` are those of now: none, one, or the two of a conference. */
export const createTalkQuality = (
  talking: () => readonly Measured[],
  onError: (error: unknown) => void
): TalkQuality => {
  const listeners = new Set<(quality: LineQuality) => void>()
  const lookers = new Set<(looks: readonly LineLook[]) => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  let lines = new Map<Measured, Watched>()
  let told = unknownQuality

  const tell = (quality: LineQuality): void => {
    if (quality === told) return
    told = quality
    for (const listener of [...listeners]) listener(quality)
  }

  const lookAtOne = async (one: Measured): Promise<LineLook | null> => {
    const reports = await one.stats()
    // It may be over, or another one, by the time the browser answers.
    const before = lines.get(one)
    if (before === undefined) return null
    const line = lookAt(before.line, sampleOf(reports))
    const counted = factsOf(reports, performance.now())
    lines.set(one, { line, counted })
    return {
      session: one.session,
      atMs: counted.atMs,
      spanMs: before.counted === null ? 0 : counted.atMs - before.counted.atMs,
      quality: line.quality,
      measures: line.latest,
      facts: before.counted === null ? null : factsBetween(before.counted, counted)
    }
  }

  const look = async (): Promise<void> => {
    lines = new Map(talking().map((one) => [one, lines.get(one) ?? unwatched]))
    const looks = await Promise.all([...lines.keys()].map(lookAtOne))
    tell(worst([...lines.values()].map(({ line }) => line.quality)))
    const done = looks.filter((one) => one !== null)
    for (const listener of [...lookers]) listener(done)
  }

  const poll = (): void => {
    look().catch(onError)
  }

  const begin = (): void => {
    if (listeners.size + lookers.size > 1) return
    poll()
    timer = setInterval(poll, lookEveryMs)
  }
  const end = (): void => {
    if (listeners.size + lookers.size > 0) return
    clearInterval(timer)
    // What was known is old when somebody asks again.
    lines = new Map()
    told = unknownQuality
  }

  return {
    on: (listener) => {
      listeners.add(listener)
      listener(told)
      begin()
      return () => {
        if (listeners.delete(listener)) end()
      }
    },
    onLooks: (listener) => {
      lookers.add(listener)
      begin()
      return () => {
        if (lookers.delete(listener)) end()
      }
    }
  }
}
