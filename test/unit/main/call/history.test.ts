// Random histories: phones on a network that loses, repeats, reorders and breaks, against the fake server. Whatever
// happens, the delegate's order, the microphone, the tones and every wait stay within their rules.
// RUNS=20000 asks for more histories, SEED=… for the same ones again.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { DelegateEvent } from '../../../../common/delegate.ts'
import { isLive } from '../../../../common/call/status.ts'
import { settled } from './fake-clock.ts'
import { createFakeWorld, short, type FakePhone } from './fake-world.ts'

const runs = Number(process.env['RUNS'] ?? 2_000)
const seed = Number(process.env['SEED'] ?? Math.floor(Math.random() * 2 ** 31))

const kinds = {
  goOn: 10,
  dial: 4,
  answer: 5,
  decline: 2,
  hangUp: 3,
  alertShown: 6,
  mute: 1,
  dismiss: 1,
  deliver: 12,
  flow: 6,
  duplicate: 2,
  lose: 2,
  disconnect: 2,
  connect: 4,
  advance: 4,
  media: 9,
  fact: 2,
  engineGone: 1,
  restart: 1,
  busy: 1
} as const
type Kind = keyof typeof kinds
type Deed = { readonly kind: Kind; readonly who: number; readonly n: number }

const deed: fc.Arbitrary<Deed> = fc.record({
  kind: fc.oneof(...Object.entries(kinds).map(([kind, weight]) => ({ arbitrary: fc.constant(kind as Kind), weight }))),
  who: fc.nat(2),
  n: fc.nat(40)
})

type World = ReturnType<typeof createFakeWorld>
/** Sessions for which a person, or the crossing of two calls, let the microphone be used. */
type Consents = Set<string>

const act = async (world: World, phones: readonly FakePhone[], { kind, who, n }: Deed, consents: Consents) => {
  const actor = phones[who]
  if (actor === undefined) return
  const { phone } = actor
  const calls = phone.calls()
  const session = calls[n % Math.max(1, calls.length)]?.session ?? 'none'
  const other = actor.device.user.username === '101' ? '102' : '101'
  const consent = (made: ReturnType<typeof phone.dial>): void => {
    if (made.ok) consents.add(made.value.session)
  }
  switch (kind) {
    case 'dial':
      consent(phone.dial(n % 9 === 0 ? '404' : other))
      break
    case 'goOn': {
      // What people mostly do, so that histories get far.
      await world.flow()
      if (phones.every((each) => each.phone.calls().length === 0)) consent(phone.dial(other))
      await world.flow()
      for (const each of phones) for (const call of each.phone.calls()) each.phone.alertShown(call.session)
      if (n % 2 === 0) await world.flow()
      if (n % 3 === 0) break
      for (const call of calls)
        if (call.direction === 'inbound' && phone.answer(call.session).ok) consents.add(call.session)
      if (n % 2 === 0) await world.flow()
      const [call] = world.server.calls.slice(-1)
      if (call !== undefined && n % 4 === 0) world.server.media(call, 'caller', 'connected')
      if (call !== undefined && n % 4 === 0) world.server.media(call, 'receptor', 'connected')
      if (call !== undefined && n % 8 === 0) world.server.media(call, 'receptor', 'disconnected')
      break
    }
    case 'answer':
      if (phone.answer(session).ok) consents.add(session)
      break
    case 'decline':
    case 'hangUp':
    case 'dismiss':
      phone[kind](session)
      break
    case 'alertShown':
      phone.alertShown(session)
      break
    case 'mute':
      phone.mute(session, n % 2 === 0)
      break
    case 'deliver':
      world.deliver(n)
      break
    case 'duplicate':
      world.duplicate(n)
      break
    case 'lose':
      world.lose(n)
      break
    case 'flow':
      await world.flow()
      break
    case 'disconnect':
      actor.disconnect()
      break
    case 'connect':
      actor.connect()
      break
    case 'advance':
      await world.advance([100, 1_000, 5_000, 20_000, 61_000][n % 5] ?? 0)
      break
    case 'media': {
      const call = world.server.calls.at(-1 - (n % 2))
      if (call !== undefined)
        world.server.media(call, n % 4 < 2 ? 'caller' : 'receptor', n % 3 === 0 ? 'disconnected' : 'connected')
      break
    }
    case 'fact':
      phone.mediaFact(
        session,
        1 + (n % 3),
        (
          [
            { kind: 'lost' },
            { kind: 'back' },
            { kind: 'rebuild' },
            { kind: 'failed', code: 'microphone_denied' }
          ] as const
        )[n % 4] ?? { kind: 'ready' }
      )
      break
    case 'engineGone':
      phone.engineGone()
      break
    case 'restart':
      world.restart(n % 3 === 0)
      break
    case 'busy':
      world.server.setBusy(n % 2 === 0)
      break
  }
  await settled()
}

