// The REST handler over real HTTP on a free port, with fake identity, lists, joins and back end behind it.
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { silentLogger, type Logger } from '../../../../common/log.ts'
import type { CallDetail } from '../../../../common/protocol/back-end.ts'
import { defaultPreferences } from '../../../../common/protocol/rest.ts'
import { fail, ok } from '../../../../common/result.ts'
import type { BackEnd, Joins } from '../../../../server/back-end/ports.ts'
import type { Contacts, History, Identity, Lists, Session } from '../../../../server/ports.ts'
import { createHttp, limitSlowness, type HttpDeps } from '../../../../server/http/index.ts'
import { StoreUnavailable } from '../../../../server/store/away.ts'

export const session: Session = {
  sessionId: 's',
  userId: 'u',
  deviceId: 'd',
  applicationId: 'a',
  accessExpiresAt: 9,
  scope: null
}
export const tokens = { accessToken: 'at', accessExpiresAt: 1, refreshToken: 'rt', refreshExpiresAt: 2 }
export const peer = { userId: 'u', username: '101', names: { en: 'Sara', fa: 'سارا' } }

export const signedOut: string[] = []
export const faults = { isAway: false }
const fakeIdentity: Identity = {
  signIn: async ({ password }, address) =>
    password === 'right'
      ? ok({ ...tokens, user: peer, deviceId: address })
      : fail(password === 'often' ? 'rate_limited' : 'invalid_credentials', undefined, 1_500),
  refresh: async (token) => (token === 'rt' ? ok(tokens) : fail('unauthenticated')),
  verify: async (token) =>
    token === 'good'
      ? ok(session)
      : token === 'scoped'
        ? ok({ ...session, scope: { callId: 'c1' } })
        : fail(token === 'away' ? 'unavailable' : 'unauthenticated', `${token} token`),
  signOut: async ({ sessionId }) => {
    signedOut.push(sessionId)
    return faults.isAway ? fail('unavailable') : ok({})
  },
  onRevoked: () => () => undefined
}
const fakeLists: Lists = {
  directory: async () => [{ ...peer, kind: 'person' }],
  favourites: async () => ({ usernames: ['1'] }),
  setFavourites: async (_, { usernames }) => {
    if (usernames.includes('boom')) throw new Error('secret detail')
    if (usernames.includes('away')) throw new StoreUnavailable(new Error('x'))
    return ok({ usernames })
  },
  preferences: async () => defaultPreferences,
  setPreferences: async (_, wanted) => ok(wanted),
  blocked: async () => ({ usernames: ['2'] }),
  setBlocked: async (_, { usernames }) => (usernames.includes('999') ? fail('not_found') : ok({ usernames }))
}

const marks = { seenAt: 1, missed: 2, edition: 3 }
const fakeHistory: History = {
  page: async (_, { cursor, ...rest }) =>
    cursor === 'bad' ? fail('bad_request') : ok({ result: [], next: JSON.stringify({ cursor, ...rest }), marks }),
  details: async (_, callId) =>
    callId === 'c1'
      ? ok({ device: null, timeline: [], quality: { mine: null, theirs: null }, rating: null })
      : fail('not_found'),
  remove: async (_, { length }) => ok({ ...marks, edition: length, changed: length }),
  restore: async (_, { length }) => ok({ ...marks, changed: length }),
  clear: async (_, until) => ok({ ...marks, edition: until }),
  seen: async (_, seenAt) => ok({ ...marks, seenAt })
}

const fakeContacts: Contacts = {
  page: async (_, { since, after }) => ({ whole: since === 0, result: [], removed: [], revision: after, next: null }),
  change: async (_, { save, remove }) =>
    remove.includes('full')
      ? fail('too_many_contacts')
      : ok({ added: save.length, changed: 0, removed: remove.length, revision: 1 })
}

const fakeJoins: Joins = {
  mintCodes: async () => ({ caller: 'c', receptor: 'r', expiresAt: 60_000 }),
  join: async ({ callId, code }, address) => {
    if (code === 'often') return fail('rate_limited', undefined, 1_000)
    if (code !== 'right') return ok({ result: 'access_denied' })
    return ok({ result: 'success', ...tokens, user: peer, deviceId: address, callId, role: 'caller' })
  }
}

