// Several calls and several devices: transfer, conference, moving a talk, and what one call's end means for another.
import { beforeEach, describe, expect, it } from 'vitest'
import type { CallCommand } from '../../../../server/ports.ts'
import { createWorld, sessionOf, settled, userOf, type FakeWorld } from './fakes.ts'
import { talkIn } from './talk.ts'

let world: FakeWorld
beforeEach(async () => {
  world = createWorld()
  for (const device of ['ali-1', 'sara-1', 'omid-1']) await world.online(device)
})

const second = 1_000

const does = async (deviceId: string, callId: string, command: Without<CallCommand, 'deviceId'>) => {
  const answer = await world.calls.dispatch(callId, sessionOf(deviceId), { ...command, deviceId })
  await settled()
  return answer
}
type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

const last = (deviceId: string, callId: string) => world.pushed(deviceId, callId).at(-1)
const endOf = (deviceId: string, callId: string) => last(deviceId, callId)?.end
/** The newest call of which this device was told and that is none of `known`. */
const newCall = (deviceId: string, ...known: string[]): string => {
  const ids = world.presence.pushes.flatMap(({ deviceId: to, push }) =>
    to === deviceId && push.name === 'call.changed' && !known.includes(push.data.call.id) ? [push.data.call.id] : []
  )
  return ids.at(-1) ?? 'none'
}
const planOf = (callId: string) => world.media.plans.get(callId)
const flows = (callId: string): readonly boolean[] =>
  planOf(callId)?.legs.flatMap(({ speaks, hears }) => [speaks, hears]) ?? []

