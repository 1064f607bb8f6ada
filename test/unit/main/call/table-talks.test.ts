// What a talk may be besides its status, and how a device comes to it: what the person may do in each, and what every
// gesture does there. Keys, transfer and move are asks and no events of the machine: for them it counts who may ask.
import { describe, expect, it } from 'vitest'
import type { CallView } from '../../../../common/snapshot.ts'
import { ok } from '../../../../common/result.ts'
import type { CallSnapshot } from '../../../../common/types.ts'
import { can, refusal } from '../../../../main/call/machine-may.ts'
import type { Gesture, PhoneEvent, PhoneState } from '../../../../main/call/machine-state.ts'
import { isTelling } from '../../../../main/call/machine-turn.ts'
import { step } from '../../../../main/call/machine.ts'
import { peerOf } from './fake-server.ts'
import { answeredHere, changed, fresh, joined, now, on, phoneIn, run, snapshot } from './states.ts'

const other = peerOf('other')
const second = { session: 's2', requests: 'r2' }
const talking = phoneIn('inbound', 'conversation')
const said = (more: Partial<CallSnapshot>): PhoneEvent =>
  changed(snapshot('inbound', 'conversation', 6, 'chosen', more))
const of = (more: Partial<CallSnapshot>): PhoneEvent => ({
  kind: 'changed',
  call: { ...snapshot('inbound', 'trying', 2, 'offered'), id: 'c2', caller: other, ...more },
  fresh: second
})
const hold = (session: string, held: boolean): Gesture => ({ kind: 'hold', session, held })
const merge: Gesture = { kind: 'merge', session: 's', withSession: 's2' }

const two = run(
  [
    of({}),
    { kind: 'alertShown', session: 's2' },
    { kind: 'answer', session: 's2' },
    of({ status: 'conversation', leg: 'chosen', seq: 5 })
  ],
  talking
)
const connected = run(
  [
    of({
      status: 'ringing',
      leg: 'chosen',
      direction: 'outbound',
      caller: peerOf('me'),
      receptor: other,
      transferOf: 'c1'
    }),
    said({ transfer: other })
  ],
  talking
)
const joinable = run([joined, changed(snapshot('outbound', 'new', 1, 'offered', { joinable: true }))])
const moving = run([joined, changed(snapshot('outbound', 'conversation', 3, 'offered', { moving: true }))])

/** Of the call `s`; `s2` is the other one where there are two. */
const states = {
  talking,
  held: run([hold('s', true)], talking),
  'held by them': run([said({ held: { caller: true, receptor: false } })], talking),
  'connects them': run([said({ transfer: other })], talking),
  'is connected': connected,
  'one of two': two,
  hosts: run([merge], two),
  'in a conference': run([said({ conference: [other] })], talking),
  'found again': run([joined, changed(snapshot('inbound', 'conversation', 5))]),
  'another rings': run([of({})], talking),
  answering: run([joined, ...answeredHere]),
  'to be joined': joinable,
  joining: run([{ kind: 'join', session: 's' }], joinable),
  'offered by another device': moving,
  'rings for that': run([on('alertShown')], moving)
} as const satisfies Record<string, PhoneState>
type Name = keyof typeof states

const callOf = (phone: PhoneState, session = 's') => {
  const call = phone.calls.find((each) => each.session === session)
  if (call === undefined) throw new Error(`no call ${session}`)
  return call
}

const may = (name: Name): string =>
  (Object.entries(can(states[name], callOf(states[name]))) as [keyof CallView['can'], boolean][])
    .flatMap(([what, is]) => (is ? [what] : []))
    .join(' ')