const bySession = (heard: readonly DelegateEvent[]): ReadonlyMap<string, readonly DelegateEvent[]> => {
  const sessions = new Map<string, DelegateEvent[]>()
  for (const event of heard) sessions.set(event.call.session, [...(sessions.get(event.call.session) ?? []), event])
  return sessions
}

/** One call's events: finished once, then its reason once, then flushed, then nothing. */
const checkOrder = (events: readonly DelegateEvent[]) => {
  const said = short(events)
  const all = events.map((event) => (event.kind === 'onCallStateChanged' ? event.state : event.kind))
  const finished = all.indexOf('finished')
  expect(all, said.join()).not.toContain('new')
  if (finished < 0) {
    expect(all, said.join()).not.toContain('onCallFinished')
    expect(all, said.join()).not.toContain('flushed')
    return
  }
  expect(['finished,onCallFinished', 'finished,onCallFinished,flushed'], said.join()).toContain(
    all.slice(finished).join()
  )
  for (let index = 1; index < all.length; index += 1)
    expect(all[index] === all[index - 1] && all[index] !== 'onMediaStateChanged', said.join()).toBe(false)
}

/** Whether a call was dialled at this phone: that is the consent to the one it crosses. */
const isCrossed = ({ heard, phone }: FakePhone, consents: Consents): boolean =>
  [...phone.calls(), ...heard.map(({ call }) => call)].some(
    ({ session, direction }) => direction === 'outbound' && consents.has(session)
  )

const checkNow = (world: World, at: FakePhone, consents: Consents) => {
  for (const events of bySession(at.heard).values()) checkOrder(events)
  const { phone } = at
  const calls = phone.calls()
  const orders = phone.orders()

  // Media: one floor, and no microphone without a word of the person; the receptor's not before the press of Answer.
  expect(orders.filter(({ want }) => want === 'talk' || want === 'conference').length).toBeLessThanOrEqual(1)
  expect(orders.filter(({ microphone }) => microphone).length).toBeLessThanOrEqual(1)
  expect(new Set(orders.map(({ session }) => session)).size).toBe(orders.length)
  for (const { session, microphone } of orders) {
    const call = calls.find((other) => other.session === session)
    expect(call === undefined || isLive(call.status)).toBe(true)
    if (!microphone || call === undefined) continue
    expect(call.floor).toBe(true)
    if (call.direction === 'outbound') expect(consents).toContain(session)
    else {
      expect(['ringing', 'accepted', 'conversation', 'paused']).toContain(call.status)
      expect(consents.has(session) || isCrossed(at, consents)).toBe(true)
    }
  }

  // Tones.
  const states = calls.map(({ direction, status }) => `${direction} ${status}`)
  const tone = phone.tone()
  if (tone === 'ringing' || tone === 'ringingSoftly') {
    expect(states).toContain('inbound ringing')
    expect(calls.some(({ status, can }) => status === 'ringing' && can.decline)).toBe(true)
  }
  if (tone === 'ringback') expect(states).toContain('outbound ringing')
  if (tone === 'trying') expect(states).toContain('outbound trying')
  if (tone === 'reconnecting') expect(states.some((state) => state.endsWith('paused'))).toBe(true)
  if (tone === 'busy' || tone === 'ended') expect(calls.some(({ status }) => !isLive(status))).toBe(true)

  // Whatever is not a talk that goes well is waited for.
  const isQuiet = at.isJoined() && calls.every(({ status }) => status === 'conversation')
  if (!isQuiet && calls.length > 0) expect(world.clock.pending()).toBeGreaterThan(0)
}

