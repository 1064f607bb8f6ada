// When the browser is asked for its statistics, and who is told what.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { LineSample } from '../../../../renderer/media/line-sample.ts'
import { createTalkQuality, lookEveryMs, type Measured } from '../../../../renderer/media/talk-quality.ts'
import type { LineQuality } from '../../../../renderer/state/media-port.ts'
import { reportOf, samplesOf, type Step } from './line-samples.ts'

const asReport = ({ incoming, sent, resent, roundTripMs, lostOut }: LineSample) =>
  reportOf(
    ...[...incoming].map(([id, one]) => ({
      type: 'inbound-rtp',
      kind: 'audio',
      id,
      packetsReceived: one.received,
      packetsLost: one.lost,
      totalSamplesReceived: one.samples,
      concealedSamples: one.concealed,
      jitterBufferDelay: one.waitedS,
      jitterBufferEmittedCount: one.emitted,
      totalAudioEnergy: one.energy
    })),
    { type: 'outbound-rtp', kind: 'audio', id: 'out', packetsSent: sent, retransmittedPacketsSent: resent },
    {
      type: 'remote-inbound-rtp',
      kind: 'audio',
      id: 'rin',
      roundTripTime: (roundTripMs ?? 0) / 1_000,
      fractionLost: lostOut
    }
  )

/** A leg whose every look finds the same line. */
const fakeLeg = (step: Step) => {
  const samples = samplesOf(Array.from({ length: 40 }, () => step))
  let looks = 0
  return {
    session: 's1',
    stats: vi.fn<Measured['stats']>(async () => {
      const sample = samples[looks]
      looks += 1
      return sample === undefined ? [] : [asReport(sample)]
    })
  }
}

const begin = (legs: readonly Measured[]) => {
  const now = { legs }
  const errors: unknown[] = []
  const quality = createTalkQuality(
    () => now.legs,
    (error) => errors.push(error)
  )
  const told: LineQuality[] = []
  const listen = () => quality.on((one) => told.push(one))
  return { now, errors, told, listen, looks: (count: number) => vi.advanceTimersByTimeAsync(count * lookEveryMs) }
}
const levels = (told: readonly LineQuality[]) => told.map(({ level }) => level)

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('the quality of the talk', () => {
  it('is measured only while somebody listens', async () => {
    const leg = fakeLeg({})
    const { listen, looks } = begin([leg])
    await looks(3)
    expect(leg.stats).not.toHaveBeenCalled()
    const [first, second] = [listen(), listen()]
    await looks(2)
    expect(leg.stats).toHaveBeenCalledTimes(3)
    first()
    await looks(1)
    expect(leg.stats).toHaveBeenCalledTimes(4)
    second()
    await looks(5)
    expect(leg.stats).toHaveBeenCalledTimes(4)
    expect(vi.getTimerCount()).toBe(0)
  })

  it('is told at once and as it changes; who comes later hears the last of it', async () => {
    const { listen, told, looks } = begin([fakeLeg({ lossIn: 0.3 })])
    listen()
    await looks(2)
    expect(levels(told)).toEqual(['unknown', 'poor', 'poor'])
    const count = told.length
    listen()
    expect(told.at(count)).toBe(told.at(count - 1))
  })

  it('of one who comes back is looked at anew', async () => {
    const { listen, told, looks } = begin([fakeLeg({})])
    const stop = listen()
    await looks(2)
    stop()
    told.length = 0
    listen()
    expect(levels(told)).toEqual(['unknown'])
  })

  it('is unknown without a talk, and begins anew with another making of the media', async () => {
    const { now, listen, told, looks } = begin([fakeLeg({})])
    listen()
    await looks(2)
    now.legs = []
    await looks(1)
    expect(levels(told).at(-1)).toBe('unknown')
    now.legs = [fakeLeg({ lossIn: 0.4 })]
    await looks(1)
    expect(levels(told).at(-1)).toBe('unknown')
    await looks(1)
    expect(levels(told).at(-1)).toBe('poor')
  })

  it('of a conference is that of the worse line', async () => {
    const { listen, told, looks } = begin([fakeLeg({}), fakeLeg({ lossOut: 0.5 })])
    listen()
    await looks(2)
    expect(told.at(-1)).toMatchObject({ level: 'poor', cause: { kind: 'lossOut', share: 0.5 } })
  })

  it('goes on when the browser once could not tell', async () => {
    const leg = fakeLeg({})
    leg.stats.mockRejectedValueOnce(new Error('closed'))
    const { listen, told, errors, looks } = begin([leg])
    listen()
    await looks(3)
    expect(errors).toHaveLength(1)
    expect(levels(told).at(-1)).toBe('good')
  })

  it('takes no answer of media that is gone meanwhile', async () => {
    const [first, second] = samplesOf([{}]).map((sample) => [asReport(sample)])
    const answers: ((reports: ReturnType<typeof reportOf>[]) => void)[] = []
    const slow: Measured = { session: 's1', stats: () => new Promise((resolve) => answers.push(resolve)) }
    const { now, listen, told, looks } = begin([slow])
    listen()
    answers[0]?.(first ?? [])
    await looks(1)
    now.legs = []
    await looks(1)
    answers[1]?.(second ?? [])
    await looks(1)
    expect(answers).toHaveLength(2)
    expect(new Set(levels(told))).toEqual(new Set(['unknown']))
  })
})
