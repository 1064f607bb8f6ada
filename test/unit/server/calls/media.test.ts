// What media, signalling and limits do to a call that was answered, from the server's view; and the echo service.
import { beforeEach, describe, expect, it } from 'vitest'
import { createWorld, sessionOf, type FakeWorld } from './fakes.ts'
import { endOf, ringIn, talkIn } from './talk.ts'

let world: FakeWorld
beforeEach(async () => {
  world = createWorld()
  await world.online('ali-1')
})

const second = 1_000

const ring = async (): Promise<string> => {
  await world.online('sara-1')
  return ringIn(world)
}
const talk = async (): Promise<string> => {
  await world.online('sara-1')
  return talkIn(world)
}

describe('media and signalling', () => {
  it('accepted without media is media_connection_broken after 15 s', async () => {
    const id = await ring()
    await world.does('sara-1', 'accept', id)
    await world.connect('ali-1', id)
    await world.clock.advance(15 * second)
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'media_connection_broken', by: 'server' })
  })

  it('shows accepted and conversation even if media is ready at once', async () => {
    const id = await ring()
    await world.connect('ali-1', id)
    await world.connect('sara-1', id)
    await world.does('sara-1', 'accept', id)
    expect(world.heard('ali-1', id)).toEqual(['trying', 'ringing', 'accepted', 'conversation'])
  })

  it('a lost leg pauses, counts no talk, and comes back', async () => {
    const id = await talk()
    await world.clock.advance(5 * second)
    world.media.tell(id, { deviceId: 'sara-1', epoch: 1, media: 'down' })
    await world.clock.advance(20 * second)
    expect(world.pushed('ali-1', id).at(-1)).toMatchObject({
      status: 'paused',
      media: { caller: 'connected', receptor: 'disconnected' },
      talk: { ms: 5_000, since: null }
    })
    world.media.tell(id, { deviceId: 'sara-1', epoch: 1, media: 'flowing' })
    await world.clock.advance(2 * second)
    await world.does('ali-1', 'hangup', id)
    expect(world.pushed('ali-1', id).at(-1)?.talk.ms).toBe(7_000)
  })

  it("the phone's own report pauses too", async () => {
    const id = await talk()
    const report = (up: boolean) =>
      world.calls.dispatch(id, sessionOf('ali-1'), { kind: 'mediaReport', deviceId: 'ali-1', epoch: 1, up })
    await report(false)
    expect(world.heard('sara-1', id).at(-1)).toBe('paused')
    await report(true)
    expect(world.heard('sara-1', id).at(-1)).toBe('conversation')
  })

  it('a new making is disconnected until it flows, and facts of the old one are ignored', async () => {
    const id = await talk()
    await world.calls.dispatch(id, sessionOf('ali-1'), { kind: 'mediaOpen', deviceId: 'ali-1', epoch: 2 })
    expect(world.heard('ali-1', id).at(-1)).toBe('paused')
    world.media.tell(id, { deviceId: 'ali-1', epoch: 1, media: 'up' })
    world.media.tell(id, { deviceId: 'ali-1', epoch: 1, media: 'flowing' })
    expect(world.heard('ali-1', id).at(-1)).toBe('paused')
    await world.connect('ali-1', id, 2)
    expect(world.heard('ali-1', id).at(-1)).toBe('conversation')
  })

  it('30 s of pause are media_connection_broken', async () => {
    const id = await talk()
    world.media.tell(id, { deviceId: 'ali-1', epoch: 1, media: 'down' })
    await world.clock.advance(30 * second)
    expect(endOf(world, 'sara-1', id)).toEqual({ reason: 'media_connection_broken', by: 'server' })
  })

  it('a phone that lost both ends the call for want of sound, whatever its socket does', async () => {
    const id = await talk()
    world.offline('ali-1')
    await world.clock.advance(10 * second)
    world.media.tell(id, { deviceId: 'ali-1', epoch: 1, media: 'down' })
    await world.clock.advance(30 * second - 1)
    expect(world.heard('sara-1', id).at(-1)).toBe('paused')
    await world.clock.advance(1)
    expect(endOf(world, 'sara-1', id)).toEqual({ reason: 'media_connection_broken', by: 'server' })
  })

  it('a lost socket with media up stays conversation, and after 30 s is messaging_connection_broken', async () => {
    const id = await talk()
    world.offline('sara-1')
    await world.clock.advance(30 * second - 1)
    expect(world.heard('ali-1', id).at(-1)).toBe('conversation')
    await world.clock.advance(1)
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'messaging_connection_broken', by: 'server' })
  })

  it('a socket that is back in time changes nothing', async () => {
    const id = await talk()
    const told = world.pushed('ali-1', id).length
    world.offline('sara-1')
    await world.clock.advance(29 * second)
    const [back] = await world.online('sara-1', [{ callId: id, seq: 7 }])
    expect(back).toMatchObject({ id, status: 'conversation', leg: 'chosen' })
    await world.clock.advance(60 * second)
    expect(world.pushed('ali-1', id)).toHaveLength(told)
  })

  it('a phone that was started anew has no media: paused until it makes it', async () => {
    const id = await talk()
    world.offline('sara-1')
    const [back] = await world.online('sara-1')
    expect(back).toMatchObject({ id, status: 'paused', leg: 'chosen', media: { receptor: 'disconnected' } })
    await world.connect('sara-1', id, 1)
    expect(world.heard('ali-1', id).at(-1)).toBe('conversation')
  })

  it("the caller's phone that vanishes while it rings ends the call after 30 s", async () => {
    const id = await ring()
    world.offline('ali-1')
    await world.clock.advance(30 * second)
    expect(endOf(world, 'sara-1', id)).toEqual({ reason: 'messaging_connection_broken', by: 'server' })
  })

  it('nothing may be heard before the answer', async () => {
    const id = await ring()
    await world.connect('ali-1', id)
    await world.connect('sara-1', id)
    expect(world.media.plans.get(id)?.legs.map(({ speaks, hears }) => [speaks, hears])).toEqual([
      [false, false],
      [false, false]
    ])
    await world.does('sara-1', 'accept', id)
    expect(world.media.plans.get(id)?.legs.map(({ speaks, hears }) => [speaks, hears])).toEqual([
      [true, true],
      [true, true]
    ])
    await world.does('sara-1', 'hangup', id)
    expect(world.media.plans.get(id)).toBeNull()
  })
})

