// The registry around the calls: crossing calls, who may do what, what is durable when it is acked.
import { beforeEach, describe, expect, it } from 'vitest'
import { defaultLimits } from '../../../../server/calls/limits.ts'
import { createWorld, sessionOf, settled, type FakeWorld } from './fakes.ts'
import { talkIn } from './talk.ts'

let world: FakeWorld
beforeEach(async () => {
  world = createWorld()
  await world.online('ali-1')
  await world.online('sara-1')
})

const second = 1_000
const endOf = (deviceId: string, callId: string) => world.pushed(deviceId, callId).at(-1)?.end
const create = (deviceId: string, to: string, requestId = `r-${deviceId}`) =>
  world.calls.create(sessionOf(deviceId), { requestId, to })

const talk = () => talkIn(world)

describe('glare', () => {
  const crossed = async (first: string, firstTo: string, later: string, laterTo: string, alerts: boolean) => {
    const { id: won } = await world.dial(first, firstTo)
    if (alerts) await world.does(later, 'ringing', won)
    const { id: lost } = await world.dial(later, laterTo)
    expect(world.heard(later, lost)).toEqual(['trying', 'finished'])
    expect(endOf(later, lost)).toMatchObject({ reason: 'call_received', by: 'server', detail: 'glare' })
    expect(world.heard(first, won)).toEqual(['trying', 'ringing', 'accepted'])
    expect(world.pushed(later, won).at(-1)).toMatchObject({ status: 'accepted', leg: 'chosen', direction: 'inbound' })
    expect(world.pushed(first, lost)).toEqual([])
  }

  it.each([true, false])('the first call wins, either may be first; alerting already: %s', async (alerts) => {
    await crossed('ali-1', 'sara', 'sara-1', 'ali', alerts)
  })

  it('and the other way round', async () => {
    await crossed('sara-1', 'ali', 'ali-1', 'sara', true)
  })

  it('in the same tick there is one first call and one talk', async () => {
    const answers = await Promise.all([create('ali-1', 'sara'), create('sara-1', 'ali')])
    await world.clock.advance(0)
    const ids = answers.map((answer) => (answer.ok ? answer.value.call.id : ''))
    const ends = world.journal.records.filter(({ status }) => status === 'finished')
    expect(ends.map(({ callId, end }) => [callId, end?.detail])).toEqual([[ids[1], 'glare']])
    expect(world.heard('ali-1', ids[0] ?? '').at(-1)).toBe('accepted')
  })

  it('tells the later caller of its own call first, then that the first is accepted', async () => {
    const { id: won } = await world.dial('ali-1', 'sara')
    const before = world.presence.pushes.length
    world.journal.gate.open = false
    const answer = create('sara-1', 'ali')
    await settled()
    expect(world.presence.pushes.slice(before).filter(({ deviceId }) => deviceId === 'sara-1')).toEqual([])
    expect(world.heard('ali-1', won).at(-1)).toBe('accepted')
    world.journal.gate.release()
    expect(await answer).toMatchObject({ ok: true, value: { call: { status: 'trying', seq: 2 } } })
    await world.clock.advance(0)
    const told = world.presence.pushes
      .slice(before)
      .flatMap(({ deviceId, push }) =>
        deviceId === 'sara-1' && push.name === 'call.changed'
          ? [`${push.data.call.id === won ? 'won' : 'lost'} ${push.data.call.status}`]
          : []
      )
    expect(told).toEqual(['lost trying', 'lost finished', 'won ringing', 'won accepted'])
  })

  it("ends it for the later caller's other phones, which ring", async () => {
    await world.online('sara-2')
    const { id } = await world.dial('ali-1', 'sara')
    await world.does('sara-1', 'ringing', id)
    await world.does('sara-2', 'ringing', id)
    await world.dial('sara-2', 'ali')
    expect(endOf('sara-1', id)).toMatchObject({ reason: 'call_received', detail: 'answered_elsewhere' })
  })

  it('is none once the first call is answered: then the receptor is busy', async () => {
    await talk()
    const { id } = await world.dial('sara-1', 'ali')
    expect(endOf('sara-1', id)).toMatchObject({ reason: 'busy' })
  })
})

