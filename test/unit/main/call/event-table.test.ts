// What each delegate hears: every row of the event table, between real phones and a fake server.
import { describe, expect, it } from 'vitest'
import type { CallRole } from '../../../../common/call/end.ts'
import { createFakeWorld, short, type FakePhone } from './fake-world.ts'

const start = () => {
  const world = createFakeWorld()
  const caller = world.add('a', '101')
  const receptor = world.add('b', '102')
  caller.connect()
  receptor.connect()
  return { world, caller, receptor }
}
type World = ReturnType<typeof start>

const only = ({ phone }: FakePhone) => {
  const [call] = phone.calls()
  if (call === undefined) throw new Error('there is no call')
  return call
}

const dial = async ({ world, caller }: World) => {
  const dialled = caller.phone.dial('102')
  if (!dialled.ok) throw new Error(dialled.error.code)
  await world.flow()
}
const ring = async ({ world, receptor }: World) => {
  receptor.phone.alertShown(only(receptor).session)
  await world.flow()
}
const answer = async ({ world, receptor }: World) => {
  receptor.phone.answer(only(receptor).session)
  await world.flow()
}
const media = async ({ world }: World, side: CallRole, state: 'connected' | 'disconnected') => {
  const call = world.server.calls[0]
  if (call !== undefined) world.server.media(call, side, state)
  await world.flow()
}
const talk = async (all: World) => {
  await dial(all)
  await ring(all)
  await answer(all)
  await media(all, 'caller', 'connected')
  await media(all, 'receptor', 'connected')
}

describe('the event table', () => {
  it("seed's example 1: the receptor is offline", async () => {
    const all = start()
    all.receptor.disconnect()
    await dial(all)
    await all.world.advance(60_000)
    await all.world.flow()
    expect(short(all.caller.heard)).toEqual(['trying', 'finished', 'E(unreachable)', 'flushed/L'])
    expect(short(all.receptor.heard)).toEqual([])
    expect(only(all.caller).end?.outcome).toBe('unreachable')
  })

  it("seed's example 2: no answer", async () => {
    const all = start()
    await dial(all)
    await ring(all)
    await all.world.advance(60_000)
    await all.world.flow()
    expect(short(all.caller.heard)).toEqual(['trying', 'ringing', 'finished', 'E(missed)', 'flushed/L'])
    expect(short(all.receptor.heard)).toEqual(['ringing/L', 'finished', 'E(missed)', 'flushed/L'])
    expect(only(all.receptor).end?.outcome).toBe('missed')
  })

  it('talk, and the caller ends it', async () => {
    const all = start()
    await talk(all)
    all.caller.phone.hangUp(only(all.caller).session)
    await all.world.flow()
    expect(short(all.caller.heard)).toEqual([
      'trying',
      'ringing',
      'accepted',
      'conversation',
      'finished/L',
      'E(hangup)',
      'flushed/L'
    ])
    expect(short(all.receptor.heard)).toEqual([
      'ringing/L',
      'accepted/L',
      'conversation',
      'finished',
      'E(hangup)',
      'flushed/L'
    ])
  })

  it('reject', async () => {
    const all = start()
    await dial(all)
    await ring(all)
    all.receptor.phone.decline(only(all.receptor).session)
    expect(short(all.receptor.heard), 'final at once').toEqual(['ringing/L', 'finished/L', 'E(rejected)'])
    await all.world.flow()
    expect(short(all.caller.heard)).toEqual(['trying', 'ringing', 'finished', 'E(rejected)', 'flushed/L'])
    expect(short(all.receptor.heard)).toEqual(['ringing/L', 'finished/L', 'E(rejected)', 'flushed/L'])
  })

  it('cancel', async () => {
    const all = start()
    await dial(all)
    await ring(all)
    all.caller.phone.hangUp(only(all.caller).session)
    await all.world.flow()
    expect(short(all.caller.heard)).toEqual(['trying', 'ringing', 'finished/L', 'E(hangup)', 'flushed/L'])
    expect(short(all.receptor.heard)).toEqual(['ringing/L', 'finished', 'E(hangup)', 'flushed/L'])
    expect(only(all.receptor).end?.outcome).toBe('missed')
    expect(only(all.caller).end?.outcome).toBe('you_cancelled')
  })

  it('busy', async () => {
    const all = start()
    all.world.server.setBusy(true)
    await dial(all)
    expect(short(all.caller.heard)).toEqual(['trying', 'finished', 'E(busy)', 'flushed/L'])
    expect(all.caller.phone.tone()).toBe('busy')
    expect(short(all.receptor.heard)).toEqual([])
  })

  it.each([
    ['answers', 'E(call_received)', 'answered_elsewhere'],
    ['declines', 'E(rejected)', 'declined_elsewhere']
  ] as const)('another device %s', async (what, end, outcome) => {
    const all = start()
    const other = all.world.add('b2', '102')
    other.connect()
    await dial(all)
    await ring(all)
    other.phone.alertShown(only(other).session)
    await all.world.flow()
    if (what === 'answers') other.phone.answer(only(other).session)
    else other.phone.decline(only(other).session)
    await all.world.flow()
    expect(short(all.receptor.heard)).toEqual(['ringing/L', 'finished', end, 'flushed/L'])
    expect(only(all.receptor).end?.outcome).toBe(outcome)
    const atOther = what === 'answers' ? ['ringing/L', 'accepted/L'] : ['ringing/L', 'finished/L', end, 'flushed/L']
    expect(short(other.heard)).toEqual(atOther)
  })

  it('tells of both legs, each once, and of a pause', async () => {
    const all = start()
    await talk(all)
    await media(all, 'receptor', 'disconnected')
    expect(all.caller.phone.tone()).toBe('reconnecting')
    await media(all, 'receptor', 'connected')
    const legs = all.caller.heard.flatMap((event) =>
      event.kind === 'onMediaStateChanged' ? [`${event.role} ${event.oldState}→${event.newState}`] : []
    )
    expect(legs).toEqual([
      'caller disconnected→connected',
      'receptor disconnected→connected',
      'receptor connected→disconnected',
      'receptor disconnected→connected'
    ])
    expect(short(all.receptor.heard).slice(-2)).toEqual(['paused', 'conversation'])
  })
})

