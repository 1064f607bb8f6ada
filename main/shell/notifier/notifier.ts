// Makes the notifications that are up be the ones that are wanted. Knows no desktop: a presenter shows and withdraws.
import type { Logger } from '../../../common/log.ts'
import type { ShellAction } from '../actions.ts'
import type { WantedNotification } from './wanted.ts'

/** Shows notifications on one kind of desktop. */
export type Presenter = {
  /** Shows it, in place of the one with the same key. Resolves false where the desktop does not take it; never rejects. */
  readonly show: (wanted: WantedNotification) => Promise<boolean>
  readonly withdraw: (key: string) => void
  /** Resolves once the desktop has heard all withdrawals; never rejects. */
  readonly close: () => Promise<unknown>
}

/** What a presenter hears from the desktop. `button` null is a click on the notification itself. */
export type PresenterEvents = {
  readonly clicked: (wanted: WantedNotification, button: string | null) => void
  /** The desktop has lost all that was up (its daemon was started anew). */
  readonly lost: () => void
}

export type Notifier = {
  readonly update: (wanted: readonly WantedNotification[]) => void
  /** Withdraws what is up; resolves once the desktop has heard it. */
  readonly close: () => Promise<unknown>
}

export type NotifierDeps = {
  readonly makePresenter: (events: PresenterEvents) => Presenter
  readonly act: (action: ShellAction) => void
  /** The desktop has taken the alert of this call. */
  readonly shown: (session: string) => void
  readonly log: Logger
}

export const createNotifier = ({ makePresenter, act, shown, log }: NotifierDeps): Notifier => {
  /** What was wanted last, by key, with its content to see changes. */
  const up = new Map<string, { readonly wanted: WantedNotification; readonly content: string }>()

  const present = async (wanted: WantedNotification): Promise<void> => {
    const isShown = await presenter.show(wanted)
    if (!isShown) log.warn('a notification was not taken', { kind: wanted.kind, session: wanted.session ?? undefined })
    if (isShown && wanted.session !== null && up.has(wanted.key)) shown(wanted.session)
  }

  const presenter = makePresenter({
    // A late click carries its own call: the action finds out that it is over.
    clicked: (wanted, button) => {
      const pressed = wanted.buttons.find(({ key }) => key === button)
      act(pressed?.action ?? (wanted.kind === 'missed' ? { kind: 'open', at: 'recents' } : { kind: 'open' }))
    },
    lost: () => {
      log.info('the notification service is new; showing again what is wanted', { count: up.size })
      for (const { wanted } of up.values()) void present(wanted)
    }
  })

  return {
    update: (wanted) => {
      const keys = new Set(wanted.map(({ key }) => key))
      for (const key of [...up.keys()].filter((known) => !keys.has(known))) {
        up.delete(key)
        presenter.withdraw(key)
      }
      for (const each of wanted) {
        const content = JSON.stringify(each)
        if (up.get(each.key)?.content === content) continue
        up.set(each.key, { wanted: each, content })
        void present(each) // Never rejects, as the presenter never does.
      }
    },
    close: () => {
      for (const key of up.keys()) presenter.withdraw(key)
      up.clear()
      return presenter.close()
    }
  }
}
