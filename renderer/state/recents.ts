// The list of recent calls: what came with the snapshot joined with older pages, one outcome for each, and days.
import { isMissed, outcome, type Outcome } from '../../common/call/outcome.ts'
import { roleOf } from '../../common/call/end.ts'
import type { HistoryEntry } from '../../common/types.ts'
import { daysBefore } from './format.ts'

export const outcomeOf = (entry: HistoryEntry): Outcome =>
  outcome({ ...entry, side: roleOf(entry.direction), answered: entry.startedAt !== undefined })

export type RecentKind = 'missed' | 'incoming' | 'outgoing'

export const kindOf = (entry: HistoryEntry): RecentKind => {
  if (isMissed(outcomeOf(entry))) return 'missed'
  return entry.direction === 'inbound' ? 'incoming' : 'outgoing'
}

/** Both lists as one, newest first, each call once; the newer list knows better. */
export const joined = (newest: readonly HistoryEntry[], older: readonly HistoryEntry[]): readonly HistoryEntry[] => {
  const known = new Set(newest.map((entry) => entry.callId))
  return [...newest, ...older.filter((entry) => !known.has(entry.callId))].sort((a, b) => b.createdAt - a.createdAt)
}

export type Day = { readonly daysAgo: number; readonly entries: readonly HistoryEntry[] }

/** Entries (newest first) by calendar day. */
export const byDay = (entries: readonly HistoryEntry[], now: number): readonly Day[] => {
  const days: { daysAgo: number; entries: HistoryEntry[] }[] = []
  for (const entry of entries) {
    const daysAgo = Math.max(0, daysBefore(entry.createdAt, now))
    const last = days.at(-1)
    if (last?.daysAgo === daysAgo) last.entries.push(entry)
    else days.push({ daysAgo, entries: [entry] })
  }
  return days
}
