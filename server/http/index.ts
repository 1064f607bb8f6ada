// The REST handler for node:http: gates, limits, schemas, routes, answers. Listens on nothing and knows no storage.
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import type { Logger } from '../../common/log.ts'
import { idempotencyKey } from '../../common/protocol/back-end.ts'
import { restPaths } from '../../common/protocol/rest.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { Config } from '../config.ts'
import { createBuckets } from '../identity/bucket.ts'
import type { Applications, BackEnd } from '../back-end/ports.ts'
import type { Contacts } from '../ports.ts'
import { StoreUnavailable } from '../store/away.ts'
import { send, tellBackEnd, tellPhone, type Answer, type Tell } from './answer.ts'
import { createBackEndRoutes } from './back-end-routes.ts'
import { createContactRoutes } from './contact-routes.ts'
import { createDocs, docsPath } from './docs.ts'
import { addressOf, isLocal, limitKey, originAllowed, pageHeaders } from './gate.ts'
import { inputOf, type Given } from './input.ts'
import { describeApi } from './openapi.ts'
import { createPhoneRoutes, type PhoneRouteDeps } from './phone-routes.ts'
import { matchPath, type Route } from './route.ts'

export type HttpDeps = PhoneRouteDeps & {
  readonly contacts: Contacts
  readonly applications: Pick<Applications, 'verify'>
  readonly backEnd: BackEnd
  readonly clock: Clock
  readonly log: Logger
  readonly config: Pick<Config, 'allowedOrigins' | 'trustProxy' | 'http'>
  /** Whether the server can do its work, and details that anybody may read. */
  readonly health: () => Promise<{ readonly ok: boolean; readonly details: Readonly<Record<string, unknown>> }>
  /** Numbers for `GET /metrics`, by name, for askers on this machine only. */
  readonly metrics: () => Readonly<Record<string, number>>
}

const openApiPath = '/v1/openapi.json'
const metricsPath = '/metrics'

/** Slow or idle askers are let go; for the server that runs the handler. */
export const limitSlowness = (server: Server): void => {
  server.headersTimeout = 10 * secondMs
  server.requestTimeout = 20 * secondMs
  server.keepAliveTimeout = 30 * secondMs
  server.maxRequestsPerSocket = 1_000
}

const bearer = (request: IncomingMessage): string | null => {
  const match = /^Bearer ([A-Za-z0-9_-]{1,256})$/i.exec(request.headers.authorization ?? '')
  return match?.[1] ?? null
}

const metricsText = (metrics: Readonly<Record<string, number>>): string =>
  Object.entries(metrics)
    .map(([name, value]) => `tamas_${name} ${value}\n`)
    .join('')

const keyOf = (request: IncomingMessage): Result<string | null> => {
  const given = request.headers['idempotency-key']
  if (given === undefined) return ok(null)
  const key = idempotencyKey.safeParse(given)
  return key.success
    ? ok(key.data)
    : fail('bad_request', 'Idempotency-Key has 1 to 255 visible ASCII characters and no spaces.')
}

type Found = { readonly route: Route; readonly inPath: Readonly<Record<string, string>> }

