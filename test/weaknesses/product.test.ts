// What call systems get wrong as products, each as a test by name that shows it right here.
import { describe, expect, it } from 'vitest'
import { finishReasons, callRoles, endAuthors } from '../../common/call/end.ts'
import { outcome } from '../../common/call/outcome.ts'
import { callStatuses } from '../../common/call/status.ts'
import { errorCodes } from '../../common/errors.ts'
import { catalogue, locales } from '../../common/i18n/index.ts'
import { silentLogger } from '../../common/log.ts'
import { alertingCalls } from '../../main/shell/alerting.ts'
import { createRest } from '../../main/session/rest.ts'
import { readConfig } from '../../server/config.ts'
import { defaultLimits } from '../../server/calls/limits.ts'
import { createFormat } from '../../common/i18n/format.ts'
import { sessionOf } from '../property/server-run.ts'
import { createVirtualClock } from '../property/virtual-clock.ts'
import { begin } from './support.ts'

describe('the product', () => {
  it('weakness 23: who calls somebody who talks is told busy at once, or rings softly where that is wished', async () => {
    const t = await begin(['ali-1', 'sara-1', 'omid-1'])
    await t.talk('ali-1', 'sara-1')
    await t.dial('omid-1', 'sara')
    expect(t.call('sara-1')).toMatchObject({ waiting: true, status: 'ringing' })
    expect(t.app('sara-1').phone.tone()).toBe('ringingSoftly')
    await t.hangUp('omid-1')
    t.world.wish('u-sara', { callWaiting: false })
    await t.dial('omid-1', 'sara')
    expect(t.heard('omid-1').slice(-3)).toEqual(['finished', 'E(busy)', 'flushed/L'])
    t.done()
  })

  it.each([
    ['disturbs nobody who is busy', { doNotDisturb: 'busy' }, 'E(busy)'],
    ['alerts nobody who wants silence', { doNotDisturb: 'silent' }, 'E(missed)'],
    ['meets somebody who has blocked them as if they were offline', { blocks: 'u-ali' }, 'E(unreachable)']
  ] as const)('weakness 23: a caller %s', async (_what, wish, end) => {
    const t = await begin(['ali-1', 'sara-1'])
    t.world.wish('u-sara', wish)
    await t.dial('ali-1', 'sara', 5_000)
    expect(t.app('sara-1').phone.tone()).toBe('none')
    await t.pass(70_000)
    expect(t.heard('ali-1').at(-2)).toBe(end)
    t.done()
  })

  it('weakness 24: an abandoned call leaves no alert, and an alert names the caller', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.dial('ali-1', 'sara')
    expect(alertingCalls(t.app('sara-1').phone.calls())).toMatchObject([
      { peer: { username: 'ali', names: { en: 'ali' } } }
    ])
    await t.hangUp('ali-1', 100)
    expect(alertingCalls(t.app('sara-1').phone.calls())).toEqual([])
    expect(t.app('sara-1').phone.tone()).toBe('none')
    t.done()
  })

  it('weakness 25: the alert waits for no answer of the network', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.dial('ali-1', 'sara', 60)
    // The offer is there; from now on nothing leaves this phone.
    t.world.stall('sara-1')
    await t.pass(2_000)
    expect(t.heard('sara-1')).toEqual(['ringing/L'])
    expect(t.app('sara-1').phone.tone()).toBe('ringing')
    expect(t.call('ali-1').status).toBe('trying')
    t.done()
  })

  it('weakness 26: the other devices are told that a call was answered or declined elsewhere', async () => {
    const t = await begin(['ali-1', 'sara-1', 'sara-2'])
    await t.dial('ali-1', 'sara')
    await t.answer('sara-1', 300)
    expect(t.heard('sara-2')).toEqual(['ringing/L', 'finished', 'E(call_received, answered_elsewhere)', 'flushed/L'])
    await t.hangUp('ali-1', 5_000)
    await t.dial('ali-1', 'sara')
    t.app('sara-1').endedHere.add(t.call('sara-1').session)
    t.app('sara-1').phone.decline(t.call('sara-1').session)
    await t.pass(300)
    expect(t.heard('sara-2').at(-2)).toBe('E(rejected, declined_elsewhere)')
    t.done()
  })

  it('weakness 27: the tone of each side follows the state of its call', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    const tones = () => [t.app('ali-1').phone.tone(), t.app('sara-1').phone.tone()]
    await t.dial('ali-1', 'sara', 50)
    expect(tones()).toEqual(['trying', 'none'])
    await t.pass(800)
    expect(tones()).toEqual(['ringback', 'ringing'])
    await t.answer('sara-1')
    expect(tones()).toEqual(['none', 'none'])
    t.world.setMediaPath('ali-1', false)
    await t.pass(12_000)
    expect(tones()).toEqual(['reconnecting', 'reconnecting'])
    t.world.setMediaPath('ali-1', true)
    await t.pass(8_000)
    expect(tones()).toEqual(['none', 'none'])
    await t.hangUp('ali-1', 200)
    expect(tones()).toEqual(['none', 'ended'])
    await t.pass(5_000)
    expect(tones()).toEqual(['none', 'none'])
    t.done()
  })

  it.each(locales)('weakness 28: no state, end or failure is shown as a machine word (%s)', (locale) => {
    const { call, errors, ui } = catalogue(locale)
    const words: readonly string[] = [...finishReasons, ...callStatuses, ...errorCodes]
    const sentences: string[] = [
      ...callStatuses.map((status) => call.status[status]),
      ...errorCodes.map((code) => errors[code])
    ]
    for (const reason of finishReasons) {
      for (const by of endAuthors) {
        for (const side of callRoles) {
          for (const answered of [true, false]) sentences.push(call.outcome[outcome({ reason, by, side, answered })])
        }
      }
    }
    for (const sentence of sentences) {
      expect(sentence).not.toBe('')
      expect(words).not.toContain(sentence)
      expect(sentence).not.toMatch(/_/)
    }
    // Each list that is empty says of itself what is missing.
    expect(ui.recents.empty).not.toBe(ui.home.empty)
  })

  it('weakness 28: a time of day says which half of the day it is, or counts to 24', () => {
    const at = new Date(2026, 0, 1, 17, 5).getTime()
    const morning = new Date(2026, 0, 1, 5, 5).getTime()
    for (const tag of ['en-GB', 'en-US', 'fa-IR']) {
      const { time } = createFormat(tag)
      expect(time(at)).not.toBe(time(morning))
    }
  })

  it('weakness 30: tokens stand in no address, and what a user may not see is not answered', async () => {
    const asked: string[] = []
    const rest = createRest({
      clock: createVirtualClock(0),
      log: silentLogger,
      fetch: async (url, { headers }) => {
        asked.push(url)
        expect(headers['authorization']).toBe('Bearer secret-token')
        throw new Error('no network')
      }
    })
    await Promise.all([
      rest.directory('https://s', 'secret-token'),
      rest.history('https://s', 'secret-token', { cursor: 'next' }),
      rest.favourites('https://s', 'secret-token')
    ])
    expect(asked).toHaveLength(3)
    expect(asked.join()).not.toContain('secret-token')

    const t = await begin(['ali-1', 'sara-1', 'omid-1'])
    await t.dial('ali-1', 'sara')
    const { callId } = t.call('ali-1')
    const calls = t.world.server()?.calls
    // Neither a third user, nor somebody who only knows the name of a device of the call.
    const others = [
      calls?.dispatch(callId ?? '', sessionOf('omid-1'), { kind: 'hangup', deviceId: 'omid-1' }),
      calls?.dispatch(callId ?? '', sessionOf('omid-1'), { kind: 'hangup', deviceId: 'ali-1' }),
      calls?.dispatch(callId ?? '', sessionOf('sara-1'), { kind: 'hangup', deviceId: 'ali-1' })
    ]
    for (const answer of others) expect(await answer).toMatchObject({ ok: false, error: { code: 'access_denied' } })
    expect(t.call('ali-1').status).toBe('ringing')
    t.done()
  })

  it('weakness 31: how long it rings is one published number, the same for all, and can be set', async () => {
    expect(defaultLimits.rules.ringingMs).toBe(60_000)
    const given = readConfig({ TAMAS_CALL_RINGING_MS: '20000' }, [])
    expect(given.ok && given.value.calls.rules.ringingMs).toBe(20_000)
    const t = await begin(['ali-1', 'sara-1'])
    await t.dial('ali-1', 'sara', 59_000)
    expect(t.call('ali-1').status).toBe('ringing')
    await t.pass(2_500)
    expect(t.heard('ali-1').at(-2)).toBe('E(missed)')
    expect(t.heard('sara-1').at(-2)).toBe('E(missed)')
    t.done()
  })

  it('weakness 32: each call is kept by the server for both its users, with times as numbers of the server’s clock', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.talk('ali-1', 'sara-1')
    const { callId } = t.call('ali-1')
    await t.pass(2_000)
    await t.hangUp('ali-1')
    const record = t.record(callId)
    expect(record).toMatchObject({ callerId: 'u-ali', receptorId: 'u-sara', end: { reason: 'hangup', by: 'caller' } })
    const times = [record?.createdAt, record?.startedAt, record?.end?.at]
    expect(times.every((time) => typeof time === 'number' && Math.abs(time - t.world.serverNow()) < 10_000)).toBe(true)
    expect([...times].sort()).toEqual(times)
    t.done()
  })
})
