// What is read of a line beside how good it is: from the statistics, by what entries say they are, and between two looks.
import { describe, expect, it } from 'vitest'
import { factsBetween, factsOf } from '../../../../renderer/media/line-facts.ts'
import { reportOf } from './line-samples.ts'

const incoming = {
  type: 'inbound-rtp',
  kind: 'audio',
  id: 'in',
  jitter: 0.012,
  bytesReceived: 10_000,
  totalAudioEnergy: 1,
  totalSamplesDuration: 10
}
const outgoing = { type: 'outbound-rtp', kind: 'audio', id: 'out', bytesSent: 20_000 }
const source = { type: 'media-source', kind: 'audio', id: 'src', totalAudioEnergy: 2, totalSamplesDuration: 10 }
const codec = { type: 'codec', id: 'c', mimeType: 'audio/opus', clockRate: 48_000 }
const way = (name: string, protocol: string, candidateType: string, nominated = true) => [
  { type: 'candidate-pair', id: `p${name}`, nominated, localCandidateId: `l${name}`, remoteCandidateId: `r${name}` },
  { type: 'local-candidate', id: `l${name}`, protocol, candidateType },
  { type: 'remote-candidate', id: `r${name}`, protocol, candidateType: 'host' }
]

describe('the facts of a line', () => {
  it('are the rates and levels between two looks, and how packets go', () => {
    const before = factsOf([reportOf(outgoing, source), reportOf(codec, incoming, ...way('1', 'udp', 'host'))], 1_000)
    const after = factsOf(
      [
        reportOf({ ...outgoing, bytesSent: 28_000 }, { ...source, totalAudioEnergy: 2.02, totalSamplesDuration: 12 }),
        reportOf(codec, ...way('1', 'udp', 'host'), {
          ...incoming,
          bytesReceived: 18_500,
          totalAudioEnergy: 1.5,
          totalSamplesDuration: 12
        })
      ],
      3_000
    )
    expect(factsBetween(before, after)).toEqual({
      jitterMs: 12,
      bitsIn: 34_000,
      bitsOut: 32_000,
      levelIn: 0.5,
      levelOut: expect.closeTo(0.1) as unknown,
      codec: 'Opus 48 kHz',
      transport: 'udp',
      relayed: false
    })
  })

  it('say TCP and relay if one way goes so; a pair that is not in use says nothing', () => {
    const sample = (...entries: readonly object[]) => factsOf([reportOf(...entries)], 0)
    expect(sample(...way('1', 'udp', 'host'), ...way('2', 'tcp', 'host')).transport).toBe('tcp')
    expect(sample(...way('1', 'udp', 'relay')).relayed).toBe(true)
    expect(sample(...way('1', 'tcp', 'relay', false))).toMatchObject({ transport: null, relayed: null })
  })

  it('are unknown where the browser does not say, or has begun to count anew', () => {
    const nothing = factsOf([reportOf()], 0)
    expect(factsBetween(nothing, factsOf([reportOf()], 2_000))).toMatchObject({
      jitterMs: null,
      codec: null,
      levelIn: null,
      levelOut: null
    })
    const full = factsOf([reportOf(incoming)], 0)
    expect(factsBetween(full, factsOf([reportOf({ ...incoming, bytesReceived: 5 })], 2_000)).bitsIn).toBeNull()
    // The same moment twice is no time to count in.
    expect(factsBetween(full, full)).toMatchObject({ bitsIn: null, levelIn: null })
  })
})