/** The handler for all of the server's requests over HTTP, except those of socket.io. */
export const createHttp = (deps: HttpDeps): RequestListener => {
  const { identity, applications, clock, log, config } = deps
  const routes = [
    ...createPhoneRoutes(deps),
    ...createContactRoutes(deps.contacts),
    ...createBackEndRoutes(deps.backEnd)
  ]
  const openApi = describeApi(routes)
  const docs = createDocs(openApi)
  const buckets = createBuckets(config.http.perAddress)

  const routesAt = (pathname: string): readonly Found[] =>
    routes.flatMap((route) => {
      const inPath = matchPath(route.path, pathname)
      return inPath === null ? [] : [{ route, inPath }]
    })

  // Who may not ask is told so before anything that was sent is read.
  const carryOut = async (
    route: Route,
    request: IncomingMessage,
    address: string,
    take: () => Promise<Given>
  ): Promise<Given> => {
    const told = (result: Result<unknown>): Given => (result.ok ? result : { ...result, problems: [] })
    const token = bearer(request)
    switch (route.access) {
      case 'anyone': {
        const given = await take()
        return given.ok ? told(await route.run({ input: given.value, address })) : given
      }
      case 'signedIn': {
        const proven = token === null ? fail('unauthenticated', 'no access token') : await identity.verify(token)
        if (!proven.ok) return told(proven)
        const session = proven.value
        if (session.scope !== null && !route.scoped) {
          return told(fail('access_denied', 'this sign-in is good for one call only'))
        }
        const given = await take()
        return given.ok ? told(await route.run({ input: given.value, session, address })) : given
      }
      case 'application': {
        const proven =
          token === null
            ? fail('unauthenticated', 'Send the token of an application as `Authorization: Bearer`.')
            : await applications.verify(token)
        if (!proven.ok) return told(proven)
        const key = route.keyed ? keyOf(request) : ok(null)
        if (!key.ok) return told(key)
        const given = await take()
        if (!given.ok) return given
        const asked = { input: given.value, application: proven.value, idempotencyKey: key.value, address }
        return told(await route.run(asked))
      }
    }
  }

  const runRoute = async (
    request: IncomingMessage,
    url: URL,
    { route, inPath }: Found,
    address: string,
    tell: Tell
  ): Promise<Answer> => {
    const take = (): Promise<Given> => inputOf(request, url, route, inPath, config.http.bodyMs)
    const result = await carryOut(route, request, address, take)
    if (!result.ok) return tell(result.error, { problems: result.problems })
    return { status: route.status, ...(result.value === undefined ? {} : { body: result.value as object }) }
  }

  const runOwn = async (request: IncomingMessage, path: string): Promise<Answer | null> => {
    switch (path) {
      case restPaths.health: {
        const { ok: isUp, details } = await deps.health()
        return { status: isUp ? 200 : 503, body: { ok: isUp, ...details } }
      }
      case openApiPath:
        return { status: 200, body: openApi }
      case docsPath:
        return docs
      case metricsPath:
        return isLocal(request) ? { status: 200, body: metricsText(deps.metrics()) } : null
      default:
        return null
    }
  }

  const notAllowed = (methods: readonly string[], tell: Tell): Answer =>
    tell(
      { code: 'bad_request', detail: 'this path has other methods' },
      { status: 405, headers: { allow: methods.join(', ') } }
    )

  const answer = async (request: IncomingMessage, url: URL | null, here: readonly Found[], tell: Tell) => {
    const address = addressOf(request, config.trustProxy)
    const waitMs = buckets.take(limitKey(address), clock.now())
    if (waitMs > 0) return tell({ code: 'rate_limited', retryAfterMs: waitMs })
    const { origin } = request.headers
    if (!originAllowed(origin, config.allowedOrigins)) {
      return tell({ code: 'access_denied', detail: 'this origin is not allowed' })
    }
    if (url === null) return tell({ code: 'bad_request', detail: 'the path cannot be read' })
    const methods: string[] = here.map(({ route }) => route.method)
    // HEAD is GET without a body.
    const method = request.method === 'HEAD' ? 'GET' : request.method
    if (here.length === 0) {
      const own = await runOwn(request, url.pathname)
      if (own === null) return tell({ code: 'not_found', detail: 'there is nothing at this path' })
      return method === 'GET' ? own : notAllowed(['GET'], tell)
    }
    if (method === 'OPTIONS' && origin !== undefined) return { status: 204 }
    const found = here.find(({ route }) => route.method === method)
    return found === undefined ? notAllowed(methods, tell) : runRoute(request, url, found, limitKey(address), tell)
  }

  const safely = async (request: IncomingMessage): Promise<Answer> => {
    const target = request.url ?? '/'
    const isReadable = target.startsWith('/') && URL.canParse(`http://server${target}`)
    const url = isReadable ? new URL(`http://server${target}`) : null
    const here = url === null ? [] : routesAt(url.pathname)
    const tell = here.some(({ route }) => route.access === 'application') ? tellBackEnd : tellPhone
    try {
      return await answer(request, url, here, tell)
    } catch (error) {
      if (error instanceof StoreUnavailable) return tell({ code: 'unavailable' })
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      log.error('a request failed', { method: request.method, error: text })
      return tell({ code: 'internal' })
    }
  }

  return (request, response) => {
    // An asker who goes away is no error of ours.
    response.on('error', () => undefined)
    request.on('error', () => undefined)
    const { origin } = request.headers
    void safely(request).then((result) => {
      const listed = originAllowed(origin, config.allowedOrigins)
      const headers = { ...(listed ? pageHeaders(origin) : {}), ...result.headers }
      send(request, response, { ...result, headers })
      log.debug('request', { method: request.method, path: request.url?.split('?')[0], status: result.status })
    })
  }
}
