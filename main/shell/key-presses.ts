// Does what a key of the whole desktop means at the moment it is pressed. What it means is key-deeds' to say.
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { ShellAction } from './actions.ts'
import type { GlobalKeys } from './global-keys.ts'
import { keyDeed } from './key-deeds.ts'

export type KeyPressDeps = {
  readonly keys: Pick<GlobalKeys, 'onPressed'>
  readonly snapshot: () => AppSnapshot
  readonly act: (action: ShellAction) => void
}

/** Follows the keys until the returned function is called. */
export const followKeys = ({ keys, snapshot, act }: KeyPressDeps): (() => void) =>
  keys.onPressed((shortcut) => {
    const deed = keyDeed(shortcut, snapshot())
    // Null where it comes too late: what it was for is over.
    if (deed !== null) act(deed)
  })
