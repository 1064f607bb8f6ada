// Which day something was.
import { describe, expect, it } from 'vitest'
import { daysBefore } from '../../../../renderer/state/format.ts'
import { hourMs } from '../../../../common/time.ts'

describe('daysBefore', () => {
  it('counts midnights, not hours', () => {
    const noon = new Date(2026, 10, 20, 12).getTime()
    expect(daysBefore(noon - hourMs, noon)).toBe(0)
    expect(daysBefore(new Date(2026, 10, 19, 23, 59).getTime(), new Date(2026, 10, 20, 0, 1).getTime())).toBe(1)
    expect(daysBefore(noon - 7 * 24 * hourMs, noon)).toBe(7)
  })
})
