// Random histories of several calls of the same people: dialled, held, transferred, merged, moved, lost and found again.
// RUNS sets how many, SEED plays one again.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, it } from 'vitest'
import { isAnswered } from '../../../../common/call/status.ts'
import { chosenLeg, type Call } from '../../../../server/calls/call.ts'
import { readCall } from '../../../../server/calls/schema.ts'
import type { CallCommand } from '../../../../server/ports.ts'
import { createWorld, sessionOf, settled, type FakeWorld } from './fakes.ts'
import { askedSeed } from '../../../support/seed.ts'

const runs = Math.ceil(Number(process.env['RUNS'] ?? 2_000) / 5)
const seed = askedSeed(8)

const devices = ['ali-1', 'ali-2', 'sara-1', 'sara-2', 'omid-1', 'omid-2'] as const
const people = ['ali', 'sara', 'omid', 'echo', 'nobody'] as const

const device = fc.constantFrom(...devices)
const person = fc.constantFrom(...people, 'ali', 'sara', 'omid', 'omid')
/** Which of the calls there are, counted from the newest. */
const which = fc.constantFrom(0, 0, 0, 1, 1, 2, 3)
const leg = fc.integer({ min: 0, max: 4 })

type Ask =
  | {
      readonly kind: Exclude<
        CallCommand['kind'],
        'mute' | 'hold' | 'dtmf' | 'message' | 'transfer' | 'merge' | 'mediaOpen' | 'mediaReport'
      >
    }
  | { readonly kind: 'hold'; readonly held: boolean }
  | { readonly kind: 'transfer'; readonly to: string; readonly mode: 'attended' | 'blind' }
  | { readonly kind: 'merge'; readonly with: number }

const ask: fc.Arbitrary<Ask> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<Ask>({ kind: 'ringing' }, { kind: 'accept' }, { kind: 'accept' }) },
  { weight: 2, arbitrary: fc.constantFrom<Ask>({ kind: 'decline' }, { kind: 'hangup' }) },
  { weight: 3, arbitrary: fc.constantFrom<Ask>({ kind: 'move' }, { kind: 'split' }, { kind: 'transferCancel' }) },
  { weight: 2, arbitrary: fc.boolean().map((held): Ask => ({ kind: 'hold', held })) },
  {
    weight: 5,
    arbitrary: fc
      .tuple(person, fc.constantFrom('attended', 'blind'))
      .map(([to, mode]): Ask => ({ kind: 'transfer', to, mode }))
  },
  { weight: 5, arbitrary: which.map((other): Ask => ({ kind: 'merge', with: other })) }
)

type Deed =
  | { readonly does: 'dial'; readonly by: string; readonly to: string }
  /** Dials, is answered, and both have their media. */
  | { readonly does: 'talk'; readonly by: string; readonly to: string }
  /** By the `leg`th device that has to do with the call. */
  | { readonly does: 'ask'; readonly leg: number; readonly call: number; readonly what: Ask }
  | { readonly does: 'media'; readonly leg: number; readonly call: number }
  | { readonly does: 'offline' | 'online'; readonly by: string }
  | { readonly does: 'wait'; readonly ms: number }
  /** A back end ends a call. */
  | { readonly does: 'kill'; readonly call: number }
  | { readonly does: 'restart' }

const deed: fc.Arbitrary<Deed> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(device, person).map(([by, to]): Deed => ({ does: 'dial', by, to })) },
  { weight: 5, arbitrary: fc.tuple(device, device).map(([by, to]): Deed => ({ does: 'talk', by, to })) },
  {
    weight: 24,
    arbitrary: fc.tuple(leg, which, ask).map(([of, call, what]): Deed => ({ does: 'ask', leg: of, call, what }))
  },
  { weight: 4, arbitrary: fc.tuple(leg, which).map(([of, call]): Deed => ({ does: 'media', leg: of, call })) },
  { weight: 1, arbitrary: device.map((by): Deed => ({ does: 'offline', by })) },
  { weight: 2, arbitrary: device.map((by): Deed => ({ does: 'online', by })) },
  { weight: 3, arbitrary: fc.constantFrom(100, 2_000, 15_000, 61_000).map((ms): Deed => ({ does: 'wait', ms })) },
  { weight: 1, arbitrary: which.map((call): Deed => ({ does: 'kill', call })) },
  { weight: 1, arbitrary: fc.constant<Deed>({ does: 'restart' }) }
)

