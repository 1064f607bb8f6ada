// Token buckets: bursts, refill, bounded memory.
import { describe, expect, it } from 'vitest'
import { createBuckets } from '../../../../server/identity/bucket.ts'

describe('createBuckets', () => {
  it('gives a burst, then one for every interval, and tells how long to wait', () => {
    const buckets = createBuckets({ burst: 2, everyMs: 1_000 })
    expect([buckets.take('a', 0), buckets.take('a', 0), buckets.take('a', 0)]).toEqual([0, 0, 1_000])
    expect(buckets.take('a', 400)).toBe(600)
    expect(buckets.take('a', 1_000)).toBe(0)
    expect(buckets.take('a', 1_000)).toBe(1_000)
    expect(buckets.take('b', 1_000)).toBe(0)
  })

  it('never holds more than the burst', () => {
    const buckets = createBuckets({ burst: 1, everyMs: 10 })
    buckets.take('a', 0)
    buckets.giveBack('a')
    buckets.giveBack('a')
    expect(buckets.take('a', 1_000_000)).toBe(0)
    expect(buckets.take('a', 1_000_000)).toBe(10)
  })

  it('is neither emptied nor filled by a clock that is set back', () => {
    const buckets = createBuckets({ burst: 2, everyMs: 1_000 })
    buckets.take('a', 10_000)
    expect(buckets.take('a', 0)).toBe(0)
    expect(buckets.take('a', 0)).toBe(1_000)
  })

  it('forgets the key that was used longest ago', () => {
    const buckets = createBuckets({ burst: 1, everyMs: 1_000 }, 2)
    buckets.take('a', 0)
    buckets.take('b', 0)
    buckets.take('a', 0)
    buckets.take('c', 0)
    expect(buckets.size()).toBe(2)
    expect(buckets.take('a', 0)).toBe(1_000)
    expect(buckets.take('b', 0)).toBe(0)
  })
})
