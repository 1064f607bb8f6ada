// The real clock behind the Clock port. Nothing else in main waits or reads the time by itself.
import { minuteMs, type Clock } from '../common/time.ts'

// A long wait looks at the clock again on its way: it may have been set, or the machine may have slept.
const lookAgainMs = minuteMs

export const createClock = (): Clock => ({
  now: () => Date.now(),
  at: (at, run) => {
    let timer: ReturnType<typeof setTimeout>
    // Timers run on another clock than Date and may be up to a millisecond early, or long before `at` if the clock
    // was set back meanwhile: look again before running.
    const arm = (): void => {
      timer = setTimeout(
        () => {
          if (Date.now() >= at) run()
          else arm()
        },
        Math.min(Math.max(at - Date.now(), 0), lookAgainMs)
      )
    }
    arm()
    return () => {
      clearTimeout(timer)
    }
  }
})
