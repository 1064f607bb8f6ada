// What each delegate hears: every row of the event table, between real phones and a fake server.
import { describe, expect, it } from 'vitest'
import { short } from './fake-world.ts'
import { dial, media, only, ring, start, talk } from './two-phones.ts'

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
