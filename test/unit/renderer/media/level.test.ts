// How loud a track is shown to be, and what counts as no sound at all.
import { expect, it } from 'vitest'
import { levelOf } from '../../../../renderer/media/level.ts'

const powerAt = (decibels: number): number => 10 ** (decibels / 10)

it('is 0 for nothing, and for what the echo canceller puts in where there is nothing', () => {
  expect(levelOf(0)).toBe(0)
  expect(levelOf(powerAt(-87))).toBe(0)
  // One sample in two off by the least there is of 16 bits.
  expect(levelOf(1 / 32_768 ** 2 / 2)).toBe(0)
})

it('is a little for the quietest room, and 1 at full scale', () => {
  expect(levelOf(powerAt(-80))).toBe(0.001)
  expect(levelOf(powerAt(-30))).toBeCloseTo(0.5)
  expect(levelOf(1)).toBe(1)
})
