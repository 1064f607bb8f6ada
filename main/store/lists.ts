// What the server keeps of the account (directory, favourites, preferences, block list): fetched when a session begins or
// they change, cached for the next start. Says nothing about how they are shown; past calls are recents.ts's.
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import type { Logger } from '../../common/log.ts'
import { ok, unreachable, type Result } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { Preferences } from '../../common/types.ts'
import type { SignalingSession } from '../ports.ts'
import { noLists, type AccountLists, type ListsCache } from './lists-cache.ts'
import { withNews, type Others } from './others.ts'
import { createRefresh } from './refresh.ts'

type ListName = 'directory' | 'favourites' | 'preferences' | 'blocked'
const listNames: readonly ListName[] = ['directory', 'favourites', 'preferences', 'blocked']
const isListName = (name: string): name is ListName => listNames.some((each) => each === name)

export type Lists = {
  readonly get: () => AccountLists
  readonly availability: () => Others
  readonly onChanged: (listener: () => void) => Unsubscribe
  readonly setFavourites: (usernames: readonly string[]) => Promise<Result<Record<never, never>>>
  readonly setPreferences: (preferences: Preferences) => Promise<Result<Record<never, never>>>
  readonly setBlocked: (usernames: readonly string[]) => Promise<Result<Record<never, never>>>
  readonly close: () => void
}

export type ListsDeps = {
  readonly session: Pick<SignalingSession, 'account' | 'link' | 'onChanged' | 'onPush'> & {
    readonly rest: Pick<
      SignalingSession['rest'],
      'directory' | 'favourites' | 'setFavourites' | 'preferences' | 'setPreferences' | 'blocked' | 'setBlocked'
    >
  }
  readonly cache: ListsCache
  readonly clock: Clock
  readonly log: Logger
}

export const createLists = ({ session, cache, clock, log }: ListsDeps): Lists => {
  let account: string | null = null
  let lists = noLists
  let others: Others = null
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
      default:
        return unreachable(name)
    }
  }

  /** False where it failed. */
  const fetchOne = async (name: ListName): Promise<boolean> => {
    const asked = account
    // Who is signed in for one call only has no lists.
    if (asked === null) return true
    const answer = await fetchInto(name)
    if (asked !== account) return true
    if (answer.ok) change(answer.value)
    else log.warn('a list could not be fetched', { name, code: answer.error.code })
    return answer.ok
  }
  // While there is no session the next welcome asks for everything anyway.
  const mayRetry = (): boolean => session.link().state === 'joined'
  const refreshes = new Map(
    listNames.map((name) => [name, createRefresh({ fetch: () => fetchOne(name), mayRetry, clock })])
  )
  const stopRetries = (): void => {
    for (const { stop } of refreshes.values()) stop()
  }

  const changeAccount = (next: string | null): void => {
    // Signed out: nothing of the account stays on this machine.
    if (next === null && account !== null) void cache.save(account, noLists)
    account = next
    lists = noLists
    stopRetries()
    changed.emit(undefined)
    if (next === null) return
    void cache.load(next).then((cached) => {
      // Whatever was fetched meanwhile is newer.
      if (account !== next || lists !== noLists) return
      lists = cached
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
        for (const { run } of refreshes.values()) void run()
      }
      if (push.name === 'availability.changed') setOthers(withNews(others, push.data))
      // Past calls are recents.ts's, the own contacts are contacts.ts's.
      if (push.name === 'lists.changed') {
        for (const name of push.data.lists) if (isListName(name)) void refreshes.get(name)?.run()
      }
    })
  ]
  follow()

  return {
    get: () => lists,
    availability: () => others,
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
    close: () => {
      for (const stop of stops) stop()
      stopRetries()
    }
  }
}
