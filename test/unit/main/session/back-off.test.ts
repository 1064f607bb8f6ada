// The pause before the next try to connect.
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backOffLimits, backOffMs } from '../../../../main/session/back-off.ts'

describe('back-off', () => {
  it('doubles up to its limit', () => {
    const delays = [0, 1, 2, 3, 4, 5, 6, 50].map((failures) => backOffMs({ failures, random: 0.999999, urgent: false }))
    expect(delays).toEqual([300, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000])
  })

  it('leaves half to chance, so that phones do not come in step', () => {
    expect(backOffMs({ failures: 3, random: 0, urgent: false })).toBe(2_000)
    expect(backOffMs({ failures: 3, random: 0.5, urgent: false })).toBe(3_000)
  })

  it('never exceeds a second with a live call, whatever the server asks for', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        fc.nat(1_000_000),
        (failures, random, retryAfterMs) => {
          const delay = backOffMs({ failures, random, urgent: true, retryAfterMs })
          expect(delay).toBeGreaterThanOrEqual(0)
          expect(delay).toBeLessThanOrEqual(backOffLimits.urgentMs)
        }
      )
    )
  })

  it('otherwise gives the server the calm it asks for', () => {
    expect(backOffMs({ failures: 0, random: 0, urgent: false, retryAfterMs: 9_000 })).toBe(9_000)
  })
})
