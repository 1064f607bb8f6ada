// What a presented refresh token means: every state, and random histories of a family against a thief and a lossy network.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { afterRotation, judgeRefresh, type RefreshState } from '../../../../server/identity/rotation.ts'

const fresh = { expiresAt: 1_000, revoked: false }

describe('judgeRefresh', () => {
  it.each([
    ['current', 999, 'rotate'],
    ['previous', 999, 'rotate'],
    ['spent', 999, 'reused'],
    ['current', 1_000, 'refused'],
    ['previous', 1_000, 'refused'],
    ['spent', 1_000, 'reused']
  ] as const)('%s at %d is %s', (state, now, verdict) => {
    expect(judgeRefresh({ ...fresh, state }, now)).toBe(verdict)
  })

  it.each(['current', 'previous', 'spent'] as const)('%s of a revoked family is refused', (state) => {
    expect(judgeRefresh({ ...fresh, state, revoked: true }, 0)).toBe('refused')
  })
})

/** A family as the store keeps it. Tokens are numbers, the newest is the greatest. */
const createFamily = () => {
  let states: RefreshState[] = ['current']
  let revoked = false
  return {
    present: (token: number): number | null => {
      const state = states[token]
      if (state === undefined) throw new Error('no such token')
      const verdict = judgeRefresh({ state, expiresAt: 1, revoked }, 0)
      if (verdict === 'reused') revoked = true
      if (verdict !== 'rotate') return null
      states = [...states.map((before, index) => afterRotation(before, index === token)), 'current']
      return states.length - 1
    },
    states: () => states,
    revoked: () => revoked
  }
}

describe('a family of refresh tokens', () => {
  it('lets the one before try again until its successor is used', () => {
    const family = createFamily()
    expect(family.present(0)).toBe(1)
    expect(family.present(0)).toBe(2)
    expect(family.states()).toEqual(['previous', 'spent', 'current'])
    expect(family.present(2)).toBe(3)
    expect(family.states()).toEqual(['spent', 'spent', 'previous', 'current'])
    expect(family.revoked()).toBe(false)
  })

  it('is revoked by a token whose successor was used', () => {
    const family = createFamily()
    family.present(0)
    family.present(1)
    expect(family.present(0)).toBeNull()
    expect(family.revoked()).toBe(true)
    expect(family.present(2)).toBeNull()
  })

  it('has at most one current and one previous token, and never signs out a phone that loses answers', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 40 }), (arrived) => {
        const family = createFamily()
        let held = 0
        for (const arrives of arrived) {
          const next = family.present(held)
          expect(next).not.toBeNull()
          if (arrives && next !== null) held = next
          expect(family.states().filter((state) => state === 'current')).toHaveLength(1)
          expect(family.states().filter((state) => state === 'previous')).toHaveLength(1)
        }
        expect(family.revoked()).toBe(false)
      })
    )
  })

  it('finds a thief out as soon as both have used what they hold', () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { minLength: 2, maxLength: 30 }), (turns) => {
        const family = createFamily()
        const holds = { owner: 0, thief: 0 }
        for (const isThief of turns) {
          const who = isThief ? 'thief' : 'owner'
          const next = family.present(holds[who])
          if (next !== null) holds[who] = next
        }
        // Each uses what they hold twice more: one of the two cannot go on, and the family with them.
        for (const who of ['owner', 'thief', 'owner', 'thief'] as const) {
          const next = family.present(holds[who])
          if (next !== null) holds[who] = next
        }
        expect(family.revoked()).toBe(true)
      })
    )
  })
})
