// The three classes of a call's answer to an event. Which one it is, is decided in step.ts and leg-step.ts.
import type { ErrorCode } from '../../common/errors.ts'
import type { Call } from './call.ts'
import type { Transition } from './move.ts'

export type Reaction =
  | { readonly did: 'acted'; readonly call: Call; readonly transitions: readonly Transition[] }
  | { readonly did: 'nothing' }
  | { readonly did: 'refused'; readonly code: ErrorCode }

export const acted = (transition: Transition): Reaction => ({
  did: 'acted',
  call: transition.call,
  transitions: [transition]
})

/** The call changed in a way that no phone is shown. */
export const silently = (call: Call): Reaction => ({ did: 'acted', call, transitions: [] })

export const nothing: Reaction = { did: 'nothing' }

export const refused = (code: ErrorCode): Reaction => ({ did: 'refused', code })
