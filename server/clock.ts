// Real time behind the Clock port, for the server's assembly. Fake ones live in tests.
import os from 'node:os'
import { createPassing, type TimeSources } from '../common/steady-time.ts'
import type { Clock } from '../common/time.ts'

// Longer waits than this overflow the timer and would strike at once, so they are waited for in pieces.
const longestTimerMs = 2 ** 31 - 1
/** How much faster or slower than time the server's clock goes while it is wrong. */
const catchUp = 1 / 20

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
export const createTime = (sources: TimeSources = machine): (() => number) => {
  const passing = createPassing(sources)
  let shown = sources.wall()
  return () => {
    const { awake, asleep } = passing()
    shown += awake + asleep
    const off = sources.wall() - shown
    const most = awake * catchUp
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
