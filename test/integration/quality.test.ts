// How good a talk is, measured by real legs on a real line that loses packets: what is told, and by whose network it is.
import { afterEach, describe, expect, it } from 'vitest'
import type { LineQuality } from '../../renderer/state/media-port.ts'
import { clean, evenLoss } from '../support/relay/impairment.ts'
import { createLine } from '../support/relay/line.ts'
import { joinRaw } from '../support/raw-phone.ts'
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
  return { server, line, near, far, session: dialled.value.session }
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

  it('is kept with the record of the call, each side by its own device, and taken from nobody else', async () => {
    const { server, line, near, far, session } = await talk()
    const stops = [near.reportQuality(), far.reportQuality()]
    const here = follow(near)
    const callId = near.phone.calls()[0]?.callId ?? ''
    await expect.poll(() => here.now()?.opinion, wait).toBeGreaterThan(1)
    line.set({ ...clean, loss: evenLoss(0.25) })
    // For longer than a sample covers.
    await expect.poll(() => here.since().filter(({ level }) => level === 'poor').length, wait).toBeGreaterThan(5)

    // In the talk nobody else may tell of it: another person, and another device of the same one.
    const sample = {
      ...{ n: 900, at: Date.now(), spanMs: 6_000, mos: 1, lossIn: 1, lossOut: 1 },
      ...{ jitterMs: 1, delayMs: 1, roundTripMs: null, cause: null }
    }
    const told = { callId, now: Date.now(), samples: [sample] }
    const words = { callId, rating: 'bad' }
    for (const username of ['103', '101']) {
      const other = await joinRaw(server.url, username)
      closers.push(async () => other.close())
      for (const [name, data] of [
        ['call.metrics', told],
        ['call.rate', words]
      ] as const) {
        expect([username, name, await other.ask(name, data)]).toMatchObject([
          username,
          name,
          { ok: false, error: { code: 'access_denied' } }
        ])
      }
    }

    near.phone.hangUp(session)
    await far.hears('E(hangup)')
    near.phone.rate(session, { rating: 'bad', reason: 'broken_up' })
    const details = async ({ session: signedIn }: TestPhone) => {
      const answer = await signedIn.rest.historyDetails(callId)
      return answer.ok ? answer.value : null
    }
    await expect.poll(async () => (await details(near))?.quality.mine?.lossIn, wait).toBeGreaterThan(0.02)
    await expect.poll(async () => (await details(far))?.quality.mine?.measuredMs, wait).toBeGreaterThan(1_000)
    for (const stop of stops) stop()
    await expect.poll(async () => (await details(near))?.rating, wait).toEqual({ rating: 'bad', reason: 'broken_up' })
    const [mine, theirs] = [await details(near), await details(far)]
    expect(mine?.quality.mine?.mos.lowest).toBeLessThan(3.1)
    expect(mine?.quality.mine?.poorMs).toBeGreaterThan(0)
    expect(mine?.quality.mine?.worst).toMatchObject({ kind: expect.stringMatching(/^loss/) as string })
    expect(mine?.quality.mine?.series.length).toBeGreaterThan(1)
    // Each sees its own as its own, and what it said as nobody else's.
    expect(theirs?.quality).toEqual({ mine: mine?.quality.theirs, theirs: mine?.quality.mine })
    expect(theirs?.rating).toBeNull()
  }, 300_000)
})
