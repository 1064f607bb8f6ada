// Calls over a restart of the server, and what a phone that returns is told of its calls.
import { beforeEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../../server/calls/limits.ts'
import { createWorld, sessionOf, type FakeWorld } from './fakes.ts'
import { talkIn } from './talk.ts'

let world: FakeWorld
beforeEach(async () => {
  world = createWorld()
  await world.online('ali-1')
  await world.online('sara-1')
})

const second = 1_000
const endOf = (deviceId: string, callId: string) => world.pushed(deviceId, callId).at(-1)?.end
const talk = () => talkIn(world)

describe('restart', () => {
  it('pauses a conversation, gives phones 30 s, and goes on where it was', async () => {
    const id = await talk()
    await world.clock.advance(5 * second)
    world = await world.restart()
    expect(world.media.plans.get(id)?.legs).toHaveLength(2)
    const [back] = await world.online('ali-1', [{ callId: id, seq: 0 }])
    expect(back).toMatchObject({ id, status: 'paused', talk: { ms: 5_000 } })
    await world.online('sara-1', [{ callId: id, seq: 0 }])
    await world.clock.advance(25 * second)
    await world.connect('ali-1', id, 2)
    await world.connect('sara-1', id, 2)
    expect(world.heard('ali-1', id).at(-1)).toBe('conversation')
    await world.clock.advance(60 * second)
    await world.does('ali-1', 'hangup', id)
    expect(world.journal.records.at(-1)).toMatchObject({ talkMs: 65_000, end: { reason: 'hangup' } })
  })

  it('ends what nobody comes back to', async () => {
    const id = await talk()
    world = await world.restart()
    await world.clock.advance(30 * second)
    expect(world.journal.records.at(-1)).toMatchObject({ callId: id, status: 'finished' })
    expect(world.clock.armed()).toBe(0)
  })

  it('gives the phones of a call that rings 30 s too', async () => {
    const { id } = await world.dial('ali-1', 'sara')
    await world.does('sara-1', 'ringing', id)
    world = await world.restart()
    await world.online('sara-1', [{ callId: id, seq: 0 }])
    await world.clock.advance(30 * second)
    expect(endOf('sara-1', id)).toMatchObject({ reason: 'messaging_connection_broken' })
  })

  it('gives every deadline at least 5 s', async () => {
    const { id } = await world.dial('ali-1', 'sara')
    await world.clock.advance(59 * second)
    world = await world.restart()
    await world.online('ali-1', [{ callId: id, seq: 0 }])
    await world.clock.advance(5 * second - 1)
    expect(world.journal.records.at(-1)?.status).toBe('trying')
    await world.clock.advance(1)
    expect(world.journal.records.at(-1)).toMatchObject({ end: { reason: 'unreachable' } })
  })

  it('leaves the calls of other servers with the same database to them', async () => {
    const { id } = await world.dial('ali-1', 'sara')
    const { journal, clock } = world
    const [stored] = await journal.loadLive()
    if (stored === undefined) throw new Error('nothing is stored')
    const foreign = { ...stored, callId: 'n10.foreign' }
    await world.calls.close()
    world = createWorld(defaultLimits, clock, { ...journal, loadLive: async () => [foreign, stored] })
    await world.calls.recover()
    await world.clock.advance(60 * second)
    expect([...world.media.plans.keys()]).toEqual([id])
    expect(journal.records.filter(({ status }) => status === 'finished').map(({ callId }) => callId)).toEqual([id])
  })

  it('ends a call it cannot read, once and for no known reason, and takes up the others', async () => {
    const { id: unreadable } = await world.dial('omid-1', 'echo')
    const { id } = await world.dial('ali-1', 'sara')
    const { journal, clock } = world
    const last = journal.records.findLast(({ callId }) => callId === unreadable)
    if (last === undefined) throw new Error('nothing is stored')
    journal.records.push({ ...last, state: { version: 0 } })
    world = await world.restart()
    expect(await world.online('ali-1', [{ callId: id, seq: 0 }])).toMatchObject([{ id, status: 'trying' }])
    expect(await world.online('omid-1', [{ callId: unreadable, seq: 0 }])).toMatchObject([
      { id: unreadable, status: 'finished', end: { reason: 'unknown', by: 'server', at: clock.now() } }
    ])
    expect((await journal.loadLive()).map(({ callId }) => callId)).toEqual([id])
  })

  it('counts no talk while the server was away', async () => {
    const id = await talk()
    await world.clock.advance(5 * second)
    world = await world.restart(3_600 * second)
    const [back] = await world.online('ali-1', [{ callId: id, seq: 0 }])
    expect(back).toMatchObject({ status: 'paused', talk: { ms: 5_000, since: null } })
    await world.clock.advance(30 * second)
    expect(world.journal.records.at(-1)).toMatchObject({ talkMs: 5_000, end: { reason: 'media_connection_broken' } })
  })

  it('counts talk only up to its last record where nobody knows when the server died', async () => {
    const id = await talk()
    await world.clock.advance(5 * second)
    await world.calls.close()
    world = createWorld(defaultLimits, world.clock, world.journal)
    await world.calls.recover()
    expect(await world.online('ali-1', [{ callId: id, seq: 0 }])).toMatchObject([{ talk: { ms: 0, since: null } }])
  })
})

describe('a phone that returns', () => {
  it('learns how its call ended meanwhile: from memory, from the journal, or that nobody knows', async () => {
    const id = await talk()
    world.offline('sara-1')
    await world.does('ali-1', 'hangup', id)
    const known = [
      { callId: id, seq: 6 },
      { callId: 'n1.never', seq: 3 }
    ]
    const expected = [
      { id, status: 'finished', direction: 'inbound', end: { reason: 'hangup', by: 'caller' } },
      { id: 'n1.never', seq: 4, status: 'finished', end: { reason: 'unknown' } }
    ]
    expect(await world.online('sara-1', known)).toMatchObject(expected)
    world = await world.restart()
    expect(await world.online('sara-1', known)).toMatchObject(expected)
  })

  it('learns that another phone answered, also after a restart, and nothing more', async () => {
    await world.online('sara-2')
    const { id } = await world.dial('ali-1', 'sara')
    await world.does('sara-1', 'ringing', id)
    world.offline('sara-2')
    await world.does('sara-1', 'accept', id)
    const elsewhere = {
      status: 'finished',
      leg: 'gone',
      end: { reason: 'call_received', detail: 'answered_elsewhere' }
    }
    expect(await world.online('sara-2', [{ callId: id, seq: 3 }])).toMatchObject([elsewhere])
    await world.does('ali-1', 'hangup', id)
    world = await world.restart()
    expect(await world.online('sara-2', [{ callId: id, seq: 3 }])).toMatchObject([elsewhere])
  })

  it("is not told of another's call", async () => {
    const id = await talk()
    const fate = { id, status: 'finished', end: { reason: 'unknown' } }
    expect(await world.online('omid-1', [{ callId: id, seq: 1 }])).toMatchObject([fate])
    expect(await world.online('ali-2')).toEqual([])
  })

  it('and is gone again before it was welcomed, is not taken for there', async () => {
    const id = await talk()
    world.offline('sara-1')
    const welcome = world.calls.deviceOnline(sessionOf('sara-1'), [{ callId: id, seq: 1 }])
    world.calls.deviceOffline(sessionOf('sara-1'), 'lost')
    await welcome
    await world.clock.advance(30 * second)
    expect(endOf('ali-1', id)).toMatchObject({ reason: 'messaging_connection_broken' })
  })
})
