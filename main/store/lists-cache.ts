// The lists of each account as they were last known, in one file, so that a start without a connection shows them.
import { z } from 'zod'
import type { Logger } from '../../common/log.ts'
import { defaultPreferences, directoryEntry, preferences } from '../../common/protocol/rest.ts'
import type { DirectoryEntry, Preferences } from '../../common/types.ts'
import { createJsonFile } from './json-file.ts'

export type AccountLists = {
  readonly directory: readonly DirectoryEntry[]
  readonly favourites: readonly string[]
  readonly preferences: Preferences
  readonly blocked: readonly string[]
}

export const noLists: AccountLists = {
  directory: [],
  favourites: [],
  preferences: defaultPreferences,
  blocked: []
}

export type ListsCache = {
  readonly load: (account: string) => Promise<AccountLists>
  readonly save: (account: string, lists: AccountLists) => Promise<void>
  readonly settled: () => Promise<void>
}

const accountLists = z.object({
  directory: z.array(directoryEntry).catch([]),
  favourites: z.array(z.string()).catch([]),
  preferences: preferences.catch(defaultPreferences),
  blocked: z.array(z.string()).catch([])
})
const contents = z.record(z.string(), accountLists)

export const createListsCache = (options: { readonly file: string; readonly log: Logger }): ListsCache => {
  const stored = createJsonFile<Readonly<Record<string, AccountLists>>>({
    ...options,
    parse: (value) => contents.parse(value),
    fallback: {}
  })
  let contentsNow: Readonly<Record<string, AccountLists>> = {}
  let loading: Promise<void> | undefined
  const loaded = (): Promise<void> =>
    (loading ??= stored.load().then((value) => {
      contentsNow = value
    }))
  return {
    load: async (account) => {
      await loaded()
      return contentsNow[account] ?? noLists
    },
    save: async (account, lists) => {
      await loaded()
      contentsNow = { ...contentsNow, [account]: lists }
      // A failure was logged, and costs only a fetch at the next start.
      await stored.save(contentsNow)
    },
    settled: stored.settled
  }
}
