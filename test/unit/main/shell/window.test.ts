// The main window as it follows an answer: raised a moment later, unless there is no reason any more. Electron's window
// is a fake here.
import { EventEmitter } from 'node:events'
import { beforeEach, expect, it, vi } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { createFakeClock, settle } from './fixtures.ts'

class FakePage extends EventEmitter {
  forcefullyCrashRenderer = vi.fn<() => void>()
}
/** A window that does what it is told and says what was done to it. */
class FakeWindow extends EventEmitter {
  readonly webContents = new FakePage()
  shows = 0
  isShown = false
  hasFocus = false
  constructor() {
    super()
    windows.push(this)
  }
  loads = 0
  loadURL = () => {
    if (this.isDestroyed()) throw new Error('Object has been destroyed')
    this.loads += 1
    return Promise.resolve()
  }
  show = () => {
    this.shows += 1
    this.isShown = true
    this.emit('show')
  }
  hide = () => {
    this.isShown = false
    this.emit('hide')
  }
  showInactive = () => {
    this.isShown = true
  }
  isFocused = () => this.hasFocus
  minimize = () => {
    this.isShown = false
    this.emit('minimize')
  }
  isVisible = () => this.isShown
  isMinimized = () => false
  getNormalBounds = () => ({ x: 0, y: 0, width: 400, height: 700 })
  focus = () => undefined
  setTitle = () => undefined
  destroy = () => {
    this.isDestroyed = () => true
    this.webContents.emit('destroyed')
    this.emit('closed')
  }
  isDestroyed = () => false
}
const windows: FakeWindow[] = []
/** Answers the dialog that is open. */
let answer: (filePath: string) => void = () => undefined
const showSaveDialog = () =>
  new Promise((resolve) => {
    answer = (filePath) => resolve({ canceled: filePath === '', filePath })
  })
vi.doMock('electron', () => ({
  BrowserWindow: FakeWindow,
  dialog: { showSaveDialog },
  screen: { getAllDisplays: () => [] }
}))
const { createMainWindow } = await import('../../../../main/shell/window.ts')

beforeEach(() => {
  windows.length = 0
})

const setUp = (startHidden = true) => {
  const clock = createFakeClock()
  const fronts: boolean[] = []
  const gone: string[] = []
  const window = createMainWindow({
    preload: '',
    icon: '',
    title: () => 'Tamas',
    startHidden,
    startBounds: null,
    onPage: () => undefined,
    onPageGone: () => gone.push('gone'),
    onBoundsChanged: () => undefined,
    onClose: () => Promise.resolve('hide'),
    onFront: (isInFront) => fronts.push(isInFront),
    quit: () => undefined,
    clock,
    log: silentLogger
  })
  const [fake] = windows
  if (fake === undefined) throw new Error('no window was made')
  return { clock, window, fake, fronts, gone }
}

it('follows an answer after a moment', () => {
  const { clock, window, fake } = setUp()
  window.showAfterAnswer(() => true)
  clock.advance(299)
  expect(fake.shows).toBe(0)
  clock.advance(1)
  expect(fake.shows).toBe(1)
})

it('stays where it is for a call that has ended meanwhile', () => {
  const { clock, window, fake } = setUp()
  let isLive = true
  window.showAfterAnswer(() => isLive)
  clock.advance(200)
  isLive = false
  clock.advance(1_000)
  expect(fake.shows).toBe(0)
})

it.each(['close', 'minimize'] as const)('stays away where the person sent it away meanwhile: %s', async (how) => {
  const { clock, window, fake } = setUp(false)
  fake.show()
  window.showAfterAnswer(() => true)
  if (how === 'close') fake.emit('close', { preventDefault: () => undefined })
  else fake.minimize()
  await settle()
  clock.advance(1_000)
  expect([fake.shows, fake.isShown]).toEqual([1, false])
})

it('says whether it is in front: seen and with the focus, or under a question of its own', async () => {
  const { window, fake, fronts } = setUp(false)
  expect(window.isInFront()).toBe(false)
  fake.show()
  fake.hasFocus = true
  fake.emit('focus')
  fake.hasFocus = false
  fake.emit('blur')
  expect(fronts).toEqual([false, true, false])
  const asked = window.askWhereToSave({ title: '', defaultPath: '', filters: [] })
  fake.emit('blur')
  expect(window.isInFront()).toBe(true)
  answer('/there')
  expect(await asked).toBe('/there')
  expect(fronts).toEqual([false, true, false, true, false])
  const given = window.askWhereToSave({ title: '', defaultPath: '', filters: [] })
  answer('')
  expect(await given).toBeNull()
})

it('is put among the windows only where it is not seen already', () => {
  const { window, fake } = setUp()
  window.showMinimized()
  expect([fake.shows, fake.isShown]).toEqual([0, false])
  fake.show()
  window.showMinimized()
  expect(fake.isShown).toBe(true)
})

it('is let go and made again: hidden where that is enough, where it was; its page is gone once', () => {
  const { window, fake, gone } = setUp()
  fake.webContents.emit('dom-ready')
  expect(window.isSeen()).toBe(false)
  fake.show()
  expect(window.isSeen()).toBe(true)
  fake.hide()
  window.letGo()
  window.letGo()
  expect([gone.length, windows.length, fake.isDestroyed()]).toEqual([1, 1, true])
  window.ensure()
  window.ensure()
  expect([windows.length, windows[1]?.shows, window.isSeen()]).toEqual([2, 0, false])
  window.letGo()
  window.show()
  // It comes once it is drawn.
  expect([windows.length, windows[2]?.shows, window.isSeen()]).toEqual([3, 0, true])
  windows[2]?.emit('ready-to-show')
  expect([windows[2]?.shows, window.isSeen()]).toEqual([1, true])
})

it('loads a page that dies again, at last after a pause; none of a window that is gone meanwhile', () => {
  const die = (fake: FakeWindow | undefined) =>
    fake?.webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
  const { clock, window, fake } = setUp()
  for (let deaths = 0; deaths < 4; deaths += 1) die(fake)
  expect(fake.loads).toBe(4)
  clock.advance(5_000)
  expect(fake.loads).toBe(5)
  die(fake)
  window.letGo()
  clock.advance(5_000)
  die(fake)
  expect(fake.loads).toBe(5)
  window.ensure()
  die(windows[1])
  window.close()
  clock.advance(5_000)
  die(windows[1])
  expect(windows[1]?.loads).toBe(1)
})
