// What main would answer about past calls, for the gallery.
import type { RecentsAsked, RecentsPage } from '../../../common/ipc.ts'
import { after, fitting } from '../../../common/recents.ts'
import { secondMs } from '../../../common/time.ts'
import type { HistoryDetails, HistoryEntry } from '../../../common/types.ts'
import { summarise } from '../../../server/quality/summary.ts'

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

/** A talk that was good, but for a time in which the other side's network lost much of what they said. */
const qualityOf = (startedAt: number, finishedAt: number): HistoryDetails['quality'] => {
  const spanMs = 6 * secondMs
  const count = Math.max(1, Math.floor((finishedAt - startedAt) / spanMs))
  const sampled = (badFrom: number, badTo: number, kind: 'lossIn' | 'lossOut', whose: 'mine' | 'theirs') =>
    summarise(
      Array.from({ length: count }, (_, n) => {
        const isBad = n >= count * badFrom && n < count * badTo
        return {
          at: startedAt + (n + 1) * spanMs,
          spanMs,
          mos: isBad ? 2.4 + 0.2 * (n % 3) : 4.1 + 0.06 * (n % 4),
          lossIn: isBad && kind === 'lossIn' ? 0.12 : 0.004,
          lossOut: isBad && kind === 'lossOut' ? 0.12 : 0.002,
          jitterMs: isBad ? 24 : 6,
          delayMs: 80,
          roundTripMs: 44,
          cause: isBad ? { kind, whose } : null
        }
      })
    )
  return { mine: sampled(0.3, 0.42, 'lossIn', 'theirs'), theirs: sampled(0.3, 0.38, 'lossOut', 'mine') }
}

export const detailsOf = (entry: HistoryEntry | undefined): HistoryDetails => {
  if (entry === undefined) return { device: null, timeline: [], quality: { mine: null, theirs: null }, rating: null }
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
    timeline: [line(at, 'started'), line(at + secondMs, 'ringing', 'them'), ...talk, line(finishedAt, 'ended')],
    quality: startedAt === undefined ? { mine: null, theirs: null } : qualityOf(startedAt, finishedAt),
    rating: null
  }
}
