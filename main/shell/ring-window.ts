// The ring window: small, above all others, there only while a call alerts, and never with the focus. A view: no media.
import { screen, type BrowserWindow } from 'electron'
import { ringSize } from '../../common/small-windows.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import { grown, ringCorner } from './bounds.ts'
import { openSmallWindow, type SmallWindowDeps } from './small-window.ts'

export type RingWindow = {
  /** The call that it shows; it is there as long as there is one. */
  readonly update: (session: string | null) => void
  readonly close: () => void
}

export type RingWindowDeps = SmallWindowDeps & {
  /** The call is on the screen. */
  readonly shown: (session: string) => void
  readonly clock: Clock
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
    isShown = false
    window = openSmallWindow(deps, {
      name: 'ring',
      page: 'ring.html',
      place: ringCorner(workArea, grown(ringSize, deps.textSize(), workArea), process.platform),
      // Window managers keep their hands off a notification: no focus, no animation, all desktops.
      linuxType: 'notification',
      level: 'screen-saver',
      isCurrent: (made) => made === window,
      shown: () => {
        isShown = true
        tell()
      },
      broken: remove,
      // The call goes on ringing elsewhere.
      closed: () => {
        window = null
      }
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
