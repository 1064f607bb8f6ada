// What can happen to a call, as data. Who may cause what is decided by step.ts; where events come from by registry.ts.
import type { FinishReason } from '../../common/call/end.ts'
import type { CallId, DeviceId } from '../../common/ids.ts'
import type { EpochMs } from '../../common/time.ts'
import type { Peer } from '../../common/types.ts'
import type { CallCommand, LegMedia, TransferMode } from '../ports.ts'
import type { Reception } from './call.ts'

/** The limits that can run out. */
export type Due =
  | 'new'
  | 'trying'
  | 'ringing'
  | 'accepted'
  | 'paused'
  | 'duration'
  | 'caller_socket'
  | 'receptor_socket'
  | 'transfer'
  | 'move'

/** Commands that need more than the call itself: registry.ts makes other events of them. */
type ComposedKind = 'transfer' | 'merge' | 'move' | 'join'

export type Composed = Extract<CallCommand, { readonly kind: ComposedKind }>

export const isComposed = (command: CallCommand): command is Composed =>
  command.kind === 'transfer' || command.kind === 'merge' || command.kind === 'move' || command.kind === 'join'

export type PlainCommand = Exclude<CallCommand, Composed>

export type CallEvent =
  /** A phone's command. */
  | PlainCommand
  /** The application's back end ends the call. */
  | { readonly kind: 'kill' }
  /** The caller's device is there, and how the receptor is to be met. */
  | { readonly kind: 'join'; readonly deviceId: DeviceId; readonly reception?: Reception }
  /** A device of the caller may join the call that a back end made. */
  | { readonly kind: 'invite'; readonly deviceId: DeviceId }
  /** A device of the receptor can be reached. */
  | { readonly kind: 'offer'; readonly deviceId: DeviceId }
  /** The receptor does not take the call: another one has it, or the two called each other. */
  | { readonly kind: 'turnAway'; readonly why: 'busy' | 'glare' }
  /** The chosen device connects the other side to somebody else, by the call `callId`. */
  | {
      readonly kind: 'transfer'
      readonly deviceId: DeviceId
      readonly callId: CallId
      readonly to: Peer
      readonly mode: TransferMode
    }
  /** What became of the new call: `failed` is why it ended with nobody answering; null: it was answered. */
  | { readonly kind: 'transferOver'; readonly callId: CallId; readonly failed: FinishReason | null }
  /** The call that this one was made for needs it no more. */
  | { readonly kind: 'withdraw' }
  /** The chosen device makes one conference of this call and of `callId`, where it talks to `with`. */
  | { readonly kind: 'merge'; readonly deviceId: DeviceId; readonly callId: CallId; readonly with: Peer }
  /** The other call is no longer in the conference. */
  | { readonly kind: 'part'; readonly callId: CallId }
  /** The chosen device offers the talk to others of its user. */
  | { readonly kind: 'move'; readonly deviceId: DeviceId; readonly to: readonly DeviceId[] }
  | { readonly kind: 'socketLost'; readonly deviceId: DeviceId }
  /** `knows`: the phone still has the call. One that was started anew has no media for it, and no alert. */
  | { readonly kind: 'socketBack'; readonly deviceId: DeviceId; readonly knows: boolean }
  /** How far a leg's media is, from the media server. */
  | { readonly kind: 'mediaFact'; readonly deviceId: DeviceId; readonly epoch: number; readonly media: LegMedia }
  /** The server has started again: no socket and no media is left of before. `aliveAt`: when it was last known to be up. */
  | { readonly kind: 'recovered'; readonly aliveAt: EpochMs | null }
  | { readonly kind: 'due'; readonly limit: Due }
