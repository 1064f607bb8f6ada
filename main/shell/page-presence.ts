// Whether the page that rings is there. It comes back by itself after a crash, mostly before anybody could miss it.
import { secondMs, type Clock } from '../../common/time.ts'

/**
 *            attached                     attached
 *   starting ───────▶ there ──gone──▶ gone ───────▶ there
 *      └── awayAfterMs ──▶ away ◀── awayAfterMs ──┘
 */
export type PagePresence = {
  /** The page has not been there for long enough to matter. */
  readonly isAway: () => boolean
  readonly attached: () => void
  readonly gone: () => void
  readonly close: () => void
}

/** A page that starts, or is made again, is there well within this, on a slow and busy machine too. */
const awayAfterMs = 3 * secondMs

export const createPagePresence = ({
  clock,
  changed
}: {
  readonly clock: Clock
  /** isAway is another. */
  readonly changed: () => void
}): PagePresence => {
  let isAway = false
  let stop: (() => void) | null = null
  const settle = (away: boolean): void => {
    stop?.()
    stop = null
    if (away === isAway) return
    isAway = away
    changed()
  }
  const gone = (): void => {
    stop ??= clock.at(clock.now() + awayAfterMs, () => settle(true))
  }
  gone()
  return {
    isAway: () => isAway,
    attached: () => settle(false),
    gone,
    close: () => stop?.()
  }
}
