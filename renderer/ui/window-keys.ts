// What keys mean in the whole window, wherever the focus is: leaving an ended call, what is done with calls, and going to
// another part of the window. The keys of the stage and of the overview are theirs.
import type { AppSnapshot, CallView } from '../../common/snapshot.ts'
import { carryOut, deedOf, type DeedActions } from '../state/call-keys.ts'
import { leaving } from '../state/ended.ts'
import { shortcutOf, worksOverDialogs } from '../state/shortcuts.ts'
import { isDialogOpen, isMeantFor } from './key-target.ts'
import { onMac } from './platform.ts'
import type { Section } from './sections.ts'

export type WindowKeys = {
  readonly snapshot: () => AppSnapshot
  readonly stage: () => CallView | null
  /** Whether the list can't be seen. */
  readonly covered: () => boolean
  readonly actions: DeedActions
  /** Takes an ended call off the stage. */
  readonly leave: (session: string) => void
  /** To the dial field, with what was typed already. */
  readonly find: (typed: string) => void
  readonly goTo: (section: Section) => void
}

/** The window's handler of `keydown`. */
export const windowKeys =
  ({ snapshot, stage, covered, actions, leave, find, goTo }: WindowKeys) =>
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
    if (shortcut === null || (isDialogOpen() && !worksOverDialogs(shortcut))) return
    const deed = deedOf(shortcut, snapshot(), call)
    if (deed !== null) carryOut(deed, actions)
    else if (shortcut === 'find' && (!covered() || over !== null)) {
      if (covered() && over !== null) leave(over)
      find('')
    } else if (shortcut === 'contacts' || shortcut === 'recents' || shortcut === 'settings') goTo(shortcut)
    else return
    event.preventDefault()
  }
