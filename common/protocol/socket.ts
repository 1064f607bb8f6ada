// The signalling contract: every request, its answer and every push, each with one schema. Types are inferred from them.
import { z } from 'zod'
import type { Result } from '../result.ts'
import { mediaAddress, mediaPush, mediaRequests } from './media.ts'
import { callRating, keptRating, metricsBatch, metricsTaken } from './quality.ts'
import { availabilities, callSnapshot, durationMs, epochMs, id, peer, role, username } from './values.ts'

/** What a phone sends in socket.io's `auth` (never in a URL). */
export const handshake = z.object({
  accessToken: z.string().min(1).max(256),
  protocol: z.number().int().positive(),
  minProtocol: z.number().int().positive(),
  client: z.object({ name: z.string().max(64), version: z.string().max(32), platform: z.string().max(32) }),
  /** Which run of the app tries, and for which time: a try that was given up may arrive after the one that followed it. */
  attempt: z.object({ run: id, number: z.number().int().nonnegative() }).optional(),
  /** On a return: the calls this phone knows, so that the welcome can say what became of them. */
  resume: z
    .object({ boot: id, calls: z.array(z.object({ callId: id, seq: z.number().int().nonnegative() })).max(32) })
    .optional()
})
export type Handshake = z.infer<typeof handshake>

const callRef = z.object({ callId: id })
const aboutCall = z.object({ call: callSnapshot })

const digits = z.string().regex(/^[0-9*#A-D]{1,32}$/)
const opaque = z.string().max(4096)

/** What one side's device tells the other's through the server, which does not read it. */
export const signal = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dtmf'), digits }),
  /** For the keys of end-to-end encryption. */
  z.object({ kind: z.literal('message'), data: opaque })
])
export type Signal = z.infer<typeof signal>

const addressed = <T extends z.ZodObject, V extends z.ZodType>(message: { data: T; value: V }) => ({
  data: mediaAddress.extend(message.data.shape) as z.ZodObject<typeof mediaAddress.shape & T['shape']>,
  value: message.value
})

/** Every request a phone may make: `data` goes up in an envelope, `value` comes back in a Result. */
export const requests = {
  /** Changes the refresh token for new tokens without a new connection. */
  'session.renew': {
    data: z.object({ refreshToken: z.string().min(1).max(256) }),
    value: z.object({ accessToken: z.string(), accessExpiresAt: epochMs, refreshToken: z.string() })
  },
  /**
   * Makes a call and joins it as the caller, at once. The request id is unique for ever: a second one gives the same call.
   * `check`: a phone tries its own lines with Echo; nobody has called anybody. Of a call to a person it says nothing.
   */
  'call.create': {
    data: z.object({ to: username, maxDurationMs: durationMs.optional(), check: z.boolean().optional() }),
    value: aboutCall
  },
  /** This device's alert is really up. */
  'call.ringing': { data: callRef, value: aboutCall },
  'call.accept': { data: callRef, value: aboutCall },
  'call.decline': { data: callRef, value: aboutCall },
  /** Ends the call, or cancels it before the answer. Idempotent. */
  'call.hangup': { data: callRef, value: aboutCall },
  'call.mute': { data: callRef.extend({ muted: z.boolean() }), value: aboutCall },
  /** Puts the other side on hold, or takes it back. */
  'call.hold': { data: callRef.extend({ held: z.boolean() }), value: aboutCall },
  /** Keys pressed in the talk: kept in the call's record and passed on to the other side. */
  'call.dtmf': { data: callRef.extend({ digits }), value: aboutCall },
  /** Passed on to the other side's device if that is connected, and kept nowhere. */
  'call.message': { data: callRef.extend({ data: opaque }), value: aboutCall },
  /** Connects the other side to somebody else. `attended`: this call waits for the answer; `blind`: it ends at once. */
  'call.transfer': {
    data: callRef.extend({ to: username, mode: z.enum(['attended', 'blind']) }),
    value: aboutCall
  },
  /** Takes an attended transfer back while nobody has answered it. */
  'call.transferCancel': { data: callRef, value: aboutCall },
  /** Makes one conference of two calls of this device; its page mixes the sound. */
  'call.merge': { data: callRef.extend({ withCallId: id }), value: aboutCall },
  'call.split': { data: callRef, value: aboutCall },
  /** Offers the talk to the user's other devices; once more takes the offer back. */
  'call.move': { data: callRef, value: aboutCall },
  /** Joins a call that a back end made, as its caller. */
  'call.join': { data: callRef, value: aboutCall },
  /** How the talk was on this device, a few samples at once, in the call and shortly after it. */
  'call.metrics': { data: metricsBatch, value: metricsTaken },
  /** What this side says of the talk, within an hour after it; the last word counts. */
  'call.rate': { data: callRating, value: keptRating },
  'media.open': addressed(mediaRequests['media.open']),
  'media.connect': addressed(mediaRequests['media.connect']),
  'media.produce': addressed(mediaRequests['media.produce']),
  'media.receive': addressed(mediaRequests['media.receive']),
  'media.restartIce': addressed(mediaRequests['media.restartIce']),
  'media.report': addressed(mediaRequests['media.report'])
} as const
export type Requests = typeof requests
export type RequestName = keyof Requests
export const requestNames = Object.keys(requests) as RequestName[]
export type RequestData<N extends RequestName> = z.infer<Requests[N]['data']>
export type RequestValue<N extends RequestName> = z.infer<Requests[N]['value']>

