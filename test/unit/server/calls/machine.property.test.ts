// Random histories of one call: late, repeated and reordered events of several devices, and restarts from JSON. The seed
// is printed; RUNS sets how many, SEED plays one again. Checks in the loop are assert's: expect is too slow for them.
import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isAnswered, isLive, rank } from '../../../../common/call/status.ts'
import { callSnapshot } from '../../../../common/protocol/values.ts'
import type { CallSnapshot } from '../../../../common/types.ts'
import { legOf, talkMs, type Call } from '../../../../server/calls/call.ts'
import { newCall } from '../../../../server/calls/create.ts'
import { deadline } from '../../../../server/calls/deadline.ts'
import type { CallEvent, Due } from '../../../../server/calls/event.ts'
import type { Transition } from '../../../../server/calls/move.ts'
import { readCall } from '../../../../server/calls/schema.ts'
import { step, type Stepped } from '../../../../server/calls/step.ts'
import { plan, record, snapshotFor } from '../../../../server/calls/views.ts'
import type { CallRecord } from '../../../../server/ports.ts'
import { start } from './fakes.ts'
import { specOf } from './machine.ts'
import { askedSeed } from '../../../support/seed.ts'

const runs = Number(process.env['RUNS'] ?? 2_000)
const seed = askedSeed(8)

const caller = 'caller'
/** The caller's other devices. */
const callers = ['c2', 'c3'] as const
const receptors = ['r1', 'r2', 'r3'] as const
const omid = { userId: 'u-omid', username: 'omid', names: { en: 'omid', fa: '' } }
const limits: readonly Due[] = [
  'new',
  'trying',
  'ringing',
  'accepted',
  'paused',
  'duration',
  'caller_socket',
  'receptor_socket',
  'transfer',
  'move'
]

const receptor = fc.constantFrom(...receptors)
const anyone = fc.constantFrom(caller, caller, ...callers, ...receptors, 'stranger')
/** Other calls. */
const other = fc.constantFrom('n1.x', 'n1.y')

/** A device offers the talk to the others of its user. */
const move = fc.constantFrom(caller, ...callers, ...receptors).map((deviceId): CallEvent => {
  const own: readonly string[] = deviceId.startsWith('r') ? receptors : [caller, ...callers]
  return { kind: 'move', deviceId, to: own.filter((each) => each !== deviceId) }
})
const epoch = fc.constantFrom(1, 1, 1, 2, 3)

