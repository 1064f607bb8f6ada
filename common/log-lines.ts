// Lines of the app's own log, as they are read again to be shown and copied. What writes them is main/log.ts.
import type { LogLevel } from './log.ts'

export type LogLine = {
  readonly at: number
  readonly level: LogLevel
  /** The message with its fields; of an error with where it came from, several lines. */
  readonly text: string
}

/** The most serious first. */
export const logLevels: readonly LogLevel[] = ['error', 'warn', 'info', 'debug']
/** So many are read and shown: the newest. */
export const mostLogLines = 2_000
/** What is longer is cut. */
export const longestLogLine = 4_000

export type LogEnd = {
  /** The oldest first; what could be a secret is taken out. */
  readonly lines: readonly LogLine[]
  /** Where the log goes on. */
  readonly next: number
  /** Whether these are all that are to be shown, and not those that follow the ones before. */
  readonly anew: boolean
}

export type CallLines = {
  readonly lines: readonly LogLine[]
  /** When the oldest line was written that is still kept; null where there is none. */
  readonly since: number | null
}
