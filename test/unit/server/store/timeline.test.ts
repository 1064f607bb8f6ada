// What one side is told of how a call went.
import { describe, expect, it } from 'vitest'
import { timelineOf } from '../../../../server/store/timeline.ts'

const events = [
  { at: 1, kind: 'created', data: {} },
  { at: 2, kind: 'joined', data: { deviceId: 'a' } },
  { at: 3, kind: 'offered', data: { deviceId: 'b' } },
  { at: 4, kind: 'ringing', data: { deviceId: 'b' } },
  { at: 5, kind: 'accepted', data: { deviceId: 'b' } },
  { at: 6, kind: 'conversation', data: {} },
  { at: 7, kind: 'muted', data: { caller: true, receptor: false, deviceId: 'a' } },
  { at: 8, kind: 'dtmf', data: { digits: '1234', deviceId: 'a' } },
  { at: 9, kind: 'held', data: { caller: true, receptor: false, deviceId: 'a' } },
  { at: 10, kind: 'held', data: { caller: true, receptor: true, deviceId: 'b' } },
  { at: 11, kind: 'held', data: { caller: false, receptor: true, deviceId: 'a' } },
  { at: 12, kind: 'transfer', data: { to: 'u3', callId: 'c2', deviceId: 'b' } },
  { at: 13, kind: 'transfer', data: { to: null, callId: null, deviceId: 'b' } },
  { at: 14, kind: 'conference', data: { with: 'c3', deviceId: 'a' } },
  { at: 15, kind: 'conference', data: { with: null } },
  { at: 16, kind: 'paused', data: { caller: 'connected', receptor: 'disconnected' } },
  { at: 17, kind: 'moved', data: { deviceId: 'a2' } },
  { at: 18, kind: 'finished', data: { reason: 'hangup', by: 'caller', detail: 'blocked', deviceId: 'a2' } }
]
const lines = (side: 'caller' | 'receptor', own: readonly string[]): string[] =>
  timelineOf(side, own, events).map(({ at, event, by }) => `${at} ${event} ${by ?? '-'}`)

describe('the timeline', () => {
  it('tells each side whose act it was', () => {
    expect(lines('caller', ['a', 'a2'])).toEqual([
      '1 started -',
      '4 ringing them',
      '5 answered them',
      '6 connected -',
      '9 held me',
      '10 held them',
      '11 resumed me',
      '12 transfer them',
      '14 conference me',
      '16 lost -',
      '17 moved me',
      '18 ended me'
    ])
    expect(lines('receptor', ['b'])).toContain('9 held them')
    expect(lines('receptor', ['b'])).toContain('5 answered me')
  })

  it('names no device, no key, no third person and no reason', () => {
    const told = JSON.stringify(timelineOf('caller', ['a'], events))
    for (const secret of ['"b"', '1234', 'u3', 'c2', 'blocked']) expect(told).not.toContain(secret)
  })
})