describe('transfer', () => {
  /** ali talks to sara and connects her to omid. */
  const transfer = async (mode: 'attended' | 'blind') => {
    const old = await talkIn(world)
    const answer = await does('ali-1', old, { kind: 'transfer', to: 'omid', mode })
    return { old, answer, made: newCall('sara-1', old) }
  }

  it('attended: the new call is made for the other side, and the old one waits in silence', async () => {
    const { old, made, answer } = await transfer('attended')
    expect(answer).toMatchObject({
      ok: true,
      value: { call: { status: 'conversation', transfer: { username: 'omid' } } }
    })
    expect(last('sara-1', old)).toMatchObject({ status: 'conversation', transfer: { username: 'omid' } })
    expect(last('sara-1', made)).toMatchObject({
      direction: 'outbound',
      leg: 'chosen',
      transferOf: old,
      caller: { username: 'sara' },
      receptor: { username: 'omid' }
    })
    expect(last('omid-1', made)).toMatchObject({ direction: 'inbound', caller: { username: 'sara' } })
    expect(last('omid-1', made)?.transferOf).toBeUndefined()
    expect(flows(old)).toEqual([false, false, false, false])
    expect(planOf(made)?.roomId).toBe(planOf(old)?.roomId)
  })

  it('attended, answered: who connected is out, and the two talk', async () => {
    const { old, made } = await transfer('attended')
    await world.does('omid-1', 'ringing', made)
    await world.does('omid-1', 'accept', made)
    for (const device of ['ali-1', 'sara-1']) {
      expect(endOf(device, old)).toMatchObject({ reason: 'hangup', by: 'caller', detail: 'transferred' })
    }
    await world.connect('sara-1', made)
    await world.connect('omid-1', made)
    expect(last('sara-1', made)).toMatchObject({ status: 'conversation' })
  })

  it.each(['decline', 'nobody', 'offline', 'busy'] as const)('attended, failed by %s: they talk again', async (how) => {
    if (how === 'offline') world.offline('omid-1')
    if (how === 'busy') world.wishes.set('u-omid', { doNotDisturb: 'busy' })
    const { old, made } = await transfer('attended')
    if (how === 'decline') await world.does('omid-1', 'decline', made)
    if (how === 'nobody') {
      await world.does('omid-1', 'ringing', made)
      await world.clock.advance(60 * second)
    }
    if (how === 'offline') await world.clock.advance(60 * second)
    const reasons = { decline: 'rejected', nobody: 'missed', offline: 'unreachable', busy: 'busy' }
    expect(endOf('sara-1', made)).toMatchObject({ reason: reasons[how] })
    for (const device of ['ali-1', 'sara-1']) {
      expect(last(device, old)).toMatchObject({ status: 'conversation', transfer: null })
    }
    expect(flows(old)).toEqual([true, true, true, true])
  })

  it('attended, on hold before: on hold again where it fails', async () => {
    const old = await talkIn(world)
    await does('ali-1', old, { kind: 'hold', held: true })
    await does('ali-1', old, { kind: 'transfer', to: 'omid', mode: 'attended' })
    await world.does('omid-1', 'decline', newCall('sara-1', old))
    expect(last('sara-1', old)).toMatchObject({ transfer: null, held: { caller: true, receptor: false } })
    expect(flows(old)).toEqual([false, false, false, false])
  })

  it('attended, taken back: nobody rings any more, they talk again', async () => {
    const { old, made } = await transfer('attended')
    await world.does('omid-1', 'ringing', made)
    expect(await does('sara-1', old, { kind: 'transferCancel' })).toMatchObject({ ok: false })
    expect(await does('ali-1', old, { kind: 'transferCancel' })).toMatchObject({ ok: true })
    expect(endOf('omid-1', made)).toMatchObject({ reason: 'hangup', by: 'server' })
    expect(last('sara-1', old)).toMatchObject({ status: 'conversation', transfer: null })
  })

  it('attended, the other side hangs up: nobody rings any more', async () => {
    const { old, made } = await transfer('attended')
    await world.does('omid-1', 'ringing', made)
    await world.does('sara-1', 'hangup', old)
    expect(endOf('ali-1', old)).toMatchObject({ reason: 'hangup', by: 'receptor' })
    expect(endOf('omid-1', made)).toMatchObject({ reason: 'hangup', by: 'server' })
  })

  it('attended, who connects hangs up: it goes on, and comes back to them where nobody answers', async () => {
    const { old, made } = await transfer('attended')
    await world.does('omid-1', 'ringing', made)
    await world.does('ali-1', 'hangup', old)
    expect(endOf('sara-1', old)).toMatchObject({ reason: 'hangup', by: 'caller', detail: 'transferred' })
    expect(last('sara-1', made)).toMatchObject({ status: 'ringing' })
    await world.does('omid-1', 'decline', made)
    expect(last('ali-1', newCall('ali-1', old))).toMatchObject({ direction: 'inbound', caller: { username: 'sara' } })
  })

  it('blind: the old call ends at once, after the new one is known', async () => {
    const { old, made } = await transfer('blind')
    const told = world.presence.pushes.flatMap(({ deviceId, push }) =>
      deviceId === 'sara-1' && push.name === 'call.changed' ? [`${push.data.call.id} ${push.data.call.status}`] : []
    )
    expect(told.slice(-2)).toEqual([`${made} trying`, `${old} finished`])
    expect(endOf('sara-1', old)).toMatchObject({ reason: 'hangup', by: 'caller', detail: 'transferred' })
    await world.does('omid-1', 'ringing', made)
    await world.does('omid-1', 'accept', made)
    expect(last('sara-1', made)).toMatchObject({ status: 'accepted' })
  })

  it('blind, nobody answers: it rings at who transferred; not answered there either, it is over', async () => {
    world.wishes.set('u-ali', { doNotDisturb: 'busy', blocks: ['u-sara'] })
    const { old, made } = await transfer('blind')
    await world.does('omid-1', 'decline', made)
    const recall = newCall('sara-1', old, made)
    expect(last('sara-1', recall)).toMatchObject({ direction: 'outbound', leg: 'chosen', transferOf: made })
    expect(last('ali-1', recall)).toMatchObject({ direction: 'inbound', caller: { username: 'sara' } })
    await world.does('ali-1', 'ringing', recall)
    await world.clock.advance(60 * second)
    expect(endOf('sara-1', recall)).toMatchObject({ reason: 'missed' })
    expect(newCall('sara-1', old, made, recall)).toBe('none')
  })

  it('blind, the one who was handed on gives up: no recall', async () => {
    const { old, made } = await transfer('blind')
    await world.does('omid-1', 'ringing', made)
    await world.does('sara-1', 'hangup', made)
    expect(newCall('ali-1', old)).toBe('none')
  })

  it.each([
    ['somebody unknown', 'nobody', 'not_found'],
    ['oneself', 'ali', 'cannot_call_self'],
    ['the other side itself', 'sara', 'cannot_call_self']
  ])('to %s is refused, and nothing has happened', async (_name, to, code) => {
    const old = await talkIn(world)
    const before = last('sara-1', old)
    expect(await does('ali-1', old, { kind: 'transfer', to, mode: 'blind' })).toMatchObject({
      ok: false,
      error: { code }
    })
    expect(last('sara-1', old)).toEqual(before)
  })

  it('to a blocked one looks like somebody who is not there', async () => {
    world.wishes.set('u-omid', { blocks: ['u-sara'] })
    const { old, made } = await transfer('attended')
    expect(world.pushed('omid-1', made)).toEqual([])
    await world.clock.advance(60 * second)
    expect(endOf('sara-1', made)).toEqual({ reason: 'unreachable', by: 'server', at: world.clock.now() })
    expect(last('sara-1', old)).toMatchObject({ transfer: null })
  })

  it('carries the talk time that is left', async () => {
    const [ali, sara] = [userOf('ali'), userOf('sara')]
    const order = { applicationId: 'app', requestId: 'o1', caller: ali, receptor: sara, maxDurationMs: 60_000 }
    const made = await world.calls.createFor(order)
    const old = made.ok ? made.value.callId : ''
    await does('ali-1', old, { kind: 'join' })
    await world.does('sara-1', 'ringing', old)
    await world.does('sara-1', 'accept', old)
    await world.connect('ali-1', old)
    await world.connect('sara-1', old)
    await world.clock.advance(10 * second)
    await does('ali-1', old, { kind: 'transfer', to: 'omid', mode: 'blind' })
    expect(last('sara-1', newCall('sara-1', old))).toMatchObject({ maxDurationMs: 50_000 })
  })

  it('to Echo ends as any talk with Echo does', async () => {
    const old = await talkIn(world)
    await does('ali-1', old, { kind: 'transfer', to: 'echo', mode: 'blind' })
    expect(last('sara-1', newCall('sara-1', old))).toMatchObject({ maxDurationMs: 300_000, status: 'ringing' })
  })

  it('takes a device along that signed in for one call alone, and lets it see nothing else', async () => {
    const order = { applicationId: 'app', requestId: 'o1', caller: userOf('sara'), receptor: userOf('ali') }
    const made = await world.calls.createFor(order)
    const old = made.ok ? made.value.callId : ''
    const session = { ...sessionOf('sara-9'), scope: { callId: old } }
    await world.calls.deviceOnline(session, [])
    world.presence.devices.set('u-sara', ['sara-1', 'sara-9'])
    const ask = (callId: string, kind: 'join' | 'hangup' | 'look') =>
      world.calls.dispatch(callId, session, { kind, deviceId: 'sara-9' })
    await ask(old, 'join')
    await world.does('ali-1', 'ringing', old)
    await world.does('ali-1', 'accept', old)
    await does('ali-1', old, { kind: 'transfer', to: 'omid', mode: 'blind' })
    const next = newCall('sara-9', old)
    expect(await ask(next, 'look')).toMatchObject({ ok: true, value: { call: { leg: 'chosen', status: 'trying' } } })
    await world.does('omid-1', 'decline', next)
    const recall = newCall('sara-9', old, next)
    expect(await ask(recall, 'hangup')).toMatchObject({ ok: true })
    const { id: other } = await world.dial('omid-1', 'sara')
    expect(world.pushed('sara-9', other)).toEqual([])
    expect(await ask(other, 'look')).toMatchObject({ ok: false, error: { code: 'access_denied' } })
  })

  it.each(['attended', 'blind'] as const)('%s goes on over a restart', async (mode) => {
    const { old, made } = await transfer(mode)
    await world.does('omid-1', 'ringing', made)
    world = await world.restart(second)
    for (const device of ['ali-1', 'sara-1', 'omid-1']) {
      await world.online(device, [
        { callId: old, seq: 1 },
        { callId: made, seq: 1 }
      ])
    }
    await world.does('omid-1', 'accept', made)
    expect(last('sara-1', made)).toMatchObject({ status: 'accepted' })
    if (mode === 'attended') expect(endOf('ali-1', old)).toMatchObject({ detail: 'transferred' })
  })
})

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
    expect(await does('ali-1', id, { kind: 'move' })).toMatchObject({ ok: false, error: { code: 'not_allowed_now' } })
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