describe('random histories', () => {
  it(`keep the rules (${runs} of them, SEED=${seed})`, { timeout: 600_000 }, async () => {
    const seen = new Map<string, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 60 }), async (deeds) => {
        const world = createFakeWorld()
        const phones = [world.add('a', '101'), world.add('b', '102'), world.add('b2', '102')]
        const consents: Consents = new Set()
        for (const phone of phones) phone.connect()
        for (const each of deeds) {
          await act(world, phones, each, consents)
          for (const phone of phones) checkNow(world, phone, consents)
        }
        // Left alone without a connection, everything ends: no wait is without a bound.
        for (const phone of phones) phone.disconnect()
        for (let minute = 0; minute < 12; minute += 1) await world.advance(60_000)
        for (const phone of phones) {
          expect(phone.phone.calls()).toEqual([])
          expect(phone.phone.orders()).toEqual([])
          expect(phone.phone.tone()).toBe('none')
          for (const events of bySession(phone.heard).values()) {
            checkOrder(events)
            expect(short(events).at(-1)).toBe('flushed/L')
            for (const event of short(events)) seen.set(event, (seen.get(event) ?? 0) + 1)
          }
        }
        expect(world.clock.pending()).toBe(0)
      }),
      { numRuns: runs, seed }
    )
    // A property that never meets a state says nothing of it.
    if (runs >= 2_000) {
      const expected = [
        'trying',
        'ringing',
        'ringing/L',
        'accepted',
        'accepted/L',
        'conversation',
        'paused',
        'finished',
        'finished/L'
      ]
      const reasons = [
        'hangup',
        'rejected',
        'missed',
        'busy',
        'unknown',
        'call_received',
        'messaging_connection_broken'
      ]
      for (const each of [...expected, ...reasons.map((reason) => `E(${reason})`)])
        expect(seen.get(each) ?? 0, each).toBeGreaterThan(4)
    }
  })

  it(
    `come to rest with the server once the network is well (${Math.ceil(runs / 4)} of them, SEED=${seed})`,
    { timeout: 600_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(deed, { minLength: 5, maxLength: 40 }), async (deeds) => {
          const world = createFakeWorld()
          const phones = [world.add('a', '101'), world.add('b', '102'), world.add('b2', '102')]
          const consents: Consents = new Set()
          for (const phone of phones) phone.connect()
          for (const each of deeds) await act(world, phones, each, consents)
          for (const phone of phones) {
            phone.disconnect()
            phone.connect()
          }
          await world.flow()
          // What was refused for a moment is told again after one.
          await world.advance(1_500)
          await world.flow()
          for (const call of world.server.calls) {
            for (const { device, phase, end } of call.legs) {
              const at = phones.find((phone) => phone.device.deviceId === device.deviceId)
              const view = at?.phone.calls().find(({ callId }) => callId === call.id)
              const isOver = end !== null || call.end !== null
              if (isOver) expect(view === undefined || !isLive(view.status), `${call.id} is over`).toBe(true)
              else if (phase === 'chosen' && view !== undefined) expect(view.status).toBe(call.status)
            }
          }
        }),
        { numRuns: Math.ceil(runs / 4), seed }
      )
    }
  )
})
