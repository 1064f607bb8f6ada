// What a person can ask for from tray, notification or ring window, as data; and the one place that carries it out.
import type { Logger } from '../../common/log.ts'
import { unreachable, type Result } from '../../common/result.ts'
import type { Phone } from '../ports.ts'

export type ShellAction =
  | { readonly kind: 'dial'; readonly to: string }
  | { readonly kind: 'answer' | 'decline' | 'hangUp'; readonly session: string }
  | { readonly kind: 'mute'; readonly session: string; readonly muted: boolean }
  | { readonly kind: 'open' }
  | { readonly kind: 'quit' }

export type ActionDeps = {
  readonly phone: Pick<Phone, 'dial' | 'answer' | 'decline' | 'hangUp' | 'mute'>
  readonly showWindow: () => void
  /** A call was answered: its window follows. */
  readonly answered: () => void
  readonly quit: () => void
  readonly log: Logger
}

/** Carries actions out. One that comes too late (the call is over, or another's) does nothing but show the window. */
export const createActions = ({
  phone,
  showWindow,
  answered,
  quit,
  log
}: ActionDeps): ((action: ShellAction) => void) => {
  /** True if it was done. */
  const done = (kind: ShellAction['kind'], result: Result<unknown>): boolean => {
    if (result.ok) return true
    log.info('an action came too late or could not be done', { kind, code: result.error.code })
    showWindow()
    return false
  }
  return (action) => {
    switch (action.kind) {
      case 'dial':
        done(action.kind, phone.dial(action.to))
        return
      case 'answer':
        if (done(action.kind, phone.answer(action.session))) answered()
        return
      case 'decline':
        done(action.kind, phone.decline(action.session))
        return
      case 'hangUp':
        done(action.kind, phone.hangUp(action.session))
        return
      case 'mute':
        done(action.kind, phone.mute(action.session, action.muted))
        return
      case 'open':
        showWindow()
        return
      case 'quit':
        quit()
        return
      default:
        unreachable(action)
    }
  }
}
