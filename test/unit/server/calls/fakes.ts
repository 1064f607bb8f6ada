// A fake world for the calls' tests: the product's calls between fake ports, with users and devices that act. The ports are
// fake-ports.ts's.
import { silentLogger } from '../../../../common/log.ts'
import type { CallSnapshot } from '../../../../common/types.ts'
import type { CallOrders, Calls, DeviceLoss, Screened, Session, User, Users } from '../../../../server/ports.ts'
import type { CallParts } from '../../../../server/quality/ports.ts'
import { defaultLimits, type CallLimits } from '../../../../server/calls/limits.ts'
import { createCalls } from '../../../../server/calls/registry.ts'
import {
  createFakeClock,
  createFakeJournal,
  createFakeMedia,
  createFakePresence,
  settled,
  start,
  type FakeClock,
  type FakeJournal,
  type FakeMedia,
  type FakePresence
} from './fake-ports.ts'

export * from './fake-ports.ts'

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
  readonly calls: Calls & CallOrders & CallParts
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
  readonly offline: (deviceId: string, why?: DeviceLoss) => void
  readonly dial: (
    deviceId: string,
    to: string,
    more?: { readonly requestId?: string; readonly maxDurationMs?: number; readonly check?: boolean }
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
    offline: (deviceId, why = 'lost') => {
      const session = sessionOf(deviceId)
      presence.devices.set(
        session.userId,
        presence.online(session.userId).filter((other) => other !== deviceId)
      )
      calls.deviceOffline(session, why)
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
