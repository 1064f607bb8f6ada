// What Opus' forward error correction, repeats (NACK) and silence suppression (DTX) are worth for speech at 0 to 30 %
// loss in bursts, measured in syllables understood. The server's own parameters must be as good as any.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setTimeout as pass } from 'node:timers/promises'
import { opus } from '../../server/media/room.ts'
import type { WorkerPool } from '../../server/media/worker-pool.ts'
import { burstLoss, clean } from '../support/relay/impairment.ts'
import { createLine } from '../support/relay/line.ts'
import { askedSeed } from '../support/seed.ts'
import { createTestLeg } from '../support/test-leg.ts'
import { createTestPool } from '../support/worker.ts'
import { createSource } from '../support/wrtc.ts'
import { createPlainPlane, type Codec } from './plain-plane.ts'
import { createListener, createSpeech, understood } from './syllables.ts'
import { percent, tableOf } from './table.ts'

const seed = askedSeed(8)
const seconds = Number(process.env['SECONDS'] ?? '15')
const losses = [0, 0.1, 0.2, 0.3]
const parametersWith = (changed: Codec['parameters']): Codec['parameters'] => ({
  ...opus(false).parameters,
  ...changed
})
const variants: readonly (Codec & { readonly name: string })[] = [
  { name: 'neither', parameters: parametersWith({ useinbandfec: 0, usedtx: 0 }), nack: false },
  { name: 'FEC', parameters: parametersWith({ useinbandfec: 1, usedtx: 0 }), nack: false },
  { name: 'NACK', parameters: parametersWith({ useinbandfec: 0, usedtx: 0 }), nack: true },
  { name: 'FEC and NACK (ours)', parameters: parametersWith({}), nack: true },
  { name: 'FEC, NACK, DTX', parameters: parametersWith({ useinbandfec: 1, usedtx: 1 }), nack: true }
]
type Cell = { readonly share: number; readonly lost: number; readonly kbitPerS: number }
const results = new Map<string, readonly Cell[]>()
let pool: WorkerPool

const measure = async (codec: Codec, loss: number): Promise<Cell> => {
  const [mediaPort = 0] = await pool.ports()
  const line = await createLine({
    server: 'http://127.0.0.1:1',
    mediaPort,
    seed,
    impairment: { ...clean, delayMs: 30, jitterMs: 5, loss: burstLoss(loss, 1.5) }
  })
  const plane = await createPlainPlane(pool, codec)
  const speech = createSpeech(seed)
  // What is said while the call is set up does not count.
  let begun: number | null = null
  const source = createSource((n) => {
    if (begun === null) return new Int16Array(480)
    if (begun === 0) begun = n
    return speech.frameAt(n - begun)
  })
  const speaker = createTestLeg(plane.requesterOf(plane.speaker, line.lead), source)
  const listener = createTestLeg(
    plane.requesterOf(plane.listener, (opening) => opening),
    null
  )
  plane.speaker.leg = speaker
  plane.listener.leg = listener
  try {
    await Promise.all([speaker.start(), listener.start()])
    const ear = await listener.ear()
    const ears = createListener()
    ear.onFrame(ears.take)
    // The encoder hears of the loss by the far end's reports, which come every few seconds.
    await pass(6_000)
    const before = line.stats().up
    begun = 0
    await pass(seconds * 1_000)
    const after = line.stats().up
    begun = null
    // What is under way still arrives.
    await pass(1_000)
    const spoken = speech.spoken(seconds * 100)
    return {
      share: understood(spoken, ears.heard()),
      lost: (after.lost - before.lost) / Math.max(1, after.packets - before.packets),
      kbitPerS: ((after.bytes - before.bytes) * 8) / seconds / 1_000
    }
  } finally {
    speaker.close()
    listener.close()
    plane.close()
    await line.close()
  }
}

beforeAll(async () => {
  pool = await createTestPool()
})
afterAll(async () => {
  await pool.close()
  const table = tableOf(
    ['understood at a loss of', ...losses.map((loss) => percent(loss)), 'kbit/s'],
    [...results].map(([name, cells]) => [
      name,
      ...cells.map(({ share }) => percent(share)),
      cells.map(({ kbitPerS }) => kbitPerS.toFixed(0)).join(' ')
    ])
  )
  process.stdout.write(
    `\nOpus under loss in bursts of 1.5 packets, 60 ms there and back, ${seconds} s of syllables of 40 ms, seed ${seed}\n\n${table}\n\n`
  )
})

describe(`Opus under loss (seed ${seed})`, () => {
  it.each(variants)('$name', async (variant) => {
    const cells = await Promise.all(losses.map((loss) => measure(variant, loss)))
    results.set(variant.name, cells)
    expect(cells[0]?.share).toBeGreaterThan(0.9)
  })

  it('as the server sets it, is understood better than bare Opus under loss', () => {
    const at = (name: string) => results.get(name)?.map(({ share }) => share) ?? []
    const ours = at('FEC and NACK (ours)')
    for (const [index, bare] of at('neither').entries()) {
      if (index > 0) expect(ours[index]).toBeGreaterThan(bare)
    }
  })
})
