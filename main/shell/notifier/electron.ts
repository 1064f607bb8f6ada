// Notifications by Electron itself: with buttons on macOS and Windows, plain on Linux where the daemon has none.
import { Notification } from 'electron'
import type { Presenter, PresenterEvents } from './notifier.ts'
import type { WantedNotification } from './wanted.ts'

const shownDeadlineMs = 2_000

/** What a button's click gives: newer Electrons put the index into the first argument, older ones after it. */
const buttonAt = (wanted: WantedNotification, details: unknown, index: unknown): string | null => {
  const inDetails =
    typeof details === 'object' && details !== null && 'actionIndex' in details ? details.actionIndex : undefined
  const at = typeof index === 'number' ? index : inDetails
  return typeof at === 'number' ? (wanted.buttons[at]?.key ?? null) : null
}

export const createElectronPresenter = (events: PresenterEvents, icon: string): Presenter => {
  // A notification that nobody refers to is collected, and its clicks with it.
  const up = new Map<string, Notification>()
  const withdraw = (key: string): void => {
    const notification = up.get(key)
    up.delete(key)
    notification?.close()
  }
  return {
    show: (wanted) => {
      if (!Notification.isSupported()) return Promise.resolve(false)
      withdraw(wanted.key)
      const isIncoming = wanted.kind === 'incoming'
      const notification = new Notification({
        title: wanted.title,
        body: wanted.body,
        icon,
        silent: !wanted.sound,
        urgency: isIncoming ? 'critical' : 'normal',
        timeoutType: isIncoming ? 'never' : 'default',
        actions: wanted.buttons.map(({ label }) => ({ type: 'button', text: label }))
      })
      up.set(wanted.key, notification)
      notification.on('click', () => {
        events.clicked(wanted, null)
      })
      notification.on('action', (details: unknown, index: unknown) => {
        events.clicked(wanted, buttonAt(wanted, details, index))
      })
      return new Promise((resolve) => {
        const timer = setTimeout(() => {
          resolve(false)
        }, shownDeadlineMs)
        const settle = (isShown: boolean): void => {
          clearTimeout(timer)
          resolve(isShown)
        }
        notification.on('show', () => {
          settle(true)
        })
        notification.on('failed', () => {
          settle(false)
        })
        notification.show()
      })
    },
    withdraw,
    close: () => {
      for (const key of [...up.keys()]) withdraw(key)
      return Promise.resolve()
    }
  }
}
