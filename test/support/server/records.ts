// Call records and a clock for tests of the store. Nothing here is the product's.
import type { Clock } from '../../../common/time.ts'
import type { CallRecord } from '../../../server/ports.ts'

/** A time that is set by hand, before which real time has nothing to say; waits are real, since they wait for a database. */
export const createTestClock = (start: number): Clock & { readonly set: (now: number) => void } => {
  let now = start
  return {
    now: () => now,
    set: (value) => {
      now = value
    },
    at: (at, run) => {
      const timer = setTimeout(run, Math.max(0, at - now))
      return () => clearTimeout(timer)
    }
  }
}

/** A record of a call between two users, with what `change` says. */
export const callRecord = (
  callId: string,
  caller: string,
  receptor: string,
  change: Partial<CallRecord> = {}
): CallRecord => ({
  callId,
  applicationId: 'default',
  seq: 1,
  status: 'trying',
  callerId: caller,
  receptorId: receptor,
  createdAt: 1_000,
  startedAt: null,
  talkMs: 0,
  end: null,
  legs: [{ deviceId: 'd-caller', side: 'caller', phase: 'chosen' }],
  event: { at: 1_000, kind: 'created', data: {} },
  state: { of: callId },
  ...change
})

/** The record of its end. */
export const endRecord = (
  callId: string,
  caller: string,
  receptor: string,
  change: Partial<CallRecord> = {}
): CallRecord =>
  callRecord(callId, caller, receptor, {
    seq: 9,
    status: 'finished',
    end: { reason: 'unreachable', by: 'server', at: 2_000 },
    event: { at: 2_000, kind: 'ended', data: {} },
    state: null,
    ...change
  })
