// Every event in every state of a call: what the delegate hears, else what is told to the server or changes here, else
// nothing (`-`). A new event has no row here and fails to compile. What a talk may be besides: table-talks.test.ts.
import { describe, expect, it } from 'vitest'
import { deadlines } from '../../../../main/call/machine-time.ts'
import { step } from '../../../../main/call/machine.ts'
import type { PhoneEvent, PhoneState } from '../../../../main/call/machine-state.ts'
import { short } from './fake-world.ts'
import { changed, dial, fresh, joined, now, on, phoneIn, serverEnd, snapshot } from './states.ts'

const directions = ['outbound', 'inbound'] as const
type Direction = (typeof directions)[number]

const states = {
  outbound: ['new', 'trying', 'ringing', 'accepted', 'conversation', 'paused', 'finished', 'flushed'],
  inbound: ['new', 'ringing', 'accepted', 'conversation', 'paused', 'finished', 'flushed']
} as const

/** What the server is told now and was not before. */
const newlyTold = (before: PhoneState, after: PhoneState): readonly string[] => {
  const known = before.calls.flatMap(({ tellings }) => tellings.map(({ requestId }) => requestId))
  const tellings = after.calls.flatMap((call) => call.tellings).filter(({ requestId }) => !known.includes(requestId))
  return tellings.map(({ message }) => message.name.split('.')[1] ?? '')
}

const outcome = (before: PhoneState, event: PhoneEvent): string => {
  const { phone, delegate } = step(before, event, now)
  // F: finished, and why.
  if (delegate.length > 0) return short(delegate).join(' ').replace('finished', 'F')
  if (phone.calls.length < before.calls.length) return 'gone'
  const told = newlyTold(before, phone)
  if (told.length > 0) return `tells ${told.join(' ')}`
  if (phone.calls.some(({ epoch }, at) => epoch !== before.calls[at]?.epoch)) return 'media anew'
  return phone.link.joined === before.link.joined ? '-' : 'offline'
}

type Row = readonly [
  name: string,
  event: PhoneEvent | ((direction: Direction) => PhoneEvent),
  outbound: string,
  inbound: string
]

const answered = (code: 'timeout' | 'not_allowed_now'): PhoneEvent => ({
  kind: 'answered',
  session: 's',
  requestId: 'r.1',
  result: { ok: false, error: { code } }
})
const fact = (epoch: number): PhoneEvent => ({ kind: 'fact', session: 's', epoch, fact: { kind: 'lost' } })
/** A server that was started anew has forgotten the answer. */
const forgetful = (direction: Direction): PhoneEvent => ({
  ...joined,
  boot: 'boot2',
  named: ['c1'],
  calls: [snapshot(direction, 'ringing', 2, direction === 'inbound' ? 'offered' : 'chosen')],
  fresh: [fresh]
})
const old = (direction: Direction): PhoneEvent =>
  changed(snapshot(direction, 'trying', 0, direction === 'inbound' ? 'offered' : 'chosen'))
const talks = (direction: Direction): PhoneEvent => changed(snapshot(direction, 'conversation', 50))

