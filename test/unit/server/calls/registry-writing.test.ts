// The registry and what it writes: one commit for a tick, one timer, and an end that leaves calls to the next run.
import { beforeEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../../server/calls/limits.ts'
import { createFakeClock, createFakeJournal, createWorld, sessionOf, settled, type FakeWorld } from './fakes.ts'
import { talkIn } from './talk.ts'
let world: FakeWorld
beforeEach(async () => {
  world = createWorld()
  await world.online('ali-1')
  await world.online('sara-1')
})

const second = 1_000
const create = (deviceId: string, to: string, requestId = `r-${deviceId}`) =>
  world.calls.create(sessionOf(deviceId), { requestId, to })

const talk = () => talkIn(world)
describe('what is written', () => {
  it('is one commit for a tick, in order, and what comes during a commit goes together into the next', async () => {
    const { id } = await world.dial('ali-1', 'sara')
    expect(world.journal.batches.map((batch) => batch.map(({ event }) => event.kind))).toEqual([
      ['created', 'joined', 'offered']
    ])
    expect(world.journal.batches[0]?.[0]?.creation).toMatchObject({ deviceId: 'ali-1' })
    world.journal.gate.open = false
    void world.does('sara-1', 'ringing', id)
    await settled()
    void world.does('sara-1', 'accept', id)
    void world.does('ali-1', 'hangup', id)
    await settled()
    world.journal.gate.release()
    await settled()
    expect(world.journal.batches.slice(1).map((batch) => batch.map(({ seq }) => seq))).toEqual([[4], [5, 6]])
  })

  it('a record that cannot be written harms neither the call nor the others', async () => {
    const journal = createFakeJournal()
    const bad = {
      ...journal,
      commit: async (batch: Parameters<typeof journal.commit>[0]) => {
        if (batch.some(({ event }) => event.kind === 'ringing')) throw new Error('constraint')
        await journal.commit(batch)
      }
    }
    world = createWorld(defaultLimits, createFakeClock(), bad)
    await world.online('ali-1')
    await world.online('sara-1')
    const { id } = await world.dial('ali-1', 'sara')
    void world.does('sara-1', 'ringing', id)
    expect(await world.does('ali-1', 'hangup', id)).toMatchObject({ ok: true })
    expect(journal.records.map(({ event }) => event.kind)).toEqual(['created', 'joined', 'offered', 'finished'])
  })
})

describe('the server', () => {
  it('arms one timer for all its calls, and lets go of all that is over', async () => {
    world = createWorld({ ...defaultLimits, callsOfUser: 200 })
    await world.online('ali-1')
    const made = await Promise.all(Array.from({ length: 200 }, (_, at) => create('ali-1', 'echo', `r${at}`)))
    await world.clock.advance(0)
    expect(world.clock.armed()).toBe(1)
    expect(made.every(({ ok }) => ok)).toBe(true)
    await world.clock.advance(20 * second)
    const ends = world.journal.records.filter(({ status }) => status === 'finished')
    expect(ends).toHaveLength(200)
    expect(world.clock.armed()).toBe(0)
    expect([...world.media.plans.values()].every((plan) => plan === null)).toBe(true)
  })

  it('takes nothing after it was closed, and leaves live calls to the next run', async () => {
    const id = await talk()
    await world.calls.close()
    world.offline('ali-1')
    expect(await create('ali-1', 'sara')).toMatchObject({ error: { code: 'unavailable' } })
    expect(await world.does('ali-1', 'hangup', id)).toMatchObject({ error: { code: 'unavailable' } })
    expect(world.clock.armed()).toBe(0)
    expect((await world.journal.loadLive()).map(({ state }) => state)).toMatchObject([{ id, status: 'conversation' }])
    // Not "you have no calls", which would end them on the phone.
    expect(await world.calls.deviceOnline(sessionOf('ali-1'), [{ callId: id, seq: 1 }])).toBeNull()
  })

  it('says nothing to a phone that arrives while it closes, and waits for nothing any more', async () => {
    const id = await talk()
    world.offline('sara-1')
    const welcome = world.calls.deviceOnline(sessionOf('sara-1'), [{ callId: id, seq: 1 }])
    await world.calls.close()
    expect(await welcome).toBeNull()
    expect(world.clock.armed()).toBe(0)
  })
})