const event: fc.Arbitrary<CallEvent> = fc.oneof(
  { weight: 3, arbitrary: receptor.map((deviceId): CallEvent => ({ kind: 'offer', deviceId })) },
  { weight: 5, arbitrary: receptor.map((deviceId): CallEvent => ({ kind: 'ringing', deviceId })) },
  { weight: 5, arbitrary: receptor.map((deviceId): CallEvent => ({ kind: 'accept', deviceId })) },
  { weight: 1, arbitrary: anyone.map((deviceId): CallEvent => ({ kind: 'accept', deviceId })) },
  { weight: 1, arbitrary: anyone.map((deviceId): CallEvent => ({ kind: 'decline', deviceId })) },
  { weight: 1, arbitrary: anyone.map((deviceId): CallEvent => ({ kind: 'hangup', deviceId })) },
  { weight: 1, arbitrary: anyone.map((deviceId): CallEvent => ({ kind: 'join', deviceId })) },
  { weight: 1, arbitrary: fc.constantFrom<CallEvent>({ kind: 'kill' }, { kind: 'turnAway', why: 'busy' }) },
  {
    weight: 2,
    arbitrary: fc.tuple(anyone, fc.boolean()).map(([deviceId, muted]): CallEvent => ({ kind: 'mute', deviceId, muted }))
  },
  {
    weight: 3,
    arbitrary: fc.tuple(anyone, fc.boolean()).map(([deviceId, held]): CallEvent => ({ kind: 'hold', deviceId, held }))
  },
  { weight: 1, arbitrary: anyone.map((deviceId): CallEvent => ({ kind: 'dtmf', deviceId, digits: '1#' })) },
  { weight: 1, arbitrary: anyone.map((deviceId): CallEvent => ({ kind: 'message', deviceId, data: 'x' })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyone, other, fc.constantFrom('attended', 'attended', 'attended', 'blind'))
      .map(([deviceId, callId, mode]): CallEvent => ({ kind: 'transfer', deviceId, callId, to: omid, mode }))
  },
  { weight: 1, arbitrary: anyone.map((deviceId): CallEvent => ({ kind: 'transferCancel', deviceId })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(other, fc.constantFrom('missed', 'busy', null))
      .map(([callId, failed]): CallEvent => ({ kind: 'transferOver', callId, failed }))
  },
  { weight: 1, arbitrary: fc.constant<CallEvent>({ kind: 'withdraw' }) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(anyone, other)
      .map(([deviceId, callId]): CallEvent => ({ kind: 'merge', deviceId, callId, with: omid }))
  },
  { weight: 1, arbitrary: anyone.map((deviceId): CallEvent => ({ kind: 'split', deviceId })) },
  { weight: 1, arbitrary: other.map((callId): CallEvent => ({ kind: 'part', callId })) },
  { weight: 4, arbitrary: move },
  { weight: 4, arbitrary: anyone.map((deviceId): CallEvent => ({ kind: 'accept', deviceId })) },
  { weight: 1, arbitrary: fc.constantFrom(...callers).map((deviceId): CallEvent => ({ kind: 'invite', deviceId })) },
  {
    weight: 8,
    arbitrary: fc.tuple(anyone, epoch).map(([deviceId, e]): CallEvent => ({ kind: 'mediaOpen', deviceId, epoch: e }))
  },
  {
    weight: 12,
    arbitrary: fc
      .tuple(anyone, epoch, fc.constantFrom('down', 'up', 'flowing', 'flowing', 'flowing'))
      .map(([deviceId, e, media]): CallEvent => ({ kind: 'mediaFact', deviceId, epoch: e, media }))
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyone, epoch, fc.boolean())
      .map(([deviceId, e, up]): CallEvent => ({ kind: 'mediaReport', deviceId, epoch: e, up }))
  },
  { weight: 3, arbitrary: anyone.map((deviceId): CallEvent => ({ kind: 'socketLost', deviceId })) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(anyone, fc.constantFrom(true, true, false))
      .map(([deviceId, knows]): CallEvent => ({ kind: 'socketBack', deviceId, knows }))
  },
  { weight: 1, arbitrary: fc.constantFrom(...limits).map((limit): CallEvent => ({ kind: 'due', limit })) }
)

/** The usual way of a call, of which a history follows some beginning before it leaves it. */
const usual: readonly CallEvent[] = [
  { kind: 'join', deviceId: caller },
  { kind: 'offer', deviceId: 'r1' },
  { kind: 'offer', deviceId: 'r2' },
  { kind: 'ringing', deviceId: 'r1' },
  { kind: 'ringing', deviceId: 'r2' },
  { kind: 'mediaOpen', deviceId: caller, epoch: 1 },
  { kind: 'mediaOpen', deviceId: 'r1', epoch: 1 },
  { kind: 'accept', deviceId: 'r1' },
  { kind: 'mediaFact', deviceId: caller, epoch: 1, media: 'flowing' },
  { kind: 'mediaFact', deviceId: 'r1', epoch: 1, media: 'flowing' }
]

type Act = { readonly waitMs: number; readonly event: CallEvent | 'restart'; readonly twice: boolean }

const act: fc.Arbitrary<Act> = fc.record({
  waitMs: fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 2_000 }) },
    { weight: 1, arbitrary: fc.integer({ min: 0, max: 70_000 }) }
  ),
  event: fc.oneof({ weight: 30, arbitrary: event }, { weight: 1, arbitrary: fc.constant('restart' as const) }),
  twice: fc.boolean()
})

const history = fc.record({
  kind: fc.constantFrom<Call['kind']>('person', 'person', 'person', 'person', 'echo'),
  maxDurationMs: fc.constantFrom(null, null, null, 4_000, 100_000),
  usual: fc.integer({ min: 0, max: usual.length }),
  // How late the server's timer fires.
  latenessMs: fc.constantFrom(0, 0, 0, 1, 300),
  acts: fc.array(act, { maxLength: 40 })
})
type History = typeof history extends fc.Arbitrary<infer T> ? T : never

/** What the outside world sees of one call while a history goes on. */
type Seen = {
  readonly transitions: Transition[]
  readonly records: CallRecord[]
  readonly pushes: Map<string, CallSnapshot[]>
  /** Talk time, counted here by looking at the state between events. */
  talkMs: number
}

