// How a call meets its receptor: call waiting, do not disturb, block list; and calls that a back end makes.
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
const last = (deviceId: string, callId: string) => world.pushed(deviceId, callId).at(-1)
const endOf = (deviceId: string, callId: string) => last(deviceId, callId)?.end
const command = async (deviceId: string, callId: string, kind: CallCommand['kind']) => {
  const answer = await world.calls.dispatch(callId, sessionOf(deviceId), { kind, deviceId } as CallCommand)
  await settled()
  return answer
}

describe('call waiting', () => {
  it('rings at all devices of a receptor who talks, and says so to them alone', async () => {
    await world.online('sara-2')
    const talk = await talkIn(world)
    const { id } = await world.dial('omid-1', 'sara')
    for (const device of ['sara-1', 'sara-2']) expect(last(device, id)).toMatchObject({ leg: 'offered', waiting: true })
    expect(last('omid-1', id)).toMatchObject({ waiting: false })
    await world.does('sara-1', 'ringing', id)
    await world.does('sara-1', 'accept', id)
    expect(last('omid-1', id)).toMatchObject({ status: 'accepted' })
    expect(last('ali-1', talk)).toMatchObject({ status: 'conversation' })
  })

  it('is nothing to who only talks to Echo, as a check of calls does: it rings as if nobody talked', async () => {
    world.wishes.set('u-sara', { callWaiting: false })
    const { id: check } = await world.dial('sara-1', 'echo')
    await world.clock.advance(2 * second)
    expect(last('sara-1', check)).toMatchObject({ status: 'accepted' })
    const { id } = await world.dial('omid-1', 'sara')
    expect(last('sara-1', id)).toMatchObject({ leg: 'offered', waiting: false })
    expect(endOf('omid-1', id)).toBeFalsy()
  })

  it('one at a time: the next one is busy', async () => {
    await talkIn(world)
    const { id } = await world.dial('omid-1', 'sara')
    await world.does('sara-1', 'ringing', id)
    await world.online('ali-2')
    const { id: third } = await world.dial('ali-2', 'sara')
    expect(endOf('ali-2', third)).toMatchObject({ reason: 'busy' })
  })
})

describe('do not disturb', () => {
  it('busy: nobody is offered it', async () => {
    world.wishes.set('u-sara', { doNotDisturb: 'busy' })
    const { id } = await world.dial('ali-1', 'sara')
    expect(endOf('ali-1', id)).toMatchObject({ reason: 'busy', by: 'server' })
    expect(world.pushed('sara-1', id)).toEqual([])
  })

  it('silent: offered as such, rings for the caller, and ends missed', async () => {
    world.wishes.set('u-sara', { doNotDisturb: 'silent' })
    const { id } = await world.dial('ali-1', 'sara')
    expect(last('sara-1', id)).toMatchObject({ leg: 'offered', silent: true })
    await world.does('sara-1', 'ringing', id)
    expect(last('ali-1', id)).toMatchObject({ status: 'ringing', silent: false })
    await world.clock.advance(60 * second)
    expect(endOf('ali-1', id)).toMatchObject({ reason: 'missed' })
  })
})

describe('a blocked caller', () => {
  /** What the caller of a call to sara is told and answered, apart from ids and times. */
  const seen = async (prepare: (w: FakeWorld) => void) => {
    world = createWorld()
    await world.online('ali-1')
    await world.online('sara-1')
    prepare(world)
    const first = await world.dial('ali-1', 'sara')
    await world.clock.advance(60 * second)
    const after = await command('ali-1', first.id, 'hangup')
    const [resumed] = await world.online('ali-1', [{ callId: first.id, seq: 1 }])
    const told = [first, ...world.pushed('ali-1', first.id), after.ok ? after.value.call : after, resumed]
    return JSON.stringify(told).replaceAll(/"\d+-\d+"|n1\.\d+-\d+|\d{13}/g, '_')
  }

  it('is told exactly what it is told of somebody who is not there', async () => {
    const offline = await seen((w) => w.offline('sara-1'))
    const blocked = await seen((w) => w.wishes.set('u-sara', { blocks: ['u-ali'] }))
    expect(blocked).toBe(offline)
    expect(blocked).toContain('unreachable')
    const record = world.journal.records.at(-1)
    expect(record?.end).toMatchObject({ reason: 'unreachable', detail: 'blocked' })
    expect(world.presence.pushes.filter(({ deviceId }) => deviceId === 'sara-1')).toEqual([])
  })

  it('reaches no device that comes online, and keeps nobody else away', async () => {
    world.wishes.set('u-sara', { blocks: ['u-ali'] })
    const { id } = await world.dial('ali-1', 'sara')
    expect(await world.online('sara-2')).toEqual([])
    expect(await command('sara-1', id, 'ringing')).toMatchObject({ ok: false })
    const { id: other } = await world.dial('omid-1', 'sara')
    expect(last('sara-1', other)).toMatchObject({ leg: 'offered', waiting: false })
  })

  it('that hangs up is recorded as blocked too', async () => {
    world.wishes.set('u-sara', { blocks: ['u-ali'] })
    const { id } = await world.dial('ali-1', 'sara')
    await command('ali-1', id, 'hangup')
    expect(endOf('ali-1', id)).toEqual({ reason: 'hangup', by: 'caller', at: world.clock.now() })
    expect(world.journal.records.at(-1)?.end).toMatchObject({ reason: 'hangup', detail: 'blocked' })
  })
})