/** The wrapping of every request: the id makes it happen once, however often it is sent. */
export const envelope = z.object({ requestId: id, data: z.unknown() })
export type Envelope<N extends RequestName> = { requestId: string; data: RequestData<N> }

export const sessionEndReasons = ['signed_out', 'replaced', 'token_expired', 'too_slow', 'shutting_down'] as const

export const pushes = {
  /** First message on every connection; `calls` holds the live calls of this device and what became of the resumed ones. */
  'session.welcome': z.object({
    protocol: z.number().int().positive(),
    boot: id,
    deviceId: id,
    user: peer,
    now: epochMs,
    accessExpiresAt: epochMs,
    calls: z.array(callSnapshot).max(64)
  }),
  /** The server is about to close this connection, and why. After `replaced` or `signed_out` a phone does not return. */
  'session.ended': z.object({ reason: z.enum(sessionEndReasons).catch('shutting_down') }),
  /** A call was offered to this device or changed for it. One push for each transition, in order. */
  'call.changed': aboutCall,
  /** The other side's device says something, see `call.dtmf` and `call.message`. Sent once, in order, to a device that is there. */
  'call.signalled': z.object({ callId: id, from: role, signal }),
  /** How others are now. `whole`: everybody who is not named is offline; otherwise these alone have changed. */
  'availability.changed': z.object({
    whole: z.boolean(),
    users: z.array(z.object({ userId: id, is: z.enum(availabilities).catch('offline') })).max(5_000)
  }),
  'media.pushed': mediaAddress.extend({ push: mediaPush }),
  /** Lists kept by REST have changed: fetch them again when convenient. */
  'lists.changed': z.object({
    lists: z.array(z.enum(['history', 'favourites', 'directory', 'preferences', 'blocked', 'contacts'])).max(8)
  })
} as const
export type Pushes = typeof pushes
export type PushName = keyof Pushes
export const pushNames = Object.keys(pushes) as PushName[]
export type PushData<N extends PushName> = z.infer<Pushes[N]>
/** A push as a value, for code that keeps or compares them. */
export type Push = { [N in PushName]: { readonly name: N; readonly data: PushData<N> } }[PushName]

/** socket.io event maps. */
export type ClientToServerEvents = {
  [N in RequestName]: (envelope: Envelope<N>, ack: (result: Result<RequestValue<N>>) => void) => void
}
export type ServerToClientEvents = { [N in PushName]: (data: PushData<N>) => void }
