// Past calls as they were last known, so that they can be read without a connection: the newest page of each account in one
// small file that is read at each start, and up to 5,000 of the last account in another that is read when they are wanted.
import { z } from 'zod'
import type { Logger } from '../../common/log.ts'
import { historyEntry, historyMarks } from '../../common/protocol/history.ts'
import type { HistoryEntry, HistoryMarks } from '../../common/types.ts'
import { createJsonFile } from './json-file.ts'

export type Newest = {
  /** Newest first. */
  readonly entries: readonly HistoryEntry[]
  /** Null before the first fetch. */
  readonly marks: HistoryMarks | null
}

export type Kept = {
  readonly account: string
  /** Of the marks as they were when these were all that there was. */
  readonly edition: number
  /** Newest first, without a gap. */
  readonly entries: readonly HistoryEntry[]
}

export const noNewest: Newest = { entries: [], marks: null }

export type RecentsCache = {
  readonly load: (account: string) => Promise<Newest>
  /** `noNewest`: nothing of the account stays. */
  readonly save: (account: string, newest: Newest) => Promise<void>
  readonly loadKept: () => Promise<Kept | null>
  readonly saveKept: (kept: Kept | null) => Promise<void>
  readonly settled: () => Promise<unknown>
}

const newestOnes = z.record(
  z.string(),
  z.object({ entries: z.array(historyEntry).catch([]), marks: historyMarks.nullable().catch(null) })
)
const keptOnes = z
  .object({ account: z.string(), edition: z.number(), entries: z.array(historyEntry) })
  .nullable()
  .catch(null)

export const createRecentsCache = (options: {
  readonly newestFile: string
  readonly keptFile: string
  readonly log: Logger
}): RecentsCache => {
  const { log } = options
  const newest = createJsonFile<Readonly<Record<string, Newest>>>({
    file: options.newestFile,
    parse: (value) => newestOnes.parse(value),
    fallback: {},
    log
  })
  const kept = createJsonFile<Kept | null>({
    file: options.keptFile,
    parse: (value) => keptOnes.parse(value),
    fallback: null,
    log
  })
  let now: Readonly<Record<string, Newest>> = {}
  let loading: Promise<void> | undefined
  const loaded = (): Promise<void> =>
    (loading ??= newest.load().then((value) => {
      now = value
    }))
  return {
    load: async (account) => {
      await loaded()
      return now[account] ?? noNewest
    },
    // A failure of either is logged there, and costs only a fetch at the next start.
    save: async (account, value) => {
      await loaded()
      const { [account]: _, ...others } = now
      now = value === noNewest ? others : { ...others, [account]: value }
      await newest.save(now)
    },
    loadKept: kept.load,
    saveKept: async (value) => {
      await kept.save(value)
    },
    settled: () => Promise.all([newest.settled(), kept.settled()])
  }
}
