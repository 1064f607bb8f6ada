// Alerts the person of a call by all the ways that are set: notification, ring window, raised window. Says once for each
// call that an alert is up; if none comes up in time, the ring tone is the alert.
import type { Logger } from '../../common/log.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import { alertingCalls } from './alerting.ts'

/** Longer than any daemon or window takes. */
const waitForAlertMs = 1.5 * secondMs
/** The notification goes first: to make a window holds this process up for longer than a daemon needs. */
const ringWindowAfterMs = 250

export type Alerts = {
  readonly update: (snapshot: AppSnapshot) => void
  /** One of the ways has the call on the screen. */
  readonly shown: (session: string) => void
  readonly close: () => void
}

export type AlertsDeps = {
  readonly ring: { readonly update: (session: string | null) => void }
  readonly raiseWindow: () => void
  /** The first alert of this call is up: told once. */
  readonly alertShown: (session: string) => void
  readonly clock: Clock
  readonly log: Logger
}

/** One call that alerts. */
type Alert = {
  /** Ends the waits for this call. */
  stop: () => void
  isTold: boolean
  /** Whether the ring window may have it. */
  mayRing: boolean
}

export const createAlerts = ({ ring, raiseWindow, alertShown, clock, log }: AlertsDeps): Alerts => {
  const alerts = new Map<string, Alert>()
  let hasRingWindow = false

  const showRing = (): void => {
    // It shows one call, the oldest that alerts.
    const [first] = alerts
    ring.update(hasRingWindow && first?.[1].mayRing === true ? first[0] : null)
  }

  const shown = (session: string): void => {
    const alert = alerts.get(session)
    // Over meanwhile, or told already.
    if (alert === undefined || alert.isTold) return
    alert.stop()
    alert.isTold = true
    alertShown(session)
    alert.mayRing = true
    showRing()
  }

  const begin = (session: string, { settings }: AppSnapshot): void => {
    const now = clock.now()
    const stopRingWait = clock.at(now + ringWindowAfterMs, () => {
      alert.mayRing = true
      showRing()
    })
    const stopWait = clock.at(now + waitForAlertMs, () => {
      log.warn('no alert came up: the tone alone rings', { session })
      shown(session)
    })
    const alert: Alert = {
      stop: () => {
        stopRingWait()
        stopWait()
      },
      isTold: false,
      mayRing: !settings.notifyIncoming
    }
    alerts.set(session, alert)
    if (settings.raiseOnIncoming) raiseWindow()
    // Nothing to wait for: the person wants no more than the tone, or the raised window.
    if (!settings.ringWindow && !settings.notifyIncoming) shown(session)
  }

  return {
    update: (snapshot) => {
      const sessions = alertingCalls(snapshot.calls).map(({ session }) => session)
      hasRingWindow = snapshot.settings.ringWindow
      for (const [session, alert] of alerts) {
        if (sessions.includes(session)) continue
        alert.stop()
        alerts.delete(session)
      }
      for (const session of sessions) if (!alerts.has(session)) begin(session, snapshot)
      showRing()
    },
    shown,
    close: () => {
      for (const alert of alerts.values()) alert.stop()
      alerts.clear()
    }
  }
}
