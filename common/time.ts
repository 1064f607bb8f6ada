// Time as plain numbers: units and the clock port. Nothing here reads a clock.

/** Milliseconds since the Unix epoch, on the clock of whoever made the value. */
export type EpochMs = number

/** The one way to read time and to wait. Real ones live in main and server, fake ones in tests. */
export type Clock = {
  readonly now: () => EpochMs
  /** Calls `run` once at or after `at` (never early, never synchronously); the returned function cancels it. */
  readonly at: (at: EpochMs, run: () => void) => () => void
}

export const secondMs = 1_000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