const wish = fc.constantFrom('none', 'none', 'none', 'no waiting', 'busy', 'silent', 'blocks ali')
const history = fc.record({
  longest: fc.constantFrom(null, null, 20_000),
  omid: wish,
  begun: fc.constantFrom(0, 1, 1, 2, 2),
  deeds: fc.array(deed, { minLength: 5, maxLength: 40, size: 'max' })
})

/** The newest record of every call, oldest call first. */
const callsOf = (world: FakeWorld) => [
  ...new Map(world.journal.records.map((record) => [record.callId, record])).values()
]
const liveOf = (world: FakeWorld): readonly Call[] =>
  callsOf(world).flatMap(({ state }) => {
    if (state === null) return []
    const read = readCall(state)
    assert.ok('call' in read, 'what is stored can be read')
    return [read.call]
  })

/** What calls say of each other fits together. */
const checkBonds = (world: FakeWorld): void => {
  const live = new Map(liveOf(world).map((call) => [call.id, call]))
  for (const call of live.values()) {
    if (call.conference !== null) {
      assert.equal(live.get(call.conference.callId)?.conference?.callId, call.id, 'a conference is of two calls')
    }
    if (call.transfer !== null) {
      const made = live.get(call.transfer.callId)
      assert.ok(made !== undefined && !isAnswered(made.status), 'a transfer waits for a call that may be answered')
      assert.equal(made.transferOf?.callId, call.id)
      const handed = chosenLeg(call, call.transfer.by === 'caller' ? 'receptor' : 'caller')
      assert.equal(chosenLeg(made, 'caller')?.deviceId, handed?.deviceId, 'it is made for the other side')
    }
    const { transferOf } = call
    const origin = transferOf === null ? undefined : live.get(transferOf.callId)
    if (origin !== undefined && !isAnswered(call.status)) assert.equal(origin.transfer?.callId, call.id)
    assert.ok(origin === undefined || !isAnswered(call.status), 'an answered transfer has ended the call it came from')
  }
}

/** Nobody who was handed on was left: there was a call for them, and one back where that one failed. */
const checkNobodyLost = (world: FakeWorld): void => {
  const { records } = world.journal
  const states = records.flatMap(({ state }) => (state === null ? [] : [state as Call]))
  const after = (callId: string): Call | undefined => states.find(({ transferOf }) => transferOf?.callId === callId)
  for (const { callId, end } of callsOf(world)) {
    if (end?.detail === 'transferred') assert.ok(after(callId) !== undefined, 'whoever is handed on has a call')
    const origin = states.find(({ id }) => id === callId)?.transferOf
    if (origin === null || origin === undefined || origin.by === null || end === null) continue
    const failed = ['unreachable', 'missed', 'rejected', 'busy'].includes(end.reason)
    const endAt = (of: string): number =>
      records.findIndex((record) => record.callId === of && record.status === 'finished')
    const [before, now] = [endAt(origin.callId), endAt(callId)]
    const wasOver = before !== -1 && before < now && records[before]?.end?.detail === 'transferred'
    if (failed && wasOver) assert.ok(after(callId) !== undefined, 'whom nobody took comes back')
  }
}

/** A call that was ended from outside, or has used up its time, leaves nobody ringing for whom it was to be connected to. */
const checkNothingLeft = (world: FakeWorld): void => {
  const { records } = world.journal
  const calls = new Map(callsOf(world).map((record) => [record.callId, record]))
  for (const { callId, end } of calls.values()) {
    if (end?.reason !== 'killed' && end?.reason !== 'call_duration_exceeded') continue
    const last = records.findLast((record) => record.callId === callId && record.state !== null)?.state as
      Call | undefined
    if (last?.transfer === null || last === undefined) continue
    const made = calls.get(last.transfer.callId)
    const expected = end.reason === 'killed' ? 'killed' : 'hangup'
    assert.equal(made?.end?.reason, expected, `${callId} ended, and what came of it goes on`)
  }
}

