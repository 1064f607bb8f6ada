// What an answered call may be besides its status, against everything that its two sides and other calls do: of which
// class the answer is, and what the call is then.
import { describe, expect, it } from 'vitest'
import { isHeld, type Call } from '../../../../server/calls/call.ts'
import { deadlines } from '../../../../server/calls/deadline.ts'
import type { CallEvent } from '../../../../server/calls/event.ts'
import { step } from '../../../../server/calls/step.ts'
import { snapshotFor } from '../../../../server/calls/views.ts'
import { start } from './fakes.ts'
import { after, callIn } from './machine.ts'

const omid = { userId: 'u-omid', username: 'omid', names: { en: 'omid', fa: '' } }
const by = (deviceId: string) => ({ deviceId })
const handOver: CallEvent = { kind: 'transfer', ...by('caller'), callId: 'n1.new', to: omid, mode: 'attended' }
const merge: CallEvent = { kind: 'merge', ...by('caller'), callId: 'n1.with', with: omid }
const move: CallEvent = { kind: 'move', ...by('caller'), to: ['more', 'extra'] }

const talking = callIn('conversation')
const inState = (...events: CallEvent[]): Call => after(talking, events).call

/** The caller holds, connects, hosts, moves. */
const states = {
  talking,
  held: inState({ kind: 'hold', held: true, ...by('caller') }),
  transferring: inState(handOver),
  conference: inState(merge),
  moving: inState(move)
} as const

/** What a call is besides its status, in a word for each. */
const traits = (call: Call): string => {
  const all = {
    over: call.status === 'finished',
    silent: call.status !== 'finished' && isHeld(call),
    transferring: call.status !== 'finished' && call.transfer !== null,
    conference: call.status !== 'finished' && call.conference !== null,
    moving: call.movingSince !== null
  }
  const words = Object.entries(all).flatMap(([word, is]) => (is ? [word] : []))
  return words.length === 0 ? 'talks' : words.join('+')
}

/** `no` for a refusal, `-` where nothing is to be done, else what the call is then. */
const outcome = (call: Call, event: CallEvent): string => {
  const stepped = step(call, event, start + 10 * 60_000)
  if (stepped.answer === 'nothing') return '-'
  return stepped.answer === 'acted' ? traits(stepped.call) : 'no'
}

type Row = readonly [name: string, event: CallEvent, outcomes: string]

//                       talking | held | transferring | conference | moving
const rows: readonly Row[] = [
  [
    'hold',
    { kind: 'hold', held: true, ...by('caller') },
    'silent | - | silent+transferring | silent+conference | silent+moving'
  ],
  ['resume', { kind: 'hold', held: false, ...by('caller') }, '- | talks | - | - | -'],
  [
    'the other holds',
    { kind: 'hold', held: true, ...by('chosen') },
    'silent | silent | silent+transferring | silent+conference | silent+moving'
  ],
  ['transfer', handOver, 'silent+transferring | silent+transferring | no | no | silent+transferring'],
  [
    'the other transfers',
    { ...handOver, ...by('chosen') },
    'silent+transferring | silent+transferring | no | no | silent+transferring'
  ],
  ['transfer blindly', { ...handOver, mode: 'blind' }, 'over | over | no | no | over'],
  ['take the transfer back', { kind: 'transferCancel', ...by('caller') }, 'no | no | talks | no | no'],
  ['the other takes it back', { kind: 'transferCancel', ...by('chosen') }, 'no | no | no | no | no'],
  ['the transfer is answered', { kind: 'transferOver', callId: 'n1.new', failed: null }, '- | - | over | - | -'],
  ['the transfer failed', { kind: 'transferOver', callId: 'n1.new', failed: 'missed' }, '- | - | talks | - | -'],
  ['another transfer failed', { kind: 'transferOver', callId: 'n1.x', failed: 'missed' }, '- | - | - | - | -'],
  ['the transfer takes too long', { kind: 'due', limit: 'transfer' }, '- | - | talks | - | -'],
  ['merge', merge, 'conference | conference | no | - | conference'],
  ['merge with a third', { ...merge, callId: 'n1.x' }, 'conference | conference | no | no | conference'],
  ['split', { kind: 'split', ...by('caller') }, '- | - | - | talks | -'],
  ['the other splits', { kind: 'split', ...by('chosen') }, '- | - | - | no | -'],
  ['the other call is over', { kind: 'part', callId: 'n1.with' }, '- | - | - | talks | -'],
  ['another call is over', { kind: 'part', callId: 'n1.x' }, '- | - | - | - | -'],
  ['move', move, 'moving | silent+moving | no | no | talks'],
  [
    'the other moves',
    { kind: 'move', ...by('chosen'), to: ['extra'] },
    'moving | silent+moving | no | conference+moving | no'
  ],
  ['taken over', { kind: 'accept', ...by('more') }, 'no | no | no | no | talks'],
  ['alerts', { kind: 'ringing', ...by('more') }, 'no | no | no | no | moving'],
  ['not taken over', { kind: 'decline', ...by('more') }, 'no | no | no | no | moving'],
  ['the move takes too long', { kind: 'due', limit: 'move' }, '- | - | - | - | talks'],
  ['withdrawn', { kind: 'withdraw' }, '- | - | - | - | -'],
  [
    'keys',
    { kind: 'dtmf', digits: '1', ...by('chosen') },
    'talks | silent | silent+transferring | conference | moving'
  ],
  ['a message', { kind: 'message', data: 'x', ...by('chosen') }, '- | - | - | - | -'],
  ['hung up', { kind: 'hangup', ...by('caller') }, 'over | over | over | over | over'],
  ['the other hangs up', { kind: 'hangup', ...by('chosen') }, 'over | over | over | over | over'],
  ['killed', { kind: 'kill' }, 'over | over | over | over | over'],
  [
    'the caller loses its media',
    { kind: 'mediaFact', ...by('caller'), epoch: 1, media: 'down' },
    'talks | silent | silent+transferring | conference | moving'
  ],
  [
    'the server starts again',
    { kind: 'recovered', aliveAt: start },
    'talks | silent | silent+transferring | conference | moving'
  ]
]

describe('an answered call', () => {
  it.each(rows)('%s', (_name, event, outcomes) => {
    expect(
      Object.values(states)
        .map((call) => outcome(call, event))
        .join(' | ')
    ).toBe(outcomes)
  })

  it('that waits for something has a deadline for it', () => {
    const limits = Object.values(states).map((call) =>
      deadlines(call).map(({ event }) => event.kind === 'due' && event.limit)
    )
    expect(limits).toEqual([[], [], ['transfer'], [], ['move']])
  })

  it('of Echo is neither transferred nor merged', () => {
    const echo: Call = { ...talking, kind: 'echo' }
    expect([handOver, merge].map((event) => outcome(echo, event))).toEqual(['no', 'no'])
    // So no phone offers that.
    expect([echo, talking].map((call) => snapshotFor(call, 'caller', start).echo)).toEqual([true, false])
  })

  it('ends as transferred only by who transfers', () => {
    const ends = ['caller', 'chosen'].map(
      (deviceId) => step(states.transferring, { kind: 'hangup', deviceId }, start).call.end
    )
    expect(ends).toEqual([
      { reason: 'hangup', by: 'caller', detail: 'transferred', at: start },
      { reason: 'hangup', by: 'receptor', at: start }
    ])
  })
})
