// Helpers to make calls for the machine's tests by the same moves as the product.
import type { Call } from '../../../../server/calls/call.ts'
import { newCall } from '../../../../server/calls/create.ts'
import type { CallEvent } from '../../../../server/calls/event.ts'
import { defaultLimits } from '../../../../server/calls/limits.ts'
import type { Transition } from '../../../../server/calls/move.ts'
import { step } from '../../../../server/calls/step.ts'
import type { WireStatus } from '../../../../common/types.ts'
import { start } from './fakes.ts'

const peer = (username: string) => ({ userId: `u-${username}`, username, names: { en: username, fa: '' } })

export const specOf = (kind: Call['kind'] = 'person', maxDurationMs: number | null = null) => ({
  id: 'n1.call',
  roomId: 'room',
  applicationId: 'app',
  kind,
  caller: peer('ali'),
  receptor: peer('sara'),
  rules: defaultLimits.rules,
  maxDurationMs,
  transferOf: null
})

export type Told = { readonly call: Call; readonly transitions: readonly Transition[] }

/** Applies events one after the other, all at `now`. */
export const after = (call: Call, events: readonly CallEvent[], now = start): Told => {
  let told: Told = { call, transitions: [] }
  for (const event of events) {
    const next = step(told.call, event, now)
    told = { call: next.call, transitions: [...told.transitions, ...next.transitions] }
  }
  return told
}

export const flowing = (deviceId: string, epoch = 1): readonly CallEvent[] => [
  { kind: 'mediaOpen', deviceId, epoch },
  { kind: 'mediaFact', deviceId, epoch, media: 'flowing' }
]

const way: Readonly<Record<Exclude<WireStatus, 'finished'>, readonly CallEvent[]>> = {
  new: [],
  trying: [
    { kind: 'join', deviceId: 'caller' },
    { kind: 'offer', deviceId: 'chosen' },
    { kind: 'offer', deviceId: 'other' }
  ],
  // The second device is offered the call and does not alert.
  ringing: [{ kind: 'ringing', deviceId: 'chosen' }],
  accepted: [{ kind: 'accept', deviceId: 'chosen' }],
  conversation: [...flowing('caller'), ...flowing('chosen')],
  paused: [{ kind: 'mediaFact', deviceId: 'chosen', epoch: 1, media: 'down' }]
}

const order = ['new', 'trying', 'ringing', 'accepted', 'conversation', 'paused'] as const

/** A call that has come to `status` the usual way: devices `caller`, `chosen` (who answers) and `other` (who does not). */
export const callIn = (status: WireStatus, spec = specOf()): Call => {
  const first = newCall(spec, start).call
  if (status === 'finished') return after(callIn('conversation', spec), [{ kind: 'hangup', deviceId: 'caller' }]).call
  const events = order.slice(0, order.indexOf(status) + 1).flatMap((name) => way[name])
  return after(first, events).call
}
