// What can happen to a call, as data. Who may cause what is decided by step.ts; where events come from by registry.ts.
import type { DeviceId } from '../../common/ids.ts'
import type { EpochMs } from '../../common/time.ts'
import type { CallCommand, LegMedia } from '../ports.ts'

/** The limits that can run out. */
export type Due =
  'new' | 'trying' | 'ringing' | 'accepted' | 'paused' | 'duration' | 'caller_socket' | 'receptor_socket'

/** Commands that need more than the call itself: registry.ts makes other events of them. */
export type ComposedKind = 'transfer' | 'merge' | 'move' | 'join'

export type PlainCommand = Exclude<CallCommand, { readonly kind: ComposedKind }>

export type CallEvent =
  /** A phone's command. */
  | PlainCommand
  /** The application's back end ends the call. */
  | { readonly kind: 'kill' }
  /** The caller's device is there. */
  | { readonly kind: 'join'; readonly deviceId: DeviceId }
  /** A device of the receptor can be reached. */
  | { readonly kind: 'offer'; readonly deviceId: DeviceId }
  /** The receptor does not take the call: another one has it, or the two called each other. */
  | { readonly kind: 'turnAway'; readonly why: 'busy' | 'glare' }
  | { readonly kind: 'socketLost'; readonly deviceId: DeviceId }
  /** `knows`: the phone still has the call. One that was started anew has no media for it, and no alert. */
  | { readonly kind: 'socketBack'; readonly deviceId: DeviceId; readonly knows: boolean }
  /** How far a leg's media is, from the media server. */
  | { readonly kind: 'mediaFact'; readonly deviceId: DeviceId; readonly epoch: number; readonly media: LegMedia }
  /** The server has started again: no socket and no media is left of before. `aliveAt`: when it was last known to be up. */
  | { readonly kind: 'recovered'; readonly aliveAt: EpochMs | null }
  | { readonly kind: 'due'; readonly limit: Due }
