// Fake ports for the calls' tests: a clock that only moves when told, a journal, presence and media that remember what they
// were asked for.
import { fail } from '../../../../common/result.ts'
import type { Push } from '../../../../common/protocol/socket.ts'
import type { Clock } from '../../../../common/time.ts'
import type {
  CallJournal,
  CallRecord,
  MediaLegFact,
  MediaPlan,
  MediaPlane,
  Presence
} from '../../../../server/ports.ts'

export const start = 1_800_000_000_000

export type FakeClock = Clock & { readonly advance: (ms: number) => Promise<void>; readonly armed: () => number }

/** Lets every promise that can go on do so. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn++) await Promise.resolve()
}

export const createFakeClock = (): FakeClock => {
  let now = start
  let timers: { at: number; run: () => void }[] = []
  const runDue = async (until: number): Promise<void> => {
    for (;;) {
      const first = [...timers].sort((a, b) => a.at - b.at)[0]
      if (first === undefined || first.at > until) return
      timers = timers.filter((timer) => timer !== first)
      now = Math.max(now, first.at)
      first.run()
      await settled()
    }
  }
  return {
    now: () => now,
    at: (at, run) => {
      const timer = { at, run }
      timers.push(timer)
      return () => {
        timers = timers.filter((other) => other !== timer)
      }
    },
    advance: async (ms) => {
      const until = now + ms
      await settled()
      await runDue(until)
      now = until
      await settled()
    },
    armed: () => timers.length
  }
}

export type FakeJournal = CallJournal & {
  readonly records: CallRecord[]
  readonly batches: (readonly CallRecord[])[]
  /** While closed, commits wait. */
  readonly gate: { open: boolean; release: () => void }
}

export const createFakeJournal = (): FakeJournal => {
  const records: CallRecord[] = []
  const batches: (readonly CallRecord[])[] = []
  let waiting: (() => void)[] = []
  const gate = {
    open: true,
    release: () => {
      gate.open = true
      const all = waiting
      waiting = []
      for (const go of all) go()
    }
  }
  const lastOf = (callId: string): CallRecord | undefined => records.findLast((record) => record.callId === callId)
  return {
    records,
    batches,
    gate,
    commit: async (batch) => {
      if (!gate.open) await new Promise<void>((go) => waiting.push(go))
      batches.push(batch)
      // What is stored is JSON: a value that does not survive it is a mistake.
      records.push(...batch.map((record) => JSON.parse(JSON.stringify(record)) as CallRecord))
    },
    findCreated: async (deviceId, requestId) =>
      records.find(({ creation }) => creation?.deviceId === deviceId && creation.requestId === requestId)?.callId ??
      null,
    findEnded: async (callId) => {
      const last = lastOf(callId)
      return last === undefined || last.end === null ? null : { ...last, end: last.end }
    },
    loadLive: async () => {
      const ids = [...new Set(records.map(({ callId }) => callId))]
      return ids.flatMap((callId) => {
        const last = lastOf(callId)
        return last === undefined || last.state === null ? [] : [{ callId, state: last.state }]
      })
    },
    giveUp: async (callId, at) => {
      const last = lastOf(callId)
      if (last === undefined) throw new Error(`no call ${callId}`)
      const end = { reason: 'unknown', by: 'server', at } as const
      records.push({ ...last, seq: last.seq + 1, status: 'finished', state: null, end })
    }
  }
}

export type FakePresence = Presence & {
  readonly devices: Map<string, string[]>
  readonly pushes: { readonly deviceId: string; readonly push: Push }[]
}

export const createFakePresence = (): FakePresence => {
  const devices = new Map<string, string[]>()
  const pushes: { deviceId: string; push: Push }[] = []
  return {
    devices,
    pushes,
    online: (userId) => devices.get(userId) ?? [],
    push: (deviceId, push) => {
      if ([...devices.values()].some((own) => own.includes(deviceId))) pushes.push({ deviceId, push })
    }
  }
}

export type FakeMedia = MediaPlane & {
  readonly plans: Map<string, MediaPlan | null>
  readonly tell: (callId: string, fact: MediaLegFact) => void
}

export const createFakeMedia = (): FakeMedia => {
  const plans = new Map<string, MediaPlan | null>()
  const listeners = new Set<(callId: string, fact: MediaLegFact) => void>()
  return {
    plans,
    tell: (callId, fact) => {
      for (const listener of listeners) listener(callId, fact)
    },
    apply: (callId, plan) => void plans.set(callId, plan),
    request: () => Promise.resolve(fail('unavailable')),
    onFact: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    }
  }
}
