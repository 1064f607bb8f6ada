// The ring window: small, above all others, there only while a call alerts, and never with the focus. A view: no media.
import { BrowserWindow, screen, type WebContents } from 'electron'
import type { Logger } from '../../common/log.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import { ringCorner, ringSize } from './bounds.ts'
import { safePreferences } from './pages.ts'
import { pageUrl } from './scheme.ts'

export type RingWindow = {
  /** The call that it shows; it is there as long as there is one. */
  readonly update: (session: string | null) => void
  readonly close: () => void
}

export type RingWindowDeps = {
  readonly preload: string
  readonly icon: string
  readonly title: () => string
  readonly onPage: (page: WebContents) => void
  /** The call is on the screen. */
  readonly shown: (session: string) => void
  readonly clock: Clock
  readonly log: Logger
}

/** An answered call has its sound long before. */
const takeDownAfterMs = secondMs

export const createRingWindow = (deps: RingWindowDeps): RingWindow => {
  const { clock } = deps
  let window: BrowserWindow | null = null
  let isShown = false
  let wanted: string | null = null

  const tell = (): void => {
    if (wanted !== null) deps.shown(wanted)
  }

  const make = (): void => {
    // Where the person is working now.
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    const made = new BrowserWindow({
      ...ringCorner(workArea, ringSize, process.platform),
      title: deps.title(),
      icon: deps.icon,
      show: false,
      frame: false,
      resizable: false,
      minimizable: false,
      maximizable: false,
      fullscreenable: false,
      skipTaskbar: true,
      alwaysOnTop: true,
      // Window managers keep their hands off a notification: no focus, no animation, all desktops.
      ...(process.platform === 'linux' ? { type: 'notification' } : {}),
      acceptFirstMouse: true,
      webPreferences: safePreferences(deps.preload)
    })
    window = made
    isShown = false
    deps.onPage(made.webContents)
    made.once('ready-to-show', () => {
      if (window !== made) return
      made.showInactive()
      // X11 forgets these of a window that is not mapped yet.
      made.setAlwaysOnTop(true, 'screen-saver')
      made.setVisibleOnAllWorkspaces(true)
      isShown = true
      tell()
    })
    made.on('page-title-updated', (event) => {
      event.preventDefault()
    })
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      deps.log.warn('the ring window went away', { reason })
      if (window === made) remove()
    })
    // Closed by the person, by the window manager's means: the call goes on ringing elsewhere.
    made.on('closed', () => {
      if (window === made) window = null
    })
    made.loadURL(pageUrl('ring.html')).catch((error: unknown) => {
      // Answered before it was loaded: it is gone, and nothing is wrong.
      if (window !== made) return
      deps.log.warn('the ring window could not be loaded', { error: String(error) })
    })
  }

  /** Off the screen at once. Taking it down holds this process up just when an answered call needs it, so that waits. */
  const remove = (): void => {
    const old = window
    window = null
    if (old === null) return
    old.hide()
    clock.at(clock.now() + takeDownAfterMs, () => {
      if (!old.isDestroyed()) old.destroy()
    })
  }

  return {
    update: (session) => {
      if (session === wanted) return
      wanted = session
      if (session === null) remove()
      else if (window === null) make()
      else if (isShown) tell()
    },
    close: remove
  }
}
