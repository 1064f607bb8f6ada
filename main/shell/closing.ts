// What closing the window means, and the sentence that tells it the first time: the app goes on, so that calls arrive, and
// where it can be found. Closes nothing itself.
import type { Logger } from '../../common/log.ts'

/** What the person has not been told before. */
export type ClosingHint = 'hidden' | 'minimized'
export type ClosingMeaning = 'hide' | 'minimize' | 'quit'

export type ClosingDeps = {
  /** The setting: go on without the window. */
  readonly keepsRunning: () => boolean
  /** Whether the desktop shows the tray icon, by which the app can be found again. */
  readonly hasTray: () => Promise<boolean>
  readonly wasTold: (hint: ClosingHint) => boolean
  /** From now on it counts as told. */
  readonly remember: (hint: ClosingHint) => void
  /** The hint that is to be shown now is another one. */
  readonly changed: () => void
  readonly log: Logger
}

export type Closing = {
  readonly meaning: () => Promise<ClosingMeaning>
  /** What is to be said now, or null. */
  readonly hint: () => ClosingHint | null
  /** The window is back: nothing is to be said any more. */
  readonly isBack: () => void
}

export const createClosing = (deps: ClosingDeps): Closing => {
  let hint: ClosingHint | null = null
  const say = (next: ClosingHint | null): void => {
    if (next === hint) return
    hint = next
    deps.changed()
  }
  const tell = (what: ClosingHint): void => {
    if (deps.wasTold(what)) return
    deps.remember(what)
    deps.log.info('the person is told where the app is', { what })
    say(what)
  }
  return {
    meaning: async () => {
      if (!deps.keepsRunning()) return 'quit'
      if (await deps.hasTray()) {
        tell('hidden')
        return 'hide'
      }
      tell('minimized')
      return 'minimize'
    },
    hint: () => hint,
    isBack: () => say(null)
  }
}
