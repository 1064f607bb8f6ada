// Real time behind the Clock port, for the server's assembly. Fake ones live in tests.
import type { Clock } from '../common/time.ts'

// Longer waits than this overflow the timer and would strike at once, so they are waited for in pieces.
const longestTimerMs = 2 ** 31 - 1

export const createClock = (): Clock => {
  const at: Clock['at'] = (time, run) => {
    let timer: NodeJS.Timeout
    const arm = (): void => {
      const leftMs = time - Date.now()
      // Timers may fire up to a millisecond early by Date.
      timer = setTimeout(() => (Date.now() >= time ? run() : arm()), Math.min(Math.max(leftMs, 0), longestTimerMs))
    }
    arm()
    return () => {
      clearTimeout(timer)
    }
  }
  return { now: () => Date.now(), at }
}
