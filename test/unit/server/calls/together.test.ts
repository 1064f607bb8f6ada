// Several calls and several devices: conference, moving a talk, hold, what is said to the other side.
import { beforeEach, describe, expect, it } from 'vitest'
import { createWorld, sessionOf, type FakeWorld } from './fakes.ts'
import { seen } from './seen.ts'
import { talkIn } from './talk.ts'

let world: FakeWorld
beforeEach(async () => {
  world = createWorld()
  for (const device of ['ali-1', 'sara-1', 'omid-1']) await world.online(device)
})

const second = 1_000
const { does, last, endOf, planOf, flows } = seen(() => world)

describe('conference', () => {
  /** ali talks to sara and to omid and brings them together. */
  const merge = async () => {
    const one = await talkIn(world)
    await does('ali-1', one, { kind: 'hold', held: true })
    const { id: two } = await world.dial('ali-1', 'omid')
    await world.does('omid-1', 'ringing', two)
    await world.does('omid-1', 'accept', two)
    await world.connect('ali-1', two)
    await world.connect('omid-1', two)
    return { one, two, answer: await does('ali-1', one, { kind: 'merge', withCallId: two }) }
  }

  it('tells everybody who is in it, and ends every hold', async () => {
    const { one, two, answer } = await merge()
    expect(answer).toMatchObject({ ok: true, value: { call: { conference: [{ username: 'omid' }] } } })
    expect(last('sara-1', one)).toMatchObject({ conference: [{ username: 'omid' }], held: { caller: false } })
    expect(last('omid-1', two)).toMatchObject({ conference: [{ username: 'sara' }] })
    expect(flows(one)).toEqual([true, true, true, true])
  })

  it('is undone by whoever mixes, not by the others', async () => {
    const { one, two } = await merge()
    expect(await does('sara-1', one, { kind: 'split' })).toMatchObject({ ok: false })
    expect(await does('ali-1', two, { kind: 'split' })).toMatchObject({ ok: true })
    expect(last('sara-1', one)).toMatchObject({ conference: [], status: 'conversation' })
    expect(last('omid-1', two)).toMatchObject({ conference: [], status: 'conversation' })
  })

  it("is over for the other call with one call's end", async () => {
    const { one, two } = await merge()
    await world.does('sara-1', 'hangup', one)
    expect(last('omid-1', two)).toMatchObject({ conference: [], status: 'conversation' })
  })

  it('takes both calls or neither', async () => {
    const one = await talkIn(world)
    const { id: two } = await world.dial('ali-1', 'omid')
    expect(await does('ali-1', one, { kind: 'merge', withCallId: two })).toMatchObject({ ok: false })
    expect(await does('ali-1', one, { kind: 'merge', withCallId: 'n1.none' })).toMatchObject({
      ok: false,
      error: { code: 'invalid_call' }
    })
    expect(await does('ali-1', one, { kind: 'merge', withCallId: one })).toMatchObject({ ok: false })
    expect(await does('sara-1', one, { kind: 'merge', withCallId: two })).toMatchObject({
      ok: false,
      error: { code: 'access_denied' }
    })
    expect(last('sara-1', one)).toMatchObject({ conference: [] })
  })

  it('neither is transferred, nor moved by whoever mixes', async () => {
    const { one } = await merge()
    await world.online('ali-2')
    expect(await does('ali-1', one, { kind: 'transfer', to: 'omid', mode: 'blind' })).toMatchObject({ ok: false })
    expect(await does('ali-1', one, { kind: 'move' })).toMatchObject({ ok: false })
  })

  it('is still one after a restart, and over where the other call is gone', async () => {
    const { one, two } = await merge()
    await does('sara-1', one, { kind: 'look' })
    world = await world.restart(second)
    const [still] = await world.online('sara-1', [{ callId: one, seq: 1 }])
    expect(still).toMatchObject({ id: one, conference: [{ username: 'omid' }] })
    const end = { reason: 'hangup', by: 'caller', at: world.clock.now() } as const
    const record = world.journal.records.findLast(({ callId }) => callId === two)
    if (record === undefined) throw new Error('no record')
    world.journal.records.push({ ...record, seq: record.seq + 1, status: 'finished', state: null, end })
    world = await world.restart(second)
    const [alone] = await world.online('sara-1', [{ callId: one, seq: 1 }])
    expect(alone).toMatchObject({ id: one, conference: [] })
  })
})

