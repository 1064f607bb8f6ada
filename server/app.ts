// The call server, put together: the only place that knows all of its parts. Decides nothing.
import { randomBytes, randomUUID } from 'node:crypto'
import { lookup } from 'node:dns/promises'
import { createServer } from 'node:http'
import { createWorker } from 'mediasoup'
import type { Logger } from '../common/log.ts'
import type { Clock } from '../common/time.ts'
import { createBackEnd } from './back-end/index.ts'
import { createCalls } from './calls/registry.ts'
import { createClock } from './clock.ts'
import type { Config } from './config.ts'
import { createHttp, limitSlowness } from './http/index.ts'
import { createApplications } from './identity/applications.ts'
import { createIdentity } from './identity/identity.ts'
import { createJoins } from './identity/joins.ts'
import { createPasswords } from './identity/passwords.ts'
import { createLogger } from './log.ts'
import { createMediaPlane } from './media/plane.ts'
import { createWorkerPool } from './media/worker-pool.ts'
import { createAvailabilityNews, withComings, withWishes } from './socket/availability.ts'
import { withHistoryNews, withListsNews } from './socket/lists-news.ts'
import type { CallJournal } from './ports.ts'
import { withContactsNews } from './socket/contacts-news.ts'
import { createCallQuality } from './quality/quality.ts'
import { createGateway, defaultGatewaySettings, type GatewaySettings } from './socket/gateway.ts'
import { createPresence } from './socket/presence.ts'
import { seedDemo } from './store/demo.ts'
import { createStore } from './store/index.ts'

export type App = {
  /** Where phones find the server. */
  readonly url: string
  /** The first media worker's UDP port. */
  readonly mediaPort: number
  /** Says goodbye to every phone and lets go of everything. Live calls stay in the journal; so they do where the process is killed. */
  readonly close: () => Promise<void>
}

/** What tests and the bench hand in instead of the real thing. */
export type AppOverrides = {
  readonly clock?: Clock
  readonly log?: Logger
  readonly gateway?: Partial<GatewaySettings>
  readonly journal?: CallJournal
}

const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::'

type Server = ReturnType<typeof createServer>

const listen = (server: Server, config: Config): Promise<string> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(config.port, config.host, () => {
      server.off('error', reject)
      const address = server.address()
      const port = typeof address === 'object' && address !== null ? address.port : config.port
      const name = isWildcard(config.host) ? 'localhost' : config.host
      resolve(`http://${name.includes(':') ? `[${name}]` : name}:${port}`)
    })
  })

/** What was opened, to be closed in the opposite order, whatever fails on the way up or down. */
const createClosers = (log: Logger) => {
  const closers: { readonly what: string; readonly close: () => Promise<void> }[] = []
  let closing: Promise<void> | null = null
  const closeAll = async (): Promise<void> => {
    for (const { what, close } of closers.toReversed()) {
      try {
        await close()
      } catch (error) {
        log.error('not closed cleanly', { what, error: String(error) })
      }
    }
  }
  return {
    add: (what: string, close: () => Promise<void>) => {
      closers.push({ what, close })
    },
    close: () => (closing ??= closeAll())
  }
}
type Closers = ReturnType<typeof createClosers>

const assemble = async (config: Config, overrides: AppOverrides, log: Logger, closers: Closers): Promise<App> => {
  const clock = overrides.clock ?? createClock()
  const store = await createStore(config, { log, clock })
  closers.add('store', store.close)
  if (config.demo) await seedDemo(store, config)
  const { applicationId, nodeId } = config
  const identity = createIdentity({ store: store.identityStore, clock, log, applicationId, settings: config.identity })

  const announcedAddress = config.announcedAddress ?? null
  const listenIp = (await lookup(config.mediaHost)).address
  if (isWildcard(listenIp) && announcedAddress === null) {
    log.warn('phones are told no address for their media that they can reach: set TAMAS_ANNOUNCED_ADDRESS')
  }
  const pool = await createWorkerPool({
    createWorker,
    settings: { workers: config.mediaWorkers, listenIp, announcedAddress, port: config.mediaPort },
    clock,
    log
  })
  closers.add('media workers', pool.close)

  const presence = createPresence()
  const media = createMediaPlane({ pool, push: presence.push, dtx: config.mediaDtx, log })
  const calls = createCalls({
    users: store.users,
    screening: store.screening,
    journal: overrides.journal ?? store.journal,
    presence,
    media,
    clock,
    limits: config.calls,
    lastAliveAt: store.lastAliveAt,
    nodeId,
    newId: () => randomBytes(16).toString('base64url'),
    log
  })
  await calls.recover()
  const availability = createAvailabilityNews({ calls, screening: store.screening, presence, clock, log })

  const joins = createJoins({ store: store.joinStore, clock, log, settings: config.identity })
  let url = ''
  const server = createServer(
    createHttp({
      identity,
      joins,
      applications: createApplications(store.applicationStore, clock),
      backEnd: createBackEnd({
        users: store.users,
        admin: store.admin,
        page: store.endpoints,
        passwords: createPasswords(config.identity.scryptLogN),
        records: store.callRecords,
        calls,
        joins,
        clock,
        publicUrl: () => config.publicUrl ?? url
      }),
      lists: withListsNews(withWishes(store.lists, availability), presence),
      history: withHistoryNews(store.history, presence),
      contacts: withContactsNews(store.contacts, presence),
      clock,
      log,
      config,
      health: async () => {
        const { up, ...details } = await store.health()
        const workers = pool.pids().length
        return { ok: up && workers > 0, details: { ...details, databaseUp: up, mediaWorkers: workers } }
      },
      metrics: () => ({ ...gateway.stats(), media_workers: pool.pids().length })
    })
  )
  limitSlowness(server)
  const gateway = createGateway({
    server,
    identity,
    users: store.users,
    calls: withComings(calls, availability),
    media,
    quality: createCallQuality({ parts: calls, store: store.quality, clock, log }),
    presence,
    clock,
    log,
    boot: randomUUID(),
    settings: {
      ...defaultGatewaySettings,
      allowedOrigins: config.allowedOrigins,
      trustProxy: config.trustProxy,
      maxDevicesPerUser: config.maxSocketsPerUser,
      ...overrides.gateway
    }
  })
  closers.add('availability', availability.close)
  closers.add('gateway', gateway.close)
  // Closed first: phones that are sent away now must not look as if they had been lost.
  closers.add('calls', calls.close)

  url = await listen(server, config)
  const [mediaPort = config.mediaPort] = await pool.ports()
  return { url, mediaPort, close: closers.close }
}

/** Resolves once phones can come. Rejects where something can't be had: the data folder, the database, a worker, a port. */
export const createApp = async (config: Config, overrides: AppOverrides = {}): Promise<App> => {
  const log = overrides.log ?? createLogger(config.logLevel)
  const closers = createClosers(log)
  try {
    return await assemble(config, overrides, log, closers)
  } catch (error) {
    await closers.close()
    throw error
  }
}
