// Asks the browser how the line of the talk is, as long as somebody wants to know and there is a talk. What it makes of
// the answers is line-quality.ts's.
import type { Unsubscribe } from '../../common/emitter.ts'
import type { LineQuality } from '../state/media-port.ts'
import { lookAt, newLine, unknownQuality, worst, type Line } from './line-quality.ts'
import { sampleOf, type Report } from './line-sample.ts'

export const lookEveryMs = 2_000

/** Whatever has statistics: a leg. Another making of the media is another one, and counts from the beginning. */
export type Measured = { readonly stats: () => Promise<readonly Report[]> }

export type TalkQuality = {
  /** Hears of the talk at once and whenever something of it changes. */
  readonly on: (listener: (quality: LineQuality) => void) => Unsubscribe
}

/** `talking` are those of now: none, one, or the two of a conference. */
export const createTalkQuality = (
  talking: () => readonly Measured[],
  onError: (error: unknown) => void
): TalkQuality => {
  const listeners = new Set<(quality: LineQuality) => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  let lines = new Map<Measured, Line>()
  let told = unknownQuality

  const tell = (quality: LineQuality): void => {
    if (quality === told) return
    told = quality
    for (const listener of [...listeners]) listener(quality)
  }

  const lookAtOne = async (one: Measured): Promise<void> => {
    const sample = sampleOf(await one.stats())
    // It may be over, or another one, by the time the browser answers.
    const line = lines.get(one)
    if (line !== undefined) lines.set(one, lookAt(line, sample))
  }

  const look = async (): Promise<void> => {
    lines = new Map(talking().map((one) => [one, lines.get(one) ?? newLine]))
    await Promise.all([...lines.keys()].map(lookAtOne))
    tell(worst([...lines.values()].map(({ quality }) => quality)))
  }

  const poll = (): void => {
    look().catch(onError)
  }

  return {
    on: (listener) => {
      listeners.add(listener)
      listener(told)
      if (listeners.size === 1) {
        poll()
        timer = setInterval(poll, lookEveryMs)
      }
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        // What was known is old when somebody asks again.
        lines = new Map()
        told = unknownQuality
      }
    }
  }
}
