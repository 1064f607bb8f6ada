// The machine by tables: every state against every event, and what the person may do in each.
import { describe, expect, it } from 'vitest'
import type { CallStatus } from '../../../../common/call/status.ts'
import type { MediaOrder } from '../../../../common/ipc.ts'
import type { CallSnapshot, LegPhase, WireStatus } from '../../../../common/types.ts'
import { deadlines } from '../../../../main/call/machine-time.ts'
import { step } from '../../../../main/call/machine.ts'
import { initialPhone, limits, type PhoneEvent, type PhoneState } from '../../../../main/call/machine-state.ts'
import { views } from '../../../../main/call/view.ts'
import { wants } from '../../../../main/call/wants.ts'
import { peerOf } from './fake-server.ts'
import { short } from './fake-world.ts'

const now = 1_000_000
const fresh = { session: 's', requests: 'r' }

const snapshot = (
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
  createdAt: now,
  talk: { ms: 0, since: null },
  now,
  ...more
})

const changed = (call: CallSnapshot): PhoneEvent => ({ kind: 'changed', call, fresh })
const run = (events: readonly PhoneEvent[], from: PhoneState = initialPhone): PhoneState =>
  events.reduce((phone, event) => step(phone, event, now).phone, from)

const joined: PhoneEvent = { kind: 'joined', boot: 'boot1', now, calls: [], named: [], fresh: [] }
const dial: PhoneEvent = { kind: 'dial', fresh, peer: peerOf('them') }
const on = <K extends 'answer' | 'decline' | 'hangUp' | 'dismiss' | 'alertShown'>(kind: K) => ({ kind, session: 's' })
const end = { reason: 'killed', by: 'server', at: now } as const

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

const offer = changed(snapshot('inbound', 'trying', 2, 'offered'))
const answeredHere = [offer, on('alertShown'), on('answer')]
const inbound = {
  new: [offer],
  ringing: [offer, on('alertShown')],
  accepted: [...answeredHere, changed(snapshot('inbound', 'accepted', 4))],
  conversation: [...answeredHere, changed(snapshot('inbound', 'conversation', 5))],
  paused: [...answeredHere, changed(snapshot('inbound', 'conversation', 5)), changed(snapshot('inbound', 'paused', 6))],
  finished: [offer, on('alertShown'), on('decline')],
  flushed: [offer, changed(snapshot('inbound', 'finished', 9, 'gone', { end }))]
} satisfies Partial<Record<CallStatus, PhoneEvent[]>>

const phoneIn = (direction: 'inbound' | 'outbound', status: string): PhoneState => {
  const way: Record<string, readonly PhoneEvent[]> = direction === 'inbound' ? inbound : outbound
  return run([joined, ...(way[status] ?? [])])
}

/** What the delegate hears and how the call stands then. `-`: nothing happens. */
const table = (direction: 'inbound' | 'outbound', status: string, event: PhoneEvent): string => {
  const before = phoneIn(direction, status)
  const { phone, delegate } = step(before, event, now)
  const call = phone.calls[0]
  if (delegate.length === 0) return call?.status === status ? '-' : `(${call?.status ?? 'gone'})`
  return short(delegate).join(' ')
}

const ended = (more: string) => `finished${more} flushed/L`
const over = ended(' E(killed)')
const serverEnd = (direction: 'inbound' | 'outbound') => changed(snapshot(direction, 'finished', 99, 'gone', { end }))
const rows = (direction: 'inbound' | 'outbound'): readonly (readonly [string, PhoneEvent])[] => [
  ['answer', on('answer')],
  ['decline', on('decline')],
  ['hangUp', on('hangUp')],
  ['dismiss', on('dismiss')],
  ['alertShown', on('alertShown')],
  ['mute', { kind: 'mute', session: 's', muted: true }],
  ['lost', { kind: 'lost' }],
  ['time', { kind: 'time' }],
  ['engineGone', { kind: 'engineGone' }],
  ['fact', { kind: 'fact', session: 's', epoch: 1, fact: { kind: 'lost' } }],
  ['old snapshot', changed(snapshot(direction, 'trying', 0, direction === 'inbound' ? 'offered' : 'chosen'))],
  ['server end', serverEnd(direction)],
  ['welcome without it', { ...joined, named: ['c1'] }],
  ['closing', { kind: 'closing' }]
]

