// The count of missed calls on the app's icon: what docks are told, and when.
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { createSystemBadge, entryPath } from '../../../../main/shell/badge.ts'
import type { SessionBus } from '../../../../main/shell/session-bus.ts'
import { createFakeClock, settle } from './fixtures.ts'

type Signal = Parameters<SessionBus['emit']>[0]

const setUp = (platform = 'linux') => {
  const clock = createFakeClock()
  const signals: Signal[] = []
  const marks: number[] = []
  const counts: number[] = []
  const world = { opened: 0, isAway: false, lose: (): void => undefined, owners: [] as ((owner: string) => void)[] }
  const badge = createSystemBadge({
    platform,
    openBus: async (onClosed) => {
      world.opened += 1
      if (world.isAway) throw new Error('no bus')
      world.lose = onClosed
      return {
        call: async () => [],
        watchOwner: async (_name, listener) => void world.owners.push(listener),
        onSignal: async () => undefined,
        emit: (signal) => void signals.push(signal),
        close: () => undefined
      }
    },
    desktopFile: 'tamas.desktop',
    app: { setBadgeCount: (count) => counts.push(count) > 0 },
    mark: (count) => void marks.push(count),
    clock,
    log: silentLogger
  })
  const told = () =>
    signals.map(({ body = [] }) => {
      const { count, 'count-visible': shown } = body[1] as Record<string, { value: unknown }>
      return [Number(count?.value), shown?.value]
    })
  return { badge, clock, signals, marks, counts, world, told }
}

describe('the badge', () => {
  it('is told to docks when it changes, and nothing before there is anything to tell', async () => {
    const { badge, signals, world, told } = setUp()
    badge.show(0)
    await settle()
    expect(world.opened).toBe(0)
    badge.show(2)
    badge.show(2)
    await settle()
    badge.show(0)
    await settle()
    expect(world.opened).toBe(1)
    expect(told()).toEqual([
      [2, true],
      [0, false]
    ])
    expect(signals[0]).toMatchObject({
      path: entryPath('application://tamas.desktop'),
      interface: 'com.canonical.Unity.LauncherEntry',
      member: 'Update',
      signature: 'sa{sv}'
    })
    expect(signals[0]?.body?.[0]).toBe('application://tamas.desktop')
    // As docks compute it.
    expect(entryPath('a')).toBe('/com/canonical/unity/launcherentry/177670')
  })

  it('is told again to a dock that comes later, and over a new connection', async () => {
    const { badge, clock, world, told } = setUp()
    badge.show(3)
    await settle()
    world.owners[0]?.(':1.7')
    expect(told()).toHaveLength(2)
    world.lose()
    clock.advance(30_000)
    await settle()
    expect([world.opened, told().at(-1)]).toEqual([2, [3, true]])
  })

  it('waits for a bus that is not there', async () => {
    const { badge, clock, world, told } = setUp()
    world.isAway = true
    badge.show(1)
    await settle()
    world.isAway = false
    clock.advance(30_000)
    await settle()
    expect(told()).toEqual([[1, true]])
  })

  it('goes with the app', async () => {
    const { badge, told } = setUp()
    badge.show(1)
    await settle()
    badge.close()
    await settle()
    expect(told().at(-1)).toEqual([0, false])
  })

  it('is the dock’s own on macOS and a picture over the button on Windows', async () => {
    const mac = setUp('darwin')
    mac.badge.show(4)
    mac.badge.close()
    expect([mac.counts, mac.world.opened]).toEqual([[4, 0], 0])
    const windows = setUp('win32')
    for (const count of [0, 4, 4, 0]) windows.badge.show(count)
    expect(windows.marks).toEqual([4, 0])
  })
})
