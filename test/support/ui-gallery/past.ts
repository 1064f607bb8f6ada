// What main would answer about past calls, for the gallery.
import type { RecentsAsked, RecentsPage } from '../../../common/ipc.ts'
import { after, fitting } from '../../../common/recents.ts'
import { secondMs } from '../../../common/time.ts'
import type { HistoryDetails, HistoryEntry } from '../../../common/types.ts'

/** A page of `entries`; the cursor is the id of the last call before it. */
export const pageOf = (
  entries: readonly HistoryEntry[],
  { cursor, limit, ...wanted }: RecentsAsked,
  from: RecentsPage['from']
): RecentsPage => {
  const last = entries.find(({ callId }) => callId === cursor) ?? null
  const rest = after(fitting(entries, wanted), last)
  const result = rest.slice(0, limit)
  return { result, next: rest.length > limit ? (result.at(-1)?.callId ?? null) : null, from }
}

export const detailsOf = (entry: HistoryEntry | undefined): HistoryDetails => {
  if (entry === undefined) return { device: null, timeline: [] }
  const { createdAt: at, startedAt, finishedAt } = entry
  const mine = entry.direction === 'inbound' ? 'me' : 'them'
  const line = (when: number, event: HistoryDetails['timeline'][number]['event'], by: 'me' | 'them' | null = null) => ({
    at: when,
    event,
    by
  })
  const talk =
    startedAt === undefined
      ? []
      : [
          line(startedAt - secondMs, 'answered', mine),
          line(startedAt, 'connected'),
          line(startedAt + 60 * secondMs, 'held', 'them'),
          line(startedAt + 95 * secondMs, 'resumed', 'them')
        ]
  return {
    device: startedAt === undefined ? null : 'Kian’s desk',
    timeline: [line(at, 'started'), line(at + secondMs, 'ringing', 'them'), ...talk, line(finishedAt, 'ended')]
  }
}