describe('moving a talk', () => {
  const offered = async () => {
    await world.online('ali-2')
    await world.online('ali-3')
    const id = await talkIn(world)
    const answer = await does('ali-1', id, { kind: 'move' })
    return { id, answer }
  }

  it('is offered to all other devices of the same user, and to nobody else', async () => {
    const { id, answer } = await offered()
    expect(answer).toMatchObject({ ok: true, value: { call: { leg: 'chosen', moving: false } } })
    for (const device of ['ali-2', 'ali-3']) {
      expect(last(device, id)).toMatchObject({ leg: 'offered', moving: true, direction: 'outbound' })
    }
    expect(flows(id)).toEqual([true, true, true, true])
  })

  it('goes on where it is accepted first; the device of before is out', async () => {
    const { id } = await offered()
    await world.does('ali-2', 'ringing', id)
    expect(await world.does('ali-2', 'accept', id)).toMatchObject({ ok: true, value: { call: { leg: 'chosen' } } })
    for (const device of ['ali-1', 'ali-3']) {
      expect(endOf(device, id)).toMatchObject({ reason: 'call_received', by: 'caller', detail: 'answered_elsewhere' })
    }
    expect(await world.does('ali-3', 'accept', id)).toMatchObject({ ok: false })
    expect(await world.does('ali-1', 'hangup', id)).toMatchObject({ ok: true })
    await world.connect('ali-2', id)
    expect(last('sara-1', id)).toMatchObject({ status: 'conversation' })
    expect(planOf(id)?.legs.map(({ deviceId }) => deviceId)).toEqual(['sara-1', 'ali-2'])
    await world.does('ali-2', 'hangup', id)
    expect(endOf('sara-1', id)).toMatchObject({ reason: 'hangup', by: 'caller' })
  })

  it('the new device has nothing muted and nobody on hold', async () => {
    const { id } = await offered()
    await does('ali-1', id, { kind: 'hold', held: true })
    await does('ali-1', id, { kind: 'mute', muted: true })
    await world.does('ali-2', 'accept', id)
    expect(last('sara-1', id)).toMatchObject({ held: { caller: false }, muted: { caller: false } })
  })

  it('can move back to the device it came from', async () => {
    const { id } = await offered()
    await world.does('ali-2', 'accept', id)
    await world.connect('ali-2', id)
    await does('ali-2', id, { kind: 'move' })
    expect(last('ali-1', id)).toMatchObject({ leg: 'offered', moving: true, status: 'conversation' })
    await world.does('ali-1', 'accept', id)
    expect(endOf('ali-2', id)).toMatchObject({ detail: 'answered_elsewhere' })
    await world.connect('ali-1', id)
    expect(last('sara-1', id)).toMatchObject({ status: 'conversation' })
  })

  it.each(['taken back', 'not accepted'] as const)('%s: the offers are over, the talk goes on', async (how) => {
    const { id } = await offered()
    if (how === 'taken back') await does('ali-1', id, { kind: 'move' })
    else await world.clock.advance(60 * second)
    expect(last('ali-2', id)).toMatchObject({ status: 'finished', end: { detail: 'answered_elsewhere' } })
    expect(await world.does('ali-2', 'accept', id)).toMatchObject({ ok: false })
    expect(last('sara-1', id)).toMatchObject({ status: 'conversation' })
  })

  it('declined by one: the others are still offered it', async () => {
    const { id } = await offered()
    await world.does('ali-2', 'decline', id)
    expect(last('ali-2', id)?.status).toBe('finished')
    await world.does('ali-3', 'accept', id)
    expect(endOf('ali-1', id)).toMatchObject({ detail: 'answered_elsewhere' })
  })

  it('ends with the call', async () => {
    const { id } = await offered()
    await world.does('sara-1', 'hangup', id)
    expect(endOf('ali-2', id)).toMatchObject({ reason: 'hangup', by: 'receptor' })
  })

  it('needs another device', async () => {
    const id = await talkIn(world)
    expect(await does('ali-1', id, { kind: 'move' })).toMatchObject({ ok: false, error: { code: 'no_other_device' } })
  })
})

