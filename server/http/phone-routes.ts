// The routes of phones, and the one place that maps them to identity and lists.
import {
  blocked,
  directoryAnswer,
  favourites,
  joinAnswer,
  joinRequest,
  preferences,
  preferencesChange,
  refreshRequest,
  restPaths,
  signInAnswer,
  signInRequest,
  tokens
} from '../../common/protocol/rest.ts'
import { ok } from '../../common/result.ts'
import type { Joins } from '../back-end/ports.ts'
import type { History, Identity, Lists } from '../ports.ts'
import { createHistoryRoutes } from './history-routes.ts'
import { anyone, signedIn, type Route } from './route.ts'

export type PhoneRouteDeps = {
  readonly identity: Identity
  readonly lists: Lists
  readonly history: History
  readonly joins: Joins
}

export const createPhoneRoutes = ({ identity, lists, history, joins }: PhoneRouteDeps): readonly Route[] => [
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
  anyone({
    method: 'POST',
    path: restPaths.joins,
    summary: 'Exchanges a one-time join code for a sign-in that is good for one call',
    input: { from: 'body', schema: joinRequest },
    output: joinAnswer,
    status: 200,
    run: ({ input, address }) => joins.join(input, address)
  }),
  signedIn({
    method: 'DELETE',
    path: restPaths.sessions,
    summary: 'Signs out: all tokens of this sign-in end at once',
    input: null,
    output: null,
    status: 204,
    scoped: true,
    run: async ({ session }) => {
      const ended = await identity.signOut(session)
      return ended.ok ? ok(undefined) : ended
    }
  }),
  signedIn({
    method: 'GET',
    path: restPaths.directory,
    summary: 'All others who can be called',
    input: null,
    output: directoryAnswer,
    status: 200,
    run: async ({ session }) => ok({ result: await lists.directory(session) })
  }),
  ...createHistoryRoutes(history),
  signedIn({
    method: 'GET',
    path: restPaths.favourites,
    summary: 'Usernames in the order the user keeps them',
    input: null,
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
    input: null,
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
    input: null,
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
