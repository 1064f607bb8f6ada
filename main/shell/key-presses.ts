// Does what a key of the whole desktop means at the moment it is pressed. What it means is key-deeds' to say.
import type { ErrorCode } from '../../common/errors.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import { clipboardLink } from '../links/clipboard-link.ts'
import type { ShellAction } from './actions.ts'
import type { GlobalKeys } from './global-keys.ts'
import { keyDeed } from './key-deeds.ts'

export type KeyPressDeps = {
  readonly keys: Pick<GlobalKeys, 'onPressed'>
  readonly snapshot: () => AppSnapshot
  readonly act: (action: ShellAction) => void
  /** Read anew each time: what was copied is nobody's business before. */
  readonly clipboardText: () => Promise<string>
  /** As if it had come from outside: a question follows. */
  readonly openLink: (text: string) => void
  readonly showWindow: () => void
  readonly refused: (code: ErrorCode) => void
}

/** Follows the keys until the returned function is called. */
export const followKeys = ({
  keys,
  snapshot,
  act,
  clipboardText,
  openLink,
  showWindow,
  refused
}: KeyPressDeps): (() => void) => {
  const dialClipboard = async (): Promise<void> => {
    const link = clipboardLink(await clipboardText())
    showWindow()
    if (link === null) refused('no_number_copied')
    else openLink(link)
  }
  return keys.onPressed((shortcut) => {
    const deed = keyDeed(shortcut, snapshot())
    // Too late: what it was for is over.
    if (deed === null) return
    if (deed.kind === 'dialClipboard') void dialClipboard()
    else act(deed)
  })
}
