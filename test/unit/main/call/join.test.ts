// A call that a back end made, as the phone of its caller sees it: nothing is prepared before the server has let it join.
import { expect, it } from 'vitest'
import type { CallSnapshot } from '../../../../common/types.ts'
import { step } from '../../../../main/call/machine.ts'
import { initialPhone, type PhoneEvent } from '../../../../main/call/machine-state.ts'
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
    createdAt: now,
    talk: { ms: 0, since: null },
    now,
    ...change
  }
})
const run = (...events: readonly PhoneEvent[]) =>
  wants(events.reduce((phone, event) => step(phone, event, now).phone, initialPhone))

const welcomed: PhoneEvent = { kind: 'joined', boot: 'b', now, calls: [], named: [], fresh: [] }
const join: PhoneEvent = { kind: 'join', session: 's' }

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
