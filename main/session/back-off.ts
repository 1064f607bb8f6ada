// How long to wait before the next try to connect: a pure policy; chance is handed in.
import { secondMs } from '../../common/time.ts'

export const backOffLimits = {
  /** Tries that failed since the last welcome; the first return waits a moment only, so that phones do not all come at once. */
  firstMs: 300,
  baseMs: secondMs,
  longestMs: 15 * secondMs,
  /** While a call lives. */
  urgentMs: secondMs
} as const

export type BackOff = {
  /** Tries that failed since the last welcome. */
  readonly failures: number
  /** 0 ≤ x < 1. */
  readonly random: number
  /** Whether a call lives. */
  readonly urgent: boolean
  /** What the server asked for, if it did. */
  readonly retryAfterMs?: number | undefined
}

/** Milliseconds until the next try: doubling, half of it by chance. */
export const backOffMs = ({ failures, random, urgent, retryAfterMs = 0 }: BackOff): number => {
  const { firstMs, baseMs, longestMs, urgentMs } = backOffLimits
  const fullMs = failures === 0 ? firstMs : Math.min(longestMs, baseMs * 2 ** Math.min(failures - 1, 10))
  const jitteredMs = Math.round(fullMs / 2 + (fullMs / 2) * random)
  // A call is worth more than the server's wish for calm.
  return urgent ? Math.min(urgentMs, jitteredMs) : Math.max(jitteredMs, retryAfterMs)
}
