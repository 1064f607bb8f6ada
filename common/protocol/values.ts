// Schemas of the values that several messages share. Schemas only: nothing is sent or decided here.
import { z } from 'zod'
import { errorCodes } from '../errors.ts'
import { callDirections, callRoles, endAuthors, endDetails, finishReasons } from '../call/end.ts'
import { wireStatuses } from '../call/status.ts'

/** Version of the wire protocol this code speaks, and the oldest it still understands. */
export const protocolVersion = 1
export const minProtocolVersion = 1

/** Largest message either side accepts, in bytes. */
export const maxMessageBytes = 64 * 1024

/** A text that can be stored: no control characters, no halves of characters. It may be empty. */
export const storable = z.string().regex(/^[^\p{Cc}\p{Cs}]*$/u)

export const id = storable.min(1).max(64)
/** Milliseconds since the epoch on the server's clock. */
export const epochMs = z.number().int().nonnegative()
export const durationMs = z.number().int().nonnegative()

export const username = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[\p{L}\p{N}+*#._@-]+$/u)

/** A name in the languages of the interface; `fa` falls back to `en` where it is empty. */
export const names = z.object({ en: z.string().max(128), fa: z.string().max(128) })
export type Names = z.infer<typeof names>

export const peer = z.object({ userId: id, username, names })
export type Peer = z.infer<typeof peer>

/** Whether somebody can be called now, as others see it. */
export const availabilities = ['available', 'in_call', 'do_not_disturb', 'offline'] as const
export type Availability = (typeof availabilities)[number]

export const failure = z.object({
  code: z.enum(errorCodes).catch('internal'),
  detail: z.string().max(500).optional(),
  retryAfterMs: durationMs.optional()
})

export const mediaStates = ['connected', 'disconnected'] as const
export type MediaState = (typeof mediaStates)[number]
export const mediaState = z.enum(mediaStates)

/**
 * What one device has to do with a call.
 *
 *   offered ──alert is up──▶ alerting ──accepts, first──▶ chosen ──▶ gone
 *      └──────────────────────┴─── answered or declined elsewhere, or the call ended ──▶ gone
 *
 * The caller's device is chosen from the start.
 */
export const legPhases = ['offered', 'alerting', 'chosen', 'gone'] as const
export type LegPhase = (typeof legPhases)[number]

export const callEnd = z.object({
  reason: z.enum(finishReasons).catch('unknown'),
  by: z.enum(endAuthors).catch('server'),
  detail: z.enum(endDetails).optional().catch(undefined),
  at: epochMs
})
export type CallEnd = z.infer<typeof callEnd>

const bothRoles = <T extends z.ZodType>(value: T) => z.object({ caller: value, receptor: value })

/** A call as the server shows it to one device. Newer `seq` replaces older, within one boot of the server. */
export const callSnapshot = z.object({
  id,
  seq: z.number().int().nonnegative(),
  status: z.enum(wireStatuses),
  direction: z.enum(callDirections),
  caller: peer,
  receptor: peer,
  /** The phase of the device that gets this snapshot. */
  leg: z.enum(legPhases),
  media: bothRoles(mediaState),
  muted: bothRoles(z.boolean()),
  /** Whether that side has put the other on hold. Held by either: neither speaks nor hears; the talk goes on. */
  held: bothRoles(z.boolean()),
  /** The receptor was in another call when this one came: ring softly. Shown to the receptor only. */
  waiting: z.boolean().default(false),
  /** The receptor does not want to be disturbed: show it, alert in no way. Shown to the receptor only. */
  silent: z.boolean().default(false),
  /** Another device of this user has the call and offers this one to go on with it. */
  moving: z.boolean().default(false),
  /** The call this one came from by a transfer, or the failed one that a recall follows. Shown to the caller only. */
  transferOf: id.optional(),
  /** Whom one side is being connected to meanwhile; this call counts as held until that is decided. */
  transfer: peer.nullable().default(null),
  /** Why the transfer that this side asked for came to nothing, until the next one. Phones show it for a while after `at`. */
  transferFailed: z
    .object({ to: peer, reason: z.enum(finishReasons).catch('unknown'), at: epochMs })
    .nullable()
    .default(null),
  /** Who takes part besides the two sides; empty: no conference. */
  conference: z.array(peer).max(8).default([]),
  /** Made by a back end: this device may join it as the caller. */
  joinable: z.boolean().default(false),
  /** The talk with Echo of a check of calls: in nobody's past calls, and no talk to those who look whether one is free. */
  check: z.boolean().default(false),
  /** With Echo, which nobody can be connected or talk together with. */
  echo: z.boolean().default(false),
  createdAt: epochMs,
  /** Talk time: `ms` until `since`, running from `since` where that is not null. */
  talk: z.object({ ms: durationMs, since: epochMs.nullable() }),
  maxDurationMs: durationMs.optional(),
  end: callEnd.optional(),
  /** The server's clock when it made this snapshot. */
  now: epochMs
})
export type CallSnapshot = z.infer<typeof callSnapshot>

export const role = z.enum(callRoles)
