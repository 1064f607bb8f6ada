// The own contacts of the account that was here last, as they were last known, in a file of their own: they are many.
import { z } from 'zod'
import type { Logger } from '../../common/log.ts'
import { contact, type Contact } from '../../common/protocol/contacts.ts'
import { createJsonFile } from './json-file.ts'

/** What is known up to a revision of the server's. */
export type Book = { readonly revision: number; readonly contacts: ReadonlyMap<string, Contact> }

export const emptyBook: Book = { revision: 0, contacts: new Map() }

export type ContactsCache = {
  /** The empty book where another account's is kept, or none. */
  readonly load: (account: string) => Promise<Book>
  /** Replaces what was kept; null: nothing is kept any more. A failure is logged, and costs only a fetch at the next start. */
  readonly save: (account: string | null, book: Book) => void
  readonly settled: () => Promise<void>
}

const contents = z.object({
  account: z.string().nullable(),
  revision: z.number().int().nonnegative(),
  contacts: z.array(contact)
})
type Contents = { readonly account: string | null; readonly revision: number; readonly contacts: readonly Contact[] }

const nothing: Contents = { account: null, revision: 0, contacts: [] }

export const createContactsCache = (options: { readonly file: string; readonly log: Logger }): ContactsCache => {
  const stored = createJsonFile<Contents>({ ...options, parse: (value) => contents.parse(value), fallback: nothing })
  let next: Contents | null = null
  let writing: Promise<void> | null = null

  const write = async (): Promise<void> => {
    // An import is many changes: of those that come while one is written only the last is.
    for (let value = next; value !== null; value = next) {
      next = null
      await stored.save(value)
    }
    writing = null
  }

  return {
    load: async (account) => {
      const kept = next ?? (await stored.load())
      if (kept.account !== account) return emptyBook
      return { revision: kept.revision, contacts: new Map(kept.contacts.map((one) => [one.id, one])) }
    },
    save: (account, { revision, contacts: kept }) => {
      next = { account, revision, contacts: [...kept.values()] }
      writing ??= write()
    },
    settled: async () => {
      await writing
    }
  }
}
