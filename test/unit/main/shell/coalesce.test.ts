// What is drawn slowly comes once for many changes, and never in the turn of the change itself.
import { expect, it } from 'vitest'
import { coalesce } from '../../../../main/shell/coalesce.ts'
import { createFakeClock } from './fixtures.ts'

it('runs once with the newest value, a moment after the first change, and again for a later one', () => {
  const clock = createFakeClock()
  const runs: string[] = []
  const show = coalesce(clock, (value: string) => runs.push(`${value} ${String(clock.now())}`))
  show('ringing')
  clock.advance(60)
  show('accepted')
  expect(runs).toEqual([])
  clock.advance(200)
  show('conversation')
  clock.advance(200)
  expect(runs).toEqual(['accepted 100', 'conversation 360'])
})
