// What was read from the database, kept in memory: a call that comes finds it at once, and while the database is away too.
// It reads nothing by itself.
//
//   unknown ──read, waited for──▶ kept ──older than `freshMs`: given as it is, and read anew behind──▶ kept
//                                  └──renewed (somebody has changed it): read anew, waited for──────▶ kept
import { minuteMs, type Clock, type EpochMs } from '../../common/time.ts'

/** What was written past this server is seen by the next but one who asks after so long. */
const freshMs = minuteMs
const mostKept = 20_000

type Entry<T> = {
  readonly value: T
  /** When it was last read, or a reading was begun. */
  at: EpochMs
  /** Of two readings the one that began later counts. */
  readonly turn: number
}

export type Kept<T> = {
  /** What is kept, else what `read` gives; null is not kept. Rejects as `read` does, where nothing is kept. */
  readonly find: (key: string, read: () => Promise<T | null>) => Promise<T | null>
  /** Reads it anew, whatever is kept. Rejects as `read` does; what was kept then stays. */
  readonly renew: (key: string, read: () => Promise<T | null>) => Promise<T | null>
  /** It was learnt by another way. */
  readonly keep: (key: string, value: T) => void
}

/** `failed` hears of readings that nobody waits for. */
export const createKept = <T>(clock: Pick<Clock, 'now'>, failed: (error: unknown) => void): Kept<T> => {
  const entries = new Map<string, Entry<T>>()
  let turns = 0

  const put = (key: string, value: T, turn: number): void => {
    entries.delete(key)
    entries.set(key, { value, at: clock.now(), turn })
    const [oldest] = entries.keys()
    if (entries.size > mostKept && oldest !== undefined) entries.delete(oldest)
  }
  const keep: Kept<T>['keep'] = (key, value) => {
    turns += 1
    put(key, value, turns)
  }
  const renew: Kept<T>['renew'] = async (key, read) => {
    turns += 1
    const turn = turns
    const value = await read()
    if ((entries.get(key)?.turn ?? 0) > turn) return value
    if (value === null) entries.delete(key)
    else put(key, value, turn)
    return value
  }
  return {
    find: async (key, read) => {
      const kept = entries.get(key)
      if (kept === undefined) return renew(key, read)
      if (clock.now() - kept.at >= freshMs) {
        kept.at = clock.now()
        renew(key, read).catch(failed)
      }
      return kept.value
    },
    renew,
    keep
  }
}
