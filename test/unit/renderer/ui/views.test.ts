// What the screens derive from the snapshot: which call has the stage, recents by day, people in order, announcements.
import { describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import { outcomeOf } from '../../../../common/recents.ts'
import { hourMs } from '../../../../common/time.ts'
import type { CallView } from '../../../../common/snapshot.ts'
import { announcements } from '../../../../renderer/state/announcements.ts'
import { endWords, onStage, stageKind, talkTime } from '../../../../renderer/state/calls.ts'
import { hueOf, initials, toggled } from '../../../../renderer/state/people.ts'
import { byDay, kindOf } from '../../../../renderer/state/recents.ts'
import { people, recents } from '../../../support/ui-gallery/people.ts'
import { snapshotOf } from '../../../support/ui-gallery/states.ts'

const now = new Date(2026, 10, 20, 14, 36).getTime()
const callOf = (name: Parameters<typeof snapshotOf>[0], index = 0): CallView => {
  const call = snapshotOf(name, 'en', 'light', now).calls[index]
  if (call === undefined) throw new Error(`${name} has no call`)
  return call
}

describe('the stage', () => {
  const talking = callOf('talking')
  const incoming = callOf('second-call', 1)
  const over = { ...callOf('ended'), session: 's3' }
  it('belongs to the call with the floor before one that rings, and to an ended one last', () => {
    expect(onStage([talking, incoming, over], null)).toBe(talking)
    expect(onStage([incoming, over], null)).toBe(incoming)
    expect(onStage([over], null)).toBe(over)
    expect(onStage([], null)).toBeNull()
  })
  it('goes to a live call chosen by hand, and back when that is over', () => {
    expect(onStage([talking, incoming], 's2')).toBe(incoming)
    expect(onStage([talking, over], 's3')).toBe(talking)
  })
  it('shows who rings and who is rung apart', () => {
    expect(stageKind(incoming)).toBe('incoming')
    expect(stageKind(callOf('ringing'))).toBe('outgoing')
    expect(stageKind(callOf('paused'))).toBe('talking')
    expect(stageKind(over)).toBe('ended')
    expect(stageKind(callOf('accepted'))).toBe('connecting')
  })
  it('is no incoming call any more once it was answered here', () => {
    const answered = { ...incoming, can: { ...incoming.can, answer: false, decline: false, hangUp: true, mute: false } }
    expect(stageKind(answered)).toBe('connecting')
    const second = { ...incoming, can: { ...incoming.can, answer: false, decline: true, hangUp: false, mute: false } }
    expect(stageKind(second)).toBe('incoming')
  })
  it('tells what the server refused, and otherwise how the call ended', () => {
    const strings = catalogue('en')
    const refused = {
      ...over,
      end: { ...over.end, reason: 'unknown', by: 'server', at: 0, outcome: 'unknown' }
    } as const
    expect(endWords({ ...refused, trouble: { code: 'not_found' } }, strings)).toBe(strings.errors.not_found)
    expect(endWords(refused, strings)).toBe(strings.call.outcome.unknown)
    expect(endWords({ ...over, trouble: { code: 'microphone_missing' } }, strings)).toBe('They hung up')
    const [said] = announcements([], [{ ...refused, trouble: { code: 'not_found' } }], 'en', strings)
    expect(said?.text).toBe('Call ended. There is nobody with this number.')
  })
  it('stops the time in a pause and never runs backwards', () => {
    expect(talkTime({ ms: 5_000, since: null }, now)).toBe(5_000)
    expect(talkTime({ ms: 5_000, since: now - 2_000 }, now)).toBe(7_000)
    expect(talkTime({ ms: 5_000, since: now + 2_000 }, now)).toBe(5_000)
  })
})

describe('recents', () => {
  const list = recents(now)
  const find = (callId: string) => list.find((entry) => entry.callId === callId) ?? list[0]
  it.each([
    ['c1', 'missed', 'missed'],
    ['c2', 'outgoing', 'you_hung_up'],
    ['c3', 'outgoing', 'busy'],
    ['c5', 'incoming', 'answered_elsewhere'],
    ['c8', 'missed', 'missed_while_busy'],
    ['c10', 'outgoing', 'unreachable']
  ] as const)('%s is %s: %s', (callId, kind, outcome) => {
    const entry = find(callId)
    expect(entry && [kindOf(entry), outcomeOf(entry)]).toEqual([kind, outcome])
  })
  it('come in days of the calendar', () => {
    expect(byDay(list, now).map((day) => [day.daysAgo, day.groups.length])).toEqual([
      [0, 4],
      [1, 3],
      [3, 2],
      [400, 1]
    ])
  })
  it('of one kind with one person are one row, unless another call or the night is between', () => {
    const [first, second] = [find('c1'), find('c2')]
    if (first === undefined || second === undefined) throw new Error('no calls')
    const again = (entry: typeof first, callId: string, createdAt = entry.createdAt - 1) => ({
      ...entry,
      callId,
      createdAt
    })
    const outgoing = { ...again(first, 'b3'), direction: 'outbound' } as const
    const rows = [
      first,
      again(first, 'b2'),
      outgoing,
      again(first, 'b4'),
      second,
      again(second, 'b6', now - 30 * hourMs)
    ]
    const groups = byDay(rows, now).flatMap((day) => day.groups)
    expect(groups.map(({ key, entries }) => [key, entries.length])).toEqual([
      ['b2', 2],
      ['b3', 1],
      ['b4', 1],
      [second.callId, 1],
      ['b6', 1]
    ])
    // A newer call joins a row without making it another one.
    const joined = byDay([again(first, 'b0', first.createdAt + 1), ...rows], now)[0]?.groups[0]
    expect([joined?.key, joined?.entries.map(({ callId }) => callId)]).toEqual(['b2', ['b0', first.callId, 'b2']])
  })
})

describe('people', () => {
  it.each([
    ['Sara Rahimi', 'SR'],
    ['reception', 'R'],
    ['سارا رحیمی', 'س'],
    ['  +98 21', '2'],
    ['', '']
  ])('initials of %s', (name, letters) => {
    expect(initials(name)).toBe(letters)
  })
  it('have the same colour each time', () => {
    expect(hueOf('user-101')).toBe(hueOf('user-101'))
    expect(new Set(people.map((one) => hueOf(one.userId))).size).toBeGreaterThan(3)
  })
  it('are starred and unstarred', () => {
    expect(toggled(['1', '2'], '1')).toEqual(['2'])
    expect(toggled(['1'], '2')).toEqual(['1', '2'])
  })
})

describe('announcements', () => {
  const words = catalogue('en')
  const said = (before: readonly CallView[], after: readonly CallView[]) => announcements(before, after, 'en', words)
  it('say an incoming call at once, and only once', () => {
    const incoming = callOf('incoming')
    expect(said([], [incoming])).toEqual([{ urgent: true, text: 'Incoming call from Sara Rahimi' }])
    expect(said([incoming], [incoming])).toEqual([])
  })
  it('say changes of a call politely', () => {
    const talking = callOf('talking')
    expect(said([callOf('accepted')], [talking])[0]?.text).toBe('In a call with Sara Rahimi')
    expect(said([talking], [callOf('muted')])[0]?.text).toBe('Your microphone is muted')
    expect(said([callOf('muted')], [talking])[0]?.text).toBe('Your microphone is on')
    expect(said([talking], [callOf('peer-muted')])[0]?.text).toBe('Sara Rahimi is muted')
    const muted = callOf('peer-muted')
    expect(said([callOf('accepted')], [muted])[0]?.text).toBe('In a call with Sara Rahimi. Sara Rahimi is muted')
    expect(said([{ ...muted, status: 'paused' }], [muted])[0]?.text).toBe('In a call with Sara Rahimi')
    const ringing = callOf('ringing')
    expect(said([ringing], [{ ...ringing, peerMuted: true }])).toEqual([])
    expect(said([talking], [callOf('paused')])[0]).toEqual({ urgent: false, text: words.call.announcePaused })
    expect(said([talking], [callOf('ended')])[0]?.text).toBe('Call ended. They hung up.')
  })
})