describe('a call that a back end makes', () => {
  const place = async (requestId = 'o1', caller = userOf('ali'), receptor = userOf('sara')) => {
    const made = await world.calls.createFor({ applicationId: 'app', requestId, caller, receptor })
    await settled()
    return made.ok ? made.value.callId : made.error.code
  }

  it("is offered to the caller's devices, now and when they come, and to nobody else", async () => {
    const id = await place()
    expect(last('ali-1', id)).toMatchObject({ status: 'new', joinable: true, leg: 'offered', direction: 'outbound' })
    expect(await world.online('ali-2')).toMatchObject([{ id, joinable: true }])
    expect(world.pushed('sara-1', id)).toEqual([])
  })

  it('stays new where the receptor comes first', async () => {
    const id = await place()
    for (const kind of ['ringing', 'accept', 'decline', 'hangup'] as const) {
      expect(await command('sara-1', id, kind)).toMatchObject({ ok: false, error: { code: 'not_allowed_now' } })
    }
    expect(await command('sara-1', id, 'join')).toMatchObject({ ok: false, error: { code: 'access_denied' } })
    expect(last('ali-1', id)).toMatchObject({ status: 'new' })
  })

  it('goes its way once a device of the caller joins; the others of the caller are out', async () => {
    await world.online('ali-2')
    const id = await place()
    expect(await command('ali-2', id, 'join')).toMatchObject({
      ok: true,
      value: { call: { status: 'trying', leg: 'chosen', joinable: false } }
    })
    expect(endOf('ali-1', id)).toMatchObject({ reason: 'call_received', by: 'caller', detail: 'answered_elsewhere' })
    expect(await command('ali-1', id, 'join')).toMatchObject({ ok: false, error: { code: 'call_session_finished' } })
    expect(last('sara-1', id)).toMatchObject({ leg: 'offered' })
    await world.does('sara-1', 'ringing', id)
    await world.does('sara-1', 'accept', id)
    await world.connect('ali-2', id)
    await world.connect('sara-1', id)
    expect(last('ali-2', id)).toMatchObject({ status: 'conversation' })
  })

  it.each([
    ['busy', 'busy'],
    ['blocked', 'unreachable']
  ] as const)('meets a receptor that is %s as any call does', async (how, reason) => {
    const id = await place()
    if (how === 'busy') world.wishes.set('u-sara', { doNotDisturb: 'busy' })
    else world.wishes.set('u-sara', { blocks: ['u-ali'] })
    await command('ali-1', id, 'join')
    await world.clock.advance(60 * second)
    expect(endOf('ali-1', id)).toMatchObject({ reason })
    expect(world.pushed('sara-1', id)).toEqual([])
  })

  it('that nobody joins ends as no_one_connected', async () => {
    const id = await place()
    await world.clock.advance(60 * second)
    expect(endOf('ali-1', id)).toMatchObject({ reason: 'no_one_connected', by: 'server' })
    expect(await command('ali-1', id, 'join')).toMatchObject({ ok: false, error: { code: 'call_session_finished' } })
  })

  it('is killed by its back end', async () => {
    const id = await place()
    await command('ali-1', id, 'join')
    await world.does('sara-1', 'ringing', id)
    expect(await world.calls.kill(id, 'other')).toMatchObject({ ok: false, error: { code: 'invalid_call' } })
    expect(await world.calls.kill(id, 'app')).toMatchObject({ ok: true })
    for (const device of ['ali-1', 'sara-1'])
      expect(endOf(device, id)).toMatchObject({ reason: 'killed', by: 'server' })
  })

  it('is one call for one key, also after a restart and for two that come at once', async () => {
    const ids = await Promise.all([place(), place()])
    expect(ids[0]).toBe(ids[1])
    world = await world.restart()
    expect(await place()).toBe(ids[0])
    expect(await place('o2')).not.toBe(ids[0])
  })

  it('of one user with themselves, or from Echo, is none', async () => {
    expect(await place('o1', userOf('ali'), userOf('ali'))).toBe('cannot_call_self')
    expect(await place('o2', userOf('echo'))).toBe('not_allowed_now')
  })

  it('is all that a device may see that came for it alone', async () => {
    const { id: other } = await world.dial('omid-1', 'ali')
    const id = await place()
    const session = { ...sessionOf('ali-9'), scope: { callId: id } }
    expect(await world.calls.deviceOnline(session, [])).toMatchObject([{ id, joinable: true }])
    world.presence.devices.set('u-ali', ['ali-1', 'ali-9'])
    const ask = (callId: string, kind: CallCommand['kind']) =>
      world.calls.dispatch(callId, session, { kind, deviceId: 'ali-9' } as CallCommand)
    expect(await ask(other, 'ringing')).toMatchObject({ ok: false, error: { code: 'access_denied' } })
    expect(await world.calls.create(session, { requestId: 'r', to: 'sara' })).toMatchObject({
      ok: false,
      error: { code: 'access_denied' }
    })
    await world.does('omid-1', 'hangup', other)
    const { id: next } = await world.dial('omid-1', 'ali')
    expect(world.pushed('ali-9', next)).toEqual([])
    expect(await ask(id, 'join')).toMatchObject({ ok: true })
  })
})
