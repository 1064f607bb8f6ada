// One run of the server: the product's calls, presence, requests and once-only rule, between a fake network, a fake disk
// and fake media. The gateway's few lines about sockets are told again here, since its own are bound to socket.io.
import type { Logger } from '../../common/log.ts'
import { protocolVersion } from '../../common/protocol/values.ts'
import type { Push } from '../../common/protocol/socket.ts'
import { fail, ok } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { CallSnapshot } from '../../common/types.ts'
import type { CallLimits } from '../../server/calls/limits.ts'
import { createCalls } from '../../server/calls/registry.ts'
import type { CallJournal, CallOrders, Calls, Identity, Screening, Session, Users } from '../../server/ports.ts'
import type { CallQuality } from '../../server/quality/ports.ts'
import { createAnswerer } from '../../server/socket/answerer.ts'
import { admit, isGivenUp, type Admission } from '../../server/socket/handshake.ts'
import { createOnce } from '../../server/socket/once.ts'
import { createPresence, type Connection } from '../../server/socket/presence.ts'
import { createRoutes } from '../../server/socket/routes.ts'
import type { FakePlane } from './fake-media.ts'
import type { Incoming, Listening } from './fake-network.ts'

export type ServerRunDeps = {
  readonly boot: string
  readonly clock: Clock
  readonly journal: CallJournal
  readonly media: FakePlane
  readonly users: Users
  readonly screening: Screening
  readonly limits: CallLimits
  readonly lastAliveAt: number | null
  readonly newId: () => string
  readonly log: Logger
  /** All that this run tells a device about a call. */
  readonly onTold: (deviceId: string, call: CallSnapshot, way: 'push' | 'welcome' | 'answer') => void
  /** What was carried out for a device, and how it was answered. */
  readonly onAnswered: (
    deviceId: string,
    name: string,
    answer: { readonly ok: boolean; readonly value?: unknown }
  ) => void
}

export type ServerRun = Listening & {
  readonly calls: Calls & CallOrders
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
}

/** The device `ali-1` is ali's first. */
export const userIdOf = (deviceId: string): string => `u-${deviceId.split('-')[0] ?? ''}`

export const sessionOf = (deviceId: string): Session => ({
  sessionId: `s-${deviceId}`,
  userId: userIdOf(deviceId),
  deviceId,
  applicationId: 'app',
  accessExpiresAt: Number.MAX_SAFE_INTEGER,
  scope: null
})

const identity: Pick<Identity, 'verify' | 'refresh'> = {
  verify: async (token) => ok(sessionOf(token)),
  refresh: async () => fail('unauthenticated')
}

type Link = Connection & {
  readonly incoming: Incoming
  readonly attempt: Admission['attempt']
  state: 'welcoming' | 'open' | 'ended'
}

/** Changes no call, so that it is of no interest to these histories. */
const untold: CallQuality = { metrics: async () => fail('unavailable'), rate: async () => fail('unavailable') }

const freely = { burst: 100_000, everyMs: 1 }

export const createServerRun = (deps: ServerRunDeps): ServerRun => {
  const { boot, clock, journal, media, users, screening, limits, log, onTold, onAnswered } = deps
  const presence = createPresence()
  const calls = createCalls({
    users,
    screening,
    journal,
    presence,
    media,
    clock,
    limits,
    lastAliveAt: deps.lastAliveAt,
    nodeId: 'n1',
    newId: deps.newId,
    log
  })
  const answerer = createAnswerer({
    routes: createRoutes({ identity, calls, media, quality: untold }),
    once: createOnce(clock),
    clock,
    limits: { calls: freely, media: freely, quality: freely },
    log
  })
  const links = new Map<Incoming, Link>()

  const told = (deviceId: string, push: Push): void => {
    if (push.name === 'call.changed') onTold(deviceId, push.data.call, 'push')
    if (push.name === 'session.welcome') for (const call of push.data.calls) onTold(deviceId, call, 'welcome')
  }

  const leave = (link: Link): void => {
    if (!links.delete(link.incoming)) return
    link.state = 'ended'
    if (presence.leave(link)) calls.deviceOffline(sessionOf(link.deviceId), 'lost')
  }

  const end = (link: Link, reason: 'replaced' | 'shutting_down'): void => {
    link.incoming.push({ name: 'session.ended', data: { reason } })
    leave(link)
    link.incoming.close()
  }

  const welcome = async (incoming: Incoming): Promise<void> => {
    const door = { identity, users, otherDevices: () => 0, maxDevicesPerUser: 16 }
    const admitted = await admit(incoming.auth, door)
    if (!admitted.ok) {
      incoming.refused(admitted.error)
      return
    }
    const { user, resume, session, attempt } = admitted.value
    const { deviceId, userId } = session
    incoming.accepted()
    const present = [...links.values()].find((other) => other.deviceId === deviceId)
    if (isGivenUp(attempt, present?.attempt)) {
      incoming.close()
      return
    }
    const send = (push: Push): void => {
      told(deviceId, push)
      incoming.push(push)
    }
    const link: Link = { incoming, deviceId, userId, send, attempt, state: 'welcoming' }
    const replaced = presence.enter(link)
    links.set(incoming, link)
    for (const other of [...links.values()]) if (other === replaced) end(other, 'replaced')
    const resumed = (resume?.calls ?? []).map(({ callId, seq }) => ({ callId, seq: resume?.boot === boot ? seq : 0 }))
    const known = await calls.deviceOnline(session, resumed)
    // Ended meanwhile, by whatever happened while the calls were asked.
    if (links.get(incoming) !== link) return
    if (known === null) {
      end(link, 'shutting_down')
      return
    }
    link.state = 'open'
    presence.welcome(link, {
      name: 'session.welcome',
      data: {
        protocol: protocolVersion,
        boot,
        deviceId,
        user,
        now: clock.now(),
        accessExpiresAt: Number.MAX_SAFE_INTEGER,
        calls: [...known]
      }
    })
    media.repeat(deviceId)
  }

  return {
    calls,
    start: calls.recover,
    stop: async () => {
      await calls.close()
      for (const link of [...links.values()]) end(link, 'shutting_down')
    },
    connect: (incoming) => void welcome(incoming),
    request: (incoming, name, envelope, ack) => {
      const link = links.get(incoming)
      if (link?.state !== 'open') {
        ack(fail('not_allowed_now'))
        return
      }
      const asker = { session: () => sessionOf(link.deviceId), renewed: () => undefined }
      void answerer.answer(asker, name, envelope).then((answer) => {
        onAnswered(link.deviceId, name, answer)
        ack(answer)
      })
    },
    lost: (incoming) => {
      const link = links.get(incoming)
      if (link !== undefined) leave(link)
    }
  }
}
