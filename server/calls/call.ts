// A call as a value: plain data that survives JSON, and the questions one may ask of it. Nothing here changes a call;
// step.ts does.
//
//         newCall        the caller joins      a device alerts       one accepts      both legs connected
//   (none) ─────▶ new ──────────────▶ trying ──────────────▶ ringing ──────────▶ accepted ──────▶ conversation
//                  │ newMs              │ tryingMs             │ ringingMs           │ acceptedMs    │  ▲
//                  ▼                    ▼                      ▼                     ▼      leg lost ▼  │ leg back
//          no_one_connected        unreachable               missed     media_connection_broken     paused
//                                                                                 ▲                   │ pausedMs
//                                                                                 └───────────────────┘
//   any of these ── busy · rejected · hangup · killed · call_received · call_duration_exceeded ·
//                   messaging_connection_broken (socketLostMs) ──▶ finished
//
// What an answered call may be besides, each apart from the others and from its status:
//
//   together ◀── either side holds, both let go ──▶ held
//      │ ▲                          ┌── nobody answered, taken back, too long ──▶ (as before)
//      │ └──────── transferring ◀───┤
//      │                            └── answered, or who transfers hangs up ──▶ finished, detail transferred
//      ├── merged ──▶ in a conference ── split, or the other call ends ──▶ (as before)
//      └── move ──▶ offered to own devices ── one takes it: it is the chosen one · taken back, ringingMs ──▶ (as before)
//
// Every live state has a deadline (deadline.ts), except a conversation that is healthy and has no longest talk time.
import type { CallRole, FinishReason } from '../../common/call/end.ts'
import { isAnswered } from '../../common/call/status.ts'
import type { CallId, DeviceId } from '../../common/ids.ts'
import type { EpochMs } from '../../common/time.ts'
import type { CallEnd, MediaState, Peer, WireStatus } from '../../common/types.ts'
import type { LegMedia } from '../ports.ts'
import type { CallRules } from './limits.ts'

/** The device of the echo service: it lives in the server and needs neither socket nor transports. */
export const echoDevice: DeviceId = 'echo'

/** Why and when a device's part in the call was over. */
export type Leaving = {
  readonly at: EpochMs
  /** The call's `seq` of the transition that ended it: what this device is shown stays at that. */
  readonly seq: number
  readonly why: 'answered_elsewhere' | 'declined_elsewhere' | 'ended'
}

/** The media of one leg, in the making that `epoch` counts: 0 before the first. */
export type LegState = {
  readonly epoch: number
  /** As the media server sees it. */
  readonly server: LegMedia
  /** As the phone reports it; it may know of a loss before the server does. */
  readonly phone: MediaState
}

/**
 * What one device has to do with the call.
 *
 *   offered ──its alert is up──▶ alerting ──accepts, first──▶ chosen
 *
 * `left` ends that, at whatever phase. The caller's device is chosen from the start.
 */
export type Leg = {
  readonly deviceId: DeviceId
  readonly side: CallRole
  readonly phase: 'offered' | 'alerting' | 'chosen'
  readonly left: Leaving | null
  readonly socketLostAt: EpochMs | null
  readonly media: LegState
  /** Offered, by another device of the same side, to go on with the talk. */
  readonly moving: boolean
}

/** How a call meets its receptor: decided as its caller joins, by what the receptor wants and does just then. */
export type Reception = {
  /** The receptor is in another call. */
  readonly waiting: boolean
  /** The receptor does not want to be disturbed. */
  readonly silent: boolean
  /** The receptor does not want this caller: nobody is offered the call, and nobody is told why. */
  readonly blocked: boolean
}

/** Connecting the other side to somebody else. This call counts as held meanwhile. */
export type Transfer = {
  /** The new call. */
  readonly callId: CallId
  readonly to: Peer
  /** Who connects. */
  readonly by: CallRole
  readonly since: EpochMs
}

/** Why the last transfer came to nothing. It stands until the next one; how long it is shown is the phones' to say. */
export type TransferFailure = {
  readonly to: Peer
  /** Who asked for it, and is told. */
  readonly by: CallRole
  /** How the new call ended. */
  readonly reason: FinishReason
  readonly at: EpochMs
}

