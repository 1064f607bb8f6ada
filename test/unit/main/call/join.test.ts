// A call that a back end made, as the phone of its caller sees it: nothing is prepared before the server has let it join.
import { expect, it } from 'vitest'
import type { CallSnapshot } from '../../../../common/types.ts'
import { step } from '../../../../main/call/machine.ts'
import { initialPhone, type PhoneEvent } from '../../../../main/call/machine-state.ts'
import { waitingFor } from '../../../../main/call/machine-may.ts'
import { views } from '../../../../main/call/view.ts'
import { wants } from '../../../../main/call/wants.ts'
import { peerOf } from './fake-server.ts'

const now = 1_000_000
const none = { caller: false, receptor: false }
const snapshot = (change: Partial<CallSnapshot>): PhoneEvent => ({
  kind: 'changed',
  fresh: { session: 's', requests: 'r' },
  call: {
    id: 'c1',
    seq: 1,
    status: 'new',
    direction: 'outbound',
    caller: peerOf('me'),
    receptor: peerOf('them'),
    leg: 'offered',
    media: { caller: 'disconnected', receptor: 'disconnected' },
    muted: none,
    held: none,
    waiting: false,
    silent: false,
    moving: false,
    transfer: null,
    transferFailed: null,
    conference: [],
    joinable: true,
    check: false,
    echo: false,
    createdAt: now,
    talk: { ms: 0, since: null },
    now,
    ...change
  }
})
const phoneAfter = (...events: readonly PhoneEvent[]) =>
  events.reduce((phone, event) => step(phone, event, now).phone, initialPhone)
const run = (...events: readonly PhoneEvent[]) => wants(phoneAfter(...events))

const welcomed: PhoneEvent = { kind: 'joined', boot: 'b', now, calls: [], named: [], fresh: [] }
const join = { kind: 'join', session: 's' } as const

it('prepares media for a call of a back end once the server has let it join, not while it asks', () => {
  expect(run(welcomed, snapshot({})).orders).toEqual([])
  const asked = run(welcomed, snapshot({}), join)
  expect(asked.requests.map(({ name }) => name)).toEqual(['call.join'])
  expect(asked.orders).toEqual([])
  const joined = run(
    welcomed,
    snapshot({}),
    join,
    snapshot({ seq: 2, status: 'trying', leg: 'chosen', joinable: false })
  )
  expect(joined.orders).toMatchObject([{ want: 'prepare', microphone: true }])
})

const refuse: PhoneEvent = { kind: 'dismiss', session: 's' }
const elsewhere = snapshot({
  seq: 2,
  status: 'finished',
  leg: 'gone',
  joinable: false,
  end: { reason: 'call_received', by: 'server', detail: 'answered_elsewhere', at: now }
})

it('what is not wanted is out of sight here, at its end too, and the server is told nothing: another device may join', () => {
  expect(views(phoneAfter(welcomed, snapshot({}))).map(({ can }) => can.join)).toEqual([true])
  const refused = phoneAfter(welcomed, snapshot({}), refuse)
  expect(views(refused)).toEqual([])
  expect(wants(refused)).toMatchObject({ requests: [], orders: [], tone: 'none' })
  expect(views(step(refused, snapshot({ seq: 2, waiting: true }), now).phone)).toEqual([])
  const closed = step(refused, { kind: 'closing' }, now).phone
  expect(wants(closed).requests).toEqual([])
  const over = step(refused, elsewhere, now).phone
  expect([views(over), wants(over).tone]).toEqual([[], 'none'])
})

it('to dial whom it is with joins it, however the number is written, and also after it was not wanted', () => {
  const numbered = snapshot({ receptor: { ...peerOf('them'), username: '+982188776655' } })
  for (const phone of [phoneAfter(welcomed, numbered), phoneAfter(welcomed, numbered, refuse)]) {
    expect(waitingFor(phone, '021 88 77 66 55')?.session).toBe('s')
    expect(waitingFor(phone, '102')).toBeNull()
    expect(wants(step(phone, join, now).phone).requests.map(({ name }) => name)).toEqual(['call.join'])
  }
  expect(waitingFor(phoneAfter(welcomed, numbered, join), '+982188776655')).toBeNull()
})

it('joins a call instead of the one with the floor, which ends where the person dialled so', () => {
  const talking: PhoneEvent = {
    kind: 'dial',
    fresh: { session: 'first', requests: 'f' },
    peer: { userId: 'u3', username: '103', names: { en: 'Omid', fa: '' } }
  }
  const before = [welcomed, talking, snapshot({})]
  const status = (event: PhoneEvent): string | undefined =>
    phoneAfter(...before, event).calls.find(({ session }) => session === 'first')?.status
  expect(status({ ...join, others: 'end' })).toBe('finished')
  expect(status({ ...join, others: 'hold' })).toBe('new')
})
