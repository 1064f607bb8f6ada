// One page of past calls after the other, searched and of one kind, under the names that the own contacts give. Keeps none.
//
// A page of them comes from the server, or, without a connection, from what is kept:
//
//   more() ── joined, the server answers ──▶ from: server
//     └─ not joined, or it does not answer ──▶ from: kept
import { nameFor, type NameBook } from '../../common/contacts/names.ts'
import type { ErrorCode } from '../../common/errors.ts'
import type { RecentsAsked, RecentsPage } from '../../common/ipc.ts'
import { after, fitting, historyWantedOf, merged, type RecentsPlace, type RecentsWanted } from '../../common/recents.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { searchWords } from '../../common/search-text.ts'
import type { HistoryEntry } from '../../common/types.ts'
import type { SignalingSession } from '../ports.ts'
import { readPlace, writePlace } from './recents-place.ts'

const unreached: readonly ErrorCode[] = ['failed_to_connect', 'timeout', 'unavailable', 'disconnected', 'internal']

export type RecentsPagesDeps = {
  readonly history: SignalingSession['rest']['history']
  readonly isJoined: () => boolean
  /** What is here without asking anybody. */
  readonly here: () => Promise<readonly HistoryEntry[]>
  readonly names: () => NameBook
}

export type RecentsPages = { readonly more: (asked: RecentsAsked) => Promise<Result<RecentsPage>> }

export const createRecentsPages = ({ history, isJoined, here, names }: RecentsPagesDeps): RecentsPages => {
  const named = (entries: readonly HistoryEntry[]): readonly HistoryEntry[] => {
    const book = names()
    // People are few and their calls many: each is looked up once.
    const known = new Map<string, string | null>()
    const nameOf = (username: string): string | null => {
      const before = known.get(username)
      if (before !== undefined) return before
      const name = book.nameOf(username)
      known.set(username, name)
      return name
    }
    return entries.map((entry) => {
      const peer = nameFor(entry.peer, { nameOf })
      return peer === entry.peer ? entry : { ...entry, peer }
    })
  }

  /** What is found by own names, which the server does not search: of what is kept, as far as the server's page goes. */
  const ownNamed = async (
    wanted: RecentsWanted,
    from: RecentsPlace | null,
    isLast: boolean,
    page: readonly HistoryEntry[]
  ): Promise<readonly HistoryEntry[]> => {
    if (searchWords(wanted.q).length === 0) return []
    const found = after(fitting(named(await here()), wanted), from)
    const last = page.at(-1)
    if (isLast || last === undefined) return found
    const beyond = new Set(after(found, last))
    return found.filter((entry) => !beyond.has(entry))
  }

  const pageOf = (
    rows: readonly HistoryEntry[],
    cursor: string | null,
    hasMore: boolean,
    from: RecentsPage['from']
  ): RecentsPage => {
    const last = rows.at(-1)
    return { result: rows, next: hasMore && last !== undefined ? writePlace(last, cursor) : null, from }
  }

  const fromKept = async ({ cursor, limit, ...wanted }: RecentsAsked): Promise<RecentsPage> => {
    const place = cursor === null ? null : (readPlace(cursor)?.place ?? null)
    const rest = after(fitting(named(await here()), wanted), place)
    return pageOf(rest.slice(0, limit), null, rest.length > limit, 'kept')
  }

  return {
    more: async (asked) => {
      const { cursor, limit, ...wanted } = asked
      const place = cursor === null ? null : readPlace(cursor)
      if (cursor !== null && place === null) return fail('bad_request')
      // A list that began with what is kept goes on with it: the server's places are not in it.
      if (!isJoined() || (place !== null && place.server === null)) return ok(await fromKept(asked))
      const answer = await history({
        ...historyWantedOf(wanted),
        ...(place === null || place.server === null ? {} : { cursor: place.server }),
        limit
      })
      if (answer.ok) {
        const { result, next: cursorAfter } = answer.value
        const found = merged(named(result), await ownNamed(wanted, place?.place ?? null, cursorAfter === null, result))
        return ok(pageOf(found, cursorAfter, cursorAfter !== null, 'server'))
      }
      return unreached.includes(answer.error.code) ? ok(await fromKept(asked)) : answer
    }
  }
}
