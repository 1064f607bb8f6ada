// The delegate: what an app hears about its calls. Types only; main produces these values, in order, once each.
import type { CallDirection, CallEnd, CallRole, CallStatus, FinishReason, MediaState, Peer } from './types.ts'

/** The call an event is about, as it is after the event. */
export type DelegateCall = {
  readonly session: string
  /** Absent until the server has made the call. */
  readonly callId: string | null
  readonly direction: CallDirection
  readonly peer: Peer
  readonly status: CallStatus
}

export type DelegateEvent =
  /** `isLocalChange` is true exactly when this device made the change. */
  | {
      readonly kind: 'onCallStateChanged'
      readonly state: CallStatus
      readonly isLocalChange: boolean
      readonly call: DelegateCall
    }
  /** Exactly once a call, strictly after `finished`. */
  | {
      readonly kind: 'onCallFinished'
      readonly reason: FinishReason
      readonly end: CallEnd
      readonly call: DelegateCall
    }
  /** A leg as the server sees it; a change of both legs gives two events. */
  | {
      readonly kind: 'onMediaStateChanged'
      readonly role: CallRole
      readonly oldState: MediaState
      readonly newState: MediaState
      readonly call: DelegateCall
    }

/** How an app that is built on Tamas listens. Every method may be left out. */
export type CallDelegate = {
  onCallStateChanged?(state: CallStatus, isLocalChange: boolean, call: DelegateCall): void
  onCallFinished?(reason: FinishReason, call: DelegateCall): void
  onMediaStateChanged?(
    event: { readonly role: CallRole; readonly oldState: MediaState; readonly newState: MediaState },
    call: DelegateCall
  ): void
}

/** Hands one event to the delegate's method. */
export const tellDelegate = (delegate: CallDelegate, event: DelegateEvent): void => {
  switch (event.kind) {
    case 'onCallStateChanged':
      delegate.onCallStateChanged?.(event.state, event.isLocalChange, event.call)
      return
    case 'onCallFinished':
      delegate.onCallFinished?.(event.reason, event.call)
      return
    case 'onMediaStateChanged': {
      const { role, oldState, newState } = event
      delegate.onMediaStateChanged?.({ role, oldState, newState }, event.call)
    }
  }
}
