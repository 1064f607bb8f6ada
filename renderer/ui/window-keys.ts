// What keys mean in the whole window, wherever the focus is: leaving an ended call, answering, declining, muting, finding.
import type { CallView } from '../../common/snapshot.ts'
import { canReturnTo } from '../state/calls.ts'
import { leaving } from '../state/ended.ts'
import { shortcutOf } from '../state/shortcuts.ts'
import type { Actions } from '../state/actions.ts'
import { isMeantFor } from './key-target.ts'
import { onMac } from './platform.ts'

export type WindowKeys = {
  readonly calls: () => readonly CallView[]
  readonly incoming: () => readonly CallView[]
  readonly stage: () => CallView | null
  /** Whether the list can't be seen. */
  readonly covered: () => boolean
  readonly actions: Pick<Actions, 'answer' | 'decline' | 'mute'>
  /** Takes an ended call off the stage. */
  readonly leave: (session: string) => void
  /** To the dial field, with what was typed already. */
  readonly find: (typed: string) => void
}

/** The window's handler of `keydown`. */
export const windowKeys =
  ({ calls, incoming, stage, covered, actions, leave, find }: WindowKeys) =>
  (event: KeyboardEvent): void => {
    const call = stage()
    const over = call === null || call.end === null ? null : call.session
    const next = event.defaultPrevented || isMeantFor(event.target, event.key) ? null : leaving(event)
    if (over !== null && next !== null) {
      leave(over)
      if (next.typed !== '') find(next.typed)
      event.preventDefault()
      return
    }
    const shortcut = shortcutOf(event, onMac)
    if (shortcut === null) return
    const [ringing] = incoming()
    const talking = calls().find((one) => one.floor && one.can.mute)
    const taken = ringing ?? calls().find(canReturnTo)
    if (shortcut === 'answer' && taken) actions.answer(taken.session)
    else if (shortcut === 'decline' && ringing?.can.decline) actions.decline(ringing.session)
    else if (shortcut === 'mute' && talking) actions.mute(talking.session, !talking.muted)
    else if (shortcut === 'find' && (!covered() || over !== null)) {
      if (covered() && over !== null) leave(over)
      find('')
    } else return
    event.preventDefault()
  }
