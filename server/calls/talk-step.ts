// How an answered call reacts to what its two sides do in the talk: hold, mute, keys, messages, transfer, conference.
// Other calls that are part of it are together.ts's.
import type { CallRole, FinishReason } from '../../common/call/end.ts'
import { isAnswered } from '../../common/call/status.ts'
import type { CallId } from '../../common/ids.ts'
import type { EpochMs } from '../../common/time.ts'
import type { Peer } from '../../common/types.ts'
import type { TransferMode } from '../ports.ts'
import type { Call, Leg, Transfer } from './call.ts'
import { finish, move } from './move.ts'
import { withoutOffers } from './device-step.ts'
import { acted, nothing, refused, type Reaction } from './reaction.ts'

const neither: Readonly<Record<CallRole, boolean>> = { caller: false, receptor: false }

const talks = (call: Call, leg: Leg): boolean => leg.phase === 'chosen' && isAnswered(call.status)

/** A caller may mute from the start; a receptor once it has answered. */
export const muting = (call: Call, leg: Leg, muted: boolean, now: EpochMs): Reaction => {
  if (leg.phase !== 'chosen') return refused('not_allowed_now')
  if (call.muted[leg.side] === muted) return nothing
  const { deviceId } = leg
  return acted(move(call, now, { kind: 'muted', deviceId }, { muted: { ...call.muted, [leg.side]: muted } }))
}

export const holding = (call: Call, leg: Leg, held: boolean, now: EpochMs): Reaction => {
  if (!talks(call, leg)) return refused('not_allowed_now')
  if (call.held[leg.side] === held) return nothing
  const { deviceId } = leg
  return acted(move(call, now, { kind: 'held', deviceId }, { held: { ...call.held, [leg.side]: held } }))
}

/** The keys are kept in the record; nobody's view of the call changes. */
export const pressing = (call: Call, leg: Leg, digits: string, now: EpochMs): Reaction => {
  if (!talks(call, leg)) return refused('not_allowed_now')
  const { deviceId } = leg
  return acted(move(call, now, { kind: 'dtmf', deviceId, onlyTo: deviceId, told: { digits } }, {}))
}

/** Allowed or not; the message itself is nothing to the call. */
export const messaging = (call: Call, leg: Leg): Reaction => (talks(call, leg) ? nothing : refused('not_allowed_now'))

type Transferring = { readonly callId: CallId; readonly to: Peer; readonly mode: TransferMode }

export const transferring = (call: Call, leg: Leg, { callId, to, mode }: Transferring, now: EpochMs): Reaction => {
  if (!talks(call, leg) || call.kind === 'echo') return refused('not_allowed_now')
  if (call.transfer !== null || call.conference !== null) return refused('not_allowed_now')
  const { deviceId, side } = leg
  const transfer = { callId, to, by: side, since: now }
  return acted(
    mode === 'blind'
      ? finish({ ...call, transfer }, now, { reason: 'hangup', by: side, detail: 'transferred' }, deviceId)
      : move(call, now, { kind: 'transfer', deviceId }, { transfer, transferFailed: null, ...withoutOffers(call, now) })
  )
}

const transferFailed = (call: Call, { to, by }: Transfer, reason: FinishReason, now: EpochMs): Reaction =>
  acted(move(call, now, { kind: 'transfer' }, { transfer: null, transferFailed: { to, by, reason, at: now } }))

/** Who takes it back needs no reason. */
export const cancelling = (call: Call, leg: Leg, now: EpochMs): Reaction =>
  talks(call, leg) && call.transfer?.by === leg.side
    ? acted(move(call, now, { kind: 'transfer', deviceId: leg.deviceId }, { transfer: null }))
    : refused('not_allowed_now')

type TransferOver = { readonly callId: CallId; readonly failed: FinishReason | null }

export const transferOver = (call: Call, over: TransferOver, now: EpochMs): Reaction => {
  const { transfer } = call
  if (call.status === 'finished' || transfer?.callId !== over.callId) return nothing
  return over.failed === null
    ? acted(finish(call, now, { reason: 'hangup', by: transfer.by, detail: 'transferred' }))
    : transferFailed(call, transfer, over.failed, now)
}

/** Its new call was not heard of in time. */
export const transferLost = (call: Call, now: EpochMs): Reaction =>
  call.transfer === null ? nothing : transferFailed(call, call.transfer, 'unknown', now)

export const merging = (call: Call, leg: Leg, other: { callId: CallId; with: Peer }, now: EpochMs): Reaction => {
  if (call.conference?.callId === other.callId) return nothing
  if (!talks(call, leg) || call.kind === 'echo') return refused('not_allowed_now')
  if (call.transfer !== null || call.conference !== null) return refused('not_allowed_now')
  const { deviceId, side } = leg
  const conference = { callId: other.callId, host: side, with: other.with }
  // Who is in a conference is in it: nobody in there is on hold.
  return acted(
    move(call, now, { kind: 'conference', deviceId }, { conference, held: neither, ...withoutOffers(call, now) })
  )
}

export const splitting = (call: Call, leg: Leg, now: EpochMs): Reaction => {
  if (call.conference === null) return talks(call, leg) ? nothing : refused('not_allowed_now')
  if (!talks(call, leg) || call.conference.host !== leg.side) return refused('not_allowed_now')
  return acted(move(call, now, { kind: 'conference', deviceId: leg.deviceId }, { conference: null }))
}

export const part = (call: Call, callId: CallId, now: EpochMs): Reaction =>
  call.status === 'finished' || call.conference?.callId !== callId
    ? nothing
    : acted(move(call, now, { kind: 'conference' }, { conference: null }))