/** Where a call came from that nobody dialled. */
export type Origin = {
  readonly callId: CallId
  /** The call that somebody asked for, however many transfers ago. */
  readonly first: CallId
  /** Who gets the caller back if this call is not answered; null: that is what this one is. */
  readonly by: Peer | null
}

export type Conference = {
  /** The other call. */
  readonly callId: CallId
  /** The side whose device mixes. */
  readonly host: CallRole
  readonly with: Peer
}

export type Call = {
  /** The shape of this value, for values written by another version. */
  readonly version: 1
  readonly id: CallId
  readonly roomId: string
  readonly applicationId: string
  readonly kind: 'person' | 'echo'
  /** A phone tries its own lines with Echo: nobody has called anybody. */
  readonly check: boolean
  readonly caller: Peer
  readonly receptor: Peer
  readonly rules: CallRules
  readonly maxDurationMs: number | null
  readonly createdAt: EpochMs
  /** One more with every transition. */
  readonly seq: number
  readonly status: WireStatus
  /** When `status` was reached. */
  readonly since: EpochMs
  /** No deadline is earlier: after a restart everyone gets time to come back. */
  readonly notBefore: EpochMs
  readonly legs: readonly Leg[]
  readonly muted: Readonly<Record<CallRole, boolean>>
  readonly held: Readonly<Record<CallRole, boolean>>
  readonly reception: Reception
  readonly transfer: Transfer | null
  readonly transferFailed: TransferFailure | null
  readonly transferOf: Origin | null
  readonly conference: Conference | null
  /** Since when the talk is offered to other devices of one side. */
  readonly movingSince: EpochMs | null
  /** When the first conversation began. */
  readonly startedAt: EpochMs | null
  /** Talk time: `ms` until `since`, running from `since` where that is not null, which is only in conversation. */
  readonly talk: { readonly ms: number; readonly since: EpochMs | null }
  readonly end: CallEnd | null
}

export const legOf = (call: Call, deviceId: DeviceId): Leg | null =>
  call.legs.find((leg) => leg.deviceId === deviceId) ?? null

/** Whether a device that signed in for the call `scope` alone, or for all (null), may have to do with this one. */
export const isWithin = ({ id, transferOf }: Call, scope: CallId | null): boolean =>
  scope === null || scope === id || scope === transferOf?.first

const isIn = ({ left }: Leg): boolean => left === null || left.why === 'ended'

/** The device that speaks for a side: the caller's, and of the receptor's the one that accepted, until it moved on. */
export const chosenLeg = (call: Call, side: CallRole): Leg | null =>
  call.legs.find((leg) => leg.side === side && leg.phase === 'chosen' && isIn(leg)) ?? null

/** Whether nobody may speak or hear for now, though the talk goes on. */
export const isHeld = ({ held, transfer }: Call): boolean => held.caller || held.receptor || transfer !== null

// Nothing flows while a call is held, so a leg that was made anew meanwhile is as good as it can be.
const mediaFlows = (call: Call, { media }: Leg): boolean =>
  media.phone === 'connected' && (media.server === 'flowing' || (media.server === 'up' && isHeld(call)))

/** Whether a leg is `connected` for the delegate: its media flows, and the call is one that may flow. */
const isConnected = (call: Call, side: CallRole): boolean => {
  // The echo's leg is as good as the caller's: it is the caller's own sound.
  const leg = chosenLeg(call, call.kind === 'echo' ? 'caller' : side)
  return isAnswered(call.status) && leg !== null && leg.left === null && mediaFlows(call, leg)
}

export const mediaOf = (call: Call): Readonly<Record<CallRole, MediaState>> => ({
  caller: isConnected(call, 'caller') ? 'connected' : 'disconnected',
  receptor: isConnected(call, 'receptor') ? 'connected' : 'disconnected'
})

/** Talk time at `now`. */
export const talkMs = ({ talk }: Call, now: EpochMs): number =>
  talk.since === null ? talk.ms : talk.ms + Math.max(0, now - talk.since)
