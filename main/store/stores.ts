// Everything that the app keeps on this disk, opened together: which file holds what. Uses none of it.
import path from 'node:path'
import type { Logger } from '../../common/log.ts'
import type { Bounds } from '../shell/bounds.ts'
import { createCallLog, type CallLog } from './call-log.ts'
import { createContactsCache, type ContactsCache } from './contacts-cache.ts'
import { openHeadsets, type GivenHeadsets } from './headsets.ts'
import { openHints, type Hints } from './hints.ts'
import type { JsonFile } from './json-file.ts'
import { createListsCache, type ListsCache } from './lists-cache.ts'
import { createRecentsCache, type RecentsCache } from './recents-cache.ts'
import { openSettings, type SettingsStore } from './settings.ts'
import { createSignInStore, type Keyring, type SignInKeeper } from './sign-in.ts'
import { createWindowState } from './window-state.ts'

export type Stores = {
  readonly settings: SettingsStore
  readonly signIn: SignInKeeper
  readonly listsCache: ListsCache
  readonly recentsCache: RecentsCache
  readonly contactsCache: ContactsCache
  readonly callLog: CallLog
  readonly windowState: JsonFile<Bounds | null>
  /** Where the window was at the end of the last start. */
  readonly remembered: Bounds | null
  /** Where the person has put the mini window; null where they have not. */
  readonly miniPlace: { readonly get: () => Bounds | null; readonly set: (place: Bounds) => void }
  readonly hints: Hints
  /** Whose buttons the person has given to the app. */
  readonly headsets: GivenHeadsets
  /** Resolves when what was to be kept is on the disk, or could not be put there. */
  readonly settled: () => Promise<unknown>
}

/** Resolves with the settings and the window's place read. Never rejects. */
export const openStores = async (
  userData: string,
  deps: {
    readonly keyring: Keyring
    /** The server to sign in at that somebody else has chosen, or nothing. */
    readonly presetServer: string
    readonly log: Logger
  }
): Promise<Stores> => {
  const { keyring, presetServer, log } = deps
  const inUserData = (...parts: string[]): string => path.join(userData, ...parts)
  const windowState = createWindowState({ file: inUserData('window.json'), log })
  const miniState = createWindowState({ file: inUserData('mini-window.json'), log })
  const [settings, remembered, miniAtStart, hints, headsets] = await Promise.all([
    openSettings({ file: inUserData('settings.json'), log }),
    windowState.load(),
    miniState.load(),
    openHints({ file: inUserData('hints.json'), log }),
    openHeadsets({ file: inUserData('headsets.json'), log })
  ])
  let mini = miniAtStart
  const signIn = createSignInStore({
    file: inUserData('sign-in.json'),
    keyring,
    mayUseFile: () => settings.get().keepSignInWithoutKeyring,
    presetServer,
    log
  })
  const listsCache = createListsCache({ file: inUserData('lists.json'), log })
  const recentsCache = createRecentsCache({
    newestFile: inUserData('recents.json'),
    keptFile: inUserData('older-recents.json'),
    log
  })
  const contactsCache = createContactsCache({ file: inUserData('contacts.json'), log })
  const callLog = createCallLog({ file: inUserData('logs', 'calls.jsonl'), log })
  return {
    settings,
    signIn,
    listsCache,
    recentsCache,
    contactsCache,
    callLog,
    windowState,
    remembered,
    miniPlace: {
      get: () => mini,
      set: (place) => {
        mini = place
        void miniState.save(place) // A failure is logged there and costs only the place.
      }
    },
    hints,
    headsets,
    settled: () =>
      Promise.all(
        [settings, listsCache, recentsCache, contactsCache, windowState, miniState, hints, headsets, callLog].map(
          (store) => store.settled()
        )
      )
  }
}
