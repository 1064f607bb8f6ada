// Which calls of the history count as missed and not yet looked at. Pure.
import { roleOf } from '../../common/call/end.ts'
import { isMissed, outcome } from '../../common/call/outcome.ts'
import type { HistoryEntry } from '../../common/types.ts'

const wasMissed = ({ direction, startedAt, reason, by, detail }: HistoryEntry): boolean =>
  direction === 'inbound' &&
  isMissed(outcome({ reason, by, detail, side: roleOf(direction), answered: startedAt !== undefined }))

/** The missed calls that ended after `seenAt` (the server's clock), newest first as in `recents`. */
export const unseenMissed = (recents: readonly HistoryEntry[], seenAt: number | null): readonly HistoryEntry[] =>
  seenAt === null ? [] : recents.filter((entry) => entry.finishedAt > seenAt && wasMissed(entry))

/** The mark after everything in `recents` was seen. */
export const seenMark = (recents: readonly HistoryEntry[]): number =>
  Math.max(0, ...recents.map(({ finishedAt }) => finishedAt))
