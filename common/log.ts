// The logger port. Levels: error = surfaced or not recoverable; warn = recovered; info = one line per lifecycle
// transition; debug = the rest. Tokens never; SDP and names never above debug.

export type LogLevel = 'error' | 'warn' | 'info' | 'debug'
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export type Logger = {
  readonly [level in LogLevel]: (message: string, fields?: LogFields) => void
} & {
  /** A logger that adds `fields` to every line. */
  readonly with: (fields: LogFields) => Logger
}

/** Drops everything: for tests that do not look at logs. */
export const silentLogger: Logger = {
  error: () => undefined,
  warn: () => undefined,
  info: () => undefined,
  debug: () => undefined,
  with: () => silentLogger
}