describe('other ends', () => {
  it('maxDuration counts conversation only', async () => {
    await world.online('sara-1')
    const made = await world.calls.create(sessionOf('ali-1'), { requestId: 'r', to: 'sara', maxDurationMs: 10_000 })
    if (!made.ok) throw new Error('not made')
    const { id } = made.value.call
    await world.does('sara-1', 'ringing', id)
    await world.clock.advance(20 * second)
    await world.does('sara-1', 'accept', id)
    await world.connect('ali-1', id)
    await world.connect('sara-1', id)
    await world.clock.advance(6 * second)
    world.media.tell(id, { deviceId: 'ali-1', epoch: 1, media: 'down' })
    await world.clock.advance(10 * second)
    world.media.tell(id, { deviceId: 'ali-1', epoch: 1, media: 'flowing' })
    await world.clock.advance(4 * second - 1)
    expect(world.heard('ali-1', id).at(-1)).toBe('conversation')
    await world.clock.advance(1)
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'call_duration_exceeded', by: 'server' })
  })

  it("its application's back end kills it, no other's", async () => {
    const id = await talk()
    expect(await world.calls.kill(id, 'another')).toMatchObject({ error: { code: 'invalid_call' } })
    expect(world.heard('ali-1', id).at(-1)).toBe('conversation')
    expect(await world.calls.kill(id, 'app')).toEqual({ ok: true, value: {} })
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'killed', by: 'server' })
  })

  it('mute is shown to both', async () => {
    const id = await talk()
    await world.calls.dispatch(id, sessionOf('ali-1'), { kind: 'mute', deviceId: 'ali-1', muted: true })
    expect(world.pushed('sara-1', id).at(-1)).toMatchObject({ muted: { caller: true, receptor: false } })
    expect(world.pushed('sara-1', id).at(-1)?.status).toBe('conversation')
  })
})

describe('echo', () => {
  it('rings at once, accepts after 1 s, connects with the caller, ends after 5 minutes', async () => {
    const { id } = await world.dial('ali-1', 'echo')
    expect(world.heard('ali-1', id)).toEqual(['trying', 'ringing'])
    await world.clock.advance(second)
    expect(world.heard('ali-1', id).at(-1)).toBe('accepted')
    expect(world.media.plans.get(id)).toMatchObject({ echo: true, legs: [{ deviceId: 'ali-1', speaks: true }] })
    await world.connect('ali-1', id)
    expect(world.pushed('ali-1', id).at(-1)).toMatchObject({
      status: 'conversation',
      media: { caller: 'connected', receptor: 'connected' }
    })
    await world.clock.advance(300 * second)
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'call_duration_exceeded', by: 'server' })
  })

  it('of a check says so to its phone and to its record, changes no history, and nobody sees its caller in a talk', async () => {
    for (const [to, check] of [
      ['echo', true],
      ['echo', false],
      ['sara', true]
    ] as const) {
      const { id, check: said } = await world.dial('ali-1', to, { check })
      const isCheck = check && to === 'echo'
      expect(said).toBe(isCheck)
      if (to === 'echo') {
        await world.clock.advance(second)
        expect(world.heard('ali-1', id).at(-1)).toBe('accepted')
        expect(world.calls.talks('u-ali')).toBe(!isCheck)
      }
      const before = world.presence.pushes.length
      await world.does('ali-1', 'hangup', id)
      await world.clock.advance(second)
      const news = world.presence.pushes.slice(before).map(({ push }) => push.name)
      expect(news.includes('lists.changed')).toBe(!isCheck)
      const last = world.journal.records.findLast(({ callId }) => callId === id)
      expect([last?.status, last?.check === true]).toEqual(['finished', isCheck])
    }
  })

  it('talks with any number at once', async () => {
    await world.online('omid-1')
    const first = await world.dial('ali-1', 'echo')
    const other = await world.dial('omid-1', 'echo')
    await world.clock.advance(second)
    expect([world.heard('ali-1', first.id).at(-1), world.heard('omid-1', other.id).at(-1)]).toEqual([
      'accepted',
      'accepted'
    ])
  })
})
