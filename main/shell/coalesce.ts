// Carries out the newest of several values that come close together, after what is more urgent.
import type { Clock } from '../../common/time.ts'

/** Short enough to seem at once, long enough for the sound of an answered call to come first. */
const afterMs = 100

/** `run` gets the last value of each such time. What is drawn slowly (menus) does not hold up a call. */
export const coalesce = <T>(clock: Clock, run: (value: T) => void): ((value: T) => void) => {
  let waiting: { value: T } | null = null
  return (value) => {
    if (waiting !== null) {
      waiting.value = value
      return
    }
    waiting = { value }
    clock.at(clock.now() + afterMs, () => {
      const due = waiting
      waiting = null
      if (due !== null) run(due.value)
    })
  }
}
