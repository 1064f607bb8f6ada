// What was read from the database, kept in memory: a call that comes finds it at once, and while the database is away too.
// It reads nothing by itself.
//
//   unknown ──read, waited for──▶ kept ──older than `freshMs`: given as it is, and read anew behind────────▶ kept
//                                  └──doubted (somebody has changed it), or older than `oldestMs`: read anew and
//                                     waited for; what is kept is given only where it can't be read────────▶ kept
import type { Logger } from '../../common/log.ts'
import { minuteMs, type Clock, type EpochMs } from '../../common/time.ts'
import { StoreUnavailable } from './away.ts'

const freshMs = minuteMs
/** So long may pass until that counts which was written past this server. */
const oldestMs = 10 * minuteMs
const mostKept = 20_000

type Entry<T> = {
  readonly value: T
  /** When it was last read; never, where it is doubted. */
  readAt: EpochMs
  /** When somebody last went to read it anew, behind. */
  askedAt: EpochMs
  /** Of two readings the one that began later counts. */
  readonly turn: number
}

export type Kept<T> = {
  /** What is kept, else what `read` gives; null is not kept. Rejects as `read` does, where nothing is kept. */
  readonly find: (key: string, read: () => Promise<T | null>) => Promise<T | null>
  /** It may be another by now: what is being read is not believed, and who asks next waits for a reading. */
  readonly doubt: (key: string) => void
}

export const createKept = <T>(options: {
  /** What else a value is asked for by. */
  readonly alsoBy?: (value: T) => readonly string[]
  readonly clock: Pick<Clock, 'now'>
  readonly log: Logger
}): Kept<T> => {
  const { alsoBy = () => [], clock, log } = options
  const entries = new Map<string, Entry<T>>()
  let turns = 0
  let lastDoubt = 0

  const failed = (error: unknown): void => {
    if (!(error instanceof StoreUnavailable)) log.error('what is kept cannot be read anew', { error: String(error) })
  }
  const put = (key: string, value: T, turn: number): void => {
    entries.delete(key)
    entries.set(key, { value, readAt: clock.now(), askedAt: clock.now(), turn })
    const [oldest] = entries.keys()
    if (entries.size > mostKept && oldest !== undefined) entries.delete(oldest)
  }
  const renew = async (key: string, read: () => Promise<T | null>): Promise<T | null> => {
    turns += 1
    const turn = turns
    const value = await read()
    const overtaken = (one: string): boolean => (entries.get(one)?.turn ?? 0) > turn
    if (turn < lastDoubt) return value
    if (value === null) {
      if (!overtaken(key)) entries.delete(key)
    } else for (const one of [key, ...alsoBy(value)]) if (!overtaken(one)) put(one, value, turn)
    return value
  }

  return {
    find: async (key, read) => {
      const kept = entries.get(key)
      if (kept === undefined) return renew(key, read)
      const now = clock.now()
      if (now - kept.readAt >= oldestMs) {
        return renew(key, read).catch((error: unknown) => {
          failed(error)
          return kept.value
        })
      }
      if (now - kept.readAt >= freshMs && now - kept.askedAt >= freshMs) {
        kept.askedAt = now
        renew(key, read).catch(failed)
      }
      return kept.value
    },
    doubt: (key) => {
      turns += 1
      lastDoubt = turns
      const kept = entries.get(key)
      if (kept !== undefined) kept.readAt = -Infinity
    }
  }
}