/** Who has the floor then, and what the server is told; `no` where it is not possible. */
const outcome = (name: Name, gesture: Gesture): string => {
  const before = states[name]
  if (refusal(before, gesture) !== null) return 'no'
  const { phone } = step(before, gesture, now)
  const known = before.calls.flatMap(({ tellings }) => tellings.map(({ requestId }) => requestId))
  const told = phone.calls.flatMap(({ session, tellings }) =>
    tellings
      .filter(({ requestId }) => !known.includes(requestId))
      .map(({ message }) => {
        const word = message.name.slice('call.'.length)
        return `${session} ${'held' in message && !message.held ? 'resume' : word}`
      })
  )
  return [`floor ${phone.floor ?? 'free'}`, ...told].join(', ')
}

/** What `can` says; empty: nothing. */
const mays: Record<Name, string> = {
  talking: 'hangUp mute hold dtmf transfer move',
  held: 'hangUp mute resume transfer move',
  'held by them': 'hangUp mute hold dtmf transfer move',
  'connects them': 'hangUp mute dtmf cancelTransfer',
  // Their microphone is that of the new call.
  'is connected': 'hangUp',
  'one of two': 'hangUp mute resume transfer merge move',
  hosts: 'hangUp mute hold dtmf split',
  'in a conference': 'hangUp mute hold dtmf',
  'found again': 'answer hangUp',
  'another rings': 'hangUp mute hold dtmf transfer move',
  answering: 'hangUp',
  'to be joined': 'join',
  joining: 'hangUp',
  'offered by another device': 'answer decline',
  'rings for that': 'answer decline'
}

type Row = readonly [name: string, gesture: Gesture, outcomes: Partial<Record<Name, string>>]

// A state that is not named: it is not possible there.
const rows: readonly Row[] = [
  [
    'answer',
    on('answer'),
    {
      'found again': 'floor s',
      'offered by another device': 'floor s, s ringing, s accept',
      'rings for that': 'floor s, s accept'
    }
  ],
  [
    'answer the other, end this',
    { kind: 'answer', session: 's2', others: 'end' },
    {
      'another rings': 'floor s2, s hangup, s2 ringing, s2 accept'
    }
  ],
  [
    'decline',
    on('decline'),
    {
      'offered by another device': 'floor free, s decline',
      'rings for that': 'floor free, s decline'
    }
  ],
  [
    'hang up',
    on('hangUp'),
    {
      talking: 'floor free, s hangup',
      held: 'floor free, s hangup',
      'held by them': 'floor free, s hangup',
      'connects them': 'floor free, s hangup',
      'is connected': 'floor s2, s hangup',
      'one of two': 'floor s2, s hangup',
      hosts: 'floor free, s hangup, s2 hangup',
      'in a conference': 'floor free, s hangup',
      'found again': 'floor free, s hangup',
      'another rings': 'floor free, s hangup',
      answering: 'floor free, s hangup',
      joining: 'floor free, s hangup'
    }
  ],
  [
    'hang up the other',
    { kind: 'hangUp', session: 's2' },
    {
      'is connected': 'floor s, s2 hangup',
      'one of two': 'floor free, s2 hangup',
      hosts: 'floor free, s hangup, s2 hangup'
    }
  ],
  [
    'mute',
    { kind: 'mute', session: 's', muted: true },
    {
      talking: 'floor s, s mute',
      held: 'floor free, s mute',
      'held by them': 'floor s, s mute',
      'connects them': 'floor s, s mute',
      'one of two': 'floor s2, s mute',
      hosts: 'floor s2, s mute, s2 mute',
      'in a conference': 'floor s, s mute',
      'another rings': 'floor s, s mute'
    }
  ],
  [
    'hold',
    hold('s', true),
    {
      talking: 'floor free, s hold',
      'held by them': 'floor free, s hold',
      hosts: 'floor free, s hold, s2 hold',
      'in a conference': 'floor free, s hold',
      'another rings': 'floor free, s hold'
    }
  ],
  [
    'resume',
    hold('s', false),
    {
      held: 'floor s, s resume',
      'one of two': 'floor s, s resume, s2 hold'
    }
  ],
  [
    'merge',
    merge,
    {
      'one of two': 'floor s2, s merge'
    }
  ],
  [
    'split',
    { kind: 'split', session: 's' },
    {
      hosts: 'floor s, s resume, s split, s2 hold'
    }
  ],
  [
    'join',
    { kind: 'join', session: 's' },
    {
      'to be joined': 'floor s, s join'
    }
  ],
  [
    'alert shown',
    on('alertShown'),
    {
      'offered by another device': 'floor free, s ringing',
      'rings for that': 'floor free'
    }
  ],
  ['dismiss', on('dismiss'), { 'to be joined': 'floor free' }]
]