const hangup = 'finished/L E(hangup)'
const missed = 'finished/L E(missed) flushed/L'
const rejected = 'finished/L E(rejected)'
const unknown = ended(' E(unknown)')
const expected: Record<'inbound' | 'outbound', Record<string, readonly string[]>> = {
  // prettier-ignore
  outbound: {
    //             answer decline hangUp dismiss alertShown mute lost time engineGone fact old  server end  missing  closing
    new:          ['-',   '-',    hangup, '-',   '-',       '-', '-', '-', '-',       '-', 'trying', `trying ${over}`, '-', hangup],
    trying:       ['-',   '-',    hangup, '-',   '-',       '-', '-', '-', '-',       '-', '-', over,       unknown, hangup],
    ringing:      ['-',   '-',    hangup, '-',   '-',       '-', '-', '-', '-',       '-', '-', over,       unknown, hangup],
    accepted:     ['-',   '-',    hangup, '-',   '-',       '-', '-', '-', '-',       '-', '-', over,       unknown, hangup],
    conversation: ['-',   '-',    hangup, '-',   '-',       '-', '-', '-', '-',       '-', '-', over,       unknown, hangup],
    paused:       ['-',   '-',    hangup, '-',   '-',       '-', '-', '-', '-',       '-', '-', over,       unknown, hangup],
    finished:     ['-',   '-',    '-',    '-',   '-',       '-', '-', '-', '-',       '-', '-', 'flushed/L', 'flushed/L', '-'],
    flushed:      ['-',   '-',    '-',    '(gone)', '-',    '-', '-', '-', '-',       '-', '-', '-',        '-',     '-']
  },
  // prettier-ignore
  inbound: {
    new:          ['ringing/L', rejected, '-', '-', 'ringing/L', '-', '-', '-', '-',  '-', '-', over,       unknown, missed],
    ringing:      ['-',   rejected, '-',  '-',   '-',       '-', '-', '-', '-',       '-', '-', over,       unknown, missed],
    accepted:     ['-',   '-',    hangup, '-',   '-',       '-', '-', '-', '-',       '-', '-', over,       unknown, hangup],
    conversation: ['-',   '-',    hangup, '-',   '-',       '-', '-', '-', '-',       '-', '-', over,       unknown, hangup],
    paused:       ['-',   '-',    hangup, '-',   '-',       '-', '-', '-', '-',       '-', '-', over,       unknown, hangup],
    finished:     ['-',   '-',    '-',    '-',   '-',       '-', '-', '-', '-',       '-', '-', 'flushed/L', 'flushed/L', '-'],
    flushed:      ['-',   '-',    '-',    '(gone)', '-',    '-', '-', '-', '-',       '-', '-', '-',        '-',     '-']
  }
}

describe.each(['outbound', 'inbound'] as const)('%s: state × event', (direction) => {
  for (const [status, answers] of Object.entries(expected[direction])) {
    rows(direction).forEach(([name, event], index) => {
      it(`${status} × ${name}: ${answers[index]}`, () => {
        expect(phoneIn(direction, status).calls[0]?.status).toBe(status)
        expect(table(direction, status, event)).toBe(answers[index])
      })
    })
  }

  // An ended call may do nothing but be looked at; a later word of the server never brings it back.
  it.each(['finished', 'flushed'])('%s never comes back', (status) => {
    for (const wire of ['trying', 'ringing', 'accepted', 'conversation', 'paused'] as const) {
      expect(table(direction, status, changed(snapshot(direction, wire, 50)))).toBe('-')
      const { phone } = step(
        phoneIn(direction, status),
        {
          ...joined,
          boot: 'boot2',
          now,
          calls: [snapshot(direction, wire, 50)],
          fresh: [fresh],
          named: ['c1']
        },
        now
      )
      expect(phone.calls.filter((call) => call.ended === null)).toEqual([])
    }
  })

  it('every deadline is still to come right after a step, in every state and after every event', () => {
    for (const status of Object.keys(expected[direction])) {
      for (const [, event] of rows(direction)) {
        for (const later of [0, 1_000, 4_000, 45_000, 60_000, 600_000]) {
          const { phone } = step(phoneIn(direction, status), event, now + later)
          expect(deadlines(phone).every((at) => at > now + later)).toBe(true)
        }
      }
    }
  })
})

