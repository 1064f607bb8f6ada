// The value a fallible operation gives back across any boundary; says nothing about where it ran.
import type { ErrorCode } from './errors.ts'

/** What went wrong, as data: `code` decides the sentence a person reads, `detail` is for logs only. */
export type Failure = {
  readonly code: ErrorCode
  /** For developers and logs. Never shown to people, never holds a secret. */
  readonly detail?: string
  /** Milliseconds to wait before trying again, where the answerer knows. */
  readonly retryAfterMs?: number
}

export type Result<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: Failure }

export const ok = <T>(value: T): Result<T> => ({ ok: true, value })

export const fail = (code: ErrorCode, detail?: string, retryAfterMs?: number): { ok: false; error: Failure } => ({
  ok: false,
  error: {
    code,
    ...(detail === undefined ? {} : { detail }),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs })
  }
})

/** For `default:` branches: the compiler proves that no case is left. Throws if a value from outside got this far. */
export const unreachable = (value: never): never => {
  throw new Error(`unreachable: ${JSON.stringify(value)}`)
}
