// The server's REST interface: one bounded, parsed exchange at a time. Keeps no tokens and repeats nothing.
import { z } from 'zod'
import {
  blocked,
  directoryAnswer,
  favourites,
  joinAnswer,
  preferences,
  restError,
  restPaths,
  signInAnswer,
  tokens,
  type Blocked,
  type DirectoryEntry,
  type Favourites,
  type JoinAnswer,
  type JoinRequest,
  type Preferences,
  type SignInAnswer,
  type SignInRequest,
  type Tokens
} from '../../common/protocol/rest.ts'
import type { ErrorCode } from '../../common/errors.ts'
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { BodyReader, FetchPort } from './ports.ts'
import { toFailure } from './requester.ts'
import { createHistoryRest, type HistoryRest } from './rest-history.ts'
import { createContactsRest, type ContactsRest } from './rest-contacts.ts'
import { readServerUrl } from './server-url.ts'

export const restLimits = { deadlineMs: 10 * secondMs, bodyBytes: 2 * 1024 * 1024 } as const

export type Rest = AccountRest & HistoryRest & ContactsRest

type AccountRest = {
  readonly signIn: (server: string, request: SignInRequest) => Promise<Result<SignInAnswer>>
  readonly refresh: (server: string, refreshToken: string) => Promise<Result<Tokens>>
  readonly join: (server: string, request: JoinRequest) => Promise<Result<JoinAnswer>>
  readonly signOut: (server: string, accessToken: string) => Promise<Result<unknown>>
  readonly directory: (server: string, accessToken: string) => Promise<Result<readonly DirectoryEntry[]>>
  readonly favourites: (server: string, accessToken: string) => Promise<Result<Favourites>>
  readonly setFavourites: (server: string, accessToken: string, list: Favourites) => Promise<Result<Favourites>>
  readonly preferences: (server: string, accessToken: string) => Promise<Result<Preferences>>
  readonly setPreferences: (server: string, accessToken: string, wanted: Preferences) => Promise<Result<Preferences>>
  readonly blocked: (server: string, accessToken: string) => Promise<Result<Blocked>>
  readonly setBlocked: (server: string, accessToken: string, list: Blocked) => Promise<Result<Blocked>>
}

export type RestDeps = { readonly fetch: FetchPort; readonly clock: Clock; readonly log: Logger }

export type Exchange = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly accessToken?: string
  readonly body?: unknown
}

/** The code of an answer whose body does not say it: a proxy's, most likely. */
const codeOf = (status: number): ErrorCode => {
  if (status === 401) return 'unauthenticated'
  if (status === 403) return 'access_denied'
  if (status === 404) return 'not_found'
  if (status === 413) return 'too_large'
  if (status === 429) return 'rate_limited'
  return status >= 500 ? 'unavailable' : 'bad_request'
}

/** The body as text, or null where it is longer than it may be. */
const readBody = async (reader: BodyReader): Promise<string | null> => {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    if (part.value === undefined) continue
    bytes += part.value.byteLength
    if (bytes > restLimits.bodyBytes) {
      await reader.cancel()
      return null
    }
    text += decoder.decode(part.value, { stream: true })
  }
  return text + decoder.decode()
}

const parseJson = (text: string): unknown => {
  try {
    return text === '' ? {} : JSON.parse(text)
  } catch {
    return undefined
  }
}

export const createRest = ({ fetch, clock, log }: RestDeps): Rest => {
  const fetched = async (
    server: string,
    { method, path, accessToken, body }: Exchange,
    signal: AbortSignal
  ): Promise<Result<unknown>> => {
    const answer = await fetch(`${server}${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` })
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal,
      redirect: 'error'
    })
    const text = answer.body === null ? '' : await readBody(answer.body.getReader())
    if (text === null) return fail('too_large', 'the answer is too long')
    const json = parseJson(text)
    if (answer.status >= 200 && answer.status < 300) return ok(json)
    const error = restError.safeParse(json)
    return error.success
      ? { ok: false, error: toFailure(error.data.error) }
      : fail(codeOf(answer.status), `status ${answer.status}`)
  }

  const exchange = async <T>(server: string, asked: Exchange, schema: z.ZodType<T>): Promise<Result<T>> => {
    const { method, path } = asked
    // Once more, here: whatever was stored, no token travels unencrypted.
    const origin = readServerUrl(server)
    if (!origin.ok) return origin
    const controller = new AbortController()
    const cancel = clock.at(clock.now() + restLimits.deadlineMs, () => controller.abort())
    try {
      const answer = await fetched(origin.value, asked, controller.signal)
      if (!answer.ok) return answer
      const value = schema.safeParse(answer.value)
      if (value.success) return ok(value.data)
      log.warn('an answer does not parse', { method, path: path.split('?')[0] })
      return fail('internal', `the answer to ${method} ${path} does not parse`)
    } catch (error) {
      return fail(controller.signal.aborted ? 'timeout' : 'failed_to_connect', String(error))
    } finally {
      cancel()
    }
  }

  return {
    signIn: (server, body) => exchange(server, { method: 'POST', path: restPaths.sessions, body }, signInAnswer),
    refresh: (server, refreshToken) =>
      exchange(server, { method: 'POST', path: restPaths.refresh, body: { refreshToken } }, tokens),
    join: (server, body) => exchange(server, { method: 'POST', path: restPaths.joins, body }, joinAnswer),
    signOut: (server, accessToken) =>
      exchange(server, { method: 'DELETE', path: restPaths.sessions, accessToken }, z.unknown()),
    directory: async (server, accessToken) => {
      const answer = await exchange(server, { method: 'GET', path: restPaths.directory, accessToken }, directoryAnswer)
      return answer.ok ? ok(answer.value.result) : answer
    },
    ...createHistoryRest(exchange),
    ...createContactsRest(exchange),
    favourites: (server, accessToken) =>
      exchange(server, { method: 'GET', path: restPaths.favourites, accessToken }, favourites),
    setFavourites: (server, accessToken, body) =>
      exchange(server, { method: 'PUT', path: restPaths.favourites, accessToken, body }, favourites),
    preferences: (server, accessToken) =>
      exchange(server, { method: 'GET', path: restPaths.preferences, accessToken }, preferences),
    setPreferences: (server, accessToken, body) =>
      exchange(server, { method: 'PUT', path: restPaths.preferences, accessToken, body }, preferences),
    blocked: (server, accessToken) =>
      exchange(server, { method: 'GET', path: restPaths.blocked, accessToken }, blocked),
    setBlocked: (server, accessToken, body) =>
      exchange(server, { method: 'PUT', path: restPaths.blocked, accessToken, body }, blocked)
  }
}