describe('what is wanted in each state', () => {
  const order = (phone: PhoneState): string => {
    const [one]: readonly (MediaOrder | undefined)[] = wants(phone).orders
    return one === undefined ? 'none' : `${one.want}${one.microphone ? ' open' : ''}`
  }
  // prettier-ignore
  it.each([
    ['outbound', 'new', 'prepare open', 'none'],
    ['outbound', 'trying', 'prepare open', 'trying'],
    ['outbound', 'ringing', 'prepare open', 'ringback'],
    ['outbound', 'accepted', 'talk open', 'none'],
    ['outbound', 'conversation', 'talk open', 'none'],
    ['outbound', 'paused', 'talk open', 'reconnecting'],
    ['outbound', 'finished', 'none', 'none'],
    ['outbound', 'flushed', 'none', 'ended'],
    ['inbound', 'new', 'none', 'none'],
    ['inbound', 'ringing', 'prepare', 'ringing'],
    ['inbound', 'accepted', 'talk open', 'none'],
    ['inbound', 'conversation', 'talk open', 'none'],
    ['inbound', 'paused', 'talk open', 'reconnecting'],
    ['inbound', 'finished', 'none', 'none'],
    ['inbound', 'flushed', 'none', 'none']
  ] as const)('%s %s: media %s, tone %s', (direction, status, media, tone) => {
    const phone = phoneIn(direction, status)
    expect(order(phone)).toBe(media)
    expect(wants(phone).tone).toBe(tone)
  })

  it('after the press of Answer: silence, and the microphone opens while the server is asked', () => {
    const phone = run([joined, ...answeredHere])
    expect(order(phone)).toBe('prepare open')
    expect(order(run([{ kind: 'lost' }], phone)), 'nobody can be asked').toBe('prepare')
    expect(wants(phone)).toMatchObject({ tone: 'none', alerts: [] })
    expect(wants(phone).requests.map(({ name }) => name)).toEqual(['call.ringing', 'call.accept'])
  })

  it('a new making of media: after a crash of the page, a rebuild, and a new run of the server', () => {
    const phone = phoneIn('outbound', 'conversation')
    const epoch = (after: PhoneState) => wants(after).orders[0]?.epoch
    expect(epoch(phone)).toBe(1)
    expect(epoch(run([{ kind: 'engineGone' }], phone))).toBe(2)
    const rebuild: PhoneEvent = { kind: 'fact', session: 's', epoch: 1, fact: { kind: 'rebuild' } }
    expect(epoch(run([rebuild, rebuild], phone)), 'the second is of an old epoch').toBe(2)
    const welcome = (boot: string): PhoneEvent => ({
      kind: 'joined',
      boot,
      now,
      calls: [snapshot('outbound', 'paused', 7)],
      named: ['c1'],
      fresh: [fresh]
    })
    expect(epoch(run([{ kind: 'lost' }, welcome('boot1')], phone))).toBe(1)
    expect(epoch(run([{ kind: 'lost' }, welcome('boot2')], phone))).toBe(2)
  })

  it('the phone reports its own leg, the last word only', () => {
    const fact = (kind: 'lost' | 'back'): PhoneEvent => ({ kind: 'fact', session: 's', epoch: 1, fact: { kind } })
    const phone = run([fact('lost'), fact('back')], phoneIn('outbound', 'conversation'))
    const reports = wants(phone).requests.filter(({ name }) => name === 'media.report')
    expect(reports.map(({ data }) => data)).toEqual([{ callId: 'c1', epoch: 1, state: 'connected' }])
  })

  it('a number is dialled again only after the server knows what is to be hung up there, another one at once', () => {
    const again = (to: string): PhoneEvent => ({
      kind: 'dial',
      fresh: { session: 's2', requests: 'r2' },
      peer: peerOf(to)
    })
    const asked = (phone: PhoneState) => wants(phone).requests.map(({ session, name }) => `${session} ${name}`)
    const cancelled = phoneIn('outbound', 'finished')
    const redialled = run([again('them')], cancelled)
    expect(asked(redialled)).toEqual(['s call.create'])
    const answer: PhoneEvent = {
      kind: 'answered',
      session: 's',
      requestId: wants(cancelled).requests[0]?.requestId ?? '',
      result: { ok: true, value: snapshot('outbound', 'trying', 2) }
    }
    const told = run([answer], redialled)
    expect(asked(told)).toEqual(['s call.hangup', 's2 call.create'])
    const failed = { ok: false, error: { code: 'unavailable' } } as const
    const hangup = wants(told).requests[0]?.requestId ?? ''
    expect(asked(run([{ kind: 'answered', session: 's', requestId: hangup, result: failed }], told))).toEqual([])
    expect(asked(run([again('others')], cancelled))).toEqual(['s call.create', 's2 call.create'])
  })

  it('a word that overtakes the answers to two diallings of the same number is kept until they say whose it is', () => {
    const twice = run([joined, dial, { kind: 'dial', fresh: { session: 's2', requests: 'r2' }, peer: peerOf('them') }])
    const busy = { reason: 'busy', by: 'server', at: now } as const
    const of = (id: string, status: WireStatus, seq: number, more: Partial<CallSnapshot> = {}) =>
      snapshot('outbound', status, seq, status === 'finished' ? 'gone' : 'chosen', { id, ...more })
    const answer = (session: string, id: string): PhoneEvent => ({
      kind: 'answered',
      session,
      requestId: session === 's' ? 'r.1' : 'r2.1',
      result: { ok: true, value: of(id, 'trying', 2) }
    })
    const early = run([changed(of('c2', 'finished', 3, { end: busy }))], twice)
    expect(early.calls.map(({ status }) => status)).toEqual(['new', 'new'])
    const told = run([answer('s', 'c1'), answer('s2', 'c2')], early)
    expect(told.calls.map(({ callId, ended }) => [callId, ended?.end.reason ?? null])).toEqual([
      ['c1', null],
      ['c2', 'busy']
    ])
    expect(told.unnamed).toEqual([])
  })

  it('a refused request is told again under a new id, an unanswered one under the same', () => {
    const phone = run([{ kind: 'mute', session: 's', muted: true }], phoneIn('outbound', 'conversation'))
    const [mute] = wants(phone).requests
    const after = (code: 'timeout' | 'unavailable', later = now) => {
      const result = { ok: false, error: { code } } as const
      const waiting = step(
        phone,
        { kind: 'answered', session: 's', requestId: mute?.requestId ?? '', result },
        now
      ).phone
      return wants(step(waiting, { kind: 'time' }, later).phone).requests.map(({ requestId }) => requestId)
    }
    expect(after('timeout')).toEqual([])
    expect(after('timeout', now + limits.retryMs)).toEqual([mute?.requestId])
    const [again] = after('unavailable', now + limits.retryMs)
    expect(again).toBeDefined()
    expect(again).not.toBe(mute?.requestId)
  })
})

