// A journal on a disk that outlives the server: writing takes its time, and what is not written when the process dies is
// lost or not, as it happens. A fake: the real ones are tested in test/integration.
import type { Clock } from '../../common/time.ts'
import type { CallJournal, CallRecord } from '../../server/ports.ts'
import type { Chance } from './chance.ts'

export type FakeDisk = {
  /** The journal of one run of the server; `died` is what becomes of what was being written. */
  readonly open: () => { readonly journal: CallJournal; readonly died: () => void }
  readonly last: (callId: string) => CallRecord | null
  readonly all: () => readonly CallRecord[]
  /** Infinity: nothing more reaches it. */
  readonly setDelay: (ms: number) => void
}

export type FakeDiskDeps = {
  readonly clock: Clock
  readonly chance: Chance
  /** A record that may not stand where it does. */
  readonly onWrong: (what: string) => void
}

export const createFakeDisk = ({ clock, chance, onWrong }: FakeDiskDeps): FakeDisk => {
  const last = new Map<string, CallRecord>()
  const creations = new Map<string, string>()
  let delayMs = 2

  const keep = (record: CallRecord): void => {
    const before = last.get(record.callId)
    if (before !== undefined && record.seq <= before.seq) onWrong(`record ${record.callId} seq ${record.seq} goes back`)
    if (before !== undefined && before.end !== null) onWrong(`record ${record.callId} after its end`)
    if ((record.end === null) !== (record.state !== null)) onWrong(`record ${record.callId}: a state and an end`)
    // What is stored is JSON.
    last.set(record.callId, { ...record, state: JSON.parse(JSON.stringify(record.state)) as unknown })
    if (record.creation !== undefined) {
      creations.set(`${record.creation.deviceId} ${record.creation.requestId}`, record.callId)
    }
  }

  return {
    open: () => {
      let isAlive = true
      let writing: readonly CallRecord[] = []
      const journal: CallJournal = {
        commit: (batch) =>
          new Promise((resolve) => {
            writing = batch
            clock.at(clock.now() + delayMs, () => {
              if (!isAlive) return
              writing = []
              for (const record of batch) keep(record)
              resolve()
            })
          }),
        findCreated: async (deviceId, requestId) => creations.get(`${deviceId} ${requestId}`) ?? null,
        findEnded: async (callId) => {
          const record = last.get(callId)
          return record === undefined || record.end === null ? null : { ...record, end: record.end }
        },
        loadLive: async () =>
          [...last.values()].flatMap(({ callId, state }) => (state === null ? [] : [{ callId, state }])),
        giveUp: async (callId) => onWrong(`stored call ${callId} is not readable`)
      }
      return {
        journal,
        died: () => {
          isAlive = false
          // A commit is whole or not at all; whether this one was, the dead process never heard.
          if (delayMs < Infinity && chance.next() < 0.5) for (const record of writing) keep(record)
        }
      }
    },
    last: (callId) => last.get(callId) ?? null,
    all: () => [...last.values()],
    setDelay: (ms) => {
      delayMs = ms
    }
  }
}
