// The REST contract: sign-in, directory, history, favourites. Schemas only; OpenAPI is made from them.
import { z } from 'zod'
import { callDirections, endAuthors, endDetails, finishReasons } from '../call/end.ts'
import { durationMs, epochMs, failure, id, peer, storable, username } from './values.ts'

export const signInRequest = z.object({
  username,
  password: z.string().min(1).max(256),
  device: z.object({
    /** The id this server gave this installation at an earlier sign-in of the same user; otherwise a new one is minted. */
    id: id.optional(),
    name: storable.max(128),
    platform: storable.max(32)
  })
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

export const directoryEntry = peer.extend({
  /** `echo` is the service that plays back what you say. */
  kind: z.enum(['person', 'echo']).catch('person')
})
export type DirectoryEntry = z.infer<typeof directoryEntry>
export const directoryAnswer = z.object({ result: z.array(directoryEntry) })

export const historyEntry = z.object({
  callId: id,
  direction: z.enum(callDirections),
  peer,
  createdAt: epochMs,
  /** Start of the conversation; absent if there was none. */
  startedAt: epochMs.optional(),
  finishedAt: epochMs,
  /** Talk time, without pauses. */
  durationMs,
  reason: z.enum(finishReasons).catch('unknown'),
  by: z.enum(endAuthors).catch('server'),
  detail: z.enum(endDetails).optional().catch(undefined)
})
export type HistoryEntry = z.infer<typeof historyEntry>

export const historyQuery = z.object({
  /** Opaque, from the answer before; absent for the newest. */
  cursor: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50)
})
export const historyAnswer = z.object({ result: z.array(historyEntry), next: z.string().nullable() })
export type HistoryAnswer = z.infer<typeof historyAnswer>

/** Usernames in the order the user keeps them. */
export const favourites = z.object({ usernames: z.array(username).max(200) })
export type Favourites = z.infer<typeof favourites>

/** Body of every answer that is not 2xx. */
export const restError = z.object({ error: failure })

export const restPaths = {
  sessions: '/v1/sessions',
  refresh: '/v1/sessions/refresh',
  directory: '/v1/directory',
  history: '/v1/history',
  favourites: '/v1/favourites',
  health: '/healthz'
} as const
