// Whether the page that rings is there. It comes back by itself after a crash, mostly before anybody could miss it.
import { secondMs, type Clock } from '../../common/time.ts'

/**
 *            attached                     attached
 *   starting ───────▶ there ──gone──▶ gone ───────▶ there
 *      └── awayAfterMs ──▶ away ◀── awayAfterMs ──┘
 *                         ▲ let go: at once, since it comes back for a call alone
 */
export type PagePresence = {
  /** The page has not been there for long enough to matter. */
  readonly isAway: () => boolean
  readonly attached: () => void
  /** Does it once the page is there to hear of it: at once, or when it is back. */
  readonly whenThere: (run: () => void) => void
  readonly letGo: () => void
  readonly gone: () => void
  readonly close: () => void
}

/** A page that starts, or is made again, is there well within this, on a slow and busy machine too. */
const awayAfterMs = 3 * secondMs
/** A page that never comes leaves no heap behind. */
const mostWaiting = 16

export const createPagePresence = ({
  clock,
  changed
}: {
  readonly clock: Clock
  /** isAway is another. */
  readonly changed: () => void
}): PagePresence => {
  let isAway = false
  let isThere = false
  let waiting: readonly (() => void)[] = []
  let stop: (() => void) | null = null
  const settle = (away: boolean): void => {
    stop?.()
    stop = null
    if (away === isAway) return
    isAway = away
    changed()
  }
  const gone = (): void => {
    isThere = false
    stop ??= clock.at(clock.now() + awayAfterMs, () => settle(true))
  }
  gone()
  return {
    isAway: () => isAway,
    attached: () => {
      isThere = true
      settle(false)
      const runs = waiting
      waiting = []
      for (const run of runs) run()
    },
    whenThere: (run) => {
      if (isThere) run()
      else waiting = [...waiting, run].slice(-mostWaiting)
    },
    letGo: () => {
      isThere = false
      settle(true)
    },
    gone,
    close: () => stop?.()
  }
}
