// The mini window: a small strip above all others with the call that goes on, shown without taking the focus, at the place
// where the person has put it. A view: no media. When it is wanted is decided in mini-view.ts.
import { BrowserWindow, screen, type WebContents } from 'electron'
import type { Logger } from '../../common/log.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import { fitPlace, miniCorner, type Bounds } from './bounds.ts'
import { safePreferences } from './pages.ts'
import { pageUrl } from './scheme.ts'

export type MiniWindow = {
  readonly update: (isWanted: boolean) => void
  readonly close: () => void
}

export type MiniWindowDeps = {
  readonly preload: string
  readonly icon: string
  readonly title: () => string
  readonly onPage: (page: WebContents) => void
  /** Where the person has put it last; null where they have not. */
  readonly place: () => Bounds | null
  readonly onMoved: (bounds: Bounds) => void
  readonly clock: Clock
  readonly log: Logger
}

/** Looking away for a moment, a question of the app's own, or an answer that raises the window bring nothing up. */
const showAfterMs = secondMs
/** The window manager moves it many times while it is dragged. */
const restAfterMs = 0.4 * secondMs
const size = { width: 340, height: 76 }

/**
 *             wanted            after showAfterMs
 *   absent ──────────▶ waiting ──────────────────▶ up
 *     ▲                   │ not wanted              │ not wanted, or closed by the person
 *     └───────────────────┴─────────────────────────┘
 */
export const createMiniWindow = (deps: MiniWindowDeps): MiniWindow => {
  const { clock, log } = deps
  let window: BrowserWindow | null = null
  let isWanted = false
  let stopWait: (() => void) | null = null
  let stopRest: (() => void) | null = null

  const firstPlace = (): Bounds => {
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
    const remembered = deps.place()
    const fitting = remembered === null ? null : fitPlace({ ...remembered, ...size }, areas)
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    return fitting ?? miniCorner(workArea, size, process.platform)
  }

  const followPlace = (made: BrowserWindow, first: Bounds): void => {
    let last = first
    made.on('move', () => {
      stopRest?.()
      stopRest = clock.at(clock.now() + restAfterMs, () => {
        if (made.isDestroyed() || !made.isVisible()) return
        const bounds = made.getBounds()
        if (bounds.x === last.x && bounds.y === last.y) return
        last = bounds
        deps.onMoved(bounds)
      })
    })
  }

  const make = (): void => {
    const place = firstPlace()
    const made = new BrowserWindow({
      ...place,
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
      // Window managers neither tile a toolbar nor give it the focus when it comes up; the person can, by a click.
      ...(process.platform === 'linux' ? { type: 'toolbar' } : {}),
      acceptFirstMouse: true,
      webPreferences: safePreferences(deps.preload)
    })
    window = made
    deps.onPage(made.webContents)
    followPlace(made, place)
    made.once('ready-to-show', () => {
      if (window !== made) return
      made.showInactive()
      // X11 forgets these of a window that is not mapped yet.
      made.setAlwaysOnTop(true, 'floating')
      made.setVisibleOnAllWorkspaces(true)
      log.info('the mini window is shown')
    })
    made.on('page-title-updated', (event) => {
      event.preventDefault()
    })
    made.webContents.on('render-process-gone', (_event, { reason }) => {
      log.warn('the mini window went away', { reason })
      if (window === made) remove()
    })
    // Closed by the person: it stays away until it is wanted anew.
    made.on('closed', () => {
      if (window === made) window = null
    })
    made.loadURL(pageUrl('mini.html')).catch((error: unknown) => {
      // Over before it was loaded: it is gone, and nothing is wrong.
      if (window !== made) return
      log.warn('the mini window could not be loaded', { error: String(error) })
    })
  }

  const remove = (): void => {
    stopWait?.()
    stopWait = null
    stopRest?.()
    stopRest = null
    const old = window
    window = null
    old?.destroy()
  }

  return {
    update: (wanted) => {
      if (wanted === isWanted) return
      isWanted = wanted
      if (!wanted) remove()
      else stopWait = clock.at(clock.now() + showAfterMs, make)
    },
    close: () => {
      isWanted = false
      remove()
    }
  }
}