const play = async ({
  longest,
  omid,
  begun,
  deeds
}: typeof history extends fc.Arbitrary<infer T> ? T : never): Promise<void> => {
  let world = createWorld()
  const wishes = {
    none: {},
    'no waiting': { callWaiting: false },
    busy: { doNotDisturb: 'busy' },
    silent: { doNotDisturb: 'silent' },
    'blocks ali': { blocks: ['u-ali'] }
  } as const
  world.wishes.set('u-omid', wishes[omid])
  for (const each of devices) await world.online(each)

  const nth = (at: number): string => callsOf(world).at(-1 - at)?.callId ?? 'n1.none'
  const legOf = (callId: string, at: number): string => {
    const legs = callsOf(world).find((record) => record.callId === callId)?.legs ?? []
    return legs[at % Math.max(1, legs.length)]?.deviceId ?? 'omid-1'
  }
  const isOnline = (by: string): boolean => world.presence.online(sessionOf(by).userId).includes(by)
  const tell = async (by: string, callId: string, what: Ask): Promise<void> => {
    const command = what.kind === 'merge' ? { kind: what.kind, withCallId: nth(what.with) } : what
    await world.calls.dispatch(callId, sessionOf(by), { ...command, deviceId: by })
    await settled()
  }
  const media = (by: string, callId: string): Promise<void> => world.connect(by, callId, 1)
  const dial = async (by: string, to: string): Promise<string> => {
    const requestId = `r${String(world.journal.records.length)}`
    const made = await world.calls.create(sessionOf(by), {
      requestId,
      to,
      ...(longest !== null && { maxDurationMs: longest })
    })
    await world.clock.advance(0)
    return made.ok ? made.value.call.id : 'n1.none'
  }

  const act = async (each: Deed): Promise<void> => {
    switch (each.does) {
      case 'dial':
        if (isOnline(each.by)) await dial(each.by, each.to)
        return
      case 'talk': {
        if (!isOnline(each.by) || !isOnline(each.to)) return
        const callId = await dial(each.by, each.to.split('-')[0] ?? '')
        for (const kind of ['ringing', 'accept'] as const) await tell(each.to, callId, { kind })
        for (const by of [each.by, each.to]) await media(by, callId)
        return
      }
      case 'ask':
        await tell(legOf(nth(each.call), each.leg), nth(each.call), each.what)
        return
      case 'media':
        await media(legOf(nth(each.call), each.leg), nth(each.call))
        return
      case 'offline':
        if (isOnline(each.by)) world.offline(each.by)
        return
      case 'online':
        if (!isOnline(each.by)) await world.online(each.by, [{ callId: nth(0), seq: 1 }])
        return
      case 'wait':
        await world.clock.advance(each.ms)
        return
      case 'kill':
        await world.calls.kill(nth(each.call), 'app')
        return
      case 'restart': {
        const before = world.wishes
        world = await world.restart(500)
        for (const [userId, wished] of before) world.wishes.set(userId, wished)
        for (const by of devices) await world.online(by)
        return
      }
    }
  }

  // Where every history begins: somebody talks to two others.
  const usual: readonly Deed[] = [
    { does: 'talk', by: 'ali-1', to: 'sara-1' },
    { does: 'talk', by: 'ali-1', to: 'omid-1' }
  ]
  for (const each of [...usual.slice(0, begun), ...deeds]) {
    await act(each)
    await settled()
    checkBonds(world)
    checkNothingLeft(world)
  }
  for (const each of devices) if (isOnline(each)) world.offline(each)
  await world.clock.advance(20 * 60_000)
  const open = callsOf(world).filter(({ status }) => status !== 'finished')
  assert.deepEqual(
    open.map(({ callId, status }) => [callId, status]),
    [],
    'calls that everybody left are over'
  )
  assert.equal(world.clock.armed(), 0)
  for (const { callId } of callsOf(world)) {
    const ends = world.journal.records.filter((record) => record.callId === callId && record.status === 'finished')
    assert.equal(ends.length, 1, `${callId} ends once`)
  }
  checkNobodyLost(world)
}

describe('any history of several calls', () => {
  it(
    `keeps every promise (${String(runs)} histories, SEED=${String(seed)})`,
    { timeout: 30_000 + runs * 200 },
    async () => {
      await fc.assert(fc.asyncProperty(history, play), { numRuns: runs, seed })
    }
  )
})