describe('the view', () => {
  it('puts talk time on this machine’s clock and freezes it at the end', () => {
    const talk = { ms: 1_000, since: now + 7_000 }
    const event = changed(snapshot('outbound', 'conversation', 5, 'chosen', { talk, now: now + 10_000 }))
    const phone = run([joined, dial, event])
    expect(views(phone)[0]?.talk).toEqual({ ms: 1_000, since: now - 3_000 })
    const ended = step(phone, on('hangUp'), now + 2_000).phone
    expect(views(ended)[0]?.talk).toEqual({ ms: 6_000, since: null })
  })

  it('shows an ended call for a while, or until it is dismissed', () => {
    const phone = phoneIn('inbound', 'flushed')
    expect(views(phone)).toHaveLength(1)
    expect(views(run([on('dismiss')], phone))).toEqual([])
    expect(views(step(phone, { kind: 'time' }, now + limits.shownMs - 1).phone)).toHaveLength(1)
    expect(views(step(phone, { kind: 'time' }, now + limits.shownMs).phone)).toEqual([])
  })

  it('says what is wrong: no socket, or what the media engine can not do', () => {
    const phone = phoneIn('inbound', 'conversation')
    expect(views(phone)[0]?.trouble).toBeNull()
    expect(views(run([{ kind: 'lost' }], phone))[0]?.trouble).toEqual({ code: 'disconnected' })
    const denied: PhoneEvent = {
      kind: 'fact',
      session: 's',
      epoch: 1,
      fact: { kind: 'failed', code: 'microphone_denied' }
    }
    expect(views(run([denied], phone))[0]?.trouble).toEqual({ code: 'microphone_denied' })
    const recovered: PhoneEvent = { kind: 'fact', session: 's', epoch: 1, fact: { kind: 'recovered' } }
    expect(views(run([denied, recovered], phone))[0]?.trouble).toBeNull()
  })
})

