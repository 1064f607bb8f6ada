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
import type { CallEvent } from '../../../../server/calls/event.ts'
import type { Transition } from '../../../../server/calls/move.ts'
import { readCall } from '../../../../server/calls/schema.ts'
import { step, type Stepped } from '../../../../server/calls/step.ts'
import { plan, record, snapshotFor } from '../../../../server/calls/views.ts'
import type { CallRecord } from '../../../../server/ports.ts'
import { start } from './fakes.ts'
import { history, usual, type History } from './machine-histories.ts'
import { specOf } from './machine.ts'
import { askedSeed } from '../../../support/seed.ts'

const runs = Number(process.env['RUNS'] ?? 2_000)
const seed = askedSeed(8)

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
