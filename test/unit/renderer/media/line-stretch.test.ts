// What went on between two readings of the browser's statistics, and whose network lost what.
import { describe, expect, it } from 'vitest'
import { sampleOf } from '../../../../renderer/media/line-sample.ts'
import { isSounding, stretch } from '../../../../renderer/media/line-stretch.ts'
import { reportOf, samplesOf, type Step } from './line-samples.ts'

const between = (...steps: readonly Step[]) => {
  const found = stretch(samplesOf(steps))
  if (found === null) throw new Error('nothing arrived')
  return found
}
const times = (count: number, step: Step): readonly Step[] => Array.from({ length: count }, () => step)

describe('a stretch', () => {
  it('tells what was lost each way, what had to be made up, and how long sound takes', () => {
    expect(between({ lossIn: 0.06, gaps: 0.04, lossOut: 0.08, roundTripMs: 120, bufferMs: 50 })).toMatchObject({
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

describe('whose network it is', () => {
  it.each([
    ['mine where the server sent what did not arrive', { lossIn: 0.1, by: 'mine' }, 'mine'],
    ['theirs where the server had nothing to send', { lossIn: 0.1, by: 'theirs' }, 'theirs'],
    ['unknown without reports of the server', { lossIn: 0.1 }, 'unknown'],
    ['unknown where sound only comes late', { lossIn: 0.01, gaps: 0.2, by: 'mine' }, 'unknown']
  ] as const)('of what is lost on the way in: %s', (_what, step, whose) => {
    expect(between(...times(5, step)).whose.lossIn).toBe(whose)
  })

  it('is not told from reports of a moment', () => {
    expect(between({ lossIn: 0.1, by: 'mine' }).whose.lossIn).toBe('unknown')
  })

  it.each([
    ['mine where the server has to ask again', { lossOut: 0.02, resent: 0.3 }, 'mine', 0.144],
    ['theirs where it has everything and they have not', { lossOut: 0.2, resent: 0.01 }, 'theirs', 0.2],
    ['unknown where repeats are not counted', { lossOut: 0.2, resent: null }, 'unknown', 0.2]
  ] as const)('of what is lost on the way out: %s', (_what, step, whose, lossOut) => {
    const whole = between(...times(5, step))
    expect(whose).toBe(whole.whose.lossOut)
    expect(whole.lossOut).toBeCloseTo(lossOut)
  })

  it('loses hardly anything where the repeats arrive', () => {
    expect(between({ resent: 0.1 }).gapsThere).toBeCloseTo(0.016)
    expect(between({ resent: 1 }).gapsThere).toBe(1)
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

  it('is not known where energy is not counted, nor where nothing is played', () => {
    const few = { type: 'inbound-rtp', kind: 'audio', id: 'IT1', packetsReceived: 940, totalSamplesReceived: 96_000 }
    const energies = [{}, { totalAudioEnergy: 0 }, { totalAudioEnergy: 0, totalSamplesReceived: 0 }]
    const known = energies.map((counted) => isSounding(sampleOf([]), sampleOf([reportOf({ ...few, ...counted })])))
    expect(known).toEqual([null, false, null])
  })
})
