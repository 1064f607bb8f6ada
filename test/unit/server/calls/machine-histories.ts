// What may happen to one call in a random history: late, repeated and reordered events of several devices, restarts. For
// machine.property.test.ts.
import fc from 'fast-check'
import type { Call } from '../../../../server/calls/call.ts'
import type { CallEvent, Due } from '../../../../server/calls/event.ts'

export const caller = 'caller'
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
export const usual: readonly CallEvent[] = [
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

export const history = fc.record({
  kind: fc.constantFrom<Call['kind']>('person', 'person', 'person', 'person', 'echo'),
  maxDurationMs: fc.constantFrom(null, null, null, 4_000, 100_000),
  usual: fc.integer({ min: 0, max: usual.length }),
  // How late the server's timer fires.
  latenessMs: fc.constantFrom(0, 0, 0, 1, 300),
  acts: fc.array(act, { maxLength: 40 })
})
export type History = typeof history extends fc.Arbitrary<infer T> ? T : never
