// A server's history of one user, behind the requests of the app. Fake for unit tests only.
import type { HistoryQuery } from '../../../../common/protocol/history.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import type { HistoryEntry, HistoryMarks } from '../../../../common/types.ts'
import { fitting, merged } from '../../../../common/recents.ts'
import type { RecentsDeps } from '../../../../main/store/recents.ts'

export const createFakeHistory = () => {
  const asked: string[] = []
  const now = { rows: [] as readonly HistoryEntry[], seenAt: 0, edition: 0, failing: false }
  const gone = new Set<string>()
  const there = (): readonly HistoryEntry[] => merged(now.rows).filter(({ callId }) => !gone.has(callId))
  const marks = (): HistoryMarks => ({
    seenAt: now.seenAt,
    missed: fitting(there(), { q: '', filter: 'missed' }).filter(({ finishedAt }) => finishedAt > now.seenAt).length,
    edition: now.edition
  })
  const answer = async <T>(what: string, value: () => T): Promise<Result<T>> => {
    asked.push(what)
    await Promise.resolve()
    return now.failing ? fail('failed_to_connect') : ok(value())
  }
  const change = (callId: string, isGone: boolean): HistoryMarks => {
    if (isGone) gone.add(callId)
    else gone.delete(callId)
    now.edition += 1
    return marks()
  }
  const changeSome = (ids: readonly string[], isGone: boolean) => {
    const fresh = ids.filter((callId) => gone.has(callId) !== isGone)
    for (const callId of fresh) change(callId, isGone)
    return { ...marks(), changed: fresh.length }
  }
  const page = ({ cursor, limit = 50, q = '', direction, outcome }: Partial<HistoryQuery>) => {
    const filter = outcome ?? (direction === undefined ? 'all' : direction === 'inbound' ? 'incoming' : 'outgoing')
    const rows = fitting(there(), { q, filter })
    const start = cursor === undefined ? 0 : Number(cursor)
    const next = start + limit < rows.length ? String(start + limit) : null
    return { result: [...rows.slice(start, start + limit)], next, marks: marks() }
  }
  const rest: RecentsDeps['session']['rest'] = {
    history: (wanted) => answer(`history ${JSON.stringify(wanted)}`, () => page(wanted)),
    historyDetails: (callId) =>
      answer(`details ${callId}`, () => ({
        device: callId,
        timeline: [],
        quality: { mine: null, theirs: null },
        rating: null
      })),
    removeFromHistory: ({ ids }) => answer(`remove ${ids.join()}`, () => changeSome(ids, true)),
    restoreToHistory: ({ ids }) => answer(`restore ${ids.join()}`, () => changeSome(ids, false)),
    clearHistory: (until) =>
      answer(`clear ${until}`, () => {
        for (const { callId, createdAt } of there()) if (createdAt <= until) change(callId, true)
        return marks()
      }),
    historySeen: (until) =>
      answer(`seen ${until}`, () => {
        now.seenAt = Math.max(now.seenAt, until)
        return marks()
      })
  }
  return { rest, asked, now, change }
}
