// Whether the main window's page is kept while nobody sees it. It holds a third of the app's memory, so a person may let it
// go: then it is made again as soon as it is of use. Decides that alone; window.ts makes and lets go.
import { unreachable } from '../../common/result.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import { minuteMs, type Clock } from '../../common/time.ts'

/**
 *            of no use               still of none after a minute
 *   there ─────────────▶ counting ─────────────────────────────────▶ gone
 *    ▲  ▲   of use again     │                                        │ of use: a call, a look, a dialling
 *    │  └────────────────────┘                                        ▼
 *    └──────────────────────── its page is there ────────────────── making
 *
 * A new page is `making` from the start, until it is there.
 */
export type Rest = 'there' | 'counting' | 'gone' | 'making'

export type RestEvent = 'ofUse' | 'ofNone' | 'due' | 'attached'

export const nextRest = (rest: Rest, event: RestEvent): Rest => {
  switch (rest) {
    case 'there':
      return event === 'ofNone' ? 'counting' : rest
    case 'counting':
      return event === 'ofUse' ? 'there' : event === 'due' ? 'gone' : rest
    case 'gone':
      return event === 'ofUse' ? 'making' : rest
    case 'making':
      return event === 'attached' ? 'there' : rest
    default:
      return unreachable(rest)
  }
}

/** Whether the page is of use although nobody sees it: it rings, talks, asks something, or somebody is to sign in. */
export const isPageOfUse = ({ settings, account, calls, question }: AppSnapshot): boolean =>
  !settings.letWindowRest || account.state !== 'signedIn' || calls.length > 0 || question !== null

export type WindowRest = {
  /** What decides it may be another. */
  readonly update: () => void
  /** The page is there, and listens. */
  readonly attached: () => void
  readonly close: () => void
}

export type WindowRestDeps = {
  readonly snapshot: () => AppSnapshot
  readonly window: {
    /** Shown, or among the windows where it can be looked at. */
    readonly isSeen: () => boolean
    /** Makes it, hidden, where it is not there. */
    readonly ensure: () => void
    readonly letGo: () => void
  }
  /** Whether something stands in the page that would be lost with it. */
  readonly isKept: () => boolean
  /** Default: a minute. */
  readonly afterMs: number | null
  readonly clock: Clock
}

const defaultAfterMs = minuteMs

export const createWindowRest = ({ snapshot, window, isKept, afterMs, clock }: WindowRestDeps): WindowRest => {
  let rest: Rest = 'making'
  let stopWait: (() => void) | null = null

  const happen = (event: RestEvent): void => {
    const before = rest
    rest = nextRest(rest, event)
    if (rest === before) return
    stopWait?.()
    stopWait = null
    switch (rest) {
      case 'counting':
        stopWait = clock.at(clock.now() + (afterMs ?? defaultAfterMs), () => happen('due'))
        return
      case 'gone':
        window.letGo()
        return
      case 'making':
        // After the notification has gone out: to make a window holds this process up for longer.
        stopWait = clock.at(clock.now(), window.ensure)
        return
      case 'there':
        return
      default:
        unreachable(rest)
    }
  }
  const update = (): void => happen(isPageOfUse(snapshot()) || window.isSeen() || isKept() ? 'ofUse' : 'ofNone')
  return {
    update,
    attached: () => {
      happen('attached')
      update()
    },
    close: () => stopWait?.()
  }
}
