// The mini window: a small strip above all others with the call that goes on, shown without taking the focus, at the place
// where the person has put it. A view: no media. When it is wanted is decided in mini-view.ts.
import { screen, type BrowserWindow } from 'electron'
import { miniSize, ringSize, type Size } from '../../common/small-windows.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import { fitPlace, grown, miniCorner, type Bounds } from './bounds.ts'
import { openSmallWindow, type SmallWindowDeps } from './small-window.ts'

export type MiniWindow = {
  readonly update: (isWanted: boolean) => void
  readonly close: () => void
}

export type MiniWindowDeps = SmallWindowDeps & {
  /** Where the person has put it last; null where they have not. */
  readonly place: () => Bounds | null
  readonly onMoved: (bounds: Bounds) => void
  readonly clock: Clock
}

/** Looking away for a moment, a question of the app's own, or an answer that raises the window bring nothing up. */
const showAfterMs = secondMs
/** The window manager moves it many times while it is dragged. */
const restAfterMs = 0.4 * secondMs

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
    const sizeIn = (area: Bounds): Size => grown(miniSize, deps.textSize(), area)
    const { workArea } = screen.getDisplayNearestPoint(screen.getCursorScreenPoint())
    // Where it was put its size may be another than here.
    const there = remembered === null ? workArea : screen.getDisplayMatching(remembered).workArea
    const fitting = remembered === null ? null : fitPlace({ ...remembered, ...sizeIn(there) }, areas)
    const ring = grown(ringSize, deps.textSize(), workArea)
    return fitting ?? miniCorner(workArea, sizeIn(workArea), ring, process.platform)
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
    window = openSmallWindow(deps, {
      name: 'mini',
      page: 'mini.html',
      place,
      // Window managers neither tile a toolbar nor give it the focus when it comes up; the person can, by a click.
      linuxType: 'toolbar',
      level: 'floating',
      isCurrent: (made) => made === window,
      shown: () => log.info('the mini window is shown'),
      broken: remove,
      // It stays away until it is wanted anew.
      closed: () => {
        window = null
      }
    })
    followPlace(window, place)
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
