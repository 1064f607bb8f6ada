// The app's clock behind the Clock port. Nothing else in main waits or reads the time by itself.
import os from 'node:os'
import { createPassing, type TimeSources } from '../common/steady-time.ts'
import { minuteMs, type Clock } from '../common/time.ts'

// A long wait looks at the clock again on its way: the machine may have slept.
const lookAgainMs = minuteMs

const machine: TimeSources = {
  wall: () => Date.now(),
  steady: () => performance.now(),
  withSleep: () => os.uptime() * 1_000
}

/**
 * The time of day as the app began, and what has passed since, sleep included: it never jumps and is never wrong about how
 * long something took, whatever the machine's clock is set to. For the time of day ask `wallTime`.
 */
export const createTime = (sources: TimeSources = machine): (() => number) => {
  const passing = createPassing(sources)
  let shown = sources.wall()
  return () => {
    const { awake, asleep } = passing()
    shown += awake + asleep
    return Math.floor(shown)
  }
}

/** The time of day, which may jump. */
export const wallTime = machine.wall

export const createClock = (now: () => number = createTime()): Clock => ({
  now,
  at: (at, run) => {
    let timer: ReturnType<typeof setTimeout>
    // Timers may fire up to a millisecond early, and do not count sleep: look again before running.
    const arm = (): void => {
      const leftMs = Math.max(at - now(), 0)
      timer = setTimeout(() => (now() >= at ? run() : arm()), Math.min(leftMs, lookAgainMs))
    }
    arm()
    return () => {
      clearTimeout(timer)
    }
  }
})
