// Fake ports for the calls' tests: a clock that only moves when told, and a world that remembers what it was asked for.
import { silentLogger } from '../../../../common/log.ts'
import { fail } from '../../../../common/result.ts'
import type { Push } from '../../../../common/protocol/socket.ts'
import type { CallSnapshot } from '../../../../common/types.ts'
import type { Clock } from '../../../../common/time.ts'
import type {
  CallJournal,
  CallOrders,
  CallRecord,
  Calls,
  MediaLegFact,
  MediaPlan,
  MediaPlane,
  Presence,
  Session,
  Screened,
  User,
  Users
} from '../../../../server/ports.ts'
import { defaultLimits, type CallLimits } from '../../../../server/calls/limits.ts'
import { createCalls } from '../../../../server/calls/registry.ts'

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

const names = ['ali', 'sara', 'omid', 'echo'] as const

export const fakeUsers: Users & { readonly all: readonly User[] } = (() => {
  const all = names.map((username): User => ({
    userId: `u-${username}`,
    applicationId: 'app',
    username,
    names: { en: username, fa: username },
    kind: username === 'echo' ? 'echo' : 'person'
  }))
  return {
    all,
    byUsername: async (_applicationId: string, username: string) =>
      all.find((user) => user.username === username) ?? null,
    byId: async (userId: string) => all.find((user) => user.userId === userId) ?? null
  }
})()

export const userOf = (username: (typeof names)[number]): User => {
  const user = fakeUsers.all.find((each) => each.username === username)
  if (user === undefined) throw new Error(`no user ${username}`)
  return user
}

/** The device `ali-1` is ali's first. */
export const sessionOf = (deviceId: string): Session => ({
  sessionId: `s-${deviceId}`,
  userId: `u-${deviceId.split('-')[0] ?? ''}`,
  deviceId,
  applicationId: 'app',
  accessExpiresAt: start + 1e9,
  scope: null
})

export type FakeWorld = {
  readonly calls: Calls & CallOrders
  /** What a user wants of calls, and whom it has blocked. */
  readonly wishes: Map<string, Partial<Screened> & { readonly blocks?: readonly string[] }>
  readonly clock: FakeClock
  readonly journal: FakeJournal
  readonly presence: FakePresence
  readonly media: FakeMedia
  /** A device's connection comes up; returns what its welcome holds. */
  readonly online: (
    deviceId: string,
    resumed?: readonly { callId: string; seq: number }[]
  ) => Promise<readonly CallSnapshot[]>
  readonly offline: (deviceId: string) => void
  readonly dial: (
    deviceId: string,
    to: string,
    more?: { readonly requestId?: string; readonly maxDurationMs?: number }
  ) => Promise<CallSnapshot>
  readonly does: (
    deviceId: string,
    kind: 'ringing' | 'accept' | 'decline' | 'hangup',
    callId: string
  ) => ReturnType<Calls['dispatch']>
  /** Makes a leg's media and lets it flow. */
  readonly connect: (deviceId: string, callId: string, epoch?: number) => Promise<void>
  /** Statuses pushed to a device about a call, in order. */
  readonly heard: (deviceId: string, callId: string) => readonly string[]
  readonly pushed: (deviceId: string, callId: string) => readonly CallSnapshot[]
  /** Kills the server and starts another one `awayMs` later on the same journal; nobody is connected. */
  readonly restart: (awayMs?: number) => Promise<FakeWorld>
}

let worlds = 0

export const createWorld = (
  limits: CallLimits = defaultLimits,
  clock = createFakeClock(),
  journal = createFakeJournal(),
  lastAliveAt: number | null = null
): FakeWorld => {
  const presence = createFakePresence()
  const media = createFakeMedia()
  const wishes: FakeWorld['wishes'] = new Map()
  const world = ++worlds
  let ids = 0
  let requests = 0
  const calls = createCalls({
    users: fakeUsers,
    screening: {
      screen: async (receptorId, callerId) => {
        const { blocks = [], ...wished } = wishes.get(receptorId) ?? {}
        return { callWaiting: true, doNotDisturb: 'off', blocked: blocks.includes(callerId), ...wished }
      }
    },
    journal,
    presence,
    media,
    clock,
    limits,
    lastAliveAt,
    nodeId: 'n1',
    newId: () => `${world}-${++ids}`,
    log: silentLogger
  })
  const pushed = (deviceId: string, callId: string): readonly CallSnapshot[] =>
    presence.pushes.flatMap(({ deviceId: to, push }) =>
      to === deviceId && push.name === 'call.changed' && push.data.call.id === callId ? [push.data.call] : []
    )
  return {
    calls,
    wishes,
    clock,
    journal,
    presence,
    media,
    online: async (deviceId, resumed = []) => {
      const session = sessionOf(deviceId)
      const snapshots = await calls.deviceOnline(session, resumed)
      const others = presence.online(session.userId).filter((other) => other !== deviceId)
      presence.devices.set(session.userId, [...others, deviceId])
      return snapshots ?? []
    },
    offline: (deviceId) => {
      const session = sessionOf(deviceId)
      presence.devices.set(
        session.userId,
        presence.online(session.userId).filter((other) => other !== deviceId)
      )
      calls.deviceOffline(session)
    },
    dial: async (deviceId, to, more = {}) => {
      const answer = await calls.create(sessionOf(deviceId), { requestId: `${world}-r${++requests}`, to, ...more })
      if (!answer.ok) throw new Error(answer.error.code)
      // The pushes that were kept back until the answer was out.
      await clock.advance(0)
      return answer.value.call
    },
    does: async (deviceId, kind, callId) => {
      const answer = await calls.dispatch(callId, sessionOf(deviceId), { kind, deviceId })
      await settled()
      return answer
    },
    connect: async (deviceId, callId, epoch = 1) => {
      await calls.dispatch(callId, sessionOf(deviceId), { kind: 'mediaOpen', deviceId, epoch })
      media.tell(callId, { deviceId, epoch, media: 'up' })
      media.tell(callId, { deviceId, epoch, media: 'flowing' })
      await settled()
    },
    heard: (deviceId, callId) => {
      const statuses = pushed(deviceId, callId).map(({ status }) => status)
      return statuses.filter((status, at) => status !== statuses[at - 1])
    },
    pushed,
    restart: async (awayMs = 0) => {
      await calls.close()
      const diedAt = clock.now()
      await clock.advance(awayMs)
      const next = createWorld(limits, clock, journal, diedAt)
      await next.calls.recover()
      await settled()
      return next
    }
  }
}