const names = Object.keys(states) as Name[]

describe('what the person may do', () => {
  it.each(names)('%s', (name) => {
    expect(may(name)).toBe(mays[name])
  })
})

describe('what a gesture does', () => {
  it.each(rows)('%s', (_name, gesture, outcomes) => {
    const got = names.map((name) => [name, outcome(name, gesture)])
    expect(got).toEqual(names.map((name) => [name, outcomes[name] ?? 'no']))
  })
})

it('nobody talks together with Echo, nor is connected with it', () => {
  const withEcho = run([said({ echo: true })], two)
  const besideEcho = run([of({ seq: 6, status: 'conversation', leg: 'chosen', echo: true })], two)
  expect(can(withEcho, callOf(withEcho))).toMatchObject({ merge: false, transfer: false, move: true })
  expect(can(besideEcho, callOf(besideEcho))).toMatchObject({ merge: false, transfer: true })
  expect([withEcho, besideEcho].map((phone) => refusal(phone, merge))).toEqual(['not_allowed_now', 'not_allowed_now'])
})

it('a server that has lost the mute of who dials is told again', () => {
  const muted = run([{ kind: 'mute', session: 's', muted: true }], phoneIn('outbound', 'ringing'))
  const requestId = callOf(muted).tellings.find(({ message }) => message.name === 'call.mute')?.requestId ?? ''
  const known = ok(snapshot('outbound', 'ringing', 4, 'chosen', { muted: { caller: true, receptor: false } }))
  const told = run([{ kind: 'answered', session: 's', requestId, result: known }, { kind: 'lost' }], muted)
  expect(isTelling(callOf(told), 'call.mute')).toBe(false)
  const lost = { ...joined, boot: 'boot2', calls: [snapshot('outbound', 'ringing', 20)], fresh: [fresh] }
  expect(isTelling(callOf(run([lost], told)), 'call.mute')).toBe(true)
})

it('of a conference that is lost as a whole nobody keeps the floor', () => {
  const conference = states.hosts
  expect(conference.floor).not.toBeNull()
  const lost = run([{ kind: 'lost' }], conference)
  const after = step(lost, { kind: 'time' }, now + 60_000).phone
  expect([after.floor, after.calls.map(({ status }) => status)]).toEqual([null, ['finished', 'finished']])
  // Nor where a server that was started anew knows neither half.
  const named = conference.calls.flatMap(({ callId }) => callId ?? [])
  const forgotten = run([{ ...joined, boot: 'boot2', named }], lost)
  expect([forgotten.floor, forgotten.calls.map(({ status }) => status)]).toEqual([null, ['flushed', 'flushed']])
})

it('a transfer that comes to nothing gives the talk back on both sides, as it was', () => {
  const ended = { reason: 'busy', by: 'server', at: now } as const
  const over = of({ status: 'finished', leg: 'gone', direction: 'outbound', seq: 9, end: ended })
  const back = said({ seq: 7, transfer: null })
  expect(run([back], states['connects them']).floor).toBe('s')
  for (const events of [
    [over, back],
    [back, over]
  ]) {
    expect(run(events, connected).floor).toBe('s')
    // Who was muted meanwhile still is, and the server hears so.
    const muted = run([{ kind: 'mute', session: 's2', muted: true }, ...events], connected)
    expect([callOf(muted).muted, isTelling(callOf(muted), 'call.mute')]).toEqual([true, true])
  }
})
