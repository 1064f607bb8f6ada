// Token buckets by key, in memory and bounded: how often somebody may do something. Reads no clock of its own.

export type BucketLimits = {
  /** How many at once. */
  readonly burst: number
  /** One more every so many milliseconds. */
  readonly everyMs: number
}

export type Buckets = {
  /** Takes one. Returns 0, or the milliseconds after which there will be one again. */
  readonly take: (key: string, now: number) => number
  /** Gives one back that turned out not to count. */
  readonly giveBack: (key: string) => void
  readonly size: () => number
}

type Bucket = { tokens: number; at: number }

/** At most `maxKeys` are remembered; then the one that was used longest ago is forgotten. */
export const createBuckets = ({ burst, everyMs }: BucketLimits, maxKeys = 10_000): Buckets => {
  const buckets = new Map<string, Bucket>()

  const filled = (key: string, now: number): Bucket => {
    const bucket = buckets.get(key)
    if (bucket === undefined) return { tokens: burst, at: now }
    // A clock that was set back fills nothing and takes nothing.
    const gained = Math.max(0, now - bucket.at) / everyMs
    return { tokens: Math.min(burst, bucket.tokens + gained), at: now }
  }
  const keep = (key: string, bucket: Bucket): void => {
    // Deleting first moves the key to the end of the Map's order.
    buckets.delete(key)
    buckets.set(key, bucket)
    if (buckets.size <= maxKeys) return
    const [oldest] = buckets.keys()
    if (oldest !== undefined) buckets.delete(oldest)
  }

  return {
    take: (key, now) => {
      const bucket = filled(key, now)
      const enough = bucket.tokens >= 1
      if (enough) bucket.tokens -= 1
      keep(key, bucket)
      return enough ? 0 : Math.ceil((1 - bucket.tokens) * everyMs)
    },
    giveBack: (key) => {
      const bucket = buckets.get(key)
      if (bucket !== undefined) bucket.tokens = Math.min(burst, bucket.tokens + 1)
    },
    size: () => buckets.size
  }
}
