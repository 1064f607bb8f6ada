// Every event in every state: of which class the answer is. A new event or state has no row here and fails to compile.
import { describe, expect, it } from 'vitest'
import { wireStatuses } from '../../../../common/call/status.ts'
import type { CallEvent } from '../../../../server/calls/event.ts'
import { step } from '../../../../server/calls/step.ts'
import { start } from './fakes.ts'
import { callIn } from './machine.ts'

/** One word for each class; for a refusal its code's. */
const classOf = (answer: ReturnType<typeof step>['answer']): string => {
  if (answer === 'acted') return 'acts'
  if (answer === 'nothing') return '-'
  const names: Readonly<Record<string, string>> = {
    access_denied: 'denied',
    call_session_finished: 'over',
    not_allowed_now: 'not now',
    no_other_device: 'no device',
    stale: 'stale'
  }
  return names[answer.refused] ?? answer.refused
}

const by = (deviceId: string) => ({ deviceId })

// Far enough for every limit, so that a `due` is refused only for being of another state.
const late = start + 10 * 60_000

const denied = 'denied | denied | denied | denied | denied | denied | denied'

const omid = { userId: 'u-omid', username: 'omid', names: { en: 'omid', fa: '' } }
const handOver = (deviceId: string, mode: 'attended' | 'blind'): CallEvent => ({
  kind: 'transfer',
  deviceId,
  callId: 'n1.new',
  to: omid,
  mode
})
const merge = (deviceId: string): CallEvent => ({ kind: 'merge', deviceId, callId: 'n1.with', with: omid })
const moveTo = (deviceId: string, ...to: string[]): CallEvent => ({ kind: 'move', deviceId, to })

type Row = readonly [name: string, event: CallEvent, classes: string]

