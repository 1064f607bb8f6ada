// What is read from the browser's statistics.
import { describe, expect, it } from 'vitest'
import { sampleOf } from '../../../../renderer/media/line-sample.ts'
import { reportOf } from './line-samples.ts'

const inbound = {
  type: 'inbound-rtp',
  kind: 'audio',
  id: 'IT1',
  timestamp: 5_000,
  packetsReceived: 940,
  packetsLost: 60,
  totalSamplesReceived: 960_000,
  concealedSamples: 50_000,
  silentConcealedSamples: 2_000,
  jitterBufferDelay: 38_400,
  jitterBufferEmittedCount: 960_000,
  totalAudioEnergy: 1.5
}
const outbound = { type: 'outbound-rtp', kind: 'audio', id: 'OT1', packetsSent: 1_000, retransmittedPacketsSent: 30 }
const served = {
  type: 'remote-outbound-rtp',
  kind: 'audio',
  id: 'RO1',
  localId: 'IT1',
  packetsSent: 990,
  remoteTimestamp: 4_800
}
const remote = { type: 'remote-inbound-rtp', kind: 'audio', id: 'RI1', roundTripTime: 0.12, fractionLost: 0.05 }
const unused = { type: 'candidate-pair', id: 'CP1', nominated: false, currentRoundTripTime: 9 }
const pair = { type: 'candidate-pair', id: 'CP2', nominated: true, currentRoundTripTime: 0.2 }
const codec = { type: 'codec', id: 'C1', mimeType: 'audio/opus' }

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
          energy: 1.5,
          atMs: 5_000,
          served: { packets: 990, atMs: 4_800 }
        }
      ]
    ]),
    sent: 1_000,
    resent: 30,
    roundTripMs: 120,
    lostOut: 0.05
  }

  it('are found by what they say they are, in whatever order and report they come', () => {
    expect(sampleOf([reportOf(codec, outbound, remote, unused), reportOf(unused, inbound, pair, served)])).toEqual(
      expected
    )
    expect(sampleOf([reportOf(served, pair, inbound, unused), reportOf(remote, codec, unused, outbound)])).toEqual(
      expected
    )
  })

  it('are taken as they are where some are missing', () => {
    const { totalAudioEnergy: _energy, jitterBufferDelay: _delay, ...few } = inbound
    const { roundTripTime: _trip, ...young } = remote
    const sample = sampleOf([reportOf(young, few, pair)])
    expect(sample.incoming.get('IT1')).toMatchObject({ received: 940, waitedS: 0, energy: null, served: null })
    expect(sample).toMatchObject({ sent: 0, resent: null, roundTripMs: 200, lostOut: 0.05 })
    expect(sampleOf([])).toEqual({ incoming: new Map(), sent: 0, resent: null, roundTripMs: null, lostOut: null })
    expect(sampleOf([reportOf({ ...inbound, packetsLost: Number.NaN })]).incoming.get('IT1')?.lost).toBe(0)
  })

  it('of anything but sound are left out', () => {
    expect(sampleOf([reportOf({ ...inbound, kind: 'video' })]).incoming.size).toBe(0)
  })
})
