// The mini window: for which call, when, where, and that it never takes the focus. Electron's window is a fake here.
import { EventEmitter } from 'node:events'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { defaultSettings } from '../../../../common/protocol/settings.ts'
import { miniSize, ringSize } from '../../../../common/small-windows.ts'
import { fitPlace, grown, miniCorner, ringCorner, type Bounds } from '../../../../main/shell/bounds.ts'
import { miniCall, miniView, wantsMini } from '../../../../main/shell/mini-view.ts'
import { callView, createFakeClock, only, person, reza, snapshotOf, talking } from './fixtures.ts'

describe('the call of the mini window', () => {
  it('is the one with the floor, else one on hold, and never one that only rings or is over', () => {
    const held = talking({ session: 'held', floor: false, can: only('hangUp', 'resume') })
    const ringing = callView({ session: 'rings' })
    expect(miniCall([ringing, held, talking()])?.session).toBe('s1')
    expect(miniCall([ringing, held])?.session).toBe('held')
    expect(miniCall([ringing])).toBeNull()
    expect(miniCall([talking({ status: 'finished' })])).toBeNull()
  })

  it('is one that this phone makes too, from the dialling on', () => {
    const trying = callView({ direction: 'outbound', status: 'trying', floor: true, can: only('hangUp') })
    expect(miniCall([trying])).toBe(trying)
  })

  it('is told with what can be done, and with nothing of the rest', () => {
    const calls = [talking({ talk: { ms: 5, since: 70 }, muted: true, conference: [person('103', 'Mina', 'مینا')] })]
    expect(miniView(snapshotOf({ locale: 'fa', calls, favourites: ['102'] }), 90)).toEqual({
      locale: 'fa',
      settings: { theme: 'system', digits: 'auto', calendar: 'auto' },
      now: 90,
      call: {
        session: 's1',
        people: [reza, person('103', 'Mina', 'مینا')],
        status: 'conversation',
        muted: true,
        held: { mine: false, theirs: false },
        talk: { ms: 5, since: 70 },
        can: { mute: true, resume: false, hangUp: true }
      }
    })
    expect(miniView(snapshotOf(), 0).call).toBeNull()
  })

  it('can not be hung up there while it is one half of a conference made here', () => {
    const call = talking({ can: only('hangUp', 'mute', 'split') })
    expect(miniView(snapshotOf({ calls: [call] }), 0).call?.can).toMatchObject({ mute: true, hangUp: false })
  })
})

it('it is wanted while the main window is not in front, where the setting says so', () => {
  const inCall = snapshotOf({ calls: [talking()] })
  expect([wantsMini(inCall, false), wantsMini(inCall, true), wantsMini(snapshotOf(), false)]).toEqual([
    true,
    false,
    false
  ])
  expect(wantsMini({ ...inCall, settings: { ...defaultSettings, miniWindow: false } }, false)).toBe(false)
})

const screenArea = { x: 0, y: 30, width: 1280, height: 770 }

describe('its place', () => {
  const size = miniSize
  it.each([
    ['linux', 1],
    ['win32', 1],
    ['darwin', 1],
    ['linux', 2],
    ['win32', 2]
  ])('leaves the ring window free on %s, with words %d times as large', (platform, textSize) => {
    const [small, large] = [grown(size, textSize, screenArea), grown(ringSize, textSize, screenArea)]
    const [mini, ring] = [miniCorner(screenArea, small, large, platform), ringCorner(screenArea, large, platform)]
    expect([mini.width, ring.width]).toEqual([340 * textSize, 360 * textSize])
    expect(mini.y + mini.height <= ring.y || ring.y + ring.height <= mini.y).toBe(true)
    expect(mini.x + mini.width).toBe(ring.x + ring.width)
  })

  it('grows with the words, but not beyond the screen, and never shrinks', () => {
    expect(grown(ringSize, 1.5, screenArea)).toEqual({ width: 540, height: 222 })
    expect(grown(ringSize, 2, { x: 0, y: 0, width: 572, height: 600 })).toEqual({ width: 540, height: 222 })
    expect(grown(ringSize, 2, { x: 0, y: 0, width: 200, height: 100 })).toEqual(ringSize)
  })

  it('is the remembered one, moved so that all of it is seen, and none on a screen that is gone', () => {
    expect(fitPlace({ x: 10, y: 40, ...size }, [screenArea])).toEqual({ x: 10, y: 40, ...size })
    expect(fitPlace({ x: 1_200, y: 790, ...size }, [screenArea])).toEqual({ x: 940, y: 724, ...size })
    expect(fitPlace({ x: -300, y: 0, ...size }, [screenArea])).toEqual({ x: 0, y: 30, ...size })
    expect(fitPlace({ x: 3_000, y: 40, ...size }, [screenArea])).toBeNull()
  })
})

