// Tests what a bad line does to packets: network tests conclude from it, so it has to be what it says.
import { describe, expect, it } from 'vitest'
import {
  burstLoss,
  clean,
  evenLoss,
  passLine,
  startLine,
  type Impairment,
  type LineState
} from '../../support/relay/impairment.ts'

/** Sends packets of so many bytes, one each `everyMs`, and gives for each when it arrived. */
const send = (
  line: Partial<Impairment>,
  count: number,
  { seed = 1, bytes = 100, everyMs = 20, reliable = false } = {}
) => {
  let state: LineState = startLine(seed)
  return Array.from({ length: count }, (_, n) => {
    const at = n * everyMs
    const fate = passLine(state, { ...clean, ...line }, { bytes, reliable }, at)
    state = fate.state
    return { at, due: fate.due }
  })
}
const lossOf = (packets: ReturnType<typeof send>) =>
  packets.filter(({ due }) => due.length === 0).length / packets.length
const waysOf = (packets: ReturnType<typeof send>) => packets.flatMap(({ at, due }) => due.map((when) => when - at))

describe('a line', () => {
  it('that is clean lets everything through at once', () => {
    expect(waysOf(send({}, 100))).toEqual(Array(100).fill(0))
  })

  it('with one seed treats packet n the same, whenever it comes; with another differently', () => {
    const line = { loss: burstLoss(0.2, 3), reorder: 0.1, duplicate: 0.1 }
    const fates = (packets: ReturnType<typeof send>) => packets.map(({ due }) => due.length)
    expect(fates(send(line, 500))).toEqual(fates(send(line, 500, { everyMs: 7 })))
    expect(fates(send(line, 500))).not.toEqual(fates(send(line, 500, { seed: 2 })))
  })

  it('delays within its jitter and keeps the order', () => {
    const packets = send({ delayMs: 100, jitterMs: 25 }, 2_000)
    const ways = waysOf(packets)
    expect(Math.min(...ways)).toBeGreaterThanOrEqual(75)
    expect(Math.max(...ways)).toBeLessThanOrEqual(125)
    expect(ways.reduce((sum, way) => sum + way, 0) / ways.length).toBeGreaterThan(95)
    const arrivals = packets.flatMap(({ due }) => due)
    expect(arrivals).toEqual([...arrivals].sort((a, b) => a - b))
  })

  it.each([0.05, 0.1, 0.3])('loses the share it is told, each packet for itself or in bursts (%d)', (share) => {
    expect(lossOf(send({ loss: evenLoss(share) }, 20_000))).toBeCloseTo(share, 1.5)
    expect(lossOf(send({ loss: burstLoss(share, 4) }, 20_000))).toBeCloseTo(share, 1.5)
  })

  it('loses in bursts as long as told', () => {
    const runs: number[] = []
    let run = 0
    for (const { due } of send({ loss: burstLoss(0.1, 4) }, 40_000)) {
      if (due.length === 0) run += 1
      else if (run > 0) {
        runs.push(run)
        run = 0
      }
    }
    const mean = runs.reduce((sum, length) => sum + length, 0) / runs.length
    expect(mean).toBeGreaterThan(3.5)
    expect(mean).toBeLessThan(4.5)
  })

  it('lets reordered packets arrive behind later ones, and duplicates twice', () => {
    const packets = send({ reorder: 0.05, reorderMs: 50, duplicate: 0.02 }, 10_000)
    expect(waysOf(packets).filter((way) => way === 50).length / 10_000).toBeCloseTo(0.05, 1.5)
    expect(packets.filter(({ due }) => due.length === 2).length / 10_000).toBeCloseTo(0.02, 1.5)
  })

  it('lets through what its rate allows, a burst at once, and loses what would wait too long', () => {
    const rate = { bitsPerS: 8_000, burstBytes: 500, queueMs: 200 }
    // 100 bytes each 50 ms are twice the rate.
    const packets = send({ rate }, 400, { everyMs: 50 })
    expect(waysOf(packets.slice(0, 5))).toEqual([0, 0, 0, 0, 0])
    expect(lossOf(packets.slice(100))).toBeCloseTo(0.5, 1.5)
    expect(Math.max(...waysOf(packets))).toBeLessThanOrEqual(200)
    expect(lossOf(send({ rate }, 400, { everyMs: 100 }))).toBe(0)
  })

  it('loses nothing of a stream: it comes later instead, once', () => {
    const packets = send({ loss: evenLoss(0.3), delayMs: 50, duplicate: 0.5, reorder: 0.5, reorderMs: 10 }, 1_000, {
      reliable: true
    })
    expect(packets.every(({ due }) => due.length === 1)).toBe(true)
    const late = waysOf(packets).filter((way) => way >= 350)
    expect(late.length / 1_000).toBeCloseTo(0.3, 1)
  })
})
