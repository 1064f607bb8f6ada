// What must be true of every phone at every moment of a random history. For history.test.ts.
import { expect } from 'vitest'
import type { DelegateEvent } from '../../../../common/delegate.ts'
import { isAnswered, isLive } from '../../../../common/call/status.ts'
import { short, type FakePhone } from './fake-world.ts'
import type { Consents, World } from './history-deeds.ts'

export const bySession = (heard: readonly DelegateEvent[]): ReadonlyMap<string, readonly DelegateEvent[]> => {
  const sessions = new Map<string, DelegateEvent[]>()
  for (const event of heard) sessions.set(event.call.session, [...(sessions.get(event.call.session) ?? []), event])
  return sessions
}

/** One call's events: finished once, then its reason once, then flushed, then nothing. */
export const checkOrder = (events: readonly DelegateEvent[]) => {
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

/** Whether the person agreed to this call, or to the one from which they were connected to it. */
const isAgreed = (world: World, at: FakePhone, consents: Consents, callId: string | null): boolean => {
  const { heard, phone } = at
  const known = [...phone.calls(), ...heard.map(({ call }) => call)].filter((call) => call.callId === callId)
  if (known.some(({ session }) => consents.has(session))) return true
  if (known.some(({ direction }) => direction === 'inbound') && isCrossed(at, consents)) return true
  const from = world.transferOf(callId)
  return from !== null && isAgreed(world, at, consents, from)
}

/** Media: one floor, or one conference of two; no microphone without a word of the person, nor on hold. */
const checkMedia = (world: World, at: FakePhone, consents: Consents) => {
  const calls = at.phone.calls()
  const orders = at.phone.orders()
  const talks = orders.filter(({ want }) => want === 'talk')
  const mixed = orders.filter(({ want }) => want === 'conference')
  const open = orders.filter(({ microphone }) => microphone)
  expect([0, 1]).toContain(talks.length)
  expect([0, 2]).toContain(mixed.length)
  expect(talks.length === 0 || mixed.length === 0).toBe(true)
  if (open.length > 1) expect(open).toEqual(mixed)
  expect(new Set(orders.map(({ session }) => session)).size).toBe(orders.length)
  const floors = calls.filter(({ floor }) => floor)
  if (floors.length > 1) {
    expect(floors).toHaveLength(2)
    for (const { conference } of floors) expect(conference).toHaveLength(1)
  }
  for (const { floor, held } of calls) expect(floor && held.mine).toBe(false)
  for (const { session, microphone } of orders) {
    const call = calls.find((other) => other.session === session)
    expect(call === undefined || isLive(call.status)).toBe(true)
    if (!microphone || call === undefined) continue
    expect(call.floor).toBe(true)
    expect(call.transfer).toBeNull()
    if (call.direction === 'inbound') {
      expect(['ringing', 'accepted', 'conversation', 'paused']).toContain(call.status)
    }
    expect(consents.has(session) || isAgreed(world, at, consents, call.callId)).toBe(true)
  }
}

const checkTone = ({ phone }: FakePhone) => {
  const calls = phone.calls()
  const withFloor = calls.filter(({ floor }) => floor)
  const ofFloor = withFloor.map(({ direction, status }) => `${direction} ${status}`)
  const tone = phone.tone()
  if (tone === 'ringing' || tone === 'ringingSoftly') {
    expect(calls.some(({ status, can, silent }) => status === 'ringing' && can.decline && !silent)).toBe(true)
  }
  if (tone === 'ringing') expect(ofFloor).toEqual([])
  if (tone === 'ringback') expect(ofFloor).toContain('outbound ringing')
  if (tone === 'trying') expect(ofFloor).toContain('outbound trying')
  if (tone === 'reconnecting') {
    expect(
      withFloor.some(
        ({ status, media }) => status === 'paused' || (status === 'conversation' && media.mine !== 'connected')
      )
    ).toBe(true)
  }
  if (tone === 'busy' || tone === 'ended') expect(calls.some(({ status }) => !isLive(status))).toBe(true)
}

export const checkNow = (world: World, at: FakePhone, consents: Consents) => {
  for (const events of bySession(at.heard).values()) checkOrder(events)
  checkMedia(world, at, consents)
  checkTone(at)
  const calls = at.phone.calls()
  // Whatever is not a talk that goes well is waited for.
  const isQuiet = at.isJoined() && calls.every(({ status }) => status === 'conversation')
  if (!isQuiet && calls.length > 0) expect(world.clock.pending()).toBeGreaterThan(0)
}

/** What a phone is in the middle of, by name: a property that never meets a state says nothing of it. */
export const statesOf = (world: World, { phone }: FakePhone): readonly string[] => [
  ...phone.orders().map(({ want }) => `wants ${want}`),
  `tone ${phone.tone()}`,
  ...phone
    .calls()
    .flatMap((call) => [
      ...(call.held.mine ? ['held here'] : []),
      ...(call.held.theirs ? ['held there'] : []),
      ...(call.waiting && call.can.decline ? ['waiting'] : []),
      ...(call.silent && call.status === 'ringing' ? ['silent'] : []),
      ...(call.moving ? ['moving'] : []),
      ...(call.conference.length > 0 ? [call.can.split ? 'hosts' : 'in a conference'] : []),
      ...(call.transfer === null ? [] : [call.can.cancelTransfer ? 'transfers' : 'is transferred']),
      ...(call.floor && world.transferOf(call.callId) !== null ? ['connected'] : []),
      ...(call.end?.detail === undefined ? [] : [`end ${call.end.detail}`])
    ])
]

/** Once everything has arrived: how a phone and the server see one call. */
export const checkRest = (world: World, phones: readonly FakePhone[]) => {
  for (const call of world.server.calls) {
    for (const { device, side, phase, end } of call.legs) {
      const at = phones.find((phone) => phone.device.deviceId === device.deviceId)
      const view = at?.phone.calls().find(({ callId }) => callId === call.id)
      const isOver = end !== null || call.end !== null
      if (isOver) expect(view === undefined || !isLive(view.status), `${call.id} is over`).toBe(true)
      else if (phase === 'chosen' && view !== undefined) {
        expect(view.status).toBe(call.status)
        expect(view.transfer === null).toBe(call.transfer === null)
        expect(view.conference.length > 0).toBe(call.conference !== null)
        // What was restored from before is the server's word until the person takes part.
        if (view.can.mute) expect(view.muted, `${call.id} muted by ${device.deviceId}`).toBe(call.muted[side])
        if (view.can.mute && isAnswered(view.status))
          expect(view.held.mine, `${call.id} held by ${device.deviceId}`).toBe(call.held[side])
      }
    }
  }
}
