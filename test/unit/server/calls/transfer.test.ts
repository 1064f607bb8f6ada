// A talk is handed on: the other side is connected to somebody else, or comes back.
import { beforeEach, describe, expect, it } from 'vitest'
import { createWorld, sessionOf, settled, userOf, type FakeWorld } from './fakes.ts'
import { seen } from './seen.ts'
import { talkIn } from './talk.ts'

let world: FakeWorld
beforeEach(async () => {
  world = createWorld()
  for (const device of ['ali-1', 'sara-1', 'omid-1']) await world.online(device)
})

const second = 1_000
const { does, last, endOf, newCall, planOf, flows } = seen(() => world)

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
    // Who asked for it is told why; the other side was in the call that failed.
    const failed = { to: { username: 'omid' }, reason: reasons[how], at: world.clock.now() }
    expect(last('ali-1', old)).toMatchObject({ transferFailed: failed })
    expect(last('sara-1', old)).toMatchObject({ transferFailed: null })
    world.wishes.clear()
    const again = await does('ali-1', old, { kind: 'transfer', to: 'omid', mode: 'attended' })
    expect(again).toMatchObject({ value: { call: { transfer: { username: 'omid' }, transferFailed: null } } })
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
    expect(last('ali-1', old), 'who took it back needs no reason').toMatchObject({ transferFailed: null })
  })

  it('attended, the call is killed: what came of it is, too', async () => {
    const { old, made } = await transfer('attended')
    await world.does('omid-1', 'ringing', made)
    await world.calls.kill(old, 'app')
    await settled()
    for (const device of ['ali-1', 'sara-1']) expect(endOf(device, old)).toMatchObject({ reason: 'killed' })
    for (const device of ['sara-1', 'omid-1']) expect(endOf(device, made)).toMatchObject({ reason: 'killed' })
    expect(newCall('sara-1', old, made)).toBe('none')
  })

  it('attended, the talk time is used up meanwhile: nobody rings any more', async () => {
    const { id: old } = await world.dial('ali-1', 'sara', { maxDurationMs: 30 * second })
    await world.does('sara-1', 'ringing', old)
    await world.does('sara-1', 'accept', old)
    for (const device of ['ali-1', 'sara-1']) await world.connect(device, old)
    await does('ali-1', old, { kind: 'transfer', to: 'omid', mode: 'attended' })
    const made = newCall('sara-1', old)
    await world.does('omid-1', 'ringing', made)
    await world.clock.advance(30 * second)
    expect(endOf('ali-1', old)).toMatchObject({ reason: 'call_duration_exceeded' })
    for (const device of ['sara-1', 'omid-1'])
      expect(endOf(device, made)).toMatchObject({ reason: 'hangup', by: 'server' })
  })

  it('attended, who connects is lost: it goes on, and comes back to them where nobody answers', async () => {
    const { old, made } = await transfer('attended')
    await world.does('omid-1', 'ringing', made)
    world.offline('ali-1')
    await world.clock.advance(30 * second)
    expect(endOf('sara-1', old)).toMatchObject({ reason: 'messaging_connection_broken' })
    expect(last('sara-1', made)).toMatchObject({ status: 'ringing' })
    await world.does('omid-1', 'decline', made)
    const recall = newCall('sara-1', old, made)
    await world.online('ali-1')
    await world.does('ali-1', 'ringing', recall)
    expect(last('ali-1', recall)).toMatchObject({ direction: 'inbound', status: 'ringing' })
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
    const why = { to: { username: 'omid' }, reason: endOf('sara-1', made)?.reason }
    expect(last('ali-1', recall), 'who is called back is told why').toMatchObject({ transferFailed: why })
    expect(last('sara-1', recall)).toMatchObject({ transferFailed: null })
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
    for (const to of ['omid', 'nobody']) {
      const handOn = { kind: 'transfer', deviceId: 'sara-9', to, mode: 'blind' } as const
      expect(await world.calls.dispatch(old, session, handOn), to).toMatchObject({ error: { code: 'access_denied' } })
    }
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
