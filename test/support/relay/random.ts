// Chance that can be had again: the same seed gives the same numbers. A value, so that a pure function can carry it on.

/** The state of a generator: any whole number of 32 bits. */
export type Chance = number

/** One number of 0 to 1 and the state after it (mulberry32). */
export const draw = (chance: Chance): readonly [number, Chance] => {
  const next = (chance + 0x6d2b79f5) >>> 0
  let t = Math.imul(next ^ (next >>> 15), next | 1)
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
  return [((t ^ (t >>> 14)) >>> 0) / 4_294_967_296, next]
}

/** The same as a function that remembers where it is. */
export const createRandom = (seed: number): (() => number) => {
  let chance: Chance = seed >>> 0
  return () => {
    const [value, next] = draw(chance)
    chance = next
    return value
  }
}
