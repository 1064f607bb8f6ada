// When a window that nobody sees is let go, and when it is made again. The window is a fake here.
import { describe, expect, it } from 'vitest'
import type { AppSnapshot } from '../../../../common/snapshot.ts'
import { minuteMs } from '../../../../common/time.ts'
import { createPagePresence } from '../../../../main/shell/page-presence.ts'
import { createWindowRest, nextRest, type Rest, type RestEvent } from '../../../../main/shell/window-rest.ts'
import { callView, createFakeClock, snapshotOf } from './fixtures.ts'

describe('every state and event', () => {
  const table: Readonly<Record<Rest, Readonly<Record<RestEvent, Rest>>>> = {
    there: { ofUse: 'there', ofNone: 'counting', due: 'there', attached: 'there' },
    counting: { ofUse: 'there', ofNone: 'counting', due: 'gone', attached: 'counting' },
    gone: { ofUse: 'making', ofNone: 'gone', due: 'gone', attached: 'gone' },
    making: { ofUse: 'making', ofNone: 'making', due: 'making', attached: 'there' }
  }
  for (const [rest, row] of Object.entries(table) as [Rest, Record<RestEvent, Rest>][]) {
    it.each(Object.entries(row) as [RestEvent, Rest][])(`${rest}, %s: %s`, (event, next) => {
      expect(nextRest(rest, event)).toBe(next)
    })
  }
})

const wanted = (part: Partial<AppSnapshot> = {}): AppSnapshot => {
  const snapshot = snapshotOf(part)
  return { ...snapshot, settings: { ...snapshot.settings, letWindowRest: true } }
}

const setUp = (afterMs: number | null = null) => {
  const clock = createFakeClock()
  const done: string[] = []
  const world = { snapshot: wanted(), isSeen: false, isKept: false }
  const rest = createWindowRest({
    snapshot: () => world.snapshot,
    window: {
      isSeen: () => world.isSeen,
      ensure: () => done.push('made'),
      letGo: () => done.push('let go')
    },
    isKept: () => world.isKept,
    afterMs,
    clock
  })
  return { clock, done, world, rest }
}

describe('a hidden window', () => {
  it('is let go after a minute, and made again for a call, once', () => {
    const { clock, done, world, rest } = setUp()
    rest.attached()
    clock.advance(minuteMs - 1)
    expect(done).toEqual([])
    clock.advance(1)
    expect(done).toEqual(['let go'])
    world.snapshot = wanted({ calls: [callView()] })
    rest.update()
    expect(done).toEqual(['let go'])
    clock.advance(0)
    rest.update()
    clock.advance(0)
    expect(done).toEqual(['let go', 'made'])
    rest.attached()
    clock.advance(minuteMs)
    world.snapshot = wanted()
    rest.update()
    clock.advance(minuteMs)
    expect(done).toEqual(['let go', 'made', 'let go'])
  })
  it('counts anew after it was of use', () => {
    const { clock, done, world, rest } = setUp()
    rest.attached()
    clock.advance(minuteMs - 1)
    world.isSeen = true
    rest.update()
    world.isSeen = false
    rest.update()
    clock.advance(minuteMs - 1)
    expect(done).toEqual([])
    clock.advance(1)
    expect(done).toEqual(['let go'])
  })
  it.each<[string, (world: ReturnType<typeof setUp>['world']) => void]>([
    ['where that is not wanted', (world) => (world.snapshot = snapshotOf())],
    ['while a call is there', (world) => (world.snapshot = wanted({ calls: [callView()] }))],
    ['while a link asks', (world) => (world.snapshot = wanted({ question: { id: 'q', kind: 'left', began: true } }))],
    [
      'while nobody is signed in',
      (world) =>
        (world.snapshot = wanted({ account: { state: 'signedOut', lastServer: '', lastUsername: '', error: null } }))
    ],
    ['while it is seen', (world) => (world.isSeen = true)],
    ['while something in it is not saved', (world) => (world.isKept = true)]
  ])('stays %s', (_what, make) => {
    const { clock, done, world, rest } = setUp()
    make(world)
    rest.attached()
    clock.advance(2 * minuteMs)
    expect(done).toEqual([])
  })
  it('is let go sooner where tests want that, and not before its page was there', () => {
    const { clock, done, rest } = setUp(5)
    rest.update()
    clock.advance(minuteMs)
    expect(done).toEqual([])
    rest.attached()
    clock.advance(5)
    expect(done).toEqual(['let go'])
  })
})

describe('the page of a window that was let go', () => {
  it('is away at once, so that the notification rings; what it is to be told waits', () => {
    const clock = createFakeClock()
    const heard: string[] = []
    const presence = createPagePresence({ clock, changed: () => heard.push(presence.isAway() ? 'away' : 'there') })
    presence.attached()
    presence.whenThere(() => heard.push('told'))
    presence.gone()
    presence.letGo()
    expect(heard).toEqual(['told', 'away'])
    presence.whenThere(() => heard.push('told later'))
    clock.advance(minuteMs)
    presence.attached()
    expect(heard).toEqual(['told', 'away', 'there', 'told later'])
  })
})
