// The table of routes: what each takes and gives, and the one place that maps them to identity and lists. Reads no sockets.
import { z } from 'zod'
import {
  blocked,
  directoryAnswer,
  favourites,
  historyAnswer,
  historyQuery,
  preferences,
  preferencesChange,
  refreshRequest,
  restPaths,
  signInAnswer,
  signInRequest,
  tokens
} from '../../common/protocol/rest.ts'
import { ok, type Result } from '../../common/result.ts'
import type { Identity, Lists, Session } from '../ports.ts'

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'

export type RouteDeps = { readonly identity: Identity; readonly lists: Lists }

/** Who asks, and what was found in the request; `input` has passed the route's schema. */
type Asked<I, S> = { readonly input: I; readonly session: S; readonly address: string }

export type Route = {
  readonly method: Method
  readonly path: string
  readonly summary: string
  /** Where the input comes from, and its schema. */
  readonly input: { readonly from: 'body' | 'query'; readonly schema: z.ZodType } | null
  readonly output: z.ZodType | null
  readonly status: 200 | 201 | 204
} & (
  | { readonly access: 'anyone'; readonly run: (asked: Asked<unknown, null>) => Promise<Result<object | undefined>> }
  | {
      readonly access: 'signedIn'
      readonly run: (asked: Asked<unknown, Session>) => Promise<Result<object | undefined>>
    }
)

type RouteOf<S extends z.ZodType, Who> = Omit<Route, 'input' | 'access' | 'run'> & {
  readonly input: { readonly from: 'body' | 'query'; readonly schema: S }
  readonly run: (asked: Asked<z.infer<S>, Who>) => Promise<Result<object | undefined>>
}

const none = { from: 'query', schema: z.object({}) } as const

// The schema has been applied when a route runs, so `input` is of its type; TypeScript cannot see that through a table.
const anyone = <S extends z.ZodType>(route: RouteOf<S, null>): Route => ({ ...route, access: 'anyone' }) as Route
const signedIn = <S extends z.ZodType>(route: RouteOf<S, Session>): Route => ({ ...route, access: 'signedIn' }) as Route

export const createRoutes = ({ identity, lists }: RouteDeps): readonly Route[] => [
  anyone({
    method: 'POST',
    path: restPaths.sessions,
    summary: 'Signs in a device with a username and a password',
    input: { from: 'body', schema: signInRequest },
    output: signInAnswer,
    status: 201,
    run: ({ input, address }) => identity.signIn(input, address)
  }),
  anyone({
    method: 'POST',
    path: restPaths.refresh,
    summary: 'Exchanges a refresh token for new tokens; a spent one ends the sign-in',
    input: { from: 'body', schema: refreshRequest },
    output: tokens,
    status: 200,
    run: ({ input }) => identity.refresh(input.refreshToken)
  }),
  signedIn({
    method: 'DELETE',
    path: restPaths.sessions,
    summary: 'Signs out: all tokens of this sign-in end at once',
    input: none,
    output: null,
    status: 204,
    run: async ({ session }) => {
      const ended = await identity.signOut(session)
      return ended.ok ? ok(undefined) : ended
    }
  }),
  signedIn({
    method: 'GET',
    path: restPaths.directory,
    summary: 'All others who can be called',
    input: none,
    output: directoryAnswer,
    status: 200,
    run: async ({ session }) => ok({ result: await lists.directory(session) })
  }),
  signedIn({
    method: 'GET',
    path: restPaths.history,
    summary: 'Calls that are over, newest first',
    input: { from: 'query', schema: historyQuery },
    output: historyAnswer,
    status: 200,
    run: ({ session, input }) => lists.history(session, input.cursor, input.limit)
  }),
  signedIn({
    method: 'GET',
    path: restPaths.favourites,
    summary: 'Usernames in the order the user keeps them',
    input: none,
    output: favourites,
    status: 200,
    run: async ({ session }) => ok(await lists.favourites(session))
  }),
  signedIn({
    method: 'PUT',
    path: restPaths.favourites,
    summary: 'Replaces the favourites',
    input: { from: 'body', schema: favourites },
    output: favourites,
    status: 200,
    run: ({ session, input }) => lists.setFavourites(session, input)
  }),
  signedIn({
    method: 'GET',
    path: restPaths.preferences,
    summary: 'What the user wants of calls that come in',
    input: none,
    output: preferences,
    status: 200,
    run: async ({ session }) => ok(await lists.preferences(session))
  }),
  signedIn({
    method: 'PUT',
    path: restPaths.preferences,
    summary: 'Sets call waiting and do not disturb, for all devices of the user',
    input: { from: 'body', schema: preferencesChange },
    output: preferences,
    status: 200,
    run: ({ session, input }) => lists.setPreferences(session, input)
  }),
  signedIn({
    method: 'GET',
    path: restPaths.blocked,
    summary: 'Usernames whose calls do not come through',
    input: none,
    output: blocked,
    status: 200,
    run: async ({ session }) => ok(await lists.blocked(session))
  }),
  signedIn({
    method: 'PUT',
    path: restPaths.blocked,
    summary: 'Replaces the block list; who stands in it meets an unreachable user',
    input: { from: 'body', schema: blocked },
    output: blocked,
    status: 200,
    run: ({ session, input }) => lists.setBlocked(session, input)
  })
]