// outbound: new | trying | ringing | accepted | conversation | paused | finished | flushed
// inbound:  new | ringing | accepted | conversation | paused | finished | flushed
// prettier-ignore
const rows = {
  dial: [
    ['another', { ...dial, fresh: { session: 's2', requests: 'r2' } },
      'tells create | tells create | tells create | tells hold create | tells hold create | tells hold create | tells create | tells create',
      'tells create | tells create | tells hold create | tells hold create | tells hold create | tells create | tells create']
  ],
  answer: [
    ['', on('answer'),
      '- | - | - | - | - | - | - | -',
      'ringing/L | tells accept | - | - | - | - | -']
  ],
  decline: [
    ['', on('decline'),
      '- | - | - | - | - | - | - | -',
      'F/L E(rejected) | F/L E(rejected) | - | - | - | - | -']
  ],
  hangUp: [
    ['', on('hangUp'),
      'F/L E(hangup) | F/L E(hangup) | F/L E(hangup) | F/L E(hangup) | F/L E(hangup) | F/L E(hangup) | - | -',
      '- | - | F/L E(hangup) | F/L E(hangup) | F/L E(hangup) | - | -']
  ],
  dismiss: [
    ['', on('dismiss'),
      '- | - | - | - | - | - | - | gone',
      '- | - | - | - | - | - | gone']
  ],
  alertShown: [
    ['', on('alertShown'),
      '- | - | - | - | - | - | - | -',
      'ringing/L | - | - | - | - | - | -']
  ],
  mute: [
    ['', { kind: 'mute', session: 's', muted: true },
      'tells mute | tells mute | tells mute | tells mute | tells mute | tells mute | - | -',
      '- | - | tells mute | tells mute | tells mute | - | -'],
    ['again', { kind: 'mute', session: 's', muted: false },
      '- | - | - | - | - | - | - | -',
      '- | - | - | - | - | - | -']
  ],
  hold: [
    ['', { kind: 'hold', session: 's', held: true },
      '- | - | - | tells hold | tells hold | tells hold | - | -',
      '- | - | tells hold | tells hold | tells hold | - | -'],
    ['not held', { kind: 'hold', session: 's', held: false },
      '- | - | - | - | - | - | - | -',
      '- | - | - | - | - | - | -']
  ],
  merge: [
    ['with none', { kind: 'merge', session: 's', withSession: 'none' },
      '- | - | - | - | - | - | - | -',
      '- | - | - | - | - | - | -'],
    ['with itself', { kind: 'merge', session: 's', withSession: 's' },
      '- | - | - | - | - | - | - | -',
      '- | - | - | - | - | - | -']
  ],
  split: [
    ['not merged', { kind: 'split', session: 's' },
      '- | - | - | - | - | - | - | -',
      '- | - | - | - | - | - | -']
  ],
  join: [
    ['not to be joined', { kind: 'join', session: 's' },
      '- | - | - | - | - | - | - | -',
      '- | - | - | - | - | - | -']
  ],
  joined: [
    ['without it', { ...joined, named: ['c1'] },
      '- | F E(unknown) flushed/L | F E(unknown) flushed/L | F E(unknown) flushed/L | F E(unknown) flushed/L | F E(unknown) flushed/L | flushed/L | -',
      'F E(unknown) flushed/L | F E(unknown) flushed/L | F E(unknown) flushed/L | F E(unknown) flushed/L | F E(unknown) flushed/L | flushed/L | -'],
    ['of another run', forgetful,
      'ringing | ringing | media anew | media anew | media anew | media anew | - | tells hangup',
      'media anew | media anew | tells accept | tells accept | tells accept | - | -']
  ],
  lost: [
    ['', { kind: 'lost' },
      'offline | offline | offline | offline | offline | offline | offline | offline',
      'offline | offline | offline | offline | offline | offline | offline']
  ],
  changed: [
    ['old', old,
      'trying | - | - | - | - | - | - | -',
      '- | - | - | - | - | - | -'],
    ['to a talk', talks,
      'trying conversation | conversation | conversation | conversation | - | conversation | - | tells hangup',
      'conversation | conversation | conversation | - | conversation | tells hangup | tells hangup'],
    ['to its end', serverEnd,
      'trying F E(killed) flushed/L | F E(killed) flushed/L | F E(killed) flushed/L | F E(killed) flushed/L | F E(killed) flushed/L | F E(killed) flushed/L | flushed/L | -',
      'F E(killed) flushed/L | F E(killed) flushed/L | F E(killed) flushed/L | F E(killed) flushed/L | F E(killed) flushed/L | flushed/L | -']
  ],
  answered: [
    ['too late', answered('timeout'),
      '- | - | - | - | - | - | - | -',
      '- | - | - | - | - | - | -'],
    ['refused', answered('not_allowed_now'),
      'F E(unknown) flushed/L | - | - | - | - | - | flushed/L | -',
      '- | - | - | - | - | - | -']
  ],
  fact: [
    ['of this making', fact(1),
      'tells report | tells report | tells report | tells report | tells report | tells report | - | -',
      'tells report | tells report | tells report | tells report | tells report | - | -'],
    ['of another', fact(7),
      '- | - | - | - | - | - | - | -',
      '- | - | - | - | - | - | -']
  ],
  engineGone: [
    ['', { kind: 'engineGone' },
      'media anew | media anew | media anew | media anew | media anew | media anew | - | -',
      'media anew | media anew | media anew | media anew | media anew | - | -']
  ],
  time: [
    ['', { kind: 'time' },
      '- | - | - | - | - | - | - | -',
      '- | - | - | - | - | - | -']
  ],
  closing: [
    ['', { kind: 'closing' },
      'F/L E(hangup) | F/L E(hangup) | F/L E(hangup) | F/L E(hangup) | F/L E(hangup) | F/L E(hangup) | - | -',
      'F/L E(missed) flushed/L | F/L E(missed) flushed/L | F/L E(hangup) | F/L E(hangup) | F/L E(hangup) | - | -']
  ],
  closed: [
    ['', { kind: 'closed' },
      '- | - | - | - | - | - | flushed/L | -',
      '- | - | - | - | - | flushed/L | -']
  ]
} satisfies Record<PhoneEvent['kind'], readonly Row[]>

const eventOf = (event: Row[1], direction: Direction): PhoneEvent =>
  typeof event === 'function' ? event(direction) : event

describe.each(Object.entries(rows) as [string, readonly Row[]][])('%s', (_kind, events) => {
  it.each(events)('%s', (_name, event, ...expected) => {
    const got = directions.map((direction) =>
      states[direction].map((status) => outcome(phoneIn(direction, status), eventOf(event, direction))).join(' | ')
    )
    expect(got).toEqual(expected)
  })
})

it.each(directions)('%s: each state is the one it is called', (direction) => {
  expect(states[direction].map((status) => phoneIn(direction, status).calls[0]?.status)).toEqual(states[direction])
})

describe.each(directions)('an %s call', (direction) => {
  // An ended call may do nothing but be looked at; a later word of the server never brings it back.
  it.each(['finished', 'flushed'] as const)('that is %s never comes back', (status) => {
    for (const wire of ['trying', 'ringing', 'accepted', 'conversation', 'paused'] as const) {
      const said = snapshot(direction, wire, 50)
      const welcome: PhoneEvent = { ...joined, boot: 'boot2', calls: [said], fresh: [fresh], named: ['c1'] }
      for (const event of [changed(said), welcome]) {
        const { phone, delegate } = step(phoneIn(direction, status), event, now)
        expect(short(delegate)).toEqual([])
        expect(phone.calls.filter((call) => call.ended === null)).toEqual([])
      }
    }
  })

  it('has every deadline still to come right after a step, in every state and after every event', () => {
    for (const status of states[direction]) {
      for (const [, event] of Object.values<readonly Row[]>(rows).flat()) {
        for (const later of [0, 1_000, 4_000, 45_000, 60_000, 600_000]) {
          const { phone } = step(phoneIn(direction, status), eventOf(event, direction), now + later)
          expect(deadlines(phone).every((at) => at > now + later)).toBe(true)
        }
      }
    }
  })
})
