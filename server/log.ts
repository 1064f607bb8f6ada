// The server's logger: pino behind the common port. Fields that could hold a secret are never written.
import { pino, type DestinationStream } from 'pino'
import type { LogFields, Logger, LogLevel } from '../common/log.ts'

// Callers already keep tokens out of logs; this is the net under them.
const secretField = /token|password|secret|authorization|cookie|credential/i

const withoutSecrets = (fields: LogFields): LogFields =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, secretField.test(name) ? '[removed]' : value])
  )

type Sink = {
  readonly [level in LogLevel]: (fields: LogFields, message: string) => void
} & { readonly child: (fields: LogFields) => Sink; readonly isLevelEnabled: (level: LogLevel) => boolean }

/** `sinkOf` is asked at the first message: most loggers of a call's parts never write one. */
const adapt = (sinkOf: () => Sink): Logger => {
  let made: Sink | null = null
  const sink = (): Sink => (made ??= sinkOf())
  const writer =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      if (sink().isLevelEnabled(level)) sink()[level](withoutSecrets(fields), message)
    }
  return {
    error: writer('error'),
    warn: writer('warn'),
    info: writer('info'),
    debug: writer('debug'),
    with: (fields) => adapt(() => sink().child(withoutSecrets(fields)))
  }
}

/** One JSON line per message, on standard output unless `destination` says otherwise. */
export const createLogger = (level: LogLevel, destination?: DestinationStream): Logger => {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime } as const
  const root = destination === undefined ? pino(options) : pino(options, destination)
  return adapt(() => root)
}
