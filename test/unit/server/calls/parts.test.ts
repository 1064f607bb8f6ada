// The small parts of the registry by themselves: the queue of deadlines, the writer, the mailbox, admission.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { admit, type Admission, type Asking } from '../../../../server/calls/admit.ts'
import type { Call } from '../../../../server/calls/call.ts'
import { noWishes } from '../../../../server/calls/making.ts'
import type { Screened } from '../../../../server/ports.ts'
import { createDeadlineQueue } from '../../../../server/calls/deadline-queue.ts'
import { defaultLimits } from '../../../../server/calls/limits.ts'
import { createMailbox } from '../../../../server/calls/mailbox.ts'
import { readCall } from '../../../../server/calls/schema.ts'
import { snapshotFor } from '../../../../server/calls/views.ts'
import { createFakePresence, start } from './fakes.ts'
import { callIn } from './machine.ts'

describe('the queue of deadlines', () => {
  it('always knows the earliest, however keys come, move and go', () => {
    const change = fc.tuple(
      fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i'),
      fc.option(fc.integer({ min: 0, max: 50 }))
    )
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
        const queue = createDeadlineQueue()
        const model = new Map<string, number>()
        for (const [key, at] of changes) {
          queue.set(key, at)
          if (at === null) model.delete(key)
          else model.set(key, at)
          const earliest = model.size === 0 ? undefined : Math.min(...model.values())
          const first = queue.first()
          expect([first?.at, queue.size()]).toEqual([earliest, model.size])
          if (first !== null) expect(model.get(first.key)).toBe(first.at)
        }
      }),
      { numRuns: 500 }
    )
  })
})

describe('the mailbox', () => {
  it('keeps back only what is held, in order, until the last hold is over', () => {
    const presence = createFakePresence()
    presence.devices.set('u', ['d'])
    const mailbox = createMailbox({ presence, log: silentLogger })
    const about = (id: string, seq: number) => ({ ...snapshotFor(callIn('ringing'), 'chosen', start), id, seq })
    const told = () =>
      presence.pushes.map(({ push }) =>
        push.name === 'call.changed' ? `${push.data.call.id}${push.data.call.seq}` : ''
      )
    const first = mailbox.hold('d', ['a'])
    const second = mailbox.hold('d', ['a', 'b'])
    mailbox.send('d', about('a', 1))
    mailbox.send('d', about('b', 1))
    mailbox.send('d', about('c', 1))
    expect(told()).toEqual(['c1'])
    first()
    first()
    mailbox.send('d', about('a', 2))
    expect(told()).toEqual(['c1'])
    second()
    mailbox.send('d', about('a', 3))
    expect(told()).toEqual(['c1', 'a1', 'b1', 'a2', 'a3'])
  })

  it('outlives a connection that throws', () => {
    const presence = { ...createFakePresence(), push: () => expect.unreachable() }
    const mailbox = createMailbox({ presence, log: silentLogger })
    expect(() => mailbox.send('d', snapshotFor(callIn('ringing'), 'chosen', start))).not.toThrow()
    expect(() => mailbox.historyChanged('d')).not.toThrow()
  })
})

describe('admission', () => {
  const asking: Asking = {
    callerId: 'u-omid',
    receptorId: 'u-sara',
    kind: 'person',
    callerCalls: [],
    receptorCalls: [],
    calls: 0,
    limits: defaultLimits,
    screened: noWishes
  }
  const crossing: Asking = { ...asking, callerId: 'u-sara', receptorId: 'u-ali' }
  /** sara in a call of her own, which rings or rang at ali's. */
  const dialling: Asking = { ...asking, receptorId: 'u-ali' }
  const without: Screened = { ...noWishes, callWaiting: false }
  const busy: Screened = { ...noWishes, doNotDisturb: 'busy' }
  const silent: Screened = { ...noWishes, doNotDisturb: 'silent' }
  const blocked: Screened = { ...busy, blocked: true }
  const talking = { receptorCalls: [callIn('conversation')] }
  /** A call of somebody whom its receptor, sara, has blocked. */
  const unwanted: Call = { ...callIn('trying'), reception: { waiting: false, silent: false, blocked: true } }

  const words = (admission: Admission): string => {
    if (admission.kind !== 'offer') return admission.kind
    const traits = Object.entries(admission.reception).flatMap(([name, is]) => (is ? [name] : []))
    return ['offer', ...traits].join(' ')
  }

  it.each([
    ['nothing else goes on', asking, 'offer'],
    ['a call that nobody joined', { ...asking, receptorCalls: [callIn('new')] }, 'offer'],
    ['a call that is over', { ...asking, receptorCalls: [callIn('finished')] }, 'offer'],
    ['the receptor is called', { ...asking, receptorCalls: [callIn('trying')] }, 'busy'],
    ['the receptor talks', { ...asking, ...talking }, 'offer waiting'],
    ['the receptor is reconnecting', { ...asking, receptorCalls: [callIn('paused')] }, 'offer waiting'],
    ['the receptor dials', { ...dialling, receptorCalls: [callIn('ringing')] }, 'offer waiting'],
    ['one waits already', { ...asking, receptorCalls: [callIn('conversation'), callIn('ringing')] }, 'busy'],
    ['call waiting is off', { ...asking, ...talking, screened: without }, 'busy'],
    ['call waiting is off, and nothing goes on', { ...asking, screened: without }, 'offer'],
    ['not to be disturbed', { ...asking, screened: busy }, 'busy'],
    ['to be left in silence', { ...asking, screened: silent }, 'offer silent'],
    ['to be left in silence, in a talk', { ...asking, ...talking, screened: silent }, 'offer waiting silent'],
    ['the caller is blocked', { ...asking, screened: blocked }, 'offer blocked'],
    ['the caller is blocked, the receptor talks', { ...asking, ...talking, screened: blocked }, 'offer blocked'],
    ['a blocked caller takes nobody else away', { ...asking, receptorCalls: [unwanted] }, 'offer'],
    ['who blocked the other calls it back', { ...crossing, receptorCalls: [unwanted] }, 'offer waiting'],
    [
      'two call each other, one is blocked',
      { ...crossing, screened: blocked, receptorCalls: [callIn('trying')] },
      'glare'
    ],
    ['nobody to call', { ...asking, callerId: 'u-sara' }, 'refuse'],
    ['they call each other', { ...crossing, receptorCalls: [callIn('trying')] }, 'glare'],
    ['they call each other, it rings', { ...crossing, receptorCalls: [callIn('ringing')] }, 'glare'],
    ['they talk already', { ...crossing, receptorCalls: [callIn('accepted')] }, 'busy'],
    ['the same dials twice', { ...asking, callerId: 'u-ali', receptorCalls: [callIn('ringing')] }, 'busy'],
    ['the echo service', { ...asking, kind: 'echo', receptorCalls: [callIn('conversation')] }, 'offer']
  ] as const)('%s', (_name, question, kind) => {
    expect(words(admit(question))).toBe(kind)
  })
})

describe('a stored call', () => {
  it.each(['new', 'trying', 'ringing', 'accepted', 'conversation', 'paused', 'finished'] as const)(
    'comes back from JSON as it was: %s',
    (status) => {
      const call = callIn(status)
      expect(readCall(JSON.parse(JSON.stringify(call)))).toEqual({ call })
    }
  )

  it.each([[null], [{}], [{ ...callIn('ringing'), version: 2 }], [{ ...callIn('ringing'), status: 'odd' }]])(
    'that does not fit is refused: %#',
    (stored) => {
      expect(readCall(stored)).toHaveProperty('problem')
    }
  )
})
