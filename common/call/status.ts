// The eight call states of the delegate and the questions one may ask of them. No state is changed here.
//
//            create        caller joins      a device alerts     one accepts      both legs up
//   (none) ─────────▶ new ─────────▶ trying ─────────▶ ringing ─────────▶ accepted ─────────▶ conversation
//                      │                │                 │                  │         leg lost ▼ ▲ leg back
//                      │                │                 │                  │             paused
//                      ▼                ▼                 ▼                  ▼                  │
//                      └────────────────┴──────── finished ◀────────────────┴──────────────────┘
//                                                    │ the phone has let go of socket and media
//                                                    ▼
//                                                 flushed   (on the phone only, never on the wire)
import { unreachable } from '../result.ts'

/** States the server knows and sends. */
export const wireStatuses = ['new', 'trying', 'ringing', 'accepted', 'conversation', 'paused', 'finished'] as const
export type WireStatus = (typeof wireStatuses)[number]

/** States the delegate announces. */
export const callStatuses = [...wireStatuses, 'flushed'] as const
export type CallStatus = (typeof callStatuses)[number]

/** True while the call can still go on. */
export const isLive = (status: CallStatus): boolean => {
  switch (status) {
    case 'new':
    case 'trying':
    case 'ringing':
    case 'accepted':
    case 'conversation':
    case 'paused':
      return true
    case 'finished':
    case 'flushed':
      return false
    default:
      return unreachable(status)
  }
}

/** True once a receptor device has taken the call, until its end. */
export const isAnswered = (status: CallStatus): boolean => {
  switch (status) {
    case 'accepted':
    case 'conversation':
    case 'paused':
      return true
    case 'new':
    case 'trying':
    case 'ringing':
    case 'finished':
    case 'flushed':
      return false
    default:
      return unreachable(status)
  }
}

/** How far a state is along the call's way; a later state never goes back to an earlier rank. */
export const rank = (status: CallStatus): number => {
  switch (status) {
    case 'new':
      return 0
    case 'trying':
      return 1
    case 'ringing':
      return 2
    case 'accepted':
      return 3
    case 'conversation':
    case 'paused':
      return 4
    case 'finished':
      return 5
    case 'flushed':
      return 6
    default:
      return unreachable(status)
  }
}
