// Alerts the person of a call by all the ways that are set: notification, ring window, raised window. Says once for each
// call that an alert is up; if none comes up in time, the ring tone is the alert.
import type { Logger } from '../../common/log.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import { alertingCalls } from './alerting.ts'

/** Longer than any daemon or window takes. */
const waitForAlertMs = 1.5 * secondMs

export type Alerts = {
  readonly update: (snapshot: AppSnapshot) => void
  /** One of the ways has the call on the screen. */
  readonly shown: (session: string) => void
  readonly close: () => void
}

export type AlertsDeps = {
  readonly ring: { readonly update: (sessions: readonly string[]) => void }
  readonly raiseWindow: () => void
  /** The first alert of this call is up: told once. */
  readonly alertShown: (session: string) => void
  readonly clock: Clock
  readonly log: Logger
}

export const createAlerts = ({ ring, raiseWindow, alertShown, clock, log }: AlertsDeps): Alerts => {
  /** Calls that alert now; the function stops the wait, and is null once an alert is up. */
  const alerting = new Map<string, (() => void) | null>()

  const shown = (session: string): void => {
    const stopWait = alerting.get(session)
    // Over meanwhile, or told already.
    if (stopWait === undefined || stopWait === null) return
    stopWait()
    alerting.set(session, null)
    alertShown(session)
  }

  const begin = (session: string): void => {
    alerting.set(
      session,
      clock.at(clock.now() + waitForAlertMs, () => {
        log.warn('no alert came up: the tone alone rings')
        shown(session)
      })
    )
  }

  return {
    update: ({ calls, settings }) => {
      const sessions = alertingCalls(calls).map(({ session }) => session)
      const begun = sessions.filter((session) => !alerting.has(session))
      for (const [session, stopWait] of alerting) {
        if (sessions.includes(session)) continue
        stopWait?.()
        alerting.delete(session)
      }
      for (const session of begun) begin(session)
      ring.update(settings.ringWindow ? sessions : [])
      if (begun.length === 0) return
      if (settings.raiseOnIncoming) raiseWindow()
      // Nothing to wait for: the person wants no more than the tone, or the raised window.
      if (!settings.ringWindow && !settings.notifyIncoming) for (const session of begun) shown(session)
    },
    shown,
    close: () => {
      for (const stopWait of alerting.values()) stopWait?.()
      alerting.clear()
    }
  }
}
