// The own contacts, which the server keeps: read once from the disk, then followed by their revision. A change is the
// server's first and is here once it has come back; without the server nothing is changed.
//
//   unread ── a page asks, or a session begins ──▶ as kept ── welcome, lists.changed, own change ──▶ asks what is new since
//                                                    ▲                                                │
//                                                    └──────── all pages are there: book, revision ◀──┘
import { createNameBook, noNames, type NameBook } from '../../common/contacts/names.ts'
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { Contact, ContactsChange } from '../../common/types.ts'
import type { SignalingSession } from '../ports.ts'
import { emptyBook, type Book, type ContactsCache } from './contacts-cache.ts'
import { inParts } from './contacts-parts.ts'

const retryAfterMs = 5 * secondMs

export type ContactsCounts = { readonly added: number; readonly changed: number; readonly removed: number }

export type Contacts = {
  /** Another number after each change; it says nothing by itself. */
  readonly rev: () => number
  /** Whose numbers are whose, by what is known now; the very same as long as that does not change. */
  readonly names: () => NameBook
  readonly onChanged: (listener: () => void) => Unsubscribe
  /** `revision` is the server's, up to which they are known. */
  readonly load: () => Promise<{
    readonly rev: number
    readonly revision: number
    readonly contacts: readonly Contact[]
  }>
  /** Errors: those of the server and of no connection; too_many_contacts, contact_changed (then what it is now is known). Then nothing was changed, or only some was added. */
  readonly change: (change: ContactsChange) => Promise<Result<ContactsCounts>>
  readonly close: () => void
}

export type ContactsDeps = {
  readonly session: Pick<SignalingSession, 'account' | 'link' | 'onChanged' | 'onPush'> & {
    readonly rest: Pick<SignalingSession['rest'], 'contacts' | 'changeContacts'>
  }
  readonly cache: ContactsCache
  readonly clock: Clock
  readonly log: Logger
}

export const createContacts = ({ session, cache, clock, log }: ContactsDeps): Contacts => {
  let account: string | null = null
  let book = emptyBook
  let reading: Promise<void> | null = null
  let rev = 0
  let names: NameBook | null = null
  let running: Promise<void> | null = null
  let queued: Promise<void> | null = null
  let stopRetry = (): void => undefined
  const changed = createEmitter<undefined>((error) => {
    log.error('a listener to the contacts threw', { error: String(error) })
  })

  const set = (next: Book): void => {
    book = next
    names = null
    rev += 1
    changed.emit(undefined)
  }

  const read = async (of: string): Promise<void> => {
    const kept = await cache.load(of)
    if (of === account && kept.contacts.size > 0) set(kept)
  }
  /** What is kept on the disk, read when it is first needed: a start has more urgent things to do. */
  const readOnce = (): Promise<void> => (account === null ? Promise.resolve() : (reading ??= read(account)))

  /** Page after page of what is newer; null where it could not be had. */
  const fetchNews = async (known: Book): Promise<Book | null> => {
    let contacts = new Map(known.contacts)
    let asked = { since: known.revision, after: 0 }
    for (;;) {
      const answer = await session.rest.contacts(asked)
      if (!answer.ok) {
        log.warn('the contacts could not be fetched', { code: answer.error.code })
        return null
      }
      const { whole, result, removed, revision, next } = answer.value
      // What is known is too old, or of another database: it begins anew.
      if (whole && asked.since > 0) contacts = new Map()
      for (const one of result) contacts.set(one.id, one)
      for (const id of removed) contacts.delete(id)
      if (next === null) {
        const isNews = revision !== known.revision || (whole && revision > 0)
        return isNews ? { revision, contacts } : known
      }
      asked = { since: whole ? 0 : asked.since, after: next }
    }
  }

  const sync = async (): Promise<void> => {
    stopRetry()
    const asked = account
    if (asked === null) return
    await readOnce()
    const news = await fetchNews(book)
    if (asked !== account) return
    if (news === null) {
      // While there is no session the next welcome asks anyway.
      if (session.link().state === 'joined') {
        stopRetry = clock.at(clock.now() + retryAfterMs, () => void refresh())
      }
    } else if (news !== book) {
      cache.save(asked, news)
      set(news)
    }
  }

  /** One at a time. Resolves after one that began later than this was called: what is on its way may be older. */
  const refresh = (): Promise<void> => {
    if (running === null) {
      running = sync().finally(() => {
        running = null
      })
      return running
    }
    queued ??= running.then(() => {
      queued = null
      return refresh()
    })
    return queued
  }

  const follow = (): void => {
    const state = session.account()
    // While signing in, nobody knows yet whether it is another account.
    if (state.state === 'signingIn') return
    const next = state.state === 'signedIn' ? `${state.server} ${state.user.username}` : null
    if (next === account) return
    // Signed out: nothing of the account stays on this machine.
    if (account !== null) cache.save(null, emptyBook)
    account = next
    reading = null
    stopRetry()
    if (book !== emptyBook) set(emptyBook)
  }

  const stops = [
    session.onChanged(follow),
    session.onPush((push) => {
      if (push.name === 'session.welcome') follow()
      const isNews = push.name === 'lists.changed' && push.data.lists.includes('contacts')
      if (push.name === 'session.welcome' || isNews) void refresh()
    })
  ]
  follow()

  return {
    rev: () => rev,
    names: () => (names ??= book.contacts.size === 0 ? noNames : createNameBook([...book.contacts.values()])),
    onChanged: changed.on,
    load: async () => {
      await readOnce()
      return { rev, revision: book.revision, contacts: [...book.contacts.values()] }
    },
    change: async (change) => {
      // At once: whoever waits in a form for a server that is not there would not know why.
      if (session.link().state !== 'joined') return fail('disconnected')
      const counts = { added: 0, changed: 0, removed: 0 }
      const asked = account
      for (const part of inParts(change)) {
        // What is left belongs to whom it was meant for.
        if (asked !== account) return fail('not_signed_in')
        const answer = await session.rest.changeContacts(part)
        if (!answer.ok) {
          const known = refresh()
          if (answer.error.code === 'contact_changed') await known
          return answer
        }
        counts.added += answer.value.added
        counts.changed += answer.value.changed
        counts.removed += answer.value.removed
      }
      await refresh()
      return ok(counts)
    },
    close: () => {
      for (const stop of stops) stop()
      stopRetry()
    }
  }
}
