// How good a talk is, measured by real legs on a real line that loses packets: what is told, and by whose network it is.
import { afterEach, describe, expect, it } from 'vitest'
import type { LineQuality } from '../../renderer/state/media-port.ts'
import { clean, evenLoss } from '../support/relay/impairment.ts'
import { createLine } from '../support/relay/line.ts'
import { askedSeed } from '../support/seed.ts'
import { createTestPhone, type TestPhone } from '../support/test-phone.ts'
import { startTestServer } from '../support/test-server.ts'

const seed = askedSeed(21)
/** Far more than a look and its ten seconds take, on whatever machine. */
const wait = { timeout: 60_000, interval: 200 }

const closers: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** The newest that a phone was told, and everything since a look at it. */
const follow = ({ onQuality }: TestPhone) => {
  const told: LineQuality[] = []
  const stop = onQuality((quality) => told.push(quality))
  closers.push(async () => {
    stop()
  })
  return { now: () => told.at(-1), forget: () => told.splice(0), since: () => told }
}

/** 101 behind a line of its own, 102 without one, in a talk. */
const talk = async () => {
  const server = await startTestServer()
  closers.push(server.stop)
  const line = await createLine({ server: server.url, mediaPort: server.mediaPort, seed })
  closers.push(line.close)
  const join = async (options: Parameters<typeof createTestPhone>[0]) => {
    const phone = await createTestPhone(options)
    closers.push(phone.close)
    return phone
  }
  const near = await join({ server: server.url, username: '101', hz: 400, line })
  const far = await join({ server: server.url, username: '102', hz: 900 })
  const dialled = near.phone.dial('102')
  if (!dialled.ok) throw new Error(dialled.error.code)
  await far.hears('ringing/L')
  far.phone.answer(far.phone.calls()[0]?.session ?? '')
  await Promise.all([near.hears('conversation'), far.hears('conversation')])
  return { line, near, far, session: dialled.value.session }
}

describe(`the quality of a talk (seed ${seed})`, () => {
  it('weakness 21: who loses a quarter each way is told that it is poor and by whose network, and when it is over', async () => {
    const { line, near, far, session } = await talk()
    const [here, there] = [follow(near), follow(far)]
    await expect.poll(() => here.now()?.measures?.roundTripMs, wait).toBeGreaterThanOrEqual(0)
    expect(here.now()?.opinion).toBeGreaterThan(1)
    await expect.poll(() => here.now()?.sounding, wait).toBe(true)

    line.set({ ...clean, loss: evenLoss(0.25) })
    await expect.poll(() => here.now()?.level, wait).toBe('poor')
    // Of ten seconds: what was lost before they are over is in it.
    await expect.poll(() => here.now()?.measures?.lossIn, wait).toBeGreaterThan(0.15)
    const isOwn = ({ cause }: LineQuality) => cause?.kind !== 'delay' && cause?.whose === 'mine'
    await expect.poll(() => here.since().some(isOwn), wait).toBe(true)
    await expect.poll(() => there.now()?.measures?.lossOut, wait).toBeGreaterThan(0.1)

    const poorest = Math.min(...here.since().map(({ opinion }) => opinion ?? 5))
    line.set(clean)
    await expect.poll(() => here.now()?.measures?.lossIn, wait).toBeLessThan(0.15)
    await expect.poll(() => here.now()?.opinion, wait).toBeGreaterThan(poorest + 0.3)

    near.phone.hold(session, true)
    await expect.poll(() => there.now()?.level, wait).toBe('unknown')
    near.phone.hold(session, false)
    await expect.poll(() => [here.now()?.opinion, there.now()?.opinion], wait).not.toContain(null)
  }, 300_000)
})
