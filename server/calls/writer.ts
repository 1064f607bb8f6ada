// Writes the calls' records: all of one tick in one commit, commits one after the other, so that a call's stay in order.
// What a record says is views.ts's; how it lasts is the journal's.
import type { Logger } from '../../common/log.ts'
import type { CallJournal, CallRecord } from '../ports.ts'

export type Writer = {
  /** Resolves once the records are durable, or could not be written and that is logged. Never rejects. */
  readonly write: (records: readonly CallRecord[]) => Promise<void>
  /** Records not yet durable. */
  readonly backlog: () => number
  /** Resolves once nothing is left to write. */
  readonly idle: () => Promise<void>
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const createWriter = ({ journal, log }: { journal: CallJournal; log: Logger }): Writer => {
  let waiting: CallRecord[] = []
  let inCommit = 0
  // The commit that will take what waits now; and the end of the chain, for those who wait for all.
  let next: Promise<void> | null = null
  let tail: Promise<void> = Promise.resolve()

  // One bad record must not take the others of its batch with it.
  const oneByOne = async (records: readonly CallRecord[]): Promise<void> => {
    for (const record of records) {
      try {
        await journal.commit([record])
      } catch (error) {
        log.error('record not written', { callId: record.callId, seq: record.seq, error: messageOf(error) })
      }
    }
  }

  const commit = async (): Promise<void> => {
    const batch = waiting
    waiting = []
    next = null
    inCommit = batch.length
    try {
      await journal.commit(batch)
    } catch (error) {
      log.warn('batch not written, trying one by one', { records: batch.length, error: messageOf(error) })
      await oneByOne(batch)
    } finally {
      inCommit = 0
    }
  }

  return {
    write: (records) => {
      waiting.push(...records)
      if (next === null) {
        next = tail.then(commit)
        tail = next
      }
      return next
    },
    backlog: () => waiting.length + inCommit,
    idle: async () => {
      while (waiting.length + inCommit > 0) await tail
    }
  }
}
