// What a person can ask for from tray, notification or ring window, as data; and the one place that carries it out.
import type { ErrorCode } from '../../common/errors.ts'
import type { Others } from '../../common/ipc.ts'
import type { Logger } from '../../common/log.ts'
import { unreachable, type Result } from '../../common/result.ts'
import type { Preferences } from '../../common/types.ts'
import { clipboardLink } from '../links/clipboard-link.ts'
import type { Phone } from '../ports.ts'

export type ShellAction =
  | { readonly kind: 'dial'; readonly to: string }
  /** Dials somebody whose call was missed: whoever calls back has seen that. */
  | { readonly kind: 'callBack'; readonly to: string }
  | { readonly kind: 'decline' | 'dismiss' | 'hangUp' | 'join'; readonly session: string }
  | { readonly kind: 'answer'; readonly session: string; readonly others?: Others }
  | { readonly kind: 'mute'; readonly session: string; readonly muted: boolean }
  | { readonly kind: 'hold'; readonly session: string; readonly held: boolean }
  | { readonly kind: 'doNotDisturb'; readonly way: Preferences['doNotDisturb'] }
  /** Asks about the number that was copied, as about one that a link brings. */
  | { readonly kind: 'dialClipboard' }
  /** Shows the window, and in it what was missed. */
  | { readonly kind: 'open'; readonly at?: 'recents' }
  | { readonly kind: 'quit' }

export type ActionDeps = {
  readonly phone: Pick<Phone, 'dial' | 'answer' | 'decline' | 'dismiss' | 'hangUp' | 'mute' | 'hold' | 'join'>
  /** Kept by the server, so it may fail. */
  readonly setDoNotDisturb: (way: Preferences['doNotDisturb']) => Promise<Result<unknown>>
  /** Read anew each time: what was copied is nobody's business before. */
  readonly clipboardText: () => Promise<string>
  /** As if it had come from outside: a question follows. */
  readonly openLink: (text: string) => void
  readonly showWindow: () => void
  /** What was missed is on the screen soon. */
  readonly showRecents: () => void
  /** What was missed was seen. */
  readonly missedSeen: () => void
  /** A call was answered: its window follows. */
  readonly answered: (session: string) => void
  /** A call could not be made: the window that was shown says why. */
  readonly refused: (code: ErrorCode) => void
  readonly quit: () => void
  readonly log: Logger
}

/**
 * Carries actions out. One that comes too late (the call is over, or another's) does nothing but show the window, where
 * what became of the call can be seen; of a call that is not made there is nothing to see but the reason.
 */
export const createActions = ({
  phone,
  setDoNotDisturb,
  clipboardText,
  openLink,
  showWindow,
  showRecents,
  missedSeen,
  answered,
  refused,
  quit,
  log
}: ActionDeps): ((action: ShellAction) => void) => {
  /** Why it was not done, or null. */
  const failure = (kind: ShellAction['kind'], result: Result<unknown>, session?: string): ErrorCode | null => {
    if (result.ok) return null
    log.info('an action came too late or could not be done', { kind, code: result.error.code, session })
    showWindow()
    return result.error.code
  }
  const dialClipboard = async (): Promise<void> => {
    const link = clipboardLink(await clipboardText())
    showWindow()
    if (link === null) refused('no_number_copied')
    else openLink(link)
  }
  return (action) => {
    switch (action.kind) {
      case 'dial':
      case 'callBack': {
        if (action.kind === 'callBack') missedSeen()
        const code = failure(action.kind, phone.dial(action.to))
        if (code !== null) refused(code)
        return
      }
      case 'answer':
        if (failure(action.kind, phone.answer(action.session, action.others), action.session) === null)
          answered(action.session)
        return
      case 'decline':
        failure(action.kind, phone.decline(action.session), action.session)
        return
      case 'dismiss':
        failure(action.kind, phone.dismiss(action.session), action.session)
        return
      case 'hangUp':
        failure(action.kind, phone.hangUp(action.session), action.session)
        return
      case 'mute':
        failure(action.kind, phone.mute(action.session, action.muted), action.session)
        return
      case 'hold':
        failure(action.kind, phone.hold(action.session, action.held), action.session)
        return
      case 'join':
        if (failure(action.kind, phone.join(action.session), action.session) === null) answered(action.session)
        return
      case 'doNotDisturb':
        void setDoNotDisturb(action.way).then((result) => {
          const code = failure(action.kind, result)
          if (code !== null) refused(code)
        })
        return
      case 'dialClipboard':
        void dialClipboard()
        return
      case 'open':
        showWindow()
        if (action.at === 'recents') showRecents()
        return
      case 'quit':
        quit()
        return
      default:
        unreachable(action)
    }
  }
}
