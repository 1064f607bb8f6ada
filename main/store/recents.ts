// Past calls: the newest page with what was missed and not yet seen, always at hand; up to 5,000 kept for when the server
// can't be reached; and what is done with them. Says nothing about how they are shown.
//
// What is kept has no gap: some seconds after each change of the newest page it is filled from there on until it meets what
// was kept before, or all over again where calls were taken away meanwhile that this app does not know of (`edition`).
import type { NameBook } from '../../common/contacts/names.ts'
import { createEmitter, type Unsubscribe } from '../../common/emitter.ts'
import type { RecentsAsked, RecentsPage } from '../../common/ipc.ts'
import type { Logger } from '../../common/log.ts'
import { mostHistoryRows, type HistoryChanged, type HistoryItems } from '../../common/protocol/history.ts'
import { merged } from '../../common/recents.ts'
import { ok, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { HistoryDetails, HistoryEntry, HistoryMarks } from '../../common/types.ts'
import type { SignalingSession } from '../ports.ts'
import { seenMark, unseenMissed } from './missed.ts'
import { noNewest, type Kept, type Newest, type RecentsCache } from './recents-cache.ts'
import { createRecentsPages } from './recents-pages.ts'
import { createRefresh } from './refresh.ts'

export const mostKept = 5_000
const newestRows = 50
/** A start, and a call that has just ended, have more urgent things to do. */
const fillAfterMs = 5 * secondMs

type Done = Promise<Result<Record<never, never>>>

export type Recents = {
  /** The newest page, newest first. */
  readonly newest: () => readonly HistoryEntry[]
  /** Missed calls that were seen on no device yet. */
  readonly missed: () => number
  readonly onChanged: (listener: () => void) => Unsubscribe
  readonly more: (asked: RecentsAsked) => Promise<Result<RecentsPage>>
  /** Errors of this and the rest: those of the server, and of no connection. */
  readonly details: (callId: string) => Promise<Result<HistoryDetails>>
  readonly remove: (callIds: readonly string[]) => Done
  readonly restore: (callIds: readonly string[]) => Done
  /** Takes away all that there are now. */
  readonly clear: () => Done
  /** They are on the screen: what was missed until now was seen, here at once and on the other devices soon. */
  readonly markSeen: () => void
  /** Writes what is still to be written. */
  readonly settled: () => Promise<unknown>
  readonly close: () => void
}

export type RecentsDeps = {
  readonly session: Pick<SignalingSession, 'account' | 'link' | 'onChanged' | 'onPush'> & {
    readonly rest: Pick<
      SignalingSession['rest'],
      'history' | 'historyDetails' | 'removeFromHistory' | 'restoreToHistory' | 'clearHistory' | 'historySeen'
    >
  }
  readonly cache: RecentsCache
  /** What the own contacts call people. */
  readonly names: () => NameBook
  readonly clock: Clock
  readonly log: Logger
}

export const createRecents = ({ session, cache, names, clock, log }: RecentsDeps): Recents => {
  let account: string | null = null
  let newest: Newest = noNewest
  /** Where the page after the newest begins; null where there is none. */
  let next: string | null = null
  let isFresh = false
  let kept: Promise<Kept | null> | null = null
  let cancelFill: (() => void) | null = null
  const changed = createEmitter<undefined>((error) => {
    log.error('a listener to the recents threw', { error: String(error) })
  })

  const isJoined = (): boolean => session.link().state === 'joined'
  const set = (value: Newest): void => {
    newest = value
    if (account !== null) void cache.save(account, value) // Never rejects; a failure is logged there.
    changed.emit(undefined)
  }
  const keptNow = (): Promise<Kept | null> => (kept ??= cache.loadKept())
  const keep = (value: Kept | null): void => {
    kept = Promise.resolve(value)
    void cache.saveKept(value) // As above.
  }

  /** What was seen here while the server could not be told is seen. */
  const withSeen = (entries: readonly HistoryEntry[], marks: HistoryMarks): HistoryMarks => {
    const seenAt = newest.marks?.seenAt ?? 0
    if (seenAt <= marks.seenAt) return marks
    void tellSeen(seenAt)
    return { ...marks, seenAt, missed: unseenMissed(entries, seenAt).length }
  }
  const tellSeen = async (until: number): Promise<void> => {
    const asked = account
    const answer = await session.rest.historySeen(until)
    if (asked !== account || newest.marks === null) return
    if (!answer.ok) log.info('that missed calls were seen will be told later', { code: answer.error.code })
    else if (answer.value.seenAt >= newest.marks.seenAt) set({ ...newest, marks: answer.value })
  }

  const fetchNewest = async (): Promise<boolean> => {
    const asked = account
    // Who is signed in for one call only has none.
    if (asked === null) return true
    const answer = await session.rest.history({ limit: newestRows })
    if (asked !== account) return true
    if (!answer.ok) {
      log.warn('the history could not be fetched', { code: answer.error.code })
      return false
    }
    const { result, marks } = answer.value
    next = answer.value.next
    isFresh = true
    set({ entries: result, marks: withSeen(result, marks) })
    cancelFill?.()
    cancelFill = clock.at(clock.now() + fillAfterMs, () => void fill())
    return true
  }
  const refresh = createRefresh({ fetch: fetchNewest, mayRetry: isJoined, clock })

  const fill = async (): Promise<void> => {
    const asked = account
    const { entries: first, marks } = newest
    if (asked === null || marks === null) return
    const known = await keptNow()
    const before = known?.account === asked && known.edition === marks.edition ? known.entries : []
    const ids = new Set(before.map(({ callId }) => callId))
    let entries = first
    let cursor = next
    while (cursor !== null && entries.length < mostKept && !entries.some(({ callId }) => ids.has(callId))) {
      const answer = await session.rest.history({ cursor, limit: mostHistoryRows })
      // The next change tries again; until then what was kept before is better than nothing.
      if (!answer.ok || asked !== account || answer.value.marks.edition !== marks.edition) return
      entries = merged(entries, answer.value.result)
      cursor = answer.value.next
    }
    if (asked !== account) return
    const all = merged(entries, before).slice(0, mostKept)
    const isKnown =
      known?.edition === marks.edition && all.length === before.length && all[0]?.callId === before[0]?.callId
    if (!isKnown) keep({ account: asked, edition: marks.edition, entries: all })
  }

  const changeAccount = (to: string | null): void => {
    // Signed out: nothing of the account stays on this machine.
    if (to === null && account !== null) {
      void cache.save(account, noNewest) // As above.
      keep(null)
    }
    account = to
    newest = noNewest
    next = null
    isFresh = false
    cancelFill?.()
    refresh.stop()
    changed.emit(undefined)
    if (to === null) return
    void cache.load(to).then((loaded) => {
      // Whatever was fetched meanwhile is newer.
      if (account !== to || isFresh) return
      newest = loaded
      changed.emit(undefined)
    })
  }
  const follow = (): void => {
    const state = session.account()
    // While signing in, nobody knows yet whether it is another account.
    if (state.state === 'signingIn') return
    const to = state.state === 'signedIn' ? `${state.server} ${state.user.username}` : null
    if (to !== account) changeAccount(to)
  }

  /** What is here of the account without asking anybody. */
  const here = async (): Promise<readonly HistoryEntry[]> => {
    const known = await keptNow()
    return merged(newest.entries, known !== null && known.account === account ? known.entries : [])
  }

  const pages = createRecentsPages({ history: session.rest.history, isJoined, here, names })

  /** The server counts what it changes: that says whether nothing else has changed since. `left` is what stays of those kept. */
  const changeSome = async (
    ask: (items: HistoryItems) => Promise<Result<HistoryChanged>>,
    callIds: readonly string[],
    left: ((entries: readonly HistoryEntry[]) => readonly HistoryEntry[]) | null
  ): Done => {
    const asked = account
    const answer = await ask({ ids: [...callIds] })
    // Where none is there any more, another device was quicker.
    if (!answer.ok && answer.error.code !== 'not_found') return answer
    if (answer.ok && asked === account) {
      const { changed: count, ...marks } = answer.value
      const known = await keptNow()
      if (left !== null && known?.account === asked && known.edition + count === marks.edition) {
        keep({ ...known, edition: marks.edition, entries: left(known.entries) })
      }
      const entries = left === null ? newest.entries : left(newest.entries)
      set({ entries, marks: withSeen(entries, marks) })
    }
    void refresh.run()
    return ok({})
  }

  const stops = [
    session.onChanged(follow),
    session.onPush((push) => {
      if (push.name === 'session.welcome') {
        follow()
        void refresh.run()
      }
      if (push.name === 'lists.changed' && push.data.lists.includes('history')) void refresh.run()
    })
  ]
  follow()

  return {
    newest: () => newest.entries,
    missed: () => newest.marks?.missed ?? 0,
    onChanged: (listener) => changed.on(listener),
    more: pages.more,
    details: (callId) => session.rest.historyDetails(callId),
    remove: (callIds) => {
      const gone = new Set(callIds)
      const left = (entries: readonly HistoryEntry[]) => entries.filter(({ callId }) => !gone.has(callId))
      return changeSome(session.rest.removeFromHistory, callIds, left)
    },
    // What it says and where it belongs is the server's to say.
    restore: (callIds) => changeSome(session.rest.restoreToHistory, callIds, null),
    clear: async () => {
      const asked = account
      const [first] = newest.entries
      if (first === undefined) return ok({})
      const answer = await session.rest.clearHistory(first.createdAt)
      if (!answer.ok) return answer
      if (asked === null || asked !== account) return ok({})
      keep({ account: asked, edition: answer.value.edition, entries: [] })
      next = null
      set({ entries: [], marks: answer.value })
      void refresh.run()
      return ok({})
    },
    markSeen: () => {
      const { entries, marks } = newest
      const seenAt = seenMark(entries)
      if (marks === null || marks.missed === 0 || seenAt <= marks.seenAt) return
      set({ entries, marks: { ...marks, seenAt, missed: 0 } })
      if (isJoined()) void tellSeen(seenAt)
    },
    settled: cache.settled,
    close: () => {
      for (const stop of stops) stop()
      cancelFill?.()
      refresh.stop()
    }
  }
}
