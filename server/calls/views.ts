// What others see of a call, each derived from its value: a device's snapshot, the media plan, the record to keep.
import type { CallRole } from '../../common/call/end.ts'
import { isAnswered } from '../../common/call/status.ts'
import type { DeviceId, RequestId } from '../../common/ids.ts'
import { unreachable } from '../../common/result.ts'
import type { EpochMs } from '../../common/time.ts'
import type { CallEnd, CallSnapshot, LegPhase } from '../../common/types.ts'
import type { Signal } from '../../common/protocol/socket.ts'
import type { CallRecord, MediaPlan } from '../ports.ts'
import { echoDevice, isHeld, legOf, mediaOf, talkMs, type Call, type Leaving, type Leg } from './call.ts'
import type { PlainCommand } from './event.ts'
import type { Transition } from './move.ts'

const neither: Readonly<Record<CallRole, boolean>> = { caller: false, receptor: false }

/** A blocked caller is told what somebody is told who calls nobody. */
const shownEnd = ({ end }: Call): CallEnd | null =>
  end?.detail === 'blocked' ? { reason: end.reason, by: end.by, at: end.at } : end

/** How the call ended for a device that was out before, or by, the end. */
const endFor = (call: Call, side: CallRole, left: Leaving): CallEnd | null => {
  switch (left.why) {
    case 'answered_elsewhere':
      return { reason: 'call_received', by: side, detail: 'answered_elsewhere', at: left.at }
    case 'declined_elsewhere':
      return { reason: 'rejected', by: 'receptor', detail: 'declined_elsewhere', at: left.at }
    case 'ended':
      return shownEnd(call)
    default:
      return unreachable(left.why)
  }
}

const phaseOf = (leg: Leg): LegPhase => (leg.left === null ? leg.phase : 'gone')

/** Who asked for a transfer is told why it came to nothing; the other side was in the call that did. */
const failureFor = ({ transferFailed }: Call, side: CallRole | undefined): CallSnapshot['transferFailed'] =>
  transferFailed === null || transferFailed.by !== side
    ? null
    : { to: transferFailed.to, reason: transferFailed.reason, at: transferFailed.at }

/**
 * The call as `deviceId` is shown it at `now`. A device whose part is over is shown that end and nothing of what came
 * after. For a device that never took part it is the caller's view with a leg that is gone.
 */
export const snapshotFor = (call: Call, deviceId: DeviceId, now: EpochMs): CallSnapshot => {
  const leg = legOf(call, deviceId)
  const left = leg?.left ?? null
  const end = leg === null || left === null ? shownEnd(call) : endFor(call, leg.side, left)
  const out = left !== null && left.why === 'answered_elsewhere'
  return {
    id: call.id,
    seq: left?.seq ?? call.seq,
    status: left === null ? call.status : 'finished',
    direction: leg?.side === 'receptor' ? 'inbound' : 'outbound',
    caller: call.caller,
    receptor: call.receptor,
    leg: leg === null ? 'gone' : phaseOf(leg),
    media: out ? { caller: 'disconnected', receptor: 'disconnected' } : mediaOf(call),
    muted: out ? neither : call.muted,
    held: out ? neither : call.held,
    waiting: leg?.side === 'receptor' && call.reception.waiting,
    silent: leg?.side === 'receptor' && call.reception.silent,
    moving: leg?.moving === true && left === null,
    ...(leg?.side === 'caller' && call.transferOf !== null && { transferOf: call.transferOf.callId }),
    transfer: out ? null : (call.transfer?.to ?? null),
    transferFailed: out ? null : failureFor(call, leg?.side),
    conference: out || call.conference === null ? [] : [call.conference.with],
    joinable: call.status === 'new' && leg?.side === 'caller' && left === null,
    check: call.check,
    echo: call.kind === 'echo',
    createdAt: call.createdAt,
    talk: out ? { ms: 0, since: null } : call.talk,
    ...(call.maxDurationMs === null ? {} : { maxDurationMs: call.maxDurationMs }),
    ...(end === null ? {} : { end }),
    now
  }
}

/** What a command says to the other side's device; null where it is said to the server alone. */
export const signalOf = (command: PlainCommand): Signal | null => {
  if (command.kind === 'dtmf') return { kind: 'dtmf', digits: command.digits }
  return command.kind === 'message' ? { kind: 'message', data: command.data } : null
}

/** What the call's media shall be now; null once it is over. */
export const plan = (call: Call): MediaPlan | null => {
  if (call.status === 'finished') return null
  // Before the answer media may be prepared, and not a packet of it is forwarded; nor on hold.
  const open = isAnswered(call.status) && !isHeld(call)
  return {
    callId: call.id,
    roomId: call.roomId,
    legs: call.legs
      .filter(({ deviceId, phase, left }) => left === null && phase !== 'offered' && deviceId !== echoDevice)
      .map(({ deviceId, side, phase, media }) => ({
        deviceId,
        side,
        epoch: media.epoch,
        speaks: open && phase === 'chosen',
        hears: open && phase === 'chosen'
      })),
    echo: call.kind === 'echo'
  }
}

// How far the device got; out before the end is all that is worth keeping of one that lost.
const recordedPhase = (leg: Leg): LegPhase => (leg.left === null || leg.left.why === 'ended' ? leg.phase : 'gone')

const dataOf = ({ kind, call, deviceId, told }: Transition): Readonly<Record<string, unknown>> => {
  const by = deviceId === null ? {} : { deviceId }
  switch (kind) {
    case 'media':
    case 'paused':
      return { ...mediaOf(call), ...by }
    case 'muted':
      return { ...call.muted, ...by }
    case 'held':
      return { ...call.held, ...by }
    case 'transfer':
      return { to: call.transfer?.to.userId ?? null, callId: call.transfer?.callId ?? null, ...by }
    case 'conference':
      return { with: call.conference?.callId ?? null, ...by }
    case 'finished':
      return { reason: call.end?.reason, by: call.end?.by, detail: call.end?.detail, ...by }
    case 'dtmf':
      return { ...told, ...by }
    case 'created':
    case 'joined':
    case 'moving':
    case 'moved':
    case 'offered':
    case 'alerting':
    case 'ringing':
    case 'accepted':
    case 'conversation':
    case 'recovered':
      return by
    default:
      return unreachable(kind)
  }
}

/** The record of one transition. `creation` goes with the first of a call. */
export const record = (
  transition: Transition,
  creation?: { readonly deviceId: DeviceId; readonly requestId: RequestId }
): CallRecord => {
  const { call, at, kind } = transition
  return {
    callId: call.id,
    applicationId: call.applicationId,
    seq: call.seq,
    status: call.status,
    callerId: call.caller.userId,
    receptorId: call.receptor.userId,
    createdAt: call.createdAt,
    startedAt: call.startedAt,
    talkMs: talkMs(call, at),
    end: call.end,
    ...(call.check && { check: true }),
    legs: call.legs.map((leg) => ({ deviceId: leg.deviceId, side: leg.side, phase: recordedPhase(leg) })),
    event: { at, kind, data: dataOf(transition) },
    state: call.status === 'finished' ? null : call,
    ...(creation === undefined ? {} : { creation })
  }
}
