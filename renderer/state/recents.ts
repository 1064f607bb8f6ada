// Past calls as they are read: what kind each one was, and rows of calls with one person, one after the other, by day.
// Pure.
import { wasMissed } from '../../common/recents.ts'
import type { HistoryEntry, Peer } from '../../common/types.ts'
import { daysBefore } from './format.ts'

export type RecentKind = 'missed' | 'incoming' | 'outgoing'

export const kindOf = (entry: HistoryEntry): RecentKind => {
  if (wasMissed(entry)) return 'missed'
  return entry.direction === 'inbound' ? 'incoming' : 'outgoing'
}

/** Calls of one kind with one person on one day, with no other call between them. Newest first; never empty. */
export type RecentGroup = {
  /** Stays the same while newer calls join it. */
  readonly key: string
  readonly peer: Peer
  readonly kind: RecentKind
  readonly entries: readonly [HistoryEntry, ...HistoryEntry[]]
}

export type Day = { readonly daysAgo: number; readonly at: number; readonly groups: readonly RecentGroup[] }

/** Entries (newest first) by calendar day, and what belongs together as one. */
export const byDay = (entries: readonly HistoryEntry[], now: number): readonly Day[] => {
  const days: { daysAgo: number; at: number; groups: RecentGroup[] }[] = []
  for (const entry of entries) {
    const daysAgo = Math.max(0, daysBefore(entry.createdAt, now))
    const kind = kindOf(entry)
    const { peer, callId: key } = entry
    let day = days.at(-1)
    if (day?.daysAgo !== daysAgo) {
      day = { daysAgo, at: entry.createdAt, groups: [] }
      days.push(day)
    }
    const last = day.groups.at(-1)
    if (last?.kind === kind && last.peer.userId === peer.userId) {
      day.groups[day.groups.length - 1] = { ...last, key, entries: [...last.entries, entry] }
    } else day.groups.push({ key, peer, kind, entries: [entry] })
  }
  return days
}