// In `trying` chosen and other are offered; in `ringing` chosen alerts and other is offered; from `accepted` on, other
// has lost. `stranger` is no device of the call.
//                                                             new | trying | ringing | accepted | conversation | paused | finished
const rows = {
  join: [
    ['a caller', { kind: 'join', ...by('caller') }, 'acts | - | - | - | - | - | over'],
    ['another', { kind: 'join', ...by('stranger') }, 'acts | not now | not now | not now | not now | not now | over']
  ],
  offer: [
    ['a new device', { kind: 'offer', ...by('stranger') }, '- | acts | acts | - | - | - | -'],
    ['an offered one', { kind: 'offer', ...by('chosen') }, '- | - | - | - | - | - | -']
  ],
  turnAway: [
    ['busy', { kind: 'turnAway', why: 'busy' }, '- | acts | - | - | - | - | -'],
    ['glare', { kind: 'turnAway', why: 'glare' }, '- | acts | - | - | - | - | -']
  ],
  ringing: [
    ['chosen', { kind: 'ringing', ...by('chosen') }, 'denied | acts | - | - | - | - | over'],
    ['other', { kind: 'ringing', ...by('other') }, 'denied | acts | acts | over | over | over | over'],
    ['caller', { kind: 'ringing', ...by('caller') }, 'denied | denied | denied | denied | denied | denied | denied'],
    ['stranger', { kind: 'ringing', ...by('stranger') }, 'denied | denied | denied | denied | denied | denied | denied']
  ],
  accept: [
    ['chosen', { kind: 'accept', ...by('chosen') }, 'denied | not now | acts | - | - | - | over'],
    ['other', { kind: 'accept', ...by('other') }, 'denied | not now | not now | over | over | over | over'],
    ['caller', { kind: 'accept', ...by('caller') }, 'denied | denied | denied | denied | denied | denied | denied'],
    ['stranger', { kind: 'accept', ...by('stranger') }, 'denied | denied | denied | denied | denied | denied | denied']
  ],
  decline: [
    ['chosen', { kind: 'decline', ...by('chosen') }, 'denied | acts | acts | not now | not now | not now | -'],
    ['other', { kind: 'decline', ...by('other') }, 'denied | acts | acts | - | - | - | -'],
    ['caller', { kind: 'decline', ...by('caller') }, 'denied | denied | denied | denied | denied | denied | denied'],
    ['stranger', { kind: 'decline', ...by('stranger') }, 'denied | denied | denied | denied | denied | denied | denied']
  ],
  hangup: [
    ['caller', { kind: 'hangup', ...by('caller') }, 'denied | acts | acts | acts | acts | acts | -'],
    ['chosen', { kind: 'hangup', ...by('chosen') }, 'denied | not now | not now | acts | acts | acts | -'],
    ['other', { kind: 'hangup', ...by('other') }, 'denied | not now | not now | - | - | - | -'],
    ['stranger', { kind: 'hangup', ...by('stranger') }, 'denied | denied | denied | denied | denied | denied | denied']
  ],
  mute: [
    ['caller', { kind: 'mute', muted: true, ...by('caller') }, 'denied | acts | acts | acts | acts | acts | over'],
    ['caller again', { kind: 'mute', muted: false, ...by('caller') }, 'denied | - | - | - | - | - | over'],
    [
      'chosen',
      { kind: 'mute', muted: true, ...by('chosen') },
      'denied | not now | not now | acts | acts | acts | over'
    ],
    ['other', { kind: 'mute', muted: true, ...by('other') }, 'denied | not now | not now | over | over | over | over'],
    [
      'stranger',
      { kind: 'mute', muted: true, ...by('stranger') },
      'denied | denied | denied | denied | denied | denied | denied'
    ]
  ],
  hold: [
    ['caller', { kind: 'hold', held: true, ...by('caller') }, 'denied | not now | not now | acts | acts | acts | over'],
    ['caller again', { kind: 'hold', held: false, ...by('caller') }, 'denied | not now | not now | - | - | - | over'],
    ['chosen', { kind: 'hold', held: true, ...by('chosen') }, 'denied | not now | not now | acts | acts | acts | over'],
    ['other', { kind: 'hold', held: true, ...by('other') }, 'denied | not now | not now | over | over | over | over'],
    ['stranger', { kind: 'hold', held: true, ...by('stranger') }, denied]
  ],
  dtmf: [
    [
      'caller',
      { kind: 'dtmf', digits: '1#', ...by('caller') },
      'denied | not now | not now | acts | acts | acts | over'
    ],
    [
      'chosen',
      { kind: 'dtmf', digits: '1#', ...by('chosen') },
      'denied | not now | not now | acts | acts | acts | over'
    ],
    ['other', { kind: 'dtmf', digits: '1#', ...by('other') }, 'denied | not now | not now | over | over | over | over'],
    ['stranger', { kind: 'dtmf', digits: '1#', ...by('stranger') }, denied]
  ],
  message: [
    ['caller', { kind: 'message', data: 'x', ...by('caller') }, 'denied | not now | not now | - | - | - | over'],
    ['chosen', { kind: 'message', data: 'x', ...by('chosen') }, 'denied | not now | not now | - | - | - | over'],
    ['other', { kind: 'message', data: 'x', ...by('other') }, 'denied | not now | not now | over | over | over | over'],
    ['stranger', { kind: 'message', data: 'x', ...by('stranger') }, denied]
  ],
  transfer: [
    ['caller', handOver('caller', 'attended'), 'denied | not now | not now | acts | acts | acts | over'],
    ['chosen, blindly', handOver('chosen', 'blind'), 'denied | not now | not now | acts | acts | acts | over'],
    ['other', handOver('other', 'attended'), 'denied | not now | not now | over | over | over | over'],
    ['stranger', handOver('stranger', 'blind'), denied]
  ],
  transferCancel: [
    [
      'none begun',
      { kind: 'transferCancel', ...by('caller') },
      'denied | not now | not now | not now | not now | not now | over'
    ],
    ['stranger', { kind: 'transferCancel', ...by('stranger') }, denied]
  ],
  transferOver: [['of none', { kind: 'transferOver', callId: 'n1.new', failed: null }, '- | - | - | - | - | - | -']],
  withdraw: [['', { kind: 'withdraw' }, '- | acts | acts | - | - | - | -']],
  merge: [
    ['caller', merge('caller'), 'denied | not now | not now | acts | acts | acts | over'],
    ['chosen', merge('chosen'), 'denied | not now | not now | acts | acts | acts | over'],
    ['other', merge('other'), 'denied | not now | not now | over | over | over | over'],
    ['stranger', merge('stranger'), denied]
  ],
  split: [
    ['none', { kind: 'split', ...by('caller') }, 'denied | not now | not now | - | - | - | over'],
    ['stranger', { kind: 'split', ...by('stranger') }, denied]
  ],
  part: [['from none', { kind: 'part', callId: 'n1.with' }, '- | - | - | - | - | - | -']],
  move: [
    ['caller', moveTo('caller', 'more'), 'denied | not now | not now | acts | acts | acts | over'],
    // In `ringing` the one that lost later is still in.
    ['chosen, to one that lost', moveTo('chosen', 'other'), 'denied | not now | not now | acts | acts | acts | over'],
    ['to nobody', moveTo('chosen'), 'denied | not now | not now | no device | no device | no device | over'],
    ['other', moveTo('other', 'more'), 'denied | not now | not now | over | over | over | over'],
    ['stranger', moveTo('stranger', 'more'), denied]
  ],
  invite: [
    ['a new device', { kind: 'invite', ...by('stranger') }, 'acts | - | - | - | - | - | -'],
    ['the caller', { kind: 'invite', ...by('caller') }, 'acts | - | - | - | - | - | -']
  ],
  mediaOpen: [
    [
      'caller, next',
      { kind: 'mediaOpen', epoch: 2, ...by('caller') },
      'denied | acts | acts | acts | acts | acts | over'
    ],
    ['caller, same', { kind: 'mediaOpen', epoch: 1, ...by('caller') }, 'denied | acts | acts | acts | - | - | over'],
    ['caller, old', { kind: 'mediaOpen', epoch: 0, ...by('caller') }, 'denied | - | - | - | stale | stale | over'],
    ['chosen', { kind: 'mediaOpen', epoch: 2, ...by('chosen') }, 'denied | not now | acts | acts | acts | acts | over'],
    [
      'other',
      { kind: 'mediaOpen', epoch: 2, ...by('other') },
      'denied | not now | not now | over | over | over | over'
    ],
    [
      'stranger',
      { kind: 'mediaOpen', epoch: 1, ...by('stranger') },
      'denied | denied | denied | denied | denied | denied | denied'
    ]
  ],
  mediaReport: [
    [
      'down',
      { kind: 'mediaReport', epoch: 1, up: false, ...by('caller') },
      'denied | stale | stale | stale | acts | acts | over'
    ],
    [
      'up',
      { kind: 'mediaReport', epoch: 1, up: true, ...by('caller') },
      'denied | stale | stale | stale | - | - | over'
    ],
    [
      'of no making',
      { kind: 'mediaReport', epoch: 7, up: false, ...by('chosen') },
      'denied | stale | stale | stale | stale | stale | over'
    ]
  ],
  mediaFact: [
    ['news', { kind: 'mediaFact', epoch: 1, media: 'up', ...by('caller') }, '- | - | - | - | acts | acts | -'],
    ['known', { kind: 'mediaFact', epoch: 1, media: 'flowing', ...by('caller') }, '- | - | - | - | - | - | -'],
    ['of an old making', { kind: 'mediaFact', epoch: 0, media: 'up', ...by('caller') }, '- | - | - | - | - | - | -'],
    ['of a loser', { kind: 'mediaFact', epoch: 0, media: 'up', ...by('other') }, '- | - | - | - | - | - | -']
  ],
  socketLost: [
    ['caller', { kind: 'socketLost', ...by('caller') }, '- | acts | acts | acts | acts | acts | -'],
    ['other', { kind: 'socketLost', ...by('other') }, '- | acts | acts | - | - | - | -'],
    ['stranger', { kind: 'socketLost', ...by('stranger') }, '- | - | - | - | - | - | -']
  ],
  socketBack: [
    ['that was there', { kind: 'socketBack', knows: true, ...by('caller') }, '- | - | - | - | - | - | -'],
    ['started anew', { kind: 'socketBack', knows: false, ...by('caller') }, '- | acts | acts | acts | acts | acts | -'],
    ['other, anew', { kind: 'socketBack', knows: false, ...by('other') }, '- | acts | acts | - | - | - | -']
  ],
  recovered: [['', { kind: 'recovered', aliveAt: start }, 'acts | acts | acts | acts | acts | acts | -']],
  look: [
    ['caller', { kind: 'look', ...by('caller') }, 'denied | - | - | - | - | - | -'],
    ['other', { kind: 'look', ...by('other') }, 'denied | - | - | - | - | - | -'],
    ['stranger', { kind: 'look', ...by('stranger') }, 'denied | denied | denied | denied | denied | denied | denied']
  ],
  kill: [['', { kind: 'kill' }, 'acts | acts | acts | acts | acts | acts | -']],
  due: [
    ['new', { kind: 'due', limit: 'new' }, 'acts | - | - | - | - | - | -'],
    ['trying', { kind: 'due', limit: 'trying' }, '- | acts | - | - | - | - | -'],
    ['ringing', { kind: 'due', limit: 'ringing' }, '- | - | acts | - | - | - | -'],
    ['accepted', { kind: 'due', limit: 'accepted' }, '- | - | - | acts | - | - | -'],
    ['paused', { kind: 'due', limit: 'paused' }, '- | - | - | - | - | acts | -'],
    ['duration, none set', { kind: 'due', limit: 'duration' }, '- | - | - | - | - | - | -'],
    ['socket that is there', { kind: 'due', limit: 'caller_socket' }, '- | - | - | - | - | - | -'],
    ['other socket', { kind: 'due', limit: 'receptor_socket' }, '- | - | - | - | - | - | -'],
    ['transfer, none begun', { kind: 'due', limit: 'transfer' }, '- | - | - | - | - | - | -'],
    ['move, none begun', { kind: 'due', limit: 'move' }, '- | - | - | - | - | - | -']
  ]
} satisfies Record<CallEvent['kind'], readonly Row[]>

describe.each(Object.entries(rows) as [string, readonly Row[]][])('%s', (_kind, events) => {
  it.each(events)('%s', (_name, event, classes) => {
    const got = wireStatuses.map((status) => classOf(step(callIn(status), event, late).answer))
    expect(got.join(' | ')).toBe(classes)
  })

  it.each(events)('%s: what does not act changes nothing', (_name, event) => {
    for (const status of wireStatuses) {
      const call = callIn(status)
      const stepped = step(call, event, late)
      if (stepped.answer === 'acted') expect(stepped.call).not.toBe(call)
      else expect(stepped).toEqual({ call, transitions: [], answer: stepped.answer })
    }
  })
})

describe('a limit that has not run out', () => {
  it.each(['new', 'trying', 'ringing', 'accepted', 'paused'] as const)('%s does nothing', (status) => {
    expect(step(callIn(status), { kind: 'due', limit: status }, start + 14_999).answer).toBe('nothing')
  })
})
