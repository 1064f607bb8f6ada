// How much time has passed, whatever the clock on the wall is set to. Pure: where time comes from is handed in.

/** Where time comes from, in ms: the clock on the wall, one that nobody sets, and one that goes on while the machine sleeps. */
export type TimeSources = {
  readonly wall: () => number
  readonly steady: () => number
  readonly withSleep: () => number
}

/** Less than this is no sleep but a step of the time service, or the grain of a clock. */
const sleepMs = 1_000

/** Tells at each asking how many ms have passed since the one before: awake, and in a sleep of the machine. */
export const createPassing = ({ wall, steady, withSleep }: TimeSources): (() => { awake: number; asleep: number }) => {
  let at = steady()
  let aheadBy = wall() - at
  /** How much the machine had slept when that was last looked at. */
  let slept = withSleep() - at
  return () => {
    const awake = steady() - at
    at += awake
    const ahead = wall() - at
    // A sleep moves the wall's clock ahead, and so may a person: only then is it worth asking which.
    const isSuspect = ahead - aheadBy > sleepMs
    aheadBy = isSuspect ? ahead : Math.min(aheadBy, ahead)
    const more = isSuspect ? withSleep() - at - slept : 0
    if (more <= sleepMs) return { awake, asleep: 0 }
    slept += more
    return { awake, asleep: more }
  }
}
