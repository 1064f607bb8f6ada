// The durable record of calls: gathers commits, writes them in order, and keeps them in a file while the database is away.
//
//   direct ──── the database is away: append to the file, ack ────▶ spilling
//     ▲                                                                │ every second: write the file's records in order
//     └──────────────── all of the file is written, clear it ─────────┘
//
// Only `pump` writes, one thing at a time, so records of a call reach the database in the order they were committed.
// A process that dies anywhere in between finds the file again and writes it once more, which changes nothing.
import type { Logger } from '../../common/log.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { CallJournal, CallRecord } from '../ports.ts'
import { isAway, whileThere } from './away.ts'
import { giveUpCall, readEnded, writeRecords } from './commit.ts'
import type { Db } from './database.ts'
import type { Spill } from './spill.ts'

export type Journal = CallJournal & {
  /** Whether commits go to the file now, and how many bytes wait in it. */
  readonly state: () => { readonly spilling: boolean; readonly waitingBytes: number }
  /** Writes what waits and takes no more. */
  readonly close: () => Promise<void>
}

export type JournalDeps = {
  readonly db: Db
  readonly spill: Spill
  readonly clock: Clock
  readonly log: Logger
  /** Keeps a record that the database refuses, for a person to look at. */
  readonly setAside: (line: string) => Promise<void>
}

type Waiting = {
  readonly records: readonly CallRecord[]
  readonly done: () => void
  readonly refused: (error: unknown) => void
}

const retryMs = secondMs
const mostAtOnce = 500
// Commits of the same tick of busy servers share a transaction; a creation of a moment ago is found without asking.
const creationsKept = 20_000
// While the database is away this is the only place where they can be found.
const creationsKeptAway = 200_000

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
const creationKey = (deviceId: string, requestId: string): string => JSON.stringify([deviceId, requestId])

/** Writes what waits in the file before it resolves. Throws if the database is away. */
export const openJournal = async ({ db, spill, clock, log, setAside }: JournalDeps): Promise<Journal> => {
  const queue: Waiting[] = []
  const creations = new Map<string, string>()
  let spilling = spill.size() > 0
  let replayed = 0
  let replayDue = false
  let cancelRetry: (() => void) | null = null
  let pumping: Promise<void> | null = null
  let closed = false

  const remember = (records: readonly CallRecord[]): void => {
    for (const { creation, callId } of records) {
      if (creation === undefined) continue
      creations.set(creationKey(creation.deviceId, creation.requestId), callId)
      for (const oldest of creations.keys()) {
        if (creations.size <= (spilling ? creationsKeptAway : creationsKept)) break
        creations.delete(oldest)
      }
    }
  }
  const retryLater = (): void => {
    cancelRetry ??= clock.at(clock.now() + retryMs, () => {
      cancelRetry = null
      replayDue = true
      wake()
    })
  }

  /** Writes commits together, or one by one where the database refuses them together. Throws only if it is away. */
  const write = async (
    commits: readonly (readonly CallRecord[])[],
    onRefused: (index: number, error: unknown) => Promise<void>
  ): Promise<void> => {
    try {
      await writeRecords(db, commits.flat())
    } catch (error) {
      if (isAway(error)) throw error
      if (commits.length === 1) {
        await onRefused(0, error)
        return
      }
      for (const [index, commit] of commits.entries()) await write([commit], (_, cause) => onRefused(index, cause))
    }
  }

  const setRecordsAside = async (line: string, error: unknown): Promise<void> => {
    log.error('a call record cannot be written, it is set aside', { error: messageOf(error) })
    await setAside(line)
  }

  /** Writes the next part of the file. Throws if the database is away. */
  const replay = async (): Promise<void> => {
    const chunk = await spill.read(replayed)
    for (let at = 0; at < chunk.commits.length; at += mostAtOnce) {
      const part = chunk.commits.slice(at, at + mostAtOnce)
      await write(part, (index, error) => setRecordsAside(JSON.stringify(part[index]), error))
    }
    for (const line of chunk.unreadable) await setRecordsAside(line, 'unreadable')
    replayed = chunk.end
    if (replayed < spill.size()) return
    await spill.clear()
    replayed = 0
    spilling = false
    log.warn('the database is back, all call records that waited are written')
  }

  const commitDirectly = async (batch: readonly Waiting[]): Promise<void> => {
    const refused = new Set<number>()
    try {
      await write(
        batch.map(({ records }) => records),
        (index, error) => {
          refused.add(index)
          batch[index]?.refused(error)
          return Promise.resolve()
        }
      )
      batch.forEach((waiting, index) => {
        if (!refused.has(index)) waiting.done()
      })
    } catch (error) {
      log.error('the database is away, call records go to a file', { error: messageOf(error) })
      spilling = true
      retryLater()
      await commitToFile(batch.filter((_, index) => !refused.has(index)))
    }
  }

  const commitToFile = async (batch: readonly Waiting[]): Promise<void> => {
    try {
      await spill.append(batch.map(({ records }) => records))
      for (const waiting of batch) waiting.done()
    } catch (error) {
      log.error('call records can be written neither to the database nor to the file', { error: messageOf(error) })
      for (const waiting of batch) waiting.refused(error)
    }
  }

  const tryReplay = async (): Promise<void> => {
    replayDue = false
    try {
      await replay()
      replayDue = spilling
    } catch (error) {
      log.debug('the database is still away', { error: messageOf(error) })
      if (!closed) retryLater()
    }
  }

  const pump = async (): Promise<void> => {
    while (queue.length > 0 || replayDue) {
      const batch = queue.splice(0, mostAtOnce)
      if (batch.length > 0) await (spilling ? commitToFile(batch) : commitDirectly(batch))
      if (replayDue) await tryReplay()
    }
  }
  const wake = (): void => {
    pumping ??= pump().finally(() => {
      pumping = null
      if (queue.length > 0 || replayDue) wake()
    })
  }

  while (spilling) await whileThere(replay)

  return {
    commit: (records) =>
      new Promise((resolve, reject) => {
        if (closed) {
          reject(new Error('the journal is closed'))
          return
        }
        remember(records)
        const refused = (error: unknown): void => {
          for (const { creation } of records) {
            if (creation !== undefined) creations.delete(creationKey(creation.deviceId, creation.requestId))
          }
          reject(error instanceof Error ? error : new Error(String(error)))
        }
        queue.push({ records, done: resolve, refused })
        wake()
      }),

    findCreated: async (deviceId, requestId) => {
      const known = creations.get(creationKey(deviceId, requestId))
      // What is only in memory or in the file would not be found by the database, and an absent one finds nothing.
      if (known !== undefined) return known
      if (spilling) return null
      try {
        const row = await db
          .selectFrom('calls')
          .select('call_id')
          .where('creation_device_id', '=', deviceId)
          .where('creation_request_id', '=', requestId)
          .executeTakeFirst()
        return row?.call_id ?? null
      } catch (error) {
        if (!isAway(error)) throw error
        return null
      }
    },

    findEnded: (callId) => whileThere(() => readEnded(db, callId)),

    loadLive: () =>
      whileThere(async () => {
        const rows = await db
          .selectFrom('calls')
          .select(['call_id as callId', 'state'])
          .where('status', '<>', 'finished')
          .where('state', 'is not', null)
          .orderBy('created_at')
          .execute()
        return rows
      }),

    giveUp: (callId, at) => whileThere(() => giveUpCall(db, callId, at)),

    state: () => ({ spilling, waitingBytes: spill.size() - replayed }),

    close: async () => {
      closed = true
      cancelRetry?.()
      while (pumping !== null) await pumping
      await spill.close()
    }
  }
}