describe('create', () => {
  it.each([
    ['nobody', 'not_found'],
    ['ali', 'cannot_call_self']
  ])('%s: %s', async (to, code) => {
    expect(await create('ali-1', to)).toMatchObject({ ok: false, error: { code } })
    expect(world.journal.records).toEqual([])
  })

  it('has limits for a user and for the server', async () => {
    const limits = { ...defaultLimits, callsOfUser: 2, calls: 3 }
    world = createWorld(limits)
    await world.online('ali-1')
    await world.online('omid-1')
    await world.dial('ali-1', 'echo')
    await world.dial('ali-1', 'echo')
    expect(await create('ali-1', 'echo')).toMatchObject({ error: { code: 'too_many_calls' } })
    await world.dial('omid-1', 'echo')
    expect(await create('omid-1', 'echo')).toMatchObject({ error: { code: 'overloaded' } })
  })

  it('is refused while too much waits to be written', async () => {
    world = createWorld({ ...defaultLimits, unwritten: 4 })
    await world.online('ali-1')
    world.journal.gate.open = false
    void create('ali-1', 'echo', 'r1')
    await settled()
    void create('ali-1', 'echo', 'r2')
    await settled()
    expect(await create('ali-1', 'echo', 'r3')).toMatchObject({ error: { code: 'overloaded' } })
    world.journal.gate.release()
  })

  it('happens once for a request id: at the same time, later, after its end, and after a restart', async () => {
    const [one, same] = await Promise.all([create('ali-1', 'sara', 'r'), create('ali-1', 'sara', 'r')])
    expect(same).toBe(one)
    if (!one.ok) throw new Error('not made')
    const { id } = one.value.call
    const again = () => create('ali-1', 'sara', 'r')
    expect(await again()).toMatchObject({ value: { call: { id, status: 'trying' } } })
    world = await world.restart()
    expect(await again()).toMatchObject({ value: { call: { id, status: 'trying' } } })
    await world.does('ali-1', 'hangup', id)
    expect(await again()).toMatchObject({ value: { call: { id, status: 'finished', end: { reason: 'hangup' } } } })
    world = await world.restart()
    expect(await again()).toMatchObject({ value: { call: { id, status: 'finished', end: { reason: 'hangup' } } } })
    expect(new Set(world.journal.records.map(({ callId }) => callId)).size).toBe(1)
    // Another device's request of the same name is another request.
    expect(await create('sara-1', 'ali', 'r')).toMatchObject({ ok: true })
  })

  it('is acked after commit, and nothing about the call reaches the caller before', async () => {
    world.journal.gate.open = false
    let acked = false
    const answer = create('ali-1', 'sara').then((result) => {
      acked = true
      return result
    })
    await settled()
    expect([acked, world.presence.pushes.map(({ deviceId }) => deviceId)]).toEqual([false, ['sara-1']])
    world.journal.gate.release()
    expect(await answer).toMatchObject({ value: { call: { status: 'trying', leg: 'chosen' } } })
    expect(world.presence.pushes).toHaveLength(1)
    await world.clock.advance(0)
    expect(world.presence.pushes.map(({ deviceId }) => deviceId)).toEqual(['sara-1', 'ali-1'])
  })

  it('by a phone whose connection has gone meanwhile ends by itself', async () => {
    const answer = create('ali-1', 'sara')
    world.offline('ali-1')
    expect(await answer).toMatchObject({ ok: true })
    await world.clock.advance(30 * second)
    expect(world.journal.records.at(-1)?.end).toMatchObject({ reason: 'messaging_connection_broken' })
  })
})

describe('who may do what', () => {
  it('refuses strangers, other devices and borrowed device ids', async () => {
    const id = await talk()
    await world.online('omid-1')
    await world.online('sara-2')
    const denied = { ok: false, error: { code: 'access_denied' } }
    for (const kind of ['ringing', 'accept', 'decline', 'hangup'] as const) {
      expect(await world.does('omid-1', kind, id)).toMatchObject(denied)
      expect(await world.does('sara-2', kind, id)).toMatchObject(denied)
      expect(await world.calls.dispatch(id, sessionOf('omid-1'), { kind, deviceId: 'ali-1' })).toMatchObject(denied)
      expect(await world.calls.dispatch(id, sessionOf('sara-1'), { kind, deviceId: 'ali-1' })).toMatchObject(denied)
    }
    expect(await world.does('ali-1', 'hangup', 'n1.none')).toMatchObject({ error: { code: 'invalid_call' } })
    expect(world.heard('ali-1', id).at(-1)).toBe('conversation')
  })

  it('hangup is idempotent, also long after the end; the rest is over', async () => {
    const id = await talk()
    for (let time = 0; time < 3; time++) {
      expect(await world.does('ali-1', 'hangup', id)).toMatchObject({ value: { call: { end: { by: 'caller' } } } })
    }
    expect(await world.does('sara-1', 'accept', id)).toMatchObject({ error: { code: 'call_session_finished' } })
    world = await world.restart()
    expect(await world.does('ali-1', 'hangup', id)).toMatchObject({ value: { call: { end: { by: 'caller' } } } })
    expect(await world.does('omid-1', 'hangup', id)).toMatchObject({ error: { code: 'access_denied' } })
    expect(world.journal.records.filter(({ status }) => status === 'finished')).toHaveLength(1)
  })

  it('an end is acked after commit and the call known until then; other moves do not wait', async () => {
    const id = await talk()
    world.journal.gate.open = false
    const acks: string[] = []
    const mute = world.calls.dispatch(id, sessionOf('ali-1'), { kind: 'mute', deviceId: 'ali-1', muted: true })
    void mute.then(() => acks.push('mute'))
    const hangup = (deviceId: string) => world.calls.dispatch(id, sessionOf(deviceId), { kind: 'hangup', deviceId })
    void hangup('ali-1').then(() => acks.push('hangup'))
    void hangup('sara-1').then(() => acks.push('hangup again'))
    await settled()
    expect(acks).toEqual(['mute'])
    expect(world.heard('sara-1', id).at(-1)).toBe('finished')
    world.journal.gate.release()
    await settled()
    expect(acks).toEqual(['mute', 'hangup', 'hangup again'])
  })
})

describe('a device that is signed out', () => {
  it('hangs up its talk and what it dials: it does not come back', async () => {
    const id = await talk()
    world.offline('sara-1', 'signedOut')
    expect(endOf('ali-1', id)).toMatchObject({ reason: 'hangup', by: 'receptor' })
    await world.online('sara-1')
    const { id: next } = await world.dial('ali-1', 'sara')
    world.offline('ali-1', 'signedOut')
    expect(endOf('sara-1', next)).toMatchObject({ reason: 'hangup', by: 'caller' })
  })

  it('rings no more, and declines nothing that rings on other devices', async () => {
    await world.online('sara-2')
    const { id } = await world.dial('ali-1', 'sara')
    for (const device of ['sara-1', 'sara-2']) await world.does(device, 'ringing', id)
    world.offline('sara-1', 'signedOut')
    await world.does('sara-2', 'accept', id)
    expect(world.pushed('ali-1', id).at(-1)).toMatchObject({ status: 'accepted' })
  })
})
