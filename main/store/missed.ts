// Which calls of a list were missed and not yet looked at. Pure.
import { wasMissed } from '../../common/recents.ts'
import type { HistoryEntry } from '../../common/types.ts'

/** The missed calls that ended after `seenAt` (the server's clock), in the order of `entries`. */
export const unseenMissed = (entries: readonly HistoryEntry[], seenAt: number): readonly HistoryEntry[] =>
  entries.filter((entry) => entry.finishedAt > seenAt && wasMissed(entry))

/** The mark after everything in `entries` was seen. */
export const seenMark = (entries: readonly HistoryEntry[]): number =>
  Math.max(0, ...entries.map(({ finishedAt }) => finishedAt))
