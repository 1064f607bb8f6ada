// What the server keeps of the account (directory, favourites, recents, preferences, block list): fetched when a session begins or they change, cached for
// the next start, with the mark up to which missed calls were seen. Says nothing about how they are shown.
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import type { Logger } from '../../common/log.ts'
import { ok, unreachable, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { HistoryEntry, Preferences } from '../../common/types.ts'
import type { SignalingSession } from '../ports.ts'
import { noLists, type AccountLists, type ListsCache } from './lists-cache.ts'
import { seenMark, unseenMissed } from './missed.ts'
import { withNews, type Others } from './others.ts'

type ListName = 'directory' | 'favourites' | 'history' | 'preferences' | 'blocked'
const listNames: readonly ListName[] = ['directory', 'favourites', 'history', 'preferences', 'blocked']

const retryAfterMs = 5 * secondMs

export type Lists = {
  readonly get: () => AccountLists
  readonly availability: () => Others
  /** Missed calls that were not looked at yet. */
  readonly missed: () => number
  readonly onChanged: (listener: () => void) => Unsubscribe
  readonly setFavourites: (usernames: readonly string[]) => Promise<Result<Record<never, never>>>
  readonly setPreferences: (preferences: Preferences) => Promise<Result<Record<never, never>>>
  readonly setBlocked: (usernames: readonly string[]) => Promise<Result<Record<never, never>>>
  /** One page of the history, older than `cursor`; the newest where it is null. */
  readonly moreRecents: (
    cursor: string | null
  ) => Promise<Result<{ result: readonly HistoryEntry[]; next: string | null }>>
  /** Recents are on the screen: what was missed until now was seen. */
  readonly markSeen: () => void
  readonly close: () => void
}

export type ListsDeps = {
  readonly session: Pick<SignalingSession, 'account' | 'link' | 'onChanged' | 'onPush' | 'rest'>
  readonly cache: ListsCache
  readonly clock: Clock
  readonly log: Logger
}

export const createLists = ({ session, cache, clock, log }: ListsDeps): Lists => {
  let account: string | null = null
  let lists = noLists
  let others: Others = null
  const running = new Set<ListName>()
  const again = new Set<ListName>()
  const retries = new Map<ListName, () => void>()
  const changed = createEmitter<undefined>((error) => {
    log.error('a listener to the lists threw', { error: String(error) })
  })

  const change = (part: Partial<AccountLists>): void => {
    lists = { ...lists, ...part }
    if (account !== null) void cache.save(account, lists) // Never rejects; a failure is logged there.
    changed.emit(undefined)
  }

  const fetchInto = async (name: ListName): Promise<Result<Partial<AccountLists>>> => {
    switch (name) {
      case 'directory': {
        const answer = await session.rest.directory()
        return answer.ok ? ok({ directory: answer.value }) : answer
      }
      case 'favourites': {
        const answer = await session.rest.favourites()
        return answer.ok ? ok({ favourites: answer.value.usernames }) : answer
      }
      case 'preferences': {
        const answer = await session.rest.preferences()
        return answer.ok ? ok({ preferences: answer.value }) : answer
      }
      case 'blocked': {
        const answer = await session.rest.blocked()
        return answer.ok ? ok({ blocked: answer.value.usernames }) : answer
      }
      case 'history': {
        const answer = await session.rest.history(null)
        if (!answer.ok) return answer
        const recents = answer.value.result
        // What happened before this phone knew the account was seen, or missed, elsewhere.
        return ok({ recents, seenAt: lists.seenAt ?? seenMark(recents) })
      }
      default:
        return unreachable(name)
    }
  }

  const refresh = async (name: ListName): Promise<void> => {
    // Who is signed in for one call only has no lists.
    if (account === null) return
    if (running.has(name)) {
      // What is on its way may be older than the change.
      again.add(name)
      return
    }
    retries.get(name)?.()
    retries.delete(name)
    running.add(name)
    const asked = account
    const answer = await fetchInto(name)
    running.delete(name)
    if (again.delete(name)) return refresh(name)
    if (asked !== account) return
    if (answer.ok) {
      change(answer.value)
      return
    }
    log.warn('a list could not be fetched', { name, code: answer.error.code })
    // While there is no session the next welcome asks for everything anyway.
    if (session.link().state === 'joined') {
      retries.set(
        name,
        clock.at(clock.now() + retryAfterMs, () => void refresh(name))
      )
    }
  }
  const refreshAll = (): void => {
    for (const name of listNames) void refresh(name)
  }
  const stopRetries = (): void => {
    for (const stop of retries.values()) stop()
    retries.clear()
  }

  const changeAccount = (next: string | null): void => {
    // Signed out: nothing of the account stays on this machine but how far its missed calls were seen.
    if (next === null && account !== null) void cache.save(account, { ...noLists, seenAt: lists.seenAt })
    account = next
    lists = noLists
    stopRetries()
    changed.emit(undefined)
    if (next === null) return
    void cache.load(next).then((cached) => {
      if (account !== next) return
      // Whatever was fetched meanwhile is newer.
      const isFresh = lists !== noLists
      lists = isFresh ? { ...lists, seenAt: cached.seenAt ?? lists.seenAt } : cached
      changed.emit(undefined)
    })
  }
  const follow = (): void => {
    const state = session.account()
    // While signing in, nobody knows yet whether it is another account.
    if (state.state === 'signingIn') return
    const next = state.state === 'signedIn' ? `${state.server} ${state.user.username}` : null
    if (next !== account) changeAccount(next)
  }

  /** Keeps what the server has taken, if it is still that account's: another person's lists are not these. */
  const setOnServer = async <T>(
    set: () => Promise<Result<T>>,
    keep: (value: T) => Partial<AccountLists>
  ): Promise<Result<Record<never, never>>> => {
    const asked = account
    const answer = await set()
    if (!answer.ok) return answer
    if (asked === account) change(keep(answer.value))
    return ok({})
  }

  const setOthers = (next: Others): void => {
    if (next === others) return
    others = next
    changed.emit(undefined)
  }

  const stops = [
    session.onChanged(() => {
      follow()
      if (session.link().state !== 'joined') setOthers(null)
    }),
    session.onPush((push) => {
      if (push.name === 'session.welcome') {
        follow()
        refreshAll()
      }
      if (push.name === 'availability.changed') setOthers(withNews(others, push.data))
      // The own contacts are contacts.ts's.
      if (push.name === 'lists.changed') {
        for (const name of push.data.lists) if (name !== 'contacts') void refresh(name)
      }
    })
  ]
  follow()

  return {
    get: () => lists,
    availability: () => others,
    missed: () => unseenMissed(lists.recents, lists.seenAt).length,
    onChanged: (listener) => changed.on(listener),
    setFavourites: (usernames) =>
      setOnServer(
        () => session.rest.setFavourites({ usernames: [...usernames] }),
        ({ usernames: favourites }) => ({ favourites })
      ),
    setPreferences: (wanted) =>
      setOnServer(
        () => session.rest.setPreferences(wanted),
        (preferences) => ({ preferences })
      ),
    setBlocked: (usernames) =>
      setOnServer(
        () => session.rest.setBlocked({ usernames: [...usernames] }),
        ({ usernames: blocked }) => ({ blocked })
      ),
    moreRecents: (cursor) => session.rest.history(cursor),
    markSeen: () => {
      const seenAt = seenMark(lists.recents)
      if (lists.seenAt !== null && seenAt > lists.seenAt) change({ seenAt })
    },
    close: () => {
      for (const stop of stops) stop()
      stopRetries()
    }
  }
}
