// Real time behind the Clock port, for the server's assembly. Fake ones live in tests.
import os from 'node:os'
import type { Clock } from '../common/time.ts'

// Longer waits than this overflow the timer and would strike at once, so they are waited for in pieces.
const longestTimerMs = 2 ** 31 - 1
/** How much faster or slower than time the server's clock goes while it is wrong. */
const catchUp = 1 / 20
/** The machine's clock is looked at for sleep only where it is off by more than a step of the time service. */
const sleepMs = 1_000

/** Where time comes from, in ms: the clock on the wall, one that nobody sets, and one that goes on while the machine sleeps. */
export type TimeSources = {
  readonly wall: () => number
  readonly steady: () => number
  readonly withSleep: () => number
}

const machine: TimeSources = {
  wall: () => Date.now(),
  steady: () => performance.now(),
  withSleep: () => os.uptime() * 1_000
}

/**
 * The time of day that never jumps: where the machine's clock is set, in either direction, this one follows it slowly, so
 * that no ring is cut short or goes on for hours and no talk grows. Only sleep, which is time that has really passed, is
 * taken over at once.
 */
export const createTime = ({ wall, steady, withSleep }: TimeSources = machine): (() => number) => {
  let shown = wall()
  let at = steady()
  /** How much the machine had slept when that was last looked at. */
  let slept = withSleep() - at
  return () => {
    const passed = steady() - at
    at += passed
    shown += passed
    if (wall() - shown > sleepMs) {
      const sleptNow = withSleep() - at
      const more = sleptNow - slept
      if (more > sleepMs) {
        shown += more
        slept = sleptNow
      }
    }
    const off = wall() - shown
    const most = passed * catchUp
    shown += Math.min(Math.max(off, -most), most)
    return Math.floor(shown)
  }
}

export const createClock = (now: () => number = createTime()): Clock => {
  const at: Clock['at'] = (time, run) => {
    let timer: NodeJS.Timeout
    const arm = (): void => {
      const leftMs = time - now()
      // Timers may fire up to a millisecond early by the clock.
      timer = setTimeout(() => (now() >= time ? run() : arm()), Math.min(Math.max(leftMs, 0), longestTimerMs))
    }
    arm()
    return () => {
      clearTimeout(timer)
    }
  }
  return { now, at }
}