// A conversation's are its longest talk time, a transfer and a move.
const bounds = { new: 60_000, trying: 60_000, ringing: 60_000, accepted: 15_000, conversation: 135_000, paused: 30_000 }

const checkLive = (call: Call, now: number): void => {
  const next = deadline(call)
  if (call.status === 'finished') {
    assert.equal(next, null)
    assert.notEqual(call.end, null)
    assert.equal(plan(call), null)
    assert.ok(call.legs.every(({ left }) => left !== null))
    return
  }
  assert.equal(call.end, null)
  if (next === null) {
    assert.equal(call.status, 'conversation')
    assert.equal(call.maxDurationMs, null)
    assert.deepEqual([call.transfer, call.movingSince], [null, null], 'a transfer and a move wait for something')
    const lost = call.legs.filter(
      ({ phase, left, socketLostAt }) => phase === 'chosen' && left === null && socketLostAt
    )
    assert.deepEqual(lost, [])
  } else {
    assert.ok(next.at - now <= Math.max(bounds[call.status], 5_000), `${call.status} waits too long`)
  }
}

const checkMedia = (call: Call): void => {
  const wanted = plan(call)
  if (wanted === null) return
  for (const { deviceId, speaks, hears } of wanted.legs) {
    const leg = legOf(call, deviceId)
    assert.ok(leg !== null && leg.left === null)
    assert.notEqual(leg.phase, 'offered')
    if (speaks || hears) {
      assert.deepEqual([leg.phase, isAnswered(call.status)], ['chosen', true])
      assert.ok(!call.held.caller && !call.held.receptor && call.transfer === null, 'nothing flows on hold')
    }
  }
  for (const of of ['caller', 'receptor']) {
    const chosen = call.legs.filter(({ side, phase, left }) => side === of && phase === 'chosen' && left === null)
    assert.ok(chosen.length <= 1)
    if (isAnswered(call.status) && call.kind === 'person') assert.equal(chosen.length, 1, 'each side has its device')
  }
  const offers = call.legs.filter(({ moving, left }) => moving && left === null)
  assert.equal(call.movingSince !== null, offers.length > 0)
  assert.ok(call.transfer === null || call.conference === null)
  const counts = (call.talk.since !== null) === (call.status === 'conversation')
  assert.ok(counts, 'talk runs in conversation and only there')
}

const checkStep = (before: Call, stepped: Stepped, seen: Seen): void => {
  stepped.transitions.forEach((transition, at) => {
    assert.equal(transition.call.seq, before.seq + at + 1)
    assert.ok(rank(transition.call.status) >= rank(before.status))
    seen.transitions.push(transition)
    seen.records.push(record(transition))
    for (const deviceId of transition.audience) {
      const snapshot = snapshotFor(transition.call, deviceId, transition.at)
      assert.deepEqual(callSnapshot.parse(snapshot), snapshot)
      const pushes = seen.pushes.get(deviceId) ?? []
      const last = pushes.at(-1)
      if (last !== undefined) {
        // A device that is out comes in again only where a talk is moved.
        assert.ok(last.status !== 'finished' || (snapshot.moving && snapshot.leg === 'offered'), `${deviceId} was told`)
        assert.ok(snapshot.seq > last.seq)
      }
      seen.pushes.set(deviceId, [...pushes, snapshot])
    }
  })
  const last = stepped.transitions.at(-1)
  if (last === undefined) assert.equal(stepped.call.seq, before.seq)
  else assert.equal(stepped.call, last.call)
  if (before.status === 'finished') assert.equal(stepped.call, before)
}