export const fakeApplications: HttpDeps['applications'] = {
  verify: async (token) => {
    if (token === 'app-away') throw new StoreUnavailable(new Error('x'))
    return token.startsWith('app-') ? ok({ applicationId: token.slice(4) }) : fail('unauthenticated', 'No such token.')
  }
}

const moment = '2026-01-01T00:00:00.000Z'
export const shownCall: CallDetail = {
  id: 'c1',
  status: 'finished',
  createdAt: moment,
  startedAt: null,
  finishedAt: moment,
  duration: 0,
  finishReason: 'killed',
  finishedBy: 'server',
  finishDetail: null,
  caller: { id: 'u1', username: '101', names: peer.names },
  receptor: { id: 'u2', username: '102', names: peer.names },
  quality: { caller: { measured: null, rating: null }, receptor: { measured: null, rating: null } },
  timeline: []
}
/** What the back end was asked, in order. */
export const asked: unknown[] = []
/** Application `one` has the call c1 and the endpoint 101; nobody else has anything. */
const fakeBackEnd: BackEnd = {
  addEndpoint: async (application, endpoint) => {
    asked.push([application, endpoint])
    return endpoint.username === '101'
      ? fail('already_exists', 'There is an endpoint 101 already.')
      : ok({ id: 'u9', username: endpoint.username, names: peer.names, createdAt: moment })
  },
  endpoints: async (application, { page, size }) => {
    asked.push([application, page, size])
    return { page: { number: page, size, total: 0 }, result: [] }
  },
  order: async (application, request, key) => {
    asked.push([application, request, key])
    if (key === 'other-body') return fail('duplicate_request', 'Another order.')
    if (request.receptor.username === 'boom') throw new Error('secret detail')
    return ok({
      id: 'c1',
      status: 'new',
      createdAt: moment,
      caller: { username: request.caller.username, joinCode: 'a' },
      receptor: { username: request.receptor.username, joinCode: 'b' },
      joinLinks: { caller: 'tamas://join?a', receptor: 'tamas://join?b' },
      joinCodesExpireAt: moment
    })
  },
  calls: async (application, query) => {
    asked.push([application, query])
    return { page: { number: query.page, size: query.size, total: 0 }, result: [] }
  },
  call: async ({ applicationId }, callId) =>
    applicationId === 'one' && callId === 'c1' ? ok(shownCall) : fail('invalid_call', 'There is no such call.'),
  kill: async ({ applicationId }, callId) => {
    asked.push(['kill', applicationId, callId])
    return applicationId === 'one' && callId === 'c1' ? ok(shownCall) : fail('invalid_call', 'There is no such call.')
  }
}

export const lines: string[] = []
const write = (message: string, fields: object = {}): void => void lines.push(message + JSON.stringify(fields))
const noted: Logger = { ...silentLogger, error: write, warn: write, info: write, debug: write }

let server: Server
let port = 0
export const portOf = (): number => port
export const start = async (change: Partial<HttpDeps> = {}): Promise<void> => {
  const handler = createHttp({
    identity: fakeIdentity,
    lists: fakeLists,
    history: fakeHistory,
    contacts: fakeContacts,
    joins: fakeJoins,
    applications: fakeApplications,
    backEnd: fakeBackEnd,
    clock: { now: () => 0, at: () => () => undefined },
    log: noted,
    config: {
      allowedOrigins: ['https://phone.example'],
      trustProxy: false,
      http: { perAddress: { burst: 50, everyMs: 1_000 }, bodyMs: 150 }
    },
    health: async () => ({ ok: true, details: { database: 'embedded' } }),
    metrics: () => ({ calls_live: 3, sockets: 4 }),
    ...change
  })
  server = createServer(handler)
  limitSlowness(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
}
export const stop = async (): Promise<void> => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}
export type Asked = { method?: string; token?: string; body?: unknown; headers?: Record<string, string> }
export const ask = async (path: string, { method = 'GET', token, body, headers = {} }: Asked = {}) => {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, {
    method,
    headers: {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...headers
    },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) })
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.startsWith('application/json') === true && text !== ''
  return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text }
}
export const device = { name: 'desk', platform: 'linux' }
