// Past calls as they are read: what kind each one was, rows of calls with one person, one after the other, by day, and what
// was taken away of them. Pure.
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

export const without = (entries: readonly HistoryEntry[], callIds: readonly string[]): readonly HistoryEntry[] => {
  if (callIds.length === 0) return entries
  const gone = new Set(callIds)
  return entries.filter(({ callId }) => !gone.has(callId))
}

/**
 * Which calls were taken away, on this device or another, as the newest ones tell that were `before` and are `now`: those
 * that are not among them any more, unless newer calls took their place.
 */
export const takenFrom = (before: readonly HistoryEntry[], now: readonly HistoryEntry[]): readonly string[] => {
  const oldest = now.length < before.length ? -Infinity : (now.at(-1)?.createdAt ?? -Infinity)
  return without(
    before.filter(({ createdAt }) => createdAt >= oldest),
    now.map(({ callId }) => callId)
  ).map(({ callId }) => callId)
}
