// The REST handler for node:http: gates, limits, schemas, routes, answers. Listens on nothing and knows no storage.
import type { IncomingMessage, RequestListener, Server } from 'node:http'
import type { Logger } from '../../common/log.ts'
import { restPaths } from '../../common/protocol/rest.ts'
import { fail, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { Config } from '../config.ts'
import { createBuckets } from '../identity/bucket.ts'
import type { Session } from '../ports.ts'
import { StoreUnavailable } from '../store/away.ts'
import { failed, send, type Answer } from './answer.ts'
import { readJson } from './body.ts'
import { addressOf, isLocal, limitKey, originAllowed, pageHeaders } from './gate.ts'
import { describeApi } from './openapi.ts'
import { createRoutes, type Method, type Route, type RouteDeps } from './routes.ts'

export type HttpDeps = RouteDeps & {
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

/** The handler for all of the server's requests over HTTP, except those of socket.io. */
export const createHttp = (deps: HttpDeps): RequestListener => {
  const { identity, clock, log, config } = deps
  const routes = createRoutes(deps)
  const openApi = describeApi(routes)
  const buckets = createBuckets(config.http.perAddress)

  const sessionOf = (request: IncomingMessage): Promise<Result<Session>> => {
    const token = bearer(request)
    return token === null ? Promise.resolve(fail('unauthenticated', 'no access token')) : identity.verify(token)
  }

  const inputOf = async (request: IncomingMessage, url: URL, route: Route): Promise<Result<unknown>> => {
    if (route.input === null) return { ok: true, value: {} }
    const given: Result<unknown> =
      route.input.from === 'body'
        ? await readJson(request, config.http.bodyMs)
        : { ok: true, value: Object.fromEntries(url.searchParams) }
    if (!given.ok) return given
    const parsed = route.input.schema.safeParse(given.value)
    if (parsed.success) return { ok: true, value: parsed.data }
    const [issue] = parsed.error.issues
    // The path and the rule, never the value: it may be a password.
    return fail('bad_request', `${issue?.path.join('.') || 'input'}: ${issue?.message ?? 'does not fit'}`.slice(0, 300))
  }

  const runRoute = async (request: IncomingMessage, url: URL, route: Route, address: string): Promise<Answer> => {
    const run = async (): Promise<Result<object | undefined>> => {
      if (route.access === 'anyone') {
        const input = await inputOf(request, url, route)
        return input.ok ? route.run({ input: input.value, session: null, address }) : input
      }
      // Who may not ask is told so before anything that was sent is read.
      const session = await sessionOf(request)
      if (!session.ok) return session
      const input = await inputOf(request, url, route)
      return input.ok ? route.run({ input: input.value, session: session.value, address }) : input
    }
    const result = await run()
    if (!result.ok) return failed(result.error)
    return { status: route.status, ...(result.value === undefined ? {} : { body: result.value }) }
  }

  const runOwn = async (request: IncomingMessage, path: string): Promise<Answer | null> => {
    switch (path) {
      case restPaths.health: {
        const { ok, details } = await deps.health()
        return { status: ok ? 200 : 503, body: { ok, ...details } }
      }
      case openApiPath:
        return { status: 200, body: openApi }
      case metricsPath:
        return isLocal(request) ? { status: 200, body: metricsText(deps.metrics()) } : null
      default:
        return null
    }
  }

  const notFound = failed({ code: 'not_found', detail: 'there is nothing at this path' })
  const notAllowed = (methods: readonly string[]): Answer =>
    failed({ code: 'bad_request', detail: 'this path has other methods' }, 405, { allow: methods.join(', ') })

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const address = addressOf(request, config.trustProxy)
    const waitMs = buckets.take(limitKey(address), clock.now())
    if (waitMs > 0) return failed({ code: 'rate_limited', retryAfterMs: waitMs })
    const { origin } = request.headers
    if (!originAllowed(origin, config.allowedOrigins)) {
      return failed({ code: 'access_denied', detail: 'this origin is not allowed' })
    }
    const target = request.url ?? '/'
    if (!target.startsWith('/') || !URL.canParse(`http://server${target}`)) {
      return failed({ code: 'bad_request', detail: 'the path cannot be read' })
    }
    const url = new URL(`http://server${target}`)
    const here = routes.filter((route) => route.path === url.pathname)
    const methods: string[] = here.map(({ method }) => method)
    // HEAD is GET without a body.
    const method = request.method === 'HEAD' ? 'GET' : request.method
    if (here.length === 0) {
      const own = await runOwn(request, url.pathname)
      if (own === null) return notFound
      return method === 'GET' ? own : notAllowed(['GET'])
    }
    if (method === 'OPTIONS' && origin !== undefined) return { status: 204 }
    const route = here.find((candidate) => candidate.method === (method as Method))
    return route === undefined ? notAllowed(methods) : runRoute(request, url, route, limitKey(address))
  }

  const safely = async (request: IncomingMessage): Promise<Answer> => {
    try {
      return await answer(request)
    } catch (error) {
      if (error instanceof StoreUnavailable) return failed({ code: 'unavailable' })
      const text = error instanceof Error ? (error.stack ?? error.message) : String(error)
      log.error('a request failed', { method: request.method, error: text })
      return failed({ code: 'internal' })
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
