// What becomes of an update by what happens, as a function: the diagram stands beside the type (common/updates.ts). Pure; it
// asks nobody, downloads nothing and ends no app.
import { unreachable } from '../../common/result.ts'
import type { UpdateFault, UpdateState, UpdateWay } from '../../common/updates.ts'

export type UpdateEvent =
  | { readonly kind: 'check' }
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly version: string }
  | { readonly kind: 'progress'; readonly percent: number }
  | { readonly kind: 'downloaded'; readonly way: UpdateWay }
  | { readonly kind: 'failed'; readonly fault: UpdateFault }
  /** A call has begun, or the last one is over. */
  | { readonly kind: 'calls' }
  /** The person wants it now. */
  | { readonly kind: 'install' }
  /** The person would rather wait. */
  | { readonly kind: 'notNow' }

/** `inCall`: a call lives. What does not fit the state changes nothing: the very same value comes back. */
export const step = (state: UpdateState, event: UpdateEvent, inCall: boolean): UpdateState => {
  switch (state.at) {
    case 'off':
    case 'installing':
      return state
    case 'idle':
    case 'failed':
      return event.kind === 'check' ? { at: 'checking' } : state
    case 'checking':
      if (event.kind === 'none') return { at: 'idle', current: true }
      if (event.kind === 'failed') return { at: 'failed', fault: event.fault }
      if (event.kind !== 'found') return state
      return inCall
        ? { at: 'available', version: event.version }
        : { at: 'downloading', version: event.version, percent: 0 }
    case 'available':
      return event.kind === 'calls' && !inCall ? { at: 'downloading', version: state.version, percent: 0 } : state
    case 'downloading':
      if (event.kind === 'calls' && inCall) return { at: 'available', version: state.version }
      if (event.kind === 'downloaded') return { at: 'ready', version: state.version, way: event.way }
      if (event.kind === 'failed') return { at: 'failed', fault: event.fault }
      return event.kind === 'progress' && event.percent > state.percent ? { ...state, percent: event.percent } : state
    case 'ready':
      // One that came out since takes its place, and room where it lies; in a call it is looked for again later.
      if (event.kind === 'found' && event.version !== state.version && !inCall) {
        return { at: 'downloading', version: event.version, percent: 0 }
      }
      if (event.kind !== 'install' || state.way.by !== 'restart') return state
      return { at: inCall ? 'waiting' : 'installing', version: state.version }
    case 'waiting':
      if (event.kind === 'notNow') return { at: 'ready', version: state.version, way: { by: 'restart' } }
      return event.kind === 'calls' && !inCall ? { at: 'installing', version: state.version } : state
    default:
      return unreachable(state)
  }
}
