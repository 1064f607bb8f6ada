// The media plane with a real worker and real WebRTC legs: who hears whom, when, and what is told of it.
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../../common/log.ts'
import type { Push } from '../../common/protocol/socket.ts'
import { createMediaPlane, type MediaService } from '../../server/media/plane.ts'
import type { WorkerPool } from '../../server/media/worker-pool.ts'
import type { LegMedia, MediaPlan } from '../../server/ports.ts'
import { createTestLeg, type TestLeg } from '../support/test-leg.ts'
import { createTestPool } from '../support/worker.ts'

type Fact = { readonly callId: string; readonly deviceId: string; readonly epoch: number; readonly media: LegMedia }
type PlanLeg = MediaPlan['legs'][number]

const callId = 'n1.call'
const caller: PlanLeg = { deviceId: 'alice', side: 'caller', epoch: 1, speaks: false, hears: false }
const receptor: PlanLeg = { deviceId: 'bob', side: 'receptor', epoch: 1, speaks: false, hears: false }
const open = { speaks: true, hears: true }
const planOf = (...legs: readonly PlanLeg[]): MediaPlan => ({ callId, roomId: 'room', legs, echo: false })

describe('media plane', () => {
  let pool: WorkerPool
  let plane: MediaService
  let legs: TestLeg[]
  let facts: Fact[]
  let pushes: { readonly deviceId: string; readonly epoch: number; readonly kind: string }[]
  let current: Map<string, { readonly epoch: number; readonly leg: TestLeg }>
  let watchers: Set<() => void>

  beforeAll(async () => {
    pool = await createTestPool()
  })
  afterAll(() => pool.close())

  beforeEach(() => {
    legs = []
    facts = []
    pushes = []
    current = new Map()
    watchers = new Set()
    plane = createMediaPlane({
      pool,
      dtx: false,
      log: silentLogger,
      push: (deviceId: string, push: Push) => {
        if (push.name !== 'media.pushed') return
        pushes.push({ deviceId, epoch: push.data.epoch, kind: push.data.push.kind })
        const target = current.get(deviceId)
        if (target?.epoch === push.data.epoch) target.leg.pushed(push.data.push)
      }
    })
    plane.onFact((id, fact) => {
      facts.push({ callId: id, ...fact })
      for (const watcher of [...watchers]) watcher()
    })
  })
  afterEach(() => {
    plane.apply(callId, null)
    for (const leg of legs) leg.close()
  })

  const createLeg = (deviceId: string, hz: number | null, epoch = 1): TestLeg => {
    const leg = createTestLeg((name, data) => plane.request({ callId, deviceId, epoch }, name, data), hz)
    legs.push(leg)
    current.set(deviceId, { epoch, leg })
    return leg
  }

  const levelOf = (deviceId: string, epoch = 1): LegMedia =>
    facts.findLast((fact) => fact.deviceId === deviceId && fact.epoch === epoch)?.media ?? 'down'

  const reaches = (deviceId: string, media: LegMedia, epoch = 1): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (levelOf(deviceId, epoch) !== media) return
        watchers.delete(look)
        resolve()
      }
      watchers.add(look)
      look()
    })

  const startBoth = async (): Promise<{ alice: TestLeg; bob: TestLeg }> => {
    plane.apply(callId, planOf(caller, receptor))
    const alice = createLeg('alice', 400)
    const bob = createLeg('bob', 1_000)
    await Promise.all([alice.start(), bob.start()])
    await Promise.all([reaches('alice', 'up'), reaches('bob', 'up')])
    return { alice, bob }
  }

  it('forwards nothing before the plan lets it, and both tones at once after', async () => {
    const { alice, bob } = await startBoth()
    const [aliceEar, bobEar] = await Promise.all([alice.ear(), bob.ear()])
    await Promise.all([aliceEar.hearsSilence(), bobEar.hearsSilence()])
    expect(await alice.packetsReceived()).toBe(0)
    expect(await bob.packetsReceived()).toBe(0)

    const answeredAt = performance.now()
    plane.apply(callId, planOf({ ...caller, ...open }, { ...receptor, ...open }))
    const [aliceAt, bobAt] = await Promise.all([aliceEar.hears(1_000), bobEar.hears(400)])
    await Promise.all([reaches('alice', 'flowing'), reaches('bob', 'flowing')])
    process.stdout.write(`sound came ${Math.round(Math.max(aliceAt, bobAt) - answeredAt)} ms after the plan let it\n`)
    expect(facts.map(({ deviceId, media }) => `${deviceId} ${media}`).sort()).toEqual([
      'alice flowing',
      'alice up',
      'bob flowing',
      'bob up'
    ])
  })

  it('lets one way flow without the other', async () => {
    const { alice, bob } = await startBoth()
    const [aliceEar, bobEar] = await Promise.all([alice.ear(), bob.ear()])
    plane.apply(callId, planOf({ ...caller, hears: true }, { ...receptor, ...open }))
    await aliceEar.hears(1_000)
    await bobEar.hearsSilence()
    expect(await bob.packetsReceived()).toBe(0)
  })

  it('gives the caller one paused consumer for each alerting device and closes the losers', async () => {
    const tablet: PlanLeg = { ...receptor, deviceId: 'tablet' }
    plane.apply(callId, planOf(caller, receptor, tablet))
    const alice = createLeg('alice', null)
    const [bob, loser] = [createLeg('bob', 1_000), createLeg('tablet', 700)]
    await Promise.all([alice.start(), bob.start(), loser.start()])
    await expect.poll(() => alice.consumerIds().length).toBe(2)
    plane.apply(callId, planOf({ ...caller, ...open }, { ...receptor, ...open }))
    expect(alice.closedConsumerIds()).toHaveLength(1)
    await reaches('alice', 'flowing')
    expect(await plane.request({ callId, deviceId: 'tablet', epoch: 1 }, 'media.restartIce', { flow: 'send' })).toEqual(
      {
        ok: false,
        error: { code: 'access_denied' }
      }
    )
  })

  it('makes a leg anew in a new epoch, tells the other side, and leaves the other leg as it is', async () => {
    const { alice } = await startBoth()
    plane.apply(callId, planOf({ ...caller, ...open }, { ...receptor, ...open }))
    await Promise.all([reaches('alice', 'flowing'), reaches('bob', 'flowing')])

    plane.apply(callId, planOf({ ...caller, ...open }, { ...receptor, ...open, epoch: 2 }))
    expect(alice.closedConsumerIds()).toHaveLength(1)
    const again = createLeg('bob', 1_300, 2)
    await again.start()
    await reaches('bob', 'flowing', 2)
    await (await alice.ear()).hears(1_300)
    await (await again.ear()).hears(400)
    expect(facts.filter(({ deviceId }) => deviceId === 'alice').map(({ media }) => media)).toEqual(['up', 'flowing'])
    expect(await plane.request({ callId, deviceId: 'bob', epoch: 1 }, 'media.open', {})).toMatchObject({
      ok: false,
      error: { code: 'stale' }
    })
  })

  it('reports the leg of a phone that goes away down, and the other as it is', async () => {
    const { bob } = await startBoth()
    plane.apply(callId, planOf({ ...caller, ...open }, { ...receptor, ...open }))
    await Promise.all([reaches('alice', 'flowing'), reaches('bob', 'flowing')])
    bob.close()
    await reaches('bob', 'down')
    expect(levelOf('alice')).toBe('flowing')
  })

  it('goes on after an ICE restart', async () => {
    const { alice, bob } = await startBoth()
    plane.apply(callId, planOf({ ...caller, ...open }, { ...receptor, ...open }))
    await (await alice.ear()).hears(1_000)
    await bob.restartIce()
    bob.tone.setTone(1_700)
    await (await alice.ear()).hears(1_700)
    await (await bob.ear()).hears(400)
  })

  it('gives the first answer to a repeated request', async () => {
    plane.apply(callId, planOf(caller, receptor))
    const address = { callId, deviceId: 'alice', epoch: 1 }
    const [first, second] = await Promise.all([
      plane.request(address, 'media.open', {}),
      plane.request(address, 'media.open', {})
    ])
    expect(first.ok).toBe(true)
    expect(second).toEqual(first)
  })

  it('lets the caller of an echo call hear itself', async () => {
    plane.apply(callId, { ...planOf({ ...caller, ...open }), echo: true })
    const alice = createLeg('alice', 500)
    await alice.start()
    await reaches('alice', 'flowing')
    await (await alice.ear()).hears(500)
  })

  it('says again what a device may have missed', async () => {
    await startBoth()
    await expect.poll(() => pushes.filter(({ deviceId }) => deviceId === 'alice').length).toBe(1)
    plane.repeat('alice')
    expect(pushes.filter(({ deviceId }) => deviceId === 'alice').map(({ kind }) => kind)).toEqual([
      'consumer',
      'consumer'
    ])
  })

  it('refuses what is not allowed and what is malformed, and goes on', async () => {
    plane.apply(callId, planOf(caller, receptor))
    const alice = { callId, deviceId: 'alice', epoch: 1 }
    const refusal = (result: { ok: boolean; error?: { code: string } }): string | undefined => result.error?.code
    expect(refusal(await plane.request({ ...alice, callId: 'n1.other' }, 'media.open', {}))).toBe('invalid_call')
    expect(refusal(await plane.request({ ...alice, deviceId: 'mallory' }, 'media.open', {}))).toBe('access_denied')
    expect(refusal(await plane.request({ ...alice, epoch: 2 }, 'media.open', {}))).toBe('not_allowed_now')
    expect(refusal(await plane.request(alice, 'media.restartIce', { flow: 'send' }))).toBe('stale')
    expect((await plane.request(alice, 'media.open', {})).ok).toBe(true)
    const nonsense = { nonsense: [1, 2, 3] } as never
    const answers = [
      await plane.request(alice, 'media.connect', { flow: 'send', dtlsParameters: nonsense }),
      await plane.request(alice, 'media.produce', { rtpParameters: nonsense }),
      await plane.request(alice, 'media.produce', { rtpParameters: { codecs: {}, encodings: [{}] } as never }),
      await plane.request(alice, 'media.receive', { rtpCapabilities: nonsense }),
      await plane.request(alice, 'media.receive', { rtpCapabilities: { codecs: 7 } as never })
    ]
    expect(answers.map(refusal)).toEqual(Array(answers.length).fill('bad_request'))
    // The transports that nonsense was sent to are still as good as new.
    await startBoth()
  })

  it('reports every leg down when the worker is killed, and serves a new epoch from the next worker', async () => {
    await startBoth()
    const [pid] = pool.pids()
    process.kill(pid ?? 0, 'SIGKILL')
    await Promise.all([reaches('alice', 'down'), reaches('bob', 'down')])
    await expect.poll(() => pool.pids().length, { timeout: 10_000 }).toBe(1)
    expect(pool.pids()).not.toContain(pid)

    plane.apply(callId, planOf({ ...caller, ...open, epoch: 2 }, { ...receptor, ...open, epoch: 2 }))
    const [alice, bob] = [createLeg('alice', 400, 2), createLeg('bob', 1_000, 2)]
    await Promise.all([alice.start(), bob.start()])
    await (await alice.ear()).hears(1_000)
    await (await bob.ear()).hears(400)
  })
})