describe('what is said to the other side', () => {
  it('goes to its chosen device, keys are recorded, messages are not', async () => {
    await world.online('sara-2')
    const id = await talkIn(world)
    await does('ali-1', id, { kind: 'dtmf', digits: '12#' })
    const records = world.journal.records.length
    await does('sara-1', id, { kind: 'message', data: 'sealed' })
    expect(world.journal.records.length).toBe(records)
    const told = world.presence.pushes.flatMap(({ deviceId, push }) =>
      push.name === 'call.signalled' ? [[deviceId, push.data]] : []
    )
    expect(told).toEqual([
      ['sara-1', { callId: id, from: 'caller', signal: { kind: 'dtmf', digits: '12#' } }],
      ['ali-1', { callId: id, from: 'receptor', signal: { kind: 'message', data: 'sealed' } }]
    ])
    expect(world.journal.records.at(-1)?.event).toMatchObject({
      kind: 'dtmf',
      data: { digits: '12#', deviceId: 'ali-1' }
    })
  })

  it('is refused before the answer, and Echo has no device to tell', async () => {
    const { id } = await world.dial('ali-1', 'sara')
    expect(await does('ali-1', id, { kind: 'dtmf', digits: '1' })).toMatchObject({ ok: false })
    const echo = await world.dial('omid-1', 'echo')
    await world.clock.advance(second)
    expect(await does('omid-1', echo.id, { kind: 'dtmf', digits: '1' })).toMatchObject({ ok: true })
    expect(world.presence.pushes.filter(({ push }) => push.name === 'call.signalled')).toEqual([])
  })
})

describe('hold', () => {
  it('by either side silences both, and ends when both let go', async () => {
    const id = await talkIn(world)
    await does('ali-1', id, { kind: 'hold', held: true })
    await does('sara-1', id, { kind: 'hold', held: true })
    expect(last('sara-1', id)).toMatchObject({ status: 'conversation', held: { caller: true, receptor: true } })
    await does('ali-1', id, { kind: 'hold', held: false })
    expect(flows(id)).toEqual([false, false, false, false])
    await does('sara-1', id, { kind: 'hold', held: false })
    expect(flows(id)).toEqual([true, true, true, true])
  })

  it('is talk, and a leg that is made anew meanwhile is not lost', async () => {
    const id = await talkIn(world)
    await does('ali-1', id, { kind: 'hold', held: true })
    await world.calls.dispatch(id, sessionOf('sara-1'), { kind: 'mediaOpen', deviceId: 'sara-1', epoch: 2 })
    world.media.tell(id, { deviceId: 'sara-1', epoch: 2, media: 'up' })
    expect(last('ali-1', id)).toMatchObject({ status: 'conversation' })
    await world.clock.advance(120 * second)
    expect(last('ali-1', id)).toMatchObject({ status: 'conversation' })
    await does('ali-1', id, { kind: 'hold', held: false })
    world.media.tell(id, { deviceId: 'sara-1', epoch: 2, media: 'flowing' })
    expect(last('ali-1', id)).toMatchObject({ status: 'conversation' })
    await world.does('ali-1', 'hangup', id)
    expect(endOf('sara-1', id)).toMatchObject({ reason: 'hangup' })
    expect(last('sara-1', id)?.talk.ms).toBe(120 * second)
  })
})
