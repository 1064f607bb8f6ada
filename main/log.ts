// The Logger port on electron-log: one line each, to a file of bounded size and to the console. Secrets are the callers' care.
// The package's `node` entry, since its main entry opens IPC channels of its own, past the doorman.
import log from 'electron-log/node'
import type { Logger, LogFields, LogLevel } from '../common/log.ts'

const levels: readonly LogLevel[] = ['error', 'warn', 'info', 'debug']
const largestFileBytes = 2 * 1024 * 1024

/** The level that a person asked for, else `info`. */
export const levelFrom = (asked: string | undefined): LogLevel => levels.find((level) => level === asked) ?? 'info'

/** `message key=value …`: values with spaces or quotes are written as JSON, so that a line can be taken apart again. */
export const formatLine = (message: string, fields: LogFields): string => {
  const parts = Object.entries(fields).flatMap(([name, value]) => {
    if (value === undefined) return []
    const text = String(value)
    return [`${name}=${/^[^\s"=]+$/.test(text) ? text : JSON.stringify(text)}`]
  })
  return [message, ...parts].join(' ')
}

/** `file` is rotated once it has 2 MiB; the one before is kept as `….old.log`. */
export const createLogger = (options: { readonly file: string; readonly level: LogLevel }): Logger => {
  const writer = log.create({ logId: 'main' })
  writer.transports.file.resolvePathFn = () => options.file
  writer.transports.file.level = options.level
  writer.transports.file.maxSize = largestFileBytes
  // It may name people at the debug level.
  writer.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' }
  writer.transports.file.format = '{iso} {level} {text}'
  // The file has it all. What nobody reads in a terminal is not written there: each line holds the process up.
  writer.transports.console.level = process.stdout.isTTY ? options.level : 'warn'
  writer.transports.console.format = '{h}:{i}:{s}.{ms} {level} {text}'
  const loggerWith = (own: LogFields): Logger => {
    const at =
      (level: LogLevel): Logger[LogLevel] =>
      (message, fields = {}) => {
        writer[level](formatLine(message, { ...own, ...fields }))
      }
    return {
      error: at('error'),
      warn: at('warn'),
      info: at('info'),
      debug: at('debug'),
      with: (fields) => loggerWith({ ...own, ...fields })
    }
  }
  return loggerWith({})
}

/** What is written of something that was thrown: where it came from, if that is known. */
export const errorText = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error)
