// The REST contract of phones: sign-in, joining by a code, directory, favourites, preferences, block list. Schemas only;
// OpenAPI is made from them. Calls that are over are history.ts's, what back ends ask is back-end.ts's.
import { z } from 'zod'
import { callRoles } from '../call/end.ts'
import { epochMs, failure, id, peer, storable, username } from './values.ts'

const device = z.object({ name: storable.max(128), platform: storable.max(32) })

export const signInRequest = z.object({
  username,
  password: z.string().min(1).max(256),
  /** `id`: what this server gave this installation at an earlier sign-in of the same user; otherwise one is minted. */
  device: device.extend({ id: id.optional() })
})
export type SignInRequest = z.infer<typeof signInRequest>

export const tokens = z.object({
  accessToken: z.string().min(1).max(256),
  accessExpiresAt: epochMs,
  refreshToken: z.string().min(1).max(256),
  refreshExpiresAt: epochMs
})
export type Tokens = z.infer<typeof tokens>

export const signInAnswer = tokens.extend({ user: peer, deviceId: id })
export type SignInAnswer = z.infer<typeof signInAnswer>

export const refreshRequest = z.object({ refreshToken: z.string().min(1).max(256) })

/** What became of a try to join a call. */
export const joinResults = [
  'success',
  'sdk_version_not_supported',
  /** No such code for this call, or one that was used or is too old. */
  'access_denied',
  /** There is no such call. */
  'invalid_call',
  /** The call is over. */
  'call_session_finished',
  /** The server was not reached, or cannot work now: made by whoever asks, never sent. */
  'failed_to_connect',
  'unknown_error'
] as const
export type JoinResult = (typeof joinResults)[number]

/** Exchanges a one-time join code for a sign-in that is good for one call. */
export const joinRequest = z.object({
  callId: id,
  code: z.string().min(1).max(128),
  device,
  /** Of the signalling protocol, as in its handshake. */
  protocol: z.number().int().positive().optional(),
  minProtocol: z.number().int().positive().optional()
})
export type JoinRequest = z.infer<typeof joinRequest>

export const joinAnswer = z.discriminatedUnion('result', [
  signInAnswer.extend({ result: z.literal('success'), callId: id, role: z.enum(callRoles) }),
  z.object({ result: z.enum(joinResults).exclude(['success']) })
])
export type JoinAnswer = z.infer<typeof joinAnswer>

export const directoryEntry = peer.extend({
  /** `echo` is the service that plays back what you say. */
  kind: z.enum(['person', 'echo']).catch('person')
})
export type DirectoryEntry = z.infer<typeof directoryEntry>
export const directoryAnswer = z.object({ result: z.array(directoryEntry) })

/** Usernames in the order the user keeps them. */
export const favourites = z.object({ usernames: z.array(username).max(200) })
export type Favourites = z.infer<typeof favourites>

export const disturbances = ['off', 'busy', 'silent'] as const

/** What a user wants of calls that come in; the server keeps to it for all devices. */
export const preferences = z.object({
  /** A second call rings softly; otherwise its caller finds the line busy. */
  callWaiting: z.boolean(),
  /** `busy`: callers find the line busy. `silent`: devices show the call and alert nobody. */
  doNotDisturb: z.enum(disturbances).catch('off')
})
export type Preferences = z.infer<typeof preferences>
export const preferencesChange = preferences.extend({ doNotDisturb: z.enum(disturbances) })
export const defaultPreferences: Preferences = { callWaiting: true, doNotDisturb: 'off' }

/** Users whose calls do not come through, by username. */
export const blocked = z.object({ usernames: z.array(username).max(500) })
export type Blocked = z.infer<typeof blocked>

/** Body of every answer that is not 2xx. */
export const restError = z.object({ error: failure })

export const restPaths = {
  sessions: '/v1/sessions',
  refresh: '/v1/sessions/refresh',
  directory: '/v1/directory',
  history: '/v1/history',
  historyItem: '/v1/history/{id}',
  historySeen: '/v1/history/seen',
  historyRemoved: '/v1/history/removed',
  historyRestored: '/v1/history/restored',
  favourites: '/v1/favourites',
  preferences: '/v1/preferences',
  blocked: '/v1/blocked',
  contacts: '/v1/contacts',
  joins: '/v1/joins',
  health: '/healthz'
} as const
