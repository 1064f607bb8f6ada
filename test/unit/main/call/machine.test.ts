// The machine by its states: what is wanted in each, what the window shows, what is left of a call, and which word counts.
import { describe, expect, it } from 'vitest'
import type { MediaOrder } from '../../../../common/ipc.ts'
import type { CallSnapshot, WireStatus } from '../../../../common/types.ts'
import { step } from '../../../../main/call/machine.ts'
import { limits, type PhoneEvent, type PhoneState } from '../../../../main/call/machine-state.ts'
import { views } from '../../../../main/call/view.ts'
import { wants } from '../../../../main/call/wants.ts'
import { peerOf } from './fake-server.ts'
import { answeredHere, changed, dial, fresh, joined, now, on, phoneIn, run, serverEnd, snapshot } from './states.ts'

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

  it('sound that is lost here is shown lost, also while the server cannot hear of it', () => {
    const fact = (kind: 'lost' | 'back'): PhoneEvent => ({ kind: 'fact', session: 's', epoch: 1, fact: { kind } })
    const both = { media: { caller: 'connected', receptor: 'connected' } } as const
    const talking = run(
      [changed(snapshot('outbound', 'conversation', 9, 'chosen', both))],
      phoneIn('outbound', 'conversation')
    )
    const shown = (phone: PhoneState) => [views(phone)[0]?.media.mine, wants(phone).tone]
    const before = shown(talking)
    expect(before).toEqual(['connected', 'none'])
    const lost = run([{ kind: 'lost' }, fact('lost')], talking)
    expect(shown(lost)).toEqual(['disconnected', 'reconnecting'])
    expect(shown(run([fact('back')], lost))).toEqual(before)
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
