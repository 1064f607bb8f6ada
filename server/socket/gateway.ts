// The gateway: socket.io connections of phones. Admits, welcomes, hands requests to the answerer and pushes out, ends
// sessions. What a request means is in routes.ts; who is online is in presence.ts.
import type { Server as HttpServer } from 'node:http'
import { type DefaultEventsMap, Server, type Socket } from 'socket.io'
import type { BootId, DeviceId, UserId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import { maxMessageBytes, protocolVersion } from '../../common/protocol/values.ts'
import type { Push, PushData } from '../../common/protocol/socket.ts'
import { fail, type Result } from '../../common/result.ts'
import { type Clock, secondMs } from '../../common/time.ts'
import { addressOf, limitKey, originAllowed } from '../http/gate.ts'
import { type BucketLimits, createBuckets } from '../identity/bucket.ts'
import type { Calls, DeviceLoss, Identity, Session, Users } from '../ports.ts'
import type { MediaService } from '../media/plane.ts'
import { createAnswerer, defaultRequestLimits, type RequestLimits } from './answerer.ts'
import { admit, isGivenUp, type Admission } from './handshake.ts'
import { createOnce } from './once.ts'
import type { Connection, PresenceBook } from './presence.ts'
import { createRoutes, type RoutesDeps } from './routes.ts'

export type GatewaySettings = {
  readonly allowedOrigins: readonly string[]
  /** Tries to get in from one address; each asks the database. Many phones of one house come back at once. */
  readonly admissions: BucketLimits
  /** As for REST: the address is the one that a proxy in front saw. */
  readonly trustProxy: boolean
  readonly maxDevicesPerUser: number
  readonly requests: RequestLimits
  /** A phone that is dead is noticed after at most the sum of both. */
  readonly pingEveryMs: number
  readonly pongWithinMs: number
  /** How long a new connection may take to say who it is, and the server to welcome it. */
  readonly admitWithinMs: number
}

export const defaultGatewaySettings: GatewaySettings = {
  allowedOrigins: [],
  admissions: { burst: 300, everyMs: 20 },
  trustProxy: false,
  maxDevicesPerUser: 16,
  requests: defaultRequestLimits,
  pingEveryMs: 4 * secondMs,
  pongWithinMs: 4 * secondMs,
  admitWithinMs: 10 * secondMs
}

export type GatewayDeps = {
  readonly server: HttpServer
  readonly identity: Pick<Identity, 'verify' | 'refresh' | 'onRevoked'>
  readonly users: Pick<Users, 'byId'>
  readonly calls: Pick<Calls, 'create' | 'dispatch' | 'deviceOnline' | 'deviceOffline'>
  readonly media: Pick<MediaService, 'request' | 'repeat'>
  readonly quality: RoutesDeps['quality']
  readonly presence: PresenceBook
  readonly clock: Clock
  readonly log: Logger
  readonly boot: BootId
  readonly settings: GatewaySettings
}

export type Gateway = {
  readonly stats: () => { readonly connections: number; readonly refused: number }
  /** Ends every session with `shutting_down`, then stops the HTTP server as well. */
  readonly close: () => Promise<void>
}

type EndReason = PushData<'session.ended'>['reason']
type Acknowledge = (result: Result<unknown>) => void
const isAcknowledge = (value: unknown): value is Acknowledge => typeof value === 'function'

type PhoneSocket = Socket<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, Admission>

/**
 * One connection of one device.
 *
 *   welcoming ──the call side has answered──▶ open ──▶ ended (signed out, replaced, expired, shutting down, lost)
 *       └───────────────────────────────────────────────▶
 */
type Link = Connection & {
  readonly socket: PhoneSocket
  state: 'welcoming' | 'open' | 'ended'
  session: Session
  cancelExpiry: () => void
}

/** Messages that are no good requests: a phone that sends more of them than this has its connection closed. */
const refusals: BucketLimits = { burst: 100, everyMs: secondMs }
/** Sessions revoked while their phone was just connecting are still in this list when it arrives. */
const maxRevokedKept = 1_000
const flushWithinMs = secondMs

export const createGateway = (deps: GatewayDeps): Gateway => {
  const { identity, users, calls, media, quality, presence, clock, log, boot, settings } = deps
  const links = new Set<Link>()
  const revoked = new Set<string>()
  const refusalBuckets = createBuckets(refusals)
  const admissionBuckets = createBuckets(settings.admissions)
  let refused = 0

  const answerer = createAnswerer({
    routes: createRoutes({ identity, calls, media, quality }),
    once: createOnce(clock),
    clock,
    limits: settings.requests,
    log
  })

  // A phone that stops reading stops answering pings as well, so what waits for it is bounded by their time.
  const io = new Server<DefaultEventsMap, DefaultEventsMap, DefaultEventsMap, Admission>(deps.server, {
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: maxMessageBytes,
    perMessageDeflate: false,
    httpCompression: false,
    pingInterval: settings.pingEveryMs,
    pingTimeout: settings.pongWithinMs,
    connectTimeout: settings.admitWithinMs,
    allowRequest: (request, decide) => {
      const allowed = originAllowed(request.headers.origin, settings.allowedOrigins)
      if (!allowed) refused += 1
      decide(allowed ? null : 'origin not allowed', allowed)
    }
  })

  const door = {
    identity,
    users,
    otherDevices: (userId: UserId, deviceId: DeviceId) =>
      presence.online(userId).filter((other) => other !== deviceId).length,
    maxDevicesPerUser: settings.maxDevicesPerUser
  }

  const decideAdmission = async (socket: PhoneSocket): Promise<Result<Admission>> => {
    // By try and not by connection: one connection may try as often as it likes.
    const address = limitKey(addressOf(socket.request, settings.trustProxy))
    const waitMs = admissionBuckets.take(address, clock.now())
    if (waitMs > 0) return fail('rate_limited', undefined, waitMs)
    try {
      return await admit(socket.handshake.auth, door)
    } catch (error) {
      log.error('admission failed', { error: String(error) })
      return fail('internal')
    }
  }

  io.use((socket, next) => {
    void decideAdmission(socket).then((result) => {
      if (result.ok) {
        socket.data = result.value
        next()
        return
      }
      refused += 1
      log.debug('connection refused', { code: result.error.code })
      next(Object.assign(new Error(result.error.code), { data: result.error }))
    })
  })

  const leave = (link: Link, why: DeviceLoss): void => {
    if (!links.delete(link)) return
    link.state = 'ended'
    link.cancelExpiry()
    if (!presence.leave(link)) return
    log.info('device offline', { deviceId: link.deviceId })
    calls.deviceOffline(link.session, why)
  }

  const drop = (link: Link, why: DeviceLoss = 'lost'): void => {
    leave(link, why)
    link.socket.disconnect(true)
  }

  const end = (link: Link, reason: EndReason): void => {
    link.send({ name: 'session.ended', data: { reason } })
    log.info('session ended', { deviceId: link.deviceId, reason })
    drop(link, reason === 'signed_out' ? 'signedOut' : 'lost')
  }

  const take = (link: Link, session: Session): void => {
    if (link.state === 'ended') return
    link.session = session
    link.cancelExpiry()
    link.cancelExpiry = clock.at(session.accessExpiresAt, () => end(link, 'token_expired'))
    if (revoked.has(session.sessionId)) end(link, 'signed_out')
  }

  const welcome = async (link: Link, { user, resume }: Admission): Promise<void> => {
    // Sequence numbers mean nothing to another run of the server, but which calls the phone knows does.
    const resumed = (resume?.calls ?? []).map(({ callId, seq }) => ({ callId, seq: resume?.boot === boot ? seq : 0 }))
    const known = await calls.deviceOnline(link.session, resumed)
    if (link.state !== 'welcoming') return
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
        deviceId: link.deviceId,
        user,
        now: clock.now(),
        accessExpiresAt: link.session.accessExpiresAt,
        calls: [...known]
      }
    })
    media.repeat(link.deviceId)
  }

  const refuse = (link: Link, name: string): void => {
    refused += 1
    log.debug('message refused', { deviceId: link.deviceId, name: name.slice(0, 64) })
    if (refusalBuckets.take(link.deviceId, clock.now()) === 0 || link.state === 'ended') return
    log.warn('too many refused messages: connection closed', { deviceId: link.deviceId })
    link.state = 'ended'
    // The answers of this turn go out first: they say why.
    clock.at(clock.now(), () => drop(link))
  }

  const handle = async (link: Link, name: string, message: unknown): Promise<Result<unknown>> => {
    if (link.state !== 'open') return fail('not_allowed_now', 'not welcomed yet')
    const asker = { session: () => link.session, renewed: (session: Session) => take(link, session) }
    const result = await answerer.answer(asker, name, message)
    if (!result.ok && (result.error.code === 'bad_request' || result.error.code === 'rate_limited')) refuse(link, name)
    return result
  }

  io.on('connection', (socket) => {
    const { session, attempt } = socket.data
    const present = [...links].find(({ deviceId }) => deviceId === session.deviceId)
    if (isGivenUp(attempt, present?.socket.data.attempt)) {
      log.debug('a try came after the one that followed it', { deviceId: session.deviceId })
      socket.disconnect(true)
      return
    }
    const link: Link = {
      socket,
      deviceId: session.deviceId,
      userId: session.userId,
      send: (push: Push) => socket.emit(push.name, push.data),
      state: 'welcoming',
      session,
      cancelExpiry: () => undefined
    }
    // Before anything is awaited: from here on no push for this device is lost, and none precedes the welcome.
    const replaced = presence.enter(link)
    links.add(link)
    for (const other of links) if (other === replaced) end(other, 'replaced')
    log.info('device online', { deviceId: link.deviceId, userId: link.userId })

    socket.on('disconnect', () => leave(link, 'lost'))
    socket.onAny((event: unknown, ...words: readonly unknown[]) => {
      // The wire allows numbers for names.
      const name = String(event)
      const [message, acknowledge] = words
      if (words.length === 2 && isAcknowledge(acknowledge)) void handle(link, name, message).then(acknowledge)
      else refuse(link, name)
    })

    take(link, session)
    if (link.state === 'ended') return
    const cancelLimit = clock.at(clock.now() + settings.admitWithinMs, () => {
      if (link.state === 'welcoming') drop(link)
    })
    welcome(link, socket.data)
      .catch((error: unknown) => {
        log.error('welcome failed', { deviceId: link.deviceId, error: String(error) })
        drop(link)
      })
      .finally(cancelLimit)
  })

  const stopHearing = identity.onRevoked((sessionId) => {
    revoked.add(sessionId)
    const [oldest] = revoked
    if (revoked.size > maxRevokedKept && oldest !== undefined) revoked.delete(oldest)
    for (const link of links) if (link.session.sessionId === sessionId) end(link, 'signed_out')
  })

  const endAll = async (): Promise<void> => {
    const flushed = [...links].map((link) => {
      const closed = new Promise<void>((resolve) => link.socket.conn.once('close', () => resolve()))
      end(link, 'shutting_down')
      return closed
    })
    const limit = new Promise<void>((resolve) => clock.at(clock.now() + flushWithinMs, resolve))
    if (flushed.length > 0) await Promise.race([Promise.all(flushed), limit])
  }

  return {
    stats: () => ({ connections: links.size, refused }),
    close: async () => {
      stopHearing()
      await endAll()
      await io.close()
    }
  }
}
