// What is read from the browser's statistics, and what went on between two readings.
import { describe, expect, it } from 'vitest'
import { isSounding, sampleOf, stretch } from '../../../../renderer/media/line-sample.ts'
import { reportOf, samplesOf, type Step } from './line-samples.ts'

const inbound = {
  type: 'inbound-rtp',
  kind: 'audio',
  id: 'IT1',
  packetsReceived: 940,
  packetsLost: 60,
  totalSamplesReceived: 960_000,
  concealedSamples: 50_000,
  silentConcealedSamples: 2_000,
  jitterBufferDelay: 38_400,
  jitterBufferEmittedCount: 960_000,
  totalAudioEnergy: 1.5
}
const outbound = { type: 'outbound-rtp', kind: 'audio', id: 'OT1', packetsSent: 1_000 }
const remote = { type: 'remote-inbound-rtp', kind: 'audio', id: 'RI1', roundTripTime: 0.12, fractionLost: 0.05 }
const unused = { type: 'candidate-pair', id: 'CP1', nominated: false, currentRoundTripTime: 9 }
const pair = { type: 'candidate-pair', id: 'CP2', nominated: true, currentRoundTripTime: 0.2 }
const codec = { type: 'codec', id: 'C1', mimeType: 'audio/opus' }

const between = (...steps: readonly Step[]) => {
  const found = stretch(samplesOf(steps))
  if (found === null) throw new Error('nothing arrived')
  return found
}

describe('the browser’s statistics', () => {
  const expected = {
    incoming: new Map([
      [
        'IT1',
        {
          received: 940,
          lost: 60,
          samples: 960_000,
          concealed: 48_000,
          waitedS: 38_400,
          emitted: 960_000,
          energy: 1.5
        }
      ]
    ]),
    sent: 1_000,
    roundTripMs: 120,
    lostOut: 0.05
  }

  it('are found by what they say they are, in whatever order and report they come', () => {
    expect(sampleOf([reportOf(codec, outbound, remote, unused), reportOf(unused, inbound, pair)])).toEqual(expected)
    expect(sampleOf([reportOf(pair, inbound, unused), reportOf(remote, codec, unused, outbound)])).toEqual(expected)
  })

  it('are taken as they are where some are missing', () => {
    const { totalAudioEnergy: _energy, jitterBufferDelay: _delay, ...few } = inbound
    const { roundTripTime: _trip, ...young } = remote
    const sample = sampleOf([reportOf(young, few, pair)])
    expect(sample.incoming.get('IT1')).toMatchObject({ received: 940, waitedS: 0, energy: null })
    expect(sample).toMatchObject({ sent: 0, roundTripMs: 200, lostOut: 0.05 })
    expect(sampleOf([])).toEqual({ incoming: new Map(), sent: 0, roundTripMs: null, lostOut: null })
    expect(sampleOf([reportOf({ ...inbound, packetsLost: Number.NaN })]).incoming.get('IT1')?.lost).toBe(0)
  })

  it('of anything but sound are left out', () => {
    expect(sampleOf([reportOf({ ...inbound, kind: 'video' })]).incoming.size).toBe(0)
  })
})

describe('a stretch', () => {
  it('tells what was lost each way, what had to be made up, and how long sound takes', () => {
    expect(between({ lossIn: 0.06, gaps: 0.04, lossOut: 0.08, roundTripMs: 120, bufferMs: 50 })).toEqual({
      lossIn: 0.06,
      gaps: 0.04,
      lossOut: 0.08,
      roundTripMs: 120,
      bufferMs: 50,
      delayMs: 110
    })
  })

  it('over several looks is their mean', () => {
    const whole = between({ lossIn: 0.1, lossOut: 0.2, roundTripMs: 100 }, { roundTripMs: 300 }, { roundTripMs: null })
    expect(whole.lossIn).toBeCloseTo(0.1 / 3)
    expect(whole.lossOut).toBeCloseTo(0.2 / 3)
    expect(whole.roundTripMs).toBe(200)
  })

  it('in which nothing arrived is none', () => {
    expect(stretch(samplesOf([{ nothingArrives: true }]))).toBeNull()
    expect(stretch(samplesOf([]))).toBeNull()
    expect(between({ lossIn: 0.1 }, { nothingArrives: true }).lossIn).toBeCloseTo(0.1)
  })

  it('with media that was made anew counts that from the beginning', () => {
    const whole = between({}, {}, { anew: true, lossIn: 0.5 })
    expect(whole.lossIn).toBeCloseTo(0.5 / 3)
  })

  it('of a stream whose counters went back counts it from the beginning', () => {
    const [before, after] = samplesOf([{ lossIn: 0.5 }])
    if (before === undefined || after === undefined) throw new Error('no samples')
    const once = [...after.incoming].map(([id, one]) => [id, { ...one, received: 9_999, lost: 9_999 }] as const)
    expect(stretch([{ ...before, incoming: new Map(once) }, after])?.lossIn).toBeCloseTo(0.5)
  })

  it('in which repaired packets arrived later lost nothing', () => {
    const [before, after] = samplesOf([{}])
    if (before === undefined || after === undefined) throw new Error('no samples')
    const more = [...after.incoming].map(([id, one]) => [id, { ...one, lost: -3 }] as const)
    expect(stretch([before, { ...after, incoming: new Map(more) }])?.lossIn).toBe(0)
  })

  it('in which nothing was sent tells nothing of the way out', () => {
    const [before, after] = samplesOf([{ lossOut: 0.5 }])
    if (before === undefined || after === undefined) throw new Error('no samples')
    expect(stretch([before, { ...after, sent: before.sent }])?.lossOut).toBe(0)
  })
})

describe('sound', () => {
  const heard = (step: Step): boolean | null => {
    const [before, after] = samplesOf([step])
    if (before === undefined || after === undefined) throw new Error('no samples')
    return isSounding(before, after)
  }

  it('is whatever has energy', () => {
    expect(heard({})).toBe(true)
    expect(heard({ silent: true })).toBe(false)
    expect(heard({ nothingArrives: true })).toBe(false)
  })

  it('is not known where energy is not counted', () => {
    const { totalAudioEnergy: _energy, ...few } = inbound
    expect(isSounding(sampleOf([]), sampleOf([reportOf(few)]))).toBeNull()
  })
})
