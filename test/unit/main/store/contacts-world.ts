// Own contacts over a server with one user's. Fake for unit tests only.
import { createEmitter } from '../../../../common/emitter.ts'
import { silentLogger } from '../../../../common/log.ts'
import type { ContactsAnswer, ContactsChange, ContactsQuery } from '../../../../common/protocol/contacts.ts'
import type { Push } from '../../../../common/protocol/socket.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import type { AccountState, LinkState } from '../../../../common/snapshot.ts'
import type { Contact } from '../../../../common/types.ts'
import { emptyBook, type Book } from '../../../../main/store/contacts-cache.ts'
import { createContacts } from '../../../../main/store/contacts.ts'
import { createFakeClock, sara, settle } from '../shell/fixtures.ts'
export const signedIn: Extract<AccountState, { state: 'signedIn' }> = {
  state: 'signedIn',
  server: 'https://a',
  user: sara,
  remembered: true
}
export const signedOut: AccountState = { state: 'signedOut', lastServer: '', lastUsername: '', error: null }
export const account = 'https://a 101'
export const joined: LinkState = { state: 'joined' }
export const lost: LinkState = { state: 'disconnected', was: 'joined', since: 0, nextTryAt: null }

export const contact = (id: string, part: Partial<Contact> = {}): Contact => ({
  id,
  name: `Person ${id}`,
  company: '',
  numbers: [{ label: 'work', value: `10${id}` }],
  emails: [],
  note: '',
  ...part
})
export const bookOf = (revision: number, ...contacts: readonly Contact[]): Book => ({
  revision,
  contacts: new Map(contacts.map((one) => [one.id, one]))
})

/** A server with one user's contacts and pages of two; what it answers is taken when it is asked. */
const createFakeServer = () => {
  let revision = 0
  const rows = new Map<string, { at: number; value: Contact | null }>()
  const server = {
    asked: [] as (ContactsQuery | ContactsChange)[],
    failing: false,
    /** Held back until it is let go. */
    gate: Promise.resolve(),
    forgets: false,
    put: (...contacts: readonly Contact[]) => {
      for (const value of contacts) rows.set(value.id, { at: (revision += 1), value })
    },
    drop: (id: string) => void rows.set(id, { at: (revision += 1), value: null }),
    contacts: async (query: ContactsQuery): Promise<Result<ContactsAnswer>> => {
      server.asked.push(query)
      const whole = query.since === 0 || server.forgets
      const from = server.forgets && query.since > 0 ? 0 : Math.max(query.since, query.after)
      const newer = [...rows.entries()]
        .filter(([, { at, value }]) => at > from && !(whole && value === null))
        .sort(([, a], [, b]) => a.at - b.at)
      const page = newer.slice(0, 2)
      const answer = {
        whole,
        result: page.flatMap(([, { value }]) => value ?? []),
        removed: page.flatMap(([id, { value }]) => (value === null ? [id] : [])),
        revision,
        next: newer.length > 2 ? (page.at(-1)?.[1].at ?? 0) : null
      }
      await server.gate
      return server.failing ? fail('unavailable') : ok(answer)
    },
    changeContacts: async (change: ContactsChange) => {
      server.asked.push(change)
      if (server.failing) return fail('too_many_contacts')
      const { since = revision } = change
      if (change.save.some(({ id }) => (rows.get(id)?.at ?? 0) > since)) return fail('contact_changed')
      server.put(...change.save)
      change.remove.forEach(server.drop)
      return ok({ added: change.save.length, changed: 0, removed: change.remove.length, revision })
    }
  }
  return server
}

export const setUp = (kept: Record<string, Book> = {}) => {
  const changed = createEmitter<undefined>(() => undefined)
  const pushed = createEmitter<Push>(() => undefined)
  const clock = createFakeClock()
  const server = createFakeServer()
  const now = { account: signedOut as AccountState, link: joined as LinkState }
  const stored = new Map<string | null, Book>(Object.entries(kept))
  const reads: string[] = []
  const contacts = createContacts({
    session: {
      account: () => now.account,
      link: () => now.link,
      onChanged: (listener) => changed.on(listener),
      onPush: pushed.on,
      rest: server
    },
    cache: {
      load: async (of) => {
        reads.push(of)
        return stored.get(of) ?? emptyBook
      },
      save: (of, book) => {
        stored.clear()
        stored.set(of, book)
      },
      settled: async () => undefined
    },
    clock,
    log: silentLogger
  })
  let told = 0
  contacts.onChanged(() => (told += 1))
  const become = async (next: AccountState) => {
    now.account = next
    changed.emit(undefined)
    await settle()
  }
  const push = async (value: Push) => {
    pushed.emit(value)
    await settle()
  }
  return {
    contacts,
    server,
    now,
    stored,
    reads,
    clock,
    become,
    told: () => told,
    ids: async () => (await contacts.load()).contacts.map(({ id }) => id).sort(),
    welcome: () => push({ name: 'session.welcome', data: {} as never }),
    news: () => push({ name: 'lists.changed', data: { lists: ['contacts'] } })
  }
}