describe('beside the table', () => {
  it('crossing calls: the second gives way, its phone goes into the first without an alert', async () => {
    const all = start()
    all.caller.phone.dial('102')
    all.receptor.phone.dial('101')
    await all.world.flow()
    const own = all.receptor.heard[0]?.call.session
    expect(short(all.receptor.heard, own)).toEqual(['trying', 'finished', 'E(call_received)', 'flushed/L'])
    const inbound = all.receptor.phone.calls().find(({ direction }) => direction === 'inbound')
    expect(inbound?.status).toBe('accepted')
    expect(short(all.receptor.heard, inbound?.session)).toEqual(['accepted'])
    expect(all.receptor.phone.orders()).toMatchObject([{ session: inbound?.session, want: 'talk', microphone: true }])
    expect(short(all.caller.heard)).toEqual(['trying', 'accepted'])
  })

  it('an own hang-up without a socket is final at once and told on return', async () => {
    const all = start()
    await talk(all)
    all.caller.disconnect()
    all.caller.phone.hangUp(only(all.caller).session)
    expect(short(all.caller.heard).slice(-2)).toEqual(['finished/L', 'E(hangup)'])
    expect(all.caller.phone.orders()).toEqual([])
    await all.world.advance(5_000)
    all.caller.connect()
    await all.world.flow()
    expect(short(all.caller.heard).slice(-3)).toEqual(['finished/L', 'E(hangup)', 'flushed/L'])
    expect(short(all.receptor.heard).slice(-3)).toEqual(['finished', 'E(hangup)', 'flushed/L'])
  })

  it('keeps the end that was heard, whatever the server had already decided', async () => {
    const all = start()
    await talk(all)
    all.caller.disconnect()
    const [call] = all.world.server.calls
    if (call !== undefined) all.world.server.kill(call)
    all.caller.phone.hangUp(only(all.caller).session)
    all.caller.connect()
    await all.world.flow()
    expect(short(all.caller.heard).filter((event) => event.startsWith('E'))).toEqual(['E(hangup)'])
    expect(only(all.caller).end?.reason).toBe('hangup')
  })

  it('an answer before the socket is back is an intent that is told on return', async () => {
    const all = start()
    await dial(all)
    await ring(all)
    all.receptor.disconnect()
    expect(all.receptor.phone.answer(only(all.receptor).session).ok).toBe(true)
    expect(all.receptor.phone.orders()).toMatchObject([{ want: 'prepare', microphone: false }])
    await all.world.advance(3_000)
    all.receptor.connect()
    await all.world.flow()
    expect(short(all.receptor.heard)).toEqual(['ringing/L', 'accepted/L'])
    expect(all.receptor.phone.orders()).toMatchObject([{ want: 'talk', microphone: true }])
  })

  it('after a gap only the net change is heard, and an end is never skipped', async () => {
    const all = start()
    await dial(all)
    await ring(all)
    all.caller.disconnect()
    await answer(all)
    await media(all, 'caller', 'connected')
    await media(all, 'receptor', 'connected')
    all.caller.connect()
    await all.world.flow()
    expect(short(all.caller.heard)).toEqual(['trying', 'ringing', 'conversation'])
    all.caller.disconnect()
    all.receptor.phone.hangUp(only(all.receptor).session)
    await all.world.flow()
    all.caller.connect()
    await all.world.flow()
    expect(short(all.caller.heard).slice(-3)).toEqual(['finished', 'E(hangup)', 'flushed/L'])
  })

  it('a call that the server has forgotten is over', async () => {
    const all = start()
    await talk(all)
    all.world.restart(true)
    all.caller.connect()
    await all.world.flow()
    expect(short(all.caller.heard).slice(-3)).toEqual(['finished', 'E(unknown)', 'flushed/L'])
  })

  it('without a socket the phone ends its calls after 45 s, not sooner', async () => {
    const all = start()
    await talk(all)
    all.caller.disconnect()
    all.world.clock.advance(44_999)
    expect(short(all.caller.heard).at(-1)).toBe('conversation')
    all.world.clock.advance(1)
    expect(short(all.caller.heard).slice(-2)).toEqual(['finished/L', 'E(messaging_connection_broken)'])
    all.world.clock.advance(60_000)
    expect(short(all.caller.heard).at(-1), 'flushed though nobody acknowledged').toBe('flushed/L')
    expect(all.caller.phone.calls()).toEqual([])
    expect(all.world.clock.pending()).toBe(0)
  })

  it('a dialling that the server refuses ends, and says why', async () => {
    const all = start()
    all.caller.phone.dial('404')
    await all.world.flow()
    expect(short(all.caller.heard)).toEqual(['finished', 'E(unknown)', 'flushed/L'])
    expect(only(all.caller)).toMatchObject({ trouble: { code: 'not_found' }, end: { by: 'server' } })
  })

  it('refuses what can not be dialled', () => {
    const { caller } = start()
    expect(caller.phone.dial('101')).toMatchObject({ error: { code: 'cannot_call_self' } })
    caller.disconnect()
    expect(caller.phone.dial('103')).toMatchObject({ error: { code: 'disconnected' } })
  })

  it('an app that is started again shows its call as it stands and opens no microphone until the person returns', async () => {
    const all = start()
    await talk(all)
    const again = all.world.add('b', '102')
    again.connect()
    await all.world.flow()
    expect(again.heard).toEqual([])
    expect(only(again)).toMatchObject({ status: 'conversation', floor: false, can: { answer: true, hangUp: true } })
    expect(again.phone.orders()).toEqual([])
    again.phone.answer(only(again).session)
    expect(again.phone.orders()).toMatchObject([{ want: 'talk', microphone: true }])
  })

  it('a phone that the server signs out lets go of its call and its microphone at once', async () => {
    const all = start()
    await talk(all)
    all.receptor.signedOut()
    expect(all.receptor.phone.orders()).toEqual([])
    expect(short(all.receptor.heard).slice(-3)).toEqual(['finished/L', 'E(hangup)', 'flushed/L'])
    expect(all.receptor.isUrgent()).toBe(false)
  })

  it('a call that was made, answered and ended while its dialling had no answer ends as the server says', async () => {
    const all = start()
    all.caller.phone.dial('102')
    // The request arrives, its answer is lost with the connection.
    all.world.deliver(0)
    all.caller.disconnect()
    await all.world.flow()
    all.receptor.phone.decline(only(all.receptor).session)
    await all.world.flow()
    all.caller.connect()
    await all.world.flow()
    expect(short(all.caller.heard)).toEqual(['trying', 'finished', 'E(rejected)', 'flushed/L'])
  })

  it('an answer that overtakes its own hang-up is hung up again', async () => {
    const all = start()
    await dial(all)
    await ring(all)
    const { session } = only(all.receptor)
    all.receptor.phone.answer(session)
    all.receptor.phone.hangUp(session)
    // The hang-up comes first and is refused; the answer then makes this the chosen device.
    all.world.deliver(1)
    await all.world.flow()
    expect(all.world.server.calls[0]?.end).not.toBeNull()
    expect(short(all.caller.heard).slice(-1)).toEqual(['flushed/L'])
    expect(short(all.receptor.heard)).toEqual(['ringing/L', 'finished/L', 'E(hangup)', 'flushed/L'])
  })

  it('dialled, hung up and dialled again before the server answers: only the second goes on', async () => {
    const all = start()
    const first = all.caller.phone.dial('102')
    if (first.ok) all.caller.phone.hangUp(first.value.session)
    const second = all.caller.phone.dial('102')
    await all.world.flow()
    const live = all.caller.phone.calls().filter(({ end }) => end === null)
    expect(live).toMatchObject([{ session: second.ok ? second.value.session : '', callId: 'c2', status: 'trying' }])
    expect(all.world.server.calls.map(({ end }) => end?.reason ?? null)).toEqual(['hangup', null])
  })

  it('closing ends everything, waits for the server and no longer than it may', async () => {
    const all = start()
    await talk(all)
    let isDone = false
    void all.caller.phone.endAll(2_000).then(() => (isDone = true))
    await all.world.flow()
    expect(isDone).toBe(true)
    expect(short(all.receptor.heard).slice(-2)).toEqual(['E(hangup)', 'flushed/L'])
    void all.receptor.phone.endAll(2_000)
    expect(all.receptor.isUrgent()).toBe(false)
  })
})
