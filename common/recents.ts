// What is wanted of past calls, and which calls fit it: the same for the server's answer and for what is kept here. Pure.
import { roleOf } from './call/end.ts'
import { isMissed, outcome, type Outcome } from './call/outcome.ts'
import type { HistoryEntry, HistoryWanted } from './protocol/history.ts'
import { holdsWords, searchText, searchWords } from './search-text.ts'

export const recentsFilters = ['all', 'missed', 'incoming', 'outgoing'] as const
export type RecentsFilter = (typeof recentsFilters)[number]

export type RecentsWanted = { readonly q: string; readonly filter: RecentsFilter }

/** One page of past calls, newest first. */
export type RecentsAsked = RecentsWanted & {
  /** `next` of the page before, unread; null for the first. */
  readonly cursor: string | null
  /** 1 to 500. */
  readonly limit: number
}
export type RecentsPage = {
  readonly result: readonly HistoryEntry[]
  readonly next: string | null
  /** `kept`: without the server, from the last 5,000 that are kept here. */
  readonly from: 'server' | 'kept'
}

export const outcomeOf = (entry: HistoryEntry): Outcome =>
  outcome({ ...entry, side: roleOf(entry.direction), answered: entry.startedAt !== undefined })

export const wasMissed = (entry: HistoryEntry): boolean => entry.direction === 'inbound' && isMissed(outcomeOf(entry))

/** The same in the server's words. */
export const historyWantedOf = ({ q, filter }: RecentsWanted): HistoryWanted => ({
  ...(searchWords(q).length === 0 ? {} : { q: q.trim() }),
  ...(filter === 'missed' ? { outcome: 'missed' } : {}),
  ...(filter === 'incoming' ? { direction: 'inbound' } : {}),
  ...(filter === 'outgoing' ? { direction: 'outbound' } : {})
})

const passes = (filter: RecentsFilter, entry: HistoryEntry): boolean => {
  switch (filter) {
    case 'all':
      return true
    case 'missed':
      return wasMissed(entry)
    case 'incoming':
      return entry.direction === 'inbound'
    case 'outgoing':
      return entry.direction === 'outbound'
  }
}

/** Those that fit, in their order. */
export const fitting = (entries: readonly HistoryEntry[], { q, filter }: RecentsWanted): readonly HistoryEntry[] => {
  const words = searchWords(q)
  if (words.length === 0 && filter === 'all') return entries
  // People are few and their calls many: each is folded once.
  const known = new Map<string, boolean>()
  const holds = ({ username, names }: HistoryEntry['peer']): boolean => {
    const key = `${username} ${names.en} ${names.fa}`
    const before = known.get(key)
    if (before !== undefined) return before
    const isHeld = holdsWords(searchText({ username, names }), words)
    known.set(key, isHeld)
    return isHeld
  }
  return entries.filter((entry) => passes(filter, entry) && (words.length === 0 || holds(entry.peer)))
}

/** Newest first, as the server orders them. */
const byTime = (a: HistoryEntry, b: HistoryEntry): number =>
  b.createdAt - a.createdAt || (a.callId < b.callId ? 1 : a.callId > b.callId ? -1 : 0)

/** Several lists as one, newest first, each call once; the list named first knows best. */
export const merged = (...lists: readonly (readonly HistoryEntry[])[]): readonly HistoryEntry[] => {
  const byId = new Map<string, HistoryEntry>()
  for (const list of lists) for (const entry of list) if (!byId.has(entry.callId)) byId.set(entry.callId, entry)
  return [...byId.values()].sort(byTime)
}

/** Where a list goes on: after this call. */
export type RecentsPlace = { readonly createdAt: number; readonly callId: string }

/** The entries that come after `place` in the order of `merged`. */
export const after = (entries: readonly HistoryEntry[], place: RecentsPlace | null): readonly HistoryEntry[] =>
  place === null
    ? entries
    : entries.filter(
        ({ createdAt, callId }) =>
          createdAt < place.createdAt || (createdAt === place.createdAt && callId < place.callId)
      )