const play = (story: History): { readonly call: Call; readonly seen: Seen } => {
  const first = newCall(specOf(story.kind, story.maxDurationMs), start)
  let now = start
  let call = first.call
  const seen: Seen = { transitions: [first], records: [record(first)], pushes: new Map(), talkMs: 0 }

  const pass = (until: number): void => {
    if (call.status === 'conversation') seen.talkMs += until - now
    now = until
  }
  const happen = (happening: CallEvent): void => {
    const stepped = step(call, happening, now)
    checkStep(call, stepped, seen)
    call = stepped.call
    checkLive(call, now)
    checkMedia(call)
    assert.equal(talkMs(call, now), seen.talkMs)
  }
  /** Lets time pass, with the timer that the registry would have armed. */
  const wait = (until: number): void => {
    for (let due = deadline(call); due !== null && due.at + story.latenessMs <= until; due = deadline(call)) {
      pass(Math.max(now, due.at + story.latenessMs))
      const before = call
      happen(due.event)
      assert.notEqual(call, before, 'a deadline moves the call on')
    }
    pass(until)
  }
  const restart = (): void => {
    const stored: unknown = JSON.parse(JSON.stringify(call))
    const read = readCall(stored)
    if ('problem' in read) throw new Error(read.problem)
    assert.deepEqual(read.call, call)
    call = read.call
    happen({ kind: 'recovered', aliveAt: now })
    const there = call.legs.filter(({ deviceId, left, socketLostAt }) => !left && !socketLostAt && deviceId !== 'echo')
    assert.deepEqual(there, [], 'nobody is connected to a server that has just started')
    const next = deadline(call)
    if (next !== null) assert.ok(next.at >= now + 5_000)
  }

  for (const each of usual.slice(0, story.usual)) happen(each)
  if (story.kind === 'echo') {
    happen({ kind: 'offer', deviceId: 'echo' })
    happen({ kind: 'ringing', deviceId: 'echo' })
  }
  for (const { waitMs, event: next, twice } of story.acts) {
    wait(now + waitMs)
    if (next === 'restart') restart()
    else for (let times = twice ? 2 : 1; times > 0; times--) happen(next)
  }
  // Everyone leaves without a word: the call must end by itself.
  for (const { deviceId } of call.legs) happen({ kind: 'socketLost', deviceId })
  wait(now + 10 * 60_000)
  return { call, seen }
}

const checkWhole = (call: Call, seen: Seen): void => {
  expect(isLive(call.status), 'a call that everybody left is over').toBe(false)
  expect(seen.transitions.filter(({ kind }) => kind === 'finished')).toHaveLength(1)
  expect(seen.records.map(({ seq }) => seq)).toEqual(seen.records.map((_, at) => at + 1))
  const last = seen.records.at(-1)
  expect(last).toMatchObject({ status: 'finished', end: call.end, state: null, talkMs: seen.talkMs })
  for (const { end, state } of seen.records.slice(0, -1)) expect([end, state === null]).toEqual([null, false])
  for (const { deviceId } of call.legs.filter((leg) => leg.deviceId !== 'echo')) {
    const told = seen.pushes.get(deviceId) ?? []
    const parts = told.filter(
      ({ status }, at) => at === 0 || told[at - 1]?.status === 'finished' || status === 'finished'
    )
    expect(parts.length, `${deviceId} is told each end once`).toBe(
      2 * told.filter(({ status }) => status === 'finished').length
    )
    const final = told.at(-1)
    expect(final).toEqual(snapshotFor(call, deviceId, final?.now ?? 0))
  }
  // One who lost never hears what the winner did.
  const answered = seen.transitions.some(({ kind }) => kind === 'accepted')
  const lost = call.legs.filter(({ side, phase, moving }) => side === 'receptor' && phase !== 'chosen' && !moving)
  for (const { deviceId } of lost) {
    const told = seen.pushes.get(deviceId) ?? []
    expect(told.filter(({ status }) => isAnswered(status))).toEqual([])
    if (answered) expect(told.at(-1)?.end).toMatchObject({ reason: 'call_received', detail: 'answered_elsewhere' })
  }
}

describe('any history of a call', () => {
  it(`keeps every promise (${runs} histories, SEED=${seed})`, { timeout: 30_000 + runs * 20 }, () => {
    const reasons = new Map<string, number>()
    fc.assert(
      fc.property(history, (story) => {
        const { call, seen } = play(story)
        checkWhole(call, seen)
        const reason = call.end?.reason ?? 'none'
        reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
      }),
      { numRuns: runs, seed }
    )
    // The histories are worth something only if they come to every end.
    if (runs >= 2_000) {
      expect([...reasons.keys()].sort()).toEqual([
        'busy',
        'call_duration_exceeded',
        'hangup',
        'killed',
        'media_connection_broken',
        'messaging_connection_broken',
        'missed',
        'no_one_connected',
        'rejected',
        'unreachable'
      ])
    }
  })
})
