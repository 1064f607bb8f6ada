// Every way a call goes, from the server's view: what each device is pushed, what is recorded, how it ends.
import { beforeEach, describe, expect, it } from 'vitest'
import { createWorld, sessionOf, type FakeWorld } from './fakes.ts'
import { endOf, ringIn, talkIn } from './talk.ts'

let world: FakeWorld
beforeEach(async () => {
  world = createWorld()
  await world.online('ali-1')
})

const second = 1_000

const recorded = (callId: string) => world.journal.records.filter((record) => record.callId === callId)
const kinds = (callId: string) => recorded(callId).map(({ event }) => event.kind)

const ring = async (): Promise<string> => {
  await world.online('sara-1')
  return ringIn(world)
}
const talk = async (): Promise<string> => {
  await world.online('sara-1')
  return talkIn(world)
}

describe('the table of flows', () => {
  it('offline: trying, finished, unreachable after 60 s', async () => {
    const { id, status, seq } = await world.dial('ali-1', 'sara')
    expect([status, seq]).toEqual(['trying', 2])
    await world.clock.advance(60 * second - 1)
    expect(world.heard('ali-1', id)).toEqual(['trying'])
    await world.clock.advance(1)
    expect(world.heard('ali-1', id)).toEqual(['trying', 'finished'])
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'unreachable', by: 'server' })
    expect(recorded(id).at(-1)).toMatchObject({ receptorId: 'u-sara', end: { reason: 'unreachable' }, talkMs: 0 })
  })

  it('no answer: ringing, then missed on both sides', async () => {
    const id = await ring()
    await world.clock.advance(60 * second)
    expect(world.heard('ali-1', id)).toEqual(['trying', 'ringing', 'finished'])
    expect(world.heard('sara-1', id)).toEqual(['trying', 'ringing', 'finished'])
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'missed', by: 'server' })
    expect(endOf(world, 'sara-1', id)).toEqual({ reason: 'missed', by: 'server' })
  })

  it('talk, caller ends', async () => {
    const id = await talk()
    await world.clock.advance(7 * second)
    const answer = await world.does('ali-1', 'hangup', id)
    expect(answer).toMatchObject({
      ok: true,
      value: { call: { status: 'finished', talk: { ms: 7_000, since: null } } }
    })
    const way = ['trying', 'ringing', 'accepted', 'conversation', 'finished']
    expect(world.heard('ali-1', id)).toEqual(way)
    expect(world.heard('sara-1', id)).toEqual(way)
    expect(endOf(world, 'sara-1', id)).toEqual({ reason: 'hangup', by: 'caller' })
    expect(recorded(id).at(-1)).toMatchObject({ talkMs: 7_000, state: null })
    expect(recorded(id).at(-1)?.legs).toEqual([
      { deviceId: 'ali-1', side: 'caller', phase: 'chosen' },
      { deviceId: 'sara-1', side: 'receptor', phase: 'chosen' }
    ])
    expect(kinds(id)).toEqual([
      'created',
      'joined',
      'offered',
      'ringing',
      'accepted',
      'media',
      'conversation',
      'finished'
    ])
  })

  it('talk, receptor ends', async () => {
    const id = await talk()
    await world.does('sara-1', 'hangup', id)
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'hangup', by: 'receptor' })
  })

  it('reject', async () => {
    const id = await ring()
    await world.does('sara-1', 'decline', id)
    expect(world.heard('ali-1', id)).toEqual(['trying', 'ringing', 'finished'])
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'rejected', by: 'receptor' })
    expect(endOf(world, 'sara-1', id)).toEqual({ reason: 'rejected', by: 'receptor' })
  })

  it('cancel', async () => {
    const id = await ring()
    await world.does('ali-1', 'hangup', id)
    expect(world.heard('sara-1', id)).toEqual(['trying', 'ringing', 'finished'])
    expect(endOf(world, 'sara-1', id)).toEqual({ reason: 'hangup', by: 'caller' })
  })

  it('busy: trying, finished for the caller, only a record for the receptor', async () => {
    await talk()
    world.wishes.set('u-sara', { callWaiting: false })
    await world.online('omid-1')
    const before = world.presence.pushes.length
    const { id } = await world.dial('omid-1', 'sara')
    expect(world.heard('omid-1', id)).toEqual(['trying', 'finished'])
    expect(endOf(world, 'omid-1', id)).toEqual({ reason: 'busy', by: 'server' })
    const toSara = world.presence.pushes.slice(before).filter(({ deviceId }) => deviceId === 'sara-1')
    expect(toSara.map(({ push }) => push.name)).toEqual(['lists.changed'])
    expect(recorded(id).at(-1)).toMatchObject({ receptorId: 'u-sara', end: { reason: 'busy' } })
  })

  it('busy also while the receptor dials or is rung', async () => {
    const id = await ring()
    world.wishes.set('u-ali', { callWaiting: false })
    await world.online('omid-1')
    const toCaller = await world.dial('omid-1', 'ali')
    expect(endOf(world, 'omid-1', toCaller.id)).toMatchObject({ reason: 'busy' })
    await world.does('ali-1', 'hangup', id)
    const free = await world.dial('omid-1', 'ali')
    expect(world.heard('omid-1', free.id)).toEqual(['trying'])
  })
})

