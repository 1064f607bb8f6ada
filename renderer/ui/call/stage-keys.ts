// What keys mean on the stage: those of the telephone, the keypad and handing over. Knows no components.
import type { CallView } from '../../../common/snapshot.ts'
import { digitOf } from '../../state/keypad.ts'
import { shortcutOf } from '../../state/shortcuts.ts'
import { isDialogOpen } from '../key-target.ts'
import { onMac } from '../platform.ts'

export type StageKeys = {
  readonly call: () => CallView
  /** Whether the keypad is open. */
  readonly keypad: () => boolean
  readonly stage: () => HTMLElement | undefined
  readonly press: (digit: string) => void
  readonly showKeypad: (shown: boolean) => void
  /** Null where nobody can be connected with the other side. */
  readonly transfer: () => (() => void) | null
}

/** The window's handler of `keydown`, as long as the call is on the stage. */
export const stageKeys =
  ({ call, keypad, stage, press, showKeypad, transfer }: StageKeys) =>
  (event: KeyboardEvent): void => {
    const { target } = event
    if (event.defaultPrevented || !(target instanceof Element)) return
    const shortcut = isDialogOpen() ? null : shortcutOf(event, onMac)
    const { can } = call()
    if (shortcut === 'keypad' && can.dtmf) showKeypad(!keypad())
    else if (shortcut === 'transfer' && can.transfer && transfer() !== null) transfer()?.()
    // Wherever the focus is while the keypad is open, and on the stage otherwise; never from a field.
    else if (target.closest('input, textarea, select, dialog, [popover]') !== null) return
    else {
      const digit = can.dtmf ? digitOf(event) : null
      if (digit !== null && (keypad() || stage()?.contains(target) === true)) press(digit)
      else if (event.key === 'Escape' && keypad()) showKeypad(false)
      else return
    }
    event.preventDefault()
  }
