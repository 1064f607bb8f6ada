// The server's clock where the machine's is set, or the machine sleeps.
import { describe, expect, it } from 'vitest'
import { createTime } from '../../../server/clock.ts'
import { createFakeMachine } from '../fake-machine.ts'

const hourMs = 3_600_000

describe("the server's clock", () => {
  it('shows the time of day', () => {
    const { now, wall, pass } = createFakeMachine(createTime)
    expect(now()).toBe(wall())
    pass(12_345)
    expect(now()).toBe(wall())
  })

  it.each([hourMs, -hourMs, 40 * hourMs])('set by %d ms it goes on evenly and does not go back', (byMs) => {
    const { now, pass, set } = createFakeMachine(createTime)
    const before = now()
    set(byMs)
    expect(now()).toBe(before)
    let last = before
    for (let second = 1; second <= 60; second += 1) {
      pass(1_000)
      const time = now()
      expect(time - last).toBeGreaterThanOrEqual(949)
      expect(time - last).toBeLessThanOrEqual(1_051)
      last = time
    }
  })

  it('catches up with the machine in the end, and stays with it', () => {
    const { now, wall, pass, set } = createFakeMachine(createTime)
    set(-60_000)
    for (let minute = 0; minute < 21; minute += 1) {
      pass(60_000)
      now()
    }
    expect(now()).toBe(wall())
    pass(5_000)
    expect(now()).toBe(wall())
  })

  it('knows at once that the machine has slept, and what was set meanwhile only slowly', () => {
    const { now, wall, pass, set, sleep } = createFakeMachine(createTime)
    now()
    sleep(8 * hourMs)
    expect(now()).toBe(wall())
    sleep(hourMs)
    set(hourMs)
    expect(wall() - now()).toBe(hourMs)
    pass(1_000)
    expect(wall() - now()).toBe(hourMs - 50)
  })
})