describe('several devices of the receptor', () => {
  it('the first accept wins, the other is answered elsewhere and told nothing more', async () => {
    await world.online('sara-2')
    const id = await ring()
    await world.does('sara-2', 'ringing', id)
    expect(world.heard('ali-1', id)).toEqual(['trying', 'ringing'])
    const [first, late] = await Promise.all([world.does('sara-2', 'accept', id), world.does('sara-1', 'accept', id)])
    expect(first).toMatchObject({ ok: true, value: { call: { status: 'accepted', leg: 'chosen' } } })
    expect(late).toMatchObject({ ok: false, error: { code: 'call_session_finished' } })
    expect(world.heard('sara-1', id)).toEqual(['trying', 'ringing', 'finished'])
    expect(endOf(world, 'sara-1', id)).toEqual({
      reason: 'call_received',
      by: 'receptor',
      detail: 'answered_elsewhere'
    })
    const told = world.pushed('sara-1', id).length
    await world.does('sara-2', 'hangup', id)
    expect(world.pushed('sara-1', id)).toHaveLength(told)
    expect(
      recorded(id)
        .at(-1)
        ?.legs.map(({ deviceId, phase }) => [deviceId, phase])
    ).toEqual([
      ['ali-1', 'chosen'],
      ['sara-2', 'chosen'],
      ['sara-1', 'gone']
    ])
  })

  it('a decline ends it for all, and the others learn that it was not them', async () => {
    await world.online('sara-2')
    const id = await ring()
    await world.does('sara-2', 'decline', id)
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'rejected', by: 'receptor' })
    expect(endOf(world, 'sara-2', id)).toEqual({ reason: 'rejected', by: 'receptor' })
    expect(endOf(world, 'sara-1', id)).toEqual({ reason: 'rejected', by: 'receptor', detail: 'declined_elsewhere' })
  })

  it('a late decline does not end what another device answered', async () => {
    await world.online('sara-2')
    const id = await ring()
    await world.does('sara-2', 'ringing', id)
    await world.does('sara-1', 'accept', id)
    const late = await world.does('sara-2', 'decline', id)
    expect(late).toMatchObject({ ok: true, value: { call: { status: 'finished', end: { reason: 'call_received' } } } })
    expect(world.heard('ali-1', id).at(-1)).toBe('accepted')
  })

  it('is offered the call when it comes online while trying or ringing', async () => {
    const { id } = await world.dial('ali-1', 'sara')
    await world.clock.advance(50 * second)
    const [offered] = await world.online('sara-1')
    expect(offered).toMatchObject({ id, status: 'trying', leg: 'offered', direction: 'inbound' })
    expect(world.pushed('sara-1', id)).toEqual([])
    await world.does('sara-1', 'ringing', id)
    const [offeredToo] = await world.online('sara-2')
    expect(offeredToo).toMatchObject({ id, status: 'ringing', leg: 'offered' })
    await world.clock.advance(59 * second)
    expect(world.heard('ali-1', id)).toEqual(['trying', 'ringing'])
  })

  it('goes on ringing when every alerting device vanishes, and ends missed', async () => {
    const id = await ring()
    world.offline('sara-1')
    await world.clock.advance(59 * second)
    expect(world.heard('ali-1', id)).toEqual(['trying', 'ringing'])
    await world.clock.advance(second)
    expect(endOf(world, 'ali-1', id)).toEqual({ reason: 'missed', by: 'server' })
  })

  it('still alerts when it was away for a moment, and can accept', async () => {
    const id = await ring()
    world.offline('sara-1')
    const [back] = await world.online('sara-1', [{ callId: id, seq: 4 }])
    expect(back).toMatchObject({ status: 'ringing', leg: 'alerting' })
    expect(await world.does('sara-1', 'accept', id)).toMatchObject({ ok: true })
  })

  it('only so many may prepare their media; whoever accepts may in any case', async () => {
    const devices = [1, 2, 3, 4, 5, 6].map((n) => `sara-${n}`)
    for (const device of devices) await world.online(device)
    const id = await ring()
    const open = (deviceId: string) =>
      world.calls.dispatch(id, sessionOf(deviceId), { kind: 'mediaOpen', deviceId, epoch: 1 })
    for (const device of devices) await world.does(device, 'ringing', id)
    for (const device of devices.slice(0, 5)) expect(await open(device)).toMatchObject({ ok: true })
    expect(await open('sara-6')).toMatchObject({ ok: false, error: { code: 'not_allowed_now' } })
    await world.does('sara-6', 'accept', id)
    expect(await open('sara-6')).toMatchObject({ ok: true })
  })
})