describe('what is left of a call', () => {
  const gone = run([on('dismiss')], phoneIn('inbound', 'flushed'))

  it('is no call: a late word about one that is gone rings for nobody', () => {
    expect(gone.calls).toEqual([])
    expect(run([changed(snapshot('inbound', 'ringing', 3, 'offered'))], gone).calls).toEqual([])
    const welcome: PhoneEvent = {
      kind: 'joined',
      boot: 'boot2',
      now,
      calls: [snapshot('inbound', 'ringing', 3, 'offered')],
      named: [],
      fresh: [fresh]
    }
    expect(run([welcome], gone).calls).toEqual([])
  })

  it('is no floor: the next call can be dialled at once', () => {
    for (const direction of ['outbound', 'inbound'] as const) {
      for (const event of [on('hangUp'), serverEnd(direction)]) {
        const phone = run([event], phoneIn(direction, 'conversation'))
        expect(phone.floor).toBeNull()
        const again = run([{ ...dial, fresh: { session: 's2', requests: 'r2' } }], phone)
        expect(wants(again).orders).toMatchObject([{ session: 's2', microphone: true }])
      }
    }
  })

  it('is a tone of two seconds', () => {
    const phone = run([serverEnd('outbound')], phoneIn('outbound', 'conversation'))
    const tone = (ms: number) => wants(step(phone, { kind: 'time' }, now + ms).phone).tone
    expect([tone(0), tone(limits.endToneMs - 1), tone(limits.endToneMs)]).toEqual(['ended', 'ended', 'none'])
  })

  it('of two that cross only one has the microphone, whichever word comes first', () => {
    const other = { session: 's2', requests: 'r2' }
    const taken = snapshot('inbound', 'accepted', 4, 'chosen', { id: 'c0' })
    const both = run([{ kind: 'changed', call: taken, fresh: other }], phoneIn('outbound', 'trying'))
    expect(wants(both).orders).toMatchObject([
      { session: 's', want: 'prepare', microphone: false },
      { session: 's2', want: 'talk', microphone: true }
    ])
    const glare = { reason: 'call_received', by: 'server', detail: 'glare', at: now } as const
    const one = run([changed(snapshot('outbound', 'finished', 9, 'gone', { end: glare }))], both)
    expect(one.floor).toBe('s2')
    expect(wants(one).tone).toBe('none')
  })
})

describe('sequence numbers', () => {
  const paused = phoneIn('outbound', 'paused')
  const statusAfter = (event: PhoneEvent) => run([event], paused).calls[0]?.status

  it('an older or repeated word changes nothing', () => {
    expect(statusAfter(changed(snapshot('outbound', 'conversation', 5)))).toBe('paused')
    expect(statusAfter(changed(snapshot('outbound', 'conversation', 6)))).toBe('paused')
    expect(statusAfter(changed(snapshot('outbound', 'conversation', 7)))).toBe('conversation')
  })

  it('count within one run of the server: another run is believed whatever its numbers', () => {
    const welcome = (boot: string): PhoneEvent => ({
      kind: 'joined',
      boot,
      now,
      calls: [snapshot('outbound', 'conversation', 2)],
      named: ['c1'],
      fresh: [fresh]
    })
    expect(statusAfter(welcome('boot1'))).toBe('paused')
    expect(statusAfter(welcome('boot2'))).toBe('conversation')
  })
})
