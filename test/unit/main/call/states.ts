// Phones in each state of a call, made by the same events as the product's. For the machine's tests.
import type { CallStatus } from '../../../../common/call/status.ts'
import type { CallSnapshot, LegPhase, WireStatus } from '../../../../common/types.ts'
import { step } from '../../../../main/call/machine.ts'
import { initialPhone, type PhoneEvent, type PhoneState } from '../../../../main/call/machine-state.ts'
import { peerOf } from './fake-server.ts'

export const now = 1_000_000
export const fresh = { session: 's', requests: 'r' }

export const snapshot = (
  direction: 'inbound' | 'outbound',
  status: WireStatus,
  seq: number,
  leg: LegPhase = 'chosen',
  more: Partial<CallSnapshot> = {}
): CallSnapshot => ({
  id: 'c1',
  seq,
  status,
  direction,
  caller: peerOf(direction === 'outbound' ? 'me' : 'them'),
  receptor: peerOf(direction === 'outbound' ? 'them' : 'me'),
  leg,
  media: { caller: 'disconnected', receptor: 'disconnected' },
  muted: { caller: false, receptor: false },
  held: { caller: false, receptor: false },
  waiting: false,
  silent: false,
  moving: false,
  transfer: null,
  transferFailed: null,
  conference: [],
  joinable: false,
  check: false,
  echo: false,
  createdAt: now,
  talk: { ms: 0, since: null },
  now,
  ...more
})

export const changed = (call: CallSnapshot): PhoneEvent => ({ kind: 'changed', call, fresh })
export const run = (events: readonly PhoneEvent[], from: PhoneState = initialPhone): PhoneState =>
  events.reduce((phone, event) => step(phone, event, now).phone, from)

export const joined: PhoneEvent & { kind: 'joined' } = {
  kind: 'joined',
  boot: 'boot1',
  now,
  calls: [],
  named: [],
  fresh: []
}
export const dial: PhoneEvent & { kind: 'dial' } = { kind: 'dial', fresh, peer: peerOf('them') }
export const on = <K extends 'answer' | 'decline' | 'hangUp' | 'dismiss' | 'alertShown'>(kind: K) => ({
  kind,
  session: 's'
})
export const end = { reason: 'killed', by: 'server', at: now } as const

const outbound = {
  new: [dial],
  trying: [dial, changed(snapshot('outbound', 'trying', 2))],
  ringing: [dial, changed(snapshot('outbound', 'ringing', 3))],
  accepted: [dial, changed(snapshot('outbound', 'accepted', 4))],
  conversation: [dial, changed(snapshot('outbound', 'conversation', 5))],
  paused: [dial, changed(snapshot('outbound', 'conversation', 5)), changed(snapshot('outbound', 'paused', 6))],
  // The create is not acknowledged yet, so the hang-up is still to be told.
  finished: [dial, on('hangUp')],
  flushed: [dial, changed(snapshot('outbound', 'finished', 9, 'gone', { end }))]
} satisfies Record<CallStatus, PhoneEvent[]>

export const offer = changed(snapshot('inbound', 'trying', 2, 'offered'))
export const answeredHere = [offer, on('alertShown'), on('answer')]
const inbound = {
  new: [offer],
  ringing: [offer, on('alertShown')],
  accepted: [...answeredHere, changed(snapshot('inbound', 'accepted', 4))],
  conversation: [...answeredHere, changed(snapshot('inbound', 'conversation', 5))],
  paused: [...answeredHere, changed(snapshot('inbound', 'conversation', 5)), changed(snapshot('inbound', 'paused', 6))],
  finished: [offer, on('alertShown'), on('decline')],
  flushed: [offer, changed(snapshot('inbound', 'finished', 9, 'gone', { end }))]
} satisfies Partial<Record<CallStatus, PhoneEvent[]>>

export const phoneIn = (direction: 'inbound' | 'outbound', status: string): PhoneState => {
  const way: Record<string, readonly PhoneEvent[]> = direction === 'inbound' ? inbound : outbound
  return run([joined, ...(way[status] ?? [])])
}

export const serverEnd = (direction: 'inbound' | 'outbound'): PhoneEvent =>
  changed(snapshot(direction, 'finished', 99, 'gone', { end }))
