// Which of the comings of a key are presses. The desktop tells no releases: a key that is held down comes again and again, at
// first after the pause that its person has set, then every few hundredths of a second.
import type { Clock } from '../../common/time.ts'

/** Those of a held key come closer to one another than this (10 each second at least), and those of a hand do not. */
const repeatsWithinMs = 100
/** What comes sooner than this may be the first repeat: desktops offer pauses of up to two seconds. */
const firstRepeatWithinMs = 2_500

/**
 *   free ──comes: press──▶ pressed ──comes after 2.5 s: press──▶ pressed
 *                          │  │ ▲
 *       comes within 0.1 s │  │ │ nothing more within 0.1 s: it was a press
 *                          │  ▼ │
 *                          │ doubtful    may be the first repeat: what comes next tells
 *                          ▼  ▼ comes within 0.1 s
 *                          held ──comes within 0.1 s──▶ held
 *                            └──comes later: press──▶ pressed
 */
type Held =
  | { readonly at: 'free' }
  | { readonly at: 'pressed' | 'held'; readonly last: number }
  | { readonly at: 'doubtful'; readonly last: number; readonly forget: () => void }

export type HeldKey = {
  /** The desktop tells that it came. */
  readonly comes: () => void
  readonly close: () => void
}

export const createHeldKey = (clock: Pick<Clock, 'now' | 'at'>, pressed: () => void): HeldKey => {
  let key: Held = { at: 'free' }

  const press = (at: number): void => {
    key = { at: 'pressed', last: at }
    pressed()
  }

  return {
    comes: () => {
      const now = clock.now()
      if (key.at === 'doubtful') key.forget()
      if (key.at === 'free') press(now)
      else if (now - key.last < repeatsWithinMs) key = { at: 'held', last: now }
      else if (key.at === 'held' || now - key.last >= firstRepeatWithinMs) press(now)
      else key = { at: 'doubtful', last: now, forget: clock.at(now + repeatsWithinMs, () => press(now)) }
    },
    close: () => {
      if (key.at === 'doubtful') key.forget()
      key = { at: 'free' }
    }
  }
}