class FakeWindow extends EventEmitter {
  readonly webContents = new EventEmitter()
  readonly did: string[] = []
  bounds: Bounds
  isGone = false
  constructor(options: Bounds) {
    super()
    const { x, y, width, height } = options
    this.bounds = { x, y, width, height }
    windows.push(this)
  }
  loadURL = () => Promise.resolve()
  showInactive = () => void this.did.push('showInactive')
  show = () => void this.did.push('show')
  focus = () => void this.did.push('focus')
  setAlwaysOnTop = () => void this.did.push('top')
  setVisibleOnAllWorkspaces = () => undefined
  getBounds = () => this.bounds
  isVisible = () => true
  isDestroyed = () => this.isGone
  destroy = () => {
    this.isGone = true
    this.emit('closed')
  }
}
const windows: FakeWindow[] = []
vi.doMock('electron', () => ({
  BrowserWindow: FakeWindow,
  screen: {
    getAllDisplays: () => [{ workArea: screenArea }],
    getDisplayNearestPoint: () => ({ workArea: screenArea }),
    getDisplayMatching: () => ({ workArea: screenArea }),
    getCursorScreenPoint: () => ({ x: 0, y: 0 })
  }
}))
const { createMiniWindow } = await import('../../../../main/shell/mini-window.ts')

beforeEach(() => {
  windows.length = 0
})

const setUp = (remembered: Bounds | null = null, textSize = 1) => {
  const clock = createFakeClock()
  const moved: Bounds[] = []
  const mini = createMiniWindow({
    preload: '',
    icon: '',
    title: () => 'Call',
    onPage: () => undefined,
    textSize: () => textSize,
    place: () => remembered,
    onMoved: (bounds) => moved.push(bounds),
    clock,
    log: silentLogger
  })
  return { clock, mini, moved }
}

describe('the mini window', () => {
  it('comes after a moment, without the focus, above the others', () => {
    const { clock, mini } = setUp()
    mini.update(true)
    clock.advance(999)
    expect(windows).toHaveLength(0)
    clock.advance(1)
    windows[0]?.emit('ready-to-show')
    expect(windows[0]?.did).toEqual(['showInactive', 'top'])
  })

  it('is not made for who comes back in time', () => {
    const { clock, mini } = setUp()
    mini.update(true)
    clock.advance(500)
    mini.update(false)
    clock.advance(5_000)
    expect(windows).toHaveLength(0)
  })

  it('goes as soon as it is not wanted, and is not shown by a page that was drawn too late', () => {
    const { clock, mini } = setUp()
    mini.update(true)
    clock.advance(1_000)
    mini.update(false)
    windows[0]?.emit('ready-to-show')
    expect([windows[0]?.isGone, windows[0]?.did]).toEqual([true, []])
  })

  it('is as large as its words, and all of it is seen where it was put with smaller ones', () => {
    const { clock, mini } = setUp({ x: 900, y: 720, width: 340, height: 76 }, 2)
    mini.update(true)
    clock.advance(1_000)
    expect(windows[0]?.bounds).toEqual({ x: 600, y: 648, width: 680, height: 152 })
  })

  it('stays away where the person closed it, until it is wanted anew', () => {
    const { clock, mini } = setUp()
    mini.update(true)
    clock.advance(1_000)
    windows[0]?.destroy()
    mini.update(true)
    clock.advance(5_000)
    expect(windows).toHaveLength(1)
    mini.update(false)
    mini.update(true)
    clock.advance(1_000)
    expect(windows).toHaveLength(2)
  })

  it('remembers where it was put once it rests there, and not where it came up by itself', () => {
    const { clock, mini, moved } = setUp({ x: 50, y: 60, width: 1, height: 1 })
    mini.update(true)
    clock.advance(1_000)
    const [window] = windows
    if (window === undefined) throw new Error('no window was made')
    expect(window.bounds).toMatchObject({ x: 50, y: 60 })
    window.emit('move')
    clock.advance(1_000)
    expect(moved).toEqual([])
    for (const x of [51, 52, 300]) {
      window.bounds = { ...window.bounds, x }
      window.emit('move')
      clock.advance(100)
    }
    clock.advance(400)
    expect(moved.map(({ x }) => x)).toEqual([300])
  })
})
