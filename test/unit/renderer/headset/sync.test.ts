// A headset and the app of one mind: what is a press, what is only the headset's answer, and what a press means for calls.
import { describe, expect, it } from 'vitest'
import { headsetDeed, lightsFor } from '../../../../renderer/headset/headset-deeds.ts'
import type { Lights, Reading } from '../../../../renderer/headset/reports.ts'
import { dark, heard, lit, newSync, type HeadsetEvent, type Sync } from '../../../../renderer/headset/sync.ts'
import { snapshotOf, type StateName } from '../../../support/ui-gallery/states.ts'

type Step =
  { readonly at: number; readonly wants: Partial<Lights> } | { readonly at: number; readonly sends: readonly Reading[] }
const wants = (at: number, lights: Partial<Lights>): Step => ({ at, wants: lights })
const sends = (at: number, readings: readonly Reading[]): Step => ({ at, sends: readings })

/** A headset that has been through this: lights the app wants, and what it sends. */
const through = (...steps: readonly Step[]) => {
  let sync: Sync = newSync
  const events: HeadsetEvent[] = []
  for (const step of steps) {
    if ('wants' in step) sync = lit(sync, { ...dark, ...step.wants }, step.at)
    else {
      const after = heard(sync, step.sends, step.at)
      sync = after.sync
      events.push(...after.events)
    }
  }
  return events
}
const hook = (on: boolean): readonly Reading[] => [{ name: 'hook', kind: 'is', on }]
const mute = (on: boolean, kind: 'is' | 'pressed' | 'asked' = 'pressed'): readonly Reading[] => [
  { name: 'mute', kind, on }
]

describe('the hook', () => {
  it('is told when the person lifts it and puts it back', () => {
    expect(
      through(wants(0, { ring: true }), sends(10, hook(true)), wants(20, { offHook: true }), sends(900, hook(false)))
    ).toEqual(['hookOff', 'hookOn'])
  })
  it('is not told where the headset follows its light', () => {
    expect(
      through(wants(0, { offHook: true }), sends(150, hook(true)), wants(5_000, {}), sends(5_100, hook(false)))
    ).toEqual([])
  })
  it('is not told twice by reports that say the same', () => {
    expect(through(sends(0, hook(true)), sends(5, hook(true)), sends(9, hook(true)))).toEqual(['hookOff'])
  })
  it('does not hang up the next call by its late answer to the end of the one before', () => {
    expect(
      through(
        wants(0, { offHook: true }),
        sends(100, hook(true)),
        wants(5_000, {}),
        wants(5_050, { offHook: true }),
        sends(5_200, hook(false)),
        sends(5_300, hook(true))
      )
    ).toEqual([])
  })
  it('that did not answer in time is believed', () => {
    expect(through(wants(0, { offHook: true }), sends(4_000, hook(true)), sends(4_500, hook(false)))).toEqual([
      'hookOff',
      'hookOn'
    ])
  })
  it('is told at once after it has answered', () => {
    expect(through(wants(0, { offHook: true }), sends(100, hook(true)), sends(200, hook(false)))).toEqual(['hookOn'])
  })
})

describe('mute', () => {
  it('that springs back counts once, however often', () => {
    expect(
      through(sends(0, mute(true)), sends(1, mute(false)), sends(900, mute(true)), sends(901, mute(false)))
    ).toEqual(['mutePressed', 'mutePressed'])
  })
  it('does not go round where the headset answers its light by a press', () => {
    expect(
      through(
        sends(0, mute(true)),
        sends(1, mute(false)),
        wants(20, { mute: true }),
        sends(60, mute(true)),
        sends(61, mute(false))
      )
    ).toEqual(['mutePressed'])
    expect(through(wants(20, { mute: true }), sends(400, mute(true)))).toEqual(['mutePressed'])
  })
  it('that keeps its state is told, and not where it follows its light', () => {
    expect(
      through(sends(0, mute(true, 'is')), wants(10, { mute: true }), wants(900, {}), sends(950, mute(false, 'is')))
    ).toEqual(['muteOn'])
  })
  it('may be asked for twice', () => {
    expect(
      through(sends(0, mute(true, 'asked')), sends(900, mute(true, 'asked')), sends(990, mute(false, 'asked')))
    ).toEqual(['muteOn', 'muteOn', 'muteOff'])
  })
})

const in_ = (state: StateName) => snapshotOf(state, 'en', 'light', 0)

describe('means', () => {
  it.each<[StateName, HeadsetEvent, unknown]>([
    ['incoming', 'hookOff', { kind: 'answer', session: 's1' }],
    ['incoming', 'hookPressed', { kind: 'answer', session: 's1' }],
    ['incoming', 'drop', { kind: 'decline', session: 's1' }],
    ['incoming', 'hookOn', null],
    ['incoming', 'flash', null],
    ['incoming', 'mutePressed', null],
    ['silent', 'hookOff', null],
    ['contacts', 'hookOff', null],
    ['talking', 'hookOff', null],
    ['talking', 'hookOn', { kind: 'hangUp', session: 's1' }],
    ['talking', 'hookPressed', { kind: 'hangUp', session: 's1' }],
    ['talking', 'drop', { kind: 'hangUp', session: 's1' }],
    ['talking', 'mutePressed', { kind: 'mute', session: 's1', muted: true }],
    ['talking', 'muteOn', { kind: 'mute', session: 's1', muted: true }],
    ['talking', 'muteOff', null],
    ['muted', 'muteOff', { kind: 'mute', session: 's1', muted: false }],
    ['talking', 'flash', { kind: 'hold', session: 's1', held: true }],
    ['held', 'flash', { kind: 'hold', session: 's1', held: false }],
    ['ringing', 'hookOn', { kind: 'hangUp', session: 's1' }],
    ['second-call', 'flash', { kind: 'answer', session: 's2' }],
    ['second-call', 'hookOn', { kind: 'hangUp', session: 's1' }],
    ['second-call', 'drop', { kind: 'decline', session: 's2' }]
  ])('while %s: %s', (state, event, deed) => {
    expect(headsetDeed(event, in_(state))).toEqual(deed)
  })
})

describe('lights', () => {
  it.each<[StateName, Partial<Lights>]>([
    ['contacts', {}],
    ['incoming', { ring: true }],
    ['silent', {}],
    ['ringing', { offHook: true }],
    ['talking', { offHook: true }],
    ['muted', { offHook: true, mute: true }],
    ['held', { offHook: true, hold: true }],
    ['two-calls', { offHook: true }],
    ['second-call', { offHook: true, ring: true }],
    ['ended', {}]
  ])('while %s', (state, wanted) => {
    expect(lightsFor(in_(state).calls)).toEqual({ ...dark, ...wanted })
  })
})
