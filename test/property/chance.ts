// Chance that comes out the same for the same seed.

export type Chance = {
  /** 0 ≤ x < 1. */
  readonly next: () => number
  /** A whole number, `from` ≤ x ≤ `to`. */
  readonly between: (from: number, to: number) => number
}

export const createChance = (seed: number): Chance => {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return { next, between: (from, to) => from + Math.floor(next() * (to - from + 1)) }
}
