// What call systems get wrong in signalling and state, each as a test by name that shows it right here. What they get wrong
// in their connection stands in link.test.ts.
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../common/log.ts'
import { ok } from '../../common/result.ts'
import { backOffMs } from '../../main/session/back-off.ts'
import { createRequester } from '../../main/session/requester.ts'
import { sessionOf } from '../property/server-run.ts'
import { createVirtualClock } from '../property/virtual-clock.ts'
import { begin } from './support.ts'

describe('signalling and state', () => {
  it('weakness 1: one call has one end, however often and however differently the end is told', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.talk('ali-1', 'sara-1')
    // Both hang up at the same moment, and all that was said about it is said again.
    const callId = t.call('ali-1').callId
    await Promise.all([t.hangUp('ali-1', 0), t.hangUp('sara-1', 0)])
    await t.pass(100)
    t.world.network.repeat('ali-1', 0)
    t.world.network.repeat('sara-1', 0)
    t.world.network.pushAgain('sara-1', 0)
    await t.pass(5_000)
    for (const device of ['ali-1', 'sara-1']) {
      expect(t.heard(device).slice(-3)).toEqual(['finished/L', 'E(hangup)', 'flushed/L'])
      expect(t.heard(device).filter((event) => event.startsWith('E('))).toHaveLength(1)
    }
    expect(t.record(callId)?.end?.reason).toBe('hangup')
    // An end that is told by the server and then told again.
    await t.talk('ali-1', 'sara-1')
    await t.hangUp('ali-1', 300)
    t.world.network.pushAgain('sara-1', 0)
    t.world.network.pushAgain('sara-1', 0)
    await t.pass(5_000)
    expect(t.heard('sara-1').filter((event) => event === 'E(hangup)')).toHaveLength(2)
    t.done()
  })

  it('weakness 2: a decline and a lost connection first finish the call and then say why, and nothing lists it as live', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.dial('ali-1', 'sara')
    const { session } = t.call('sara-1')
    t.app('sara-1').endedHere.add(session)
    t.app('sara-1').phone.decline(session)
    expect(t.heard('sara-1').slice(-2)).toEqual(['finished/L', 'E(rejected)'])
    expect(t.call('sara-1')).toMatchObject({ status: 'finished', can: { hangUp: false, decline: false } })
    await t.pass(1_000)
    expect(t.heard('ali-1').slice(-3)).toEqual(['finished', 'E(rejected)', 'flushed/L'])
    await t.pass(5_000)
    await t.talk('ali-1', 'sara-1')
    t.world.killServer()
    await t.pass(60_000)
    expect(
      t
        .heard('ali-1')
        .filter((event) => event !== 'flushed/L')
        .slice(-2)
    ).toEqual(['finished/L', 'E(messaging_connection_broken)'])
    expect(t.app('ali-1').phone.orders()).toEqual([])
    t.done()
  })

  it('weakness 3: an answer after the end and a second answer change nothing', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.dial('ali-1', 'sara')
    const { session, callId } = t.call('sara-1')
    await t.answer('sara-1')
    expect(t.app('sara-1').phone.answer(session)).toMatchObject({ ok: false, error: { code: 'not_allowed_now' } })
    t.world.network.repeat('sara-1', 0)
    await t.hangUp('ali-1')
    expect(t.app('sara-1').phone.answer(session)).toMatchObject({ ok: false, error: { code: 'not_allowed_now' } })
    expect(t.call('sara-1').status).not.toBe('accepted')
    const late = await t.world
      .server()
      ?.calls.dispatch(callId ?? '', sessionOf('sara-1'), { kind: 'accept', deviceId: 'sara-1' })
    expect(late).toMatchObject({ ok: false, error: { code: 'call_session_finished' } })
    expect(t.heard('sara-1').filter((event) => event === 'accepted/L')).toHaveLength(1)
    t.done()
  })

  it('weakness 4: a second device that comes while it rings rings as well', async () => {
    const t = await begin(['ali-1', 'sara-1', 'sara-2'])
    t.world.killApp('sara-2')
    await t.dial('ali-1', 'sara')
    expect(t.call('ali-1').status).toBe('ringing')
    t.world.startApp('sara-2')
    await t.pass(2_000)
    expect(t.heard('sara-2')).toEqual(['ringing/L'])
    await t.answer('sara-2')
    expect(t.call('ali-1').status).toBe('conversation')
    t.done()
  })

  it('weakness 5: a return to the server waits for no request that has no answer yet', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.dial('ali-1', 'sara')
    // The answer is on its way when the connection breaks.
    t.world.network.setDelay('sara-1', 1_000)
    t.app('sara-1').consents.add(t.call('sara-1').session)
    t.app('sara-1').phone.answer(t.call('sara-1').session)
    t.world.network.break('sara-1')
    await t.pass(200)
    expect(t.app('sara-1').isJoined()).toBe(false)
    t.world.network.setDelay('sara-1', 20)
    await t.pass(600)
    // Back first, and then the answer is told again under the same id.
    expect(t.app('sara-1').isJoined()).toBe(true)
    await t.pass(1_000)
    expect(t.call('sara-1').status).toBe('conversation')
    expect(t.heard('sara-1').filter((event) => event === 'accepted/L')).toHaveLength(1)
    t.done()
  })

  it('weakness 6: who returns to a call that is over is told its end as it is kept', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.talk('ali-1', 'sara-1')
    t.world.stall('sara-1')
    await t.pass(12_000)
    await t.hangUp('ali-1')
    t.world.heal('sara-1', true)
    await t.pass(3_000)
    expect(t.heard('sara-1').slice(-3)).toEqual(['finished', 'E(hangup)', 'flushed/L'])
    expect(t.app('sara-1').phone.orders()).toEqual([])
    t.done()
  })

  it('weakness 8: what changed while a phone was away is there when it returns', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.dial('ali-1', 'sara')
    t.world.network.break('ali-1')
    t.world.network.setDelay('ali-1', 3_000)
    await t.pass(300)
    t.world.network.setDelay('ali-1', 20)
    await t.answer('sara-1', 5_000)
    expect(t.call('ali-1').status).toBe('conversation')
    expect(t.call('ali-1').media).toEqual({ mine: 'connected', theirs: 'connected' })
    t.done()
  })

  it('weakness 9: a change of both legs is told of both', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.talk('ali-1', 'sara-1')
    t.world.workerDies()
    await t.pass(200)
    for (const device of ['ali-1', 'sara-1']) {
      const legs = t.app(device).heard.flatMap((event) => (event.kind === 'onMediaStateChanged' ? [event] : []))
      const lost = legs.filter(({ newState }) => newState === 'disconnected').map(({ role }) => role)
      expect([...lost].sort()).toEqual(['caller', 'receptor'])
    }
    expect(t.call('ali-1')).toMatchObject({
      status: 'paused',
      media: { mine: 'disconnected', theirs: 'disconnected' }
    })
    t.done()
  })

  it('weakness 11: a talk whose sound is well outlives 25 s without signalling, and a network that returns is used at once', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    await t.talk('ali-1', 'sara-1')
    t.world.network.break('ali-1')
    t.world.network.setDelay('ali-1', 26_000)
    await t.pass(25_000)
    expect(t.app('ali-1').isJoined()).toBe(false)
    expect(t.call('sara-1').status).toBe('conversation')
    t.world.network.setDelay('ali-1', 20)
    t.app('ali-1').nudge()
    await t.pass(500)
    expect(t.app('ali-1').isJoined()).toBe(true)
    expect(t.call('ali-1').status).toBe('conversation')
    t.done()
    // Not all phones at the same moment, and later tries later.
    const pauses = [0, 0.5, 0.99].map((random) => backOffMs({ failures: 4, random, urgent: false }))
    expect(new Set(pauses).size).toBe(3)
    expect(backOffMs({ failures: 9, random: 0.99, urgent: false })).toBeGreaterThan(10_000)
    expect(backOffMs({ failures: 9, random: 0.99, urgent: true })).toBeLessThanOrEqual(1_000)
  })

  it('weakness 12: nothing is polled, and no request waits for the one before', async () => {
    const clock = createVirtualClock(1_000_000)
    const requester = createRequester({ clock, newId: () => 'r', log: silentLogger })
    const sent: string[] = []
    const acks: (() => void)[] = []
    requester.joined((_name, { requestId }, ack) => {
      sent.push(requestId)
      acks.push(() => ack({ ok: true, value: {} }))
    })
    const report = { callId: 'c', epoch: 1, state: 'connected' } as const
    const asked = ['a', 'b', 'c'].map((requestId) => requester.request('media.report', report, { requestId }))
    expect(sent).toEqual(['a', 'b', 'c'])
    // The last is answered first, and does not wait.
    acks[2]?.()
    expect(await asked[2]).toEqual(ok({}))

    const t = await begin(['ali-1', 'sara-1'])
    await t.talk('ali-1', 'sara-1')
    const before = t.app('ali-1').timersSet()
    await t.pass(60_000)
    // In a minute of talk only the silence of the connection is watched, each ten seconds.
    expect(t.app('ali-1').timersSet() - before).toBeLessThanOrEqual(20)
    t.done()
  })

  it('weakness 13: every platform says who made a change, after it is made, from `trying` on, and keeps the times', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    const seen: string[] = []
    const { phone } = t.app('ali-1')
    phone.onDelegate((event) => {
      if (event.kind !== 'onCallStateChanged') return
      const shown = phone.calls().find(({ session }) => session === event.call.session)
      if (event.state !== 'flushed') seen.push(`${event.state} ${shown?.status ?? 'gone'}`)
    })
    await t.talk('ali-1', 'sara-1')
    const callId = t.call('ali-1').callId
    await t.pass(4_000)
    await t.hangUp('ali-1')
    expect(seen).toEqual([
      'trying trying',
      'ringing ringing',
      'accepted accepted',
      'conversation conversation',
      'finished finished'
    ])
    expect(t.heard('ali-1').slice(0, 4)).toEqual(['trying', 'ringing', 'accepted', 'conversation'])
    expect(t.heard('sara-1').slice(0, 3)).toEqual(['ringing/L', 'accepted/L', 'conversation'])
    const record = t.record(callId)
    expect(record?.startedAt).toBeGreaterThan(record?.createdAt ?? Infinity)
    expect(record?.end?.at).toBeGreaterThan(record?.startedAt ?? Infinity)
    expect(record?.talkMs).toBeGreaterThan(4_000)
    t.done()
  })

  it('weakness 13: dialling under one request id twice gives the one call', async () => {
    const t = await begin(['ali-1', 'sara-1'])
    const calls = t.world.server()?.calls
    const asked = { requestId: 'once', to: 'sara' }
    const session = sessionOf('ali-1')
    const answers = Promise.all([calls?.create(session, asked), calls?.create(session, asked)])
    await t.pass(100)
    const [first, second] = await answers
    expect(first).toMatchObject({ ok: true })
    expect(second).toEqual(first)
    expect(t.world.disk.all()).toHaveLength(1)
    t.done()
  })
})
