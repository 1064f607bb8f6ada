// What a presented refresh token means, and what becomes of the others of its family. Pure; server/store carries it out.

export const refreshStates = ['current', 'previous', 'spent'] as const
/**
 * One refresh token in its family. At most one is current; a new one is made at each use.
 *
 *              used                      its successor used
 *   current ─────────▶ previous ──────────────────────────────▶ spent
 *      │                  │  ▲ used again: the answer was lost,    ▲
 *      │                  └──┘ its successor is replaced           │
 *      └──── never arrived, replaced by another successor ────────┘
 *
 * Spent and presented: somebody has a copy. The whole family is revoked.
 */
export type RefreshState = (typeof refreshStates)[number]

export type RefreshFacts = {
  readonly state: RefreshState
  readonly expiresAt: number
  /** The sign-in was revoked. */
  readonly revoked: boolean
}

export type RefreshVerdict = 'rotate' | 'reused' | 'refused'

/** What to do when the token with these facts is presented at `now`. */
export const judgeRefresh = (facts: RefreshFacts, now: number): RefreshVerdict => {
  if (facts.revoked) return 'refused'
  // A spent token is a theft however old it is.
  if (facts.state === 'spent') return 'reused'
  return facts.expiresAt <= now ? 'refused' : 'rotate'
}

/**
 * The state of every token of the family after `presented` was rotated; the new token becomes the current one.
 * Using the current one proves that it arrived, so the one before it is spent; using the one before shows that the
 * current one did not arrive (or was stolen on its way), so that one is spent.
 */
export const afterRotation = (state: RefreshState, isPresented: boolean): RefreshState =>
  isPresented && state !== 'spent' ? 'previous' : 'spent'
