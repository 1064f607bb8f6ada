// The sweeper: every hour for as long as the server runs, also after one that failed, and never after its stop.
import { expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import { hourMs } from '../../../../common/time.ts'
import { startSweeper } from '../../../../server/store/sweeper.ts'
import { createFakeClock, start } from '../calls/fakes.ts'

it('sweeps every hour, also after a failure, until it is stopped', async () => {
  const clock = createFakeClock()
  const swept: number[] = []
  const sweeper = startSweeper({
    sweep: (now) => {
      swept.push(now - start)
      return swept.length === 1 ? Promise.reject(new Error('away')) : Promise.resolve()
    },
    clock,
    log: silentLogger
  })
  await clock.advance(hourMs - 1)
  expect(swept).toEqual([])
  await clock.advance(2 * hourMs + 1)
  expect(swept).toEqual([hourMs, 2 * hourMs, 3 * hourMs])
  sweeper.stop()
  await clock.advance(5 * hourMs)
  expect([swept.length, clock.armed()]).toEqual([3, 0])
})
