// Which requests are under way, which wait and which are refused at once. Pure; requester.ts sends them.
//
//             a place is free             answer, deadline, cancel, connection lost
//   add ──▶ waiting ───────▶ under way ────────────────────────────────────────────▶ settled
//    └── not joined: disconnected · queue full: overloaded ──────────────────────────▶ settled

import { unreachable } from '../../common/result.ts'

export const requesterLimits = { window: 8, queue: 32 } as const

export type Requester = {
  readonly joined: boolean
  /** Oldest first; keys are the driver's. */
  readonly underWay: readonly number[]
  readonly waiting: readonly number[]
}

export type RequesterEvent =
  | { readonly kind: 'joined' | 'lost' }
  | { readonly kind: 'added'; readonly key: number }
  /** It is over, for whatever reason: answered, too late or cancelled. */
  | { readonly kind: 'settled'; readonly key: number }

export type RequesterMove = {
  readonly state: Requester
  readonly send: readonly number[]
  readonly refuse: readonly { readonly key: number; readonly code: 'disconnected' | 'overloaded' }[]
}

export const idleRequester: Requester = { joined: false, underWay: [], waiting: [] }

const fill = (state: Requester): RequesterMove => {
  const free = Math.max(0, requesterLimits.window - state.underWay.length)
  const send = state.waiting.slice(0, free)
  return {
    state: { ...state, underWay: [...state.underWay, ...send], waiting: state.waiting.slice(free) },
    send,
    refuse: []
  }
}

export const stepRequester = (state: Requester, event: RequesterEvent): RequesterMove => {
  switch (event.kind) {
    case 'joined':
      return { state: { ...state, joined: true }, send: [], refuse: [] }
    case 'lost': {
      const all = [...state.underWay, ...state.waiting]
      return { state: idleRequester, send: [], refuse: all.map((key) => ({ key, code: 'disconnected' })) }
    }
    case 'added':
      if (!state.joined) return { state, send: [], refuse: [{ key: event.key, code: 'disconnected' }] }
      if (state.waiting.length >= requesterLimits.queue) {
        return { state, send: [], refuse: [{ key: event.key, code: 'overloaded' }] }
      }
      return fill({ ...state, waiting: [...state.waiting, event.key] })
    case 'settled': {
      const without = (keys: readonly number[]): readonly number[] => keys.filter((key) => key !== event.key)
      return fill({ ...state, underWay: without(state.underWay), waiting: without(state.waiting) })
    }
    default:
      return unreachable(event)
  }
}
