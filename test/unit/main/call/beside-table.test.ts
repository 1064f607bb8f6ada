// What each delegate hears beside the event table: crossings, lost connections and answers, restarts, refusals, closing.
import { describe, expect, it } from 'vitest'
import { short } from './fake-world.ts'
import { answer, dial, media, only, ring, start, talk } from './two-phones.ts'

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

  it('who is muted while it rings stays so in the talk, and in a call that crosses it', async () => {
    const all = start()
    all.caller.phone.dial('102')
    // The server has not named the call yet.
    all.caller.phone.mute(only(all.caller).session, true)
    await all.world.flow()
    await ring(all)
    expect(all.world.server.calls[0]?.muted).toEqual({ caller: true, receptor: false })
    await answer(all)
    expect(all.caller.phone.orders()).toMatchObject([{ want: 'talk', muted: true }])
    expect(only(all.receptor).peerMuted).toBe(true)

    const crossed = start()
    crossed.caller.phone.dial('102')
    crossed.receptor.phone.dial('101')
    crossed.receptor.phone.mute(only(crossed.receptor).session, true)
    await crossed.world.flow()
    expect(crossed.receptor.phone.orders()).toMatchObject([{ want: 'talk', microphone: true, muted: true }])
    expect(crossed.world.server.calls.find(({ end }) => end === null)?.muted.receptor).toBe(true)
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
