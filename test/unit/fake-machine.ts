// A machine whose clock can be set and that can sleep, for the tests of both clocks. A fake: nothing passes by itself.
import type { TimeSources } from '../../common/steady-time.ts'

/** `createTime` is the clock under test. */
export const createFakeMachine = (createTime: (sources: TimeSources) => () => number) => {
  let wall = 1_700_000_000_000
  let steady = 50_000
  let asleep = 0
  const now = createTime({ wall: () => wall, steady: () => steady, withSleep: () => steady + asleep })
  return {
    now,
    wall: () => wall,
    pass: (ms: number) => {
      wall += ms
      steady += ms
    },
    set: (byMs: number) => {
      wall += byMs
    },
    sleep: (ms: number) => {
      wall += ms
      asleep += ms
    }
  }
}
