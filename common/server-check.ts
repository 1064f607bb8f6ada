// What a look at the call server found. Types only; main/session/server-check.ts looks.
import type { ErrorCode } from './errors.ts'

export type ServerCheck = {
  /** Null where it did not answer at all. */
  readonly reached: {
    /** The quickest of a few questions and answers. */
    readonly roundTripMs: number
    /** This computer's time of day minus the server's, to a second; null where the server's is not known. */
    readonly clockAheadMs: number | null
  } | null
  /** Why it takes no request of this account, or null where it does. */
  readonly refused: ErrorCode | null
}
