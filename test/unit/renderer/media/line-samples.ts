// Statistics as a browser gives them, made by hand, for the tests of a line's quality.
import type { Counters, LineSample, Report } from '../../../../renderer/media/line-sample.ts'

export const packetsEach = 100
const samplesEach = 96_000

const nothing: Counters = { received: 0, lost: 0, samples: 0, concealed: 0, waitedS: 0, emitted: 0, energy: 0 }

/** What goes on in the two seconds between two looks. */
export type Step = {
  /** Shares, 0 to 1. */
  readonly lossIn?: number
  readonly gaps?: number
  readonly lossOut?: number
  /** What of the packets sent had to be sent again; null where the browser does not count it. */
  readonly resent?: number | null
  /** Whose network loses what is lost on the way in; without an answer the server has reported nothing. */
  readonly by?: 'mine' | 'theirs'
  readonly roundTripMs?: number | null
  readonly bufferMs?: number
  readonly silent?: boolean
  /** Nothing is sent to this phone. */
  readonly nothingArrives?: boolean
  /** The media is counted from zero, under another id. */
  readonly anew?: boolean
}

/** The samples at the beginning and after each step. */
export const samplesOf = (steps: readonly Step[]): readonly LineSample[] => {
  let counted = nothing
  let id = 1
  let sent = 0
  let resent = 0
  let served = 0
  let atMs = 0
  const sample = ({ lossOut = 0, roundTripMs = 40, resent: again, by }: Step): LineSample => ({
    incoming: new Map([
      [`in-${id}`, { ...counted, atMs, served: by === undefined ? null : { packets: served, atMs: atMs + 77_000 } }]
    ]),
    sent,
    resent: again === null ? null : resent,
    roundTripMs,
    lostOut: lossOut
  })
  return [
    sample(steps[0] ?? {}),
    ...steps.map((step) => {
      const { lossIn = 0, gaps = lossIn, bufferMs = 40, silent = false, nothingArrives = false, anew = false } = step
      if (anew) {
        id += 1
        counted = nothing
      }
      atMs += 2_000
      sent += packetsEach
      resent += packetsEach * (step.resent ?? 0)
      served += packetsEach * (step.by === 'theirs' ? 1 - lossIn : 1)
      if (nothingArrives) {
        counted = { ...counted, samples: counted.samples + samplesEach }
      } else {
        counted = {
          received: counted.received + packetsEach * (1 - lossIn),
          lost: counted.lost + packetsEach * lossIn,
          samples: counted.samples + samplesEach,
          concealed: counted.concealed + samplesEach * gaps,
          waitedS: counted.waitedS + (samplesEach * bufferMs) / 1_000,
          emitted: counted.emitted + samplesEach,
          energy: (counted.energy ?? 0) + (silent ? 6e-8 : 1.2e-7)
        }
      }
      return sample(step)
    })
  ]
}

export const reportOf = (...entries: readonly object[]): Report => ({
  forEach: (visit) => {
    entries.forEach(visit)
  }
})
