// The call server's process: configuration in, one line when it listens, an orderly end on SIGTERM and SIGINT.
import { secondMs } from '../common/time.ts'
import { createApp } from './app.ts'
import { readConfig } from './config.ts'
import { createLogger } from './log.ts'
import { whyNotStarted } from './start-errors.ts'

const closeWithinMs = 10 * secondMs

const run = async (): Promise<void> => {
  const config = readConfig(process.env, process.argv.slice(2))
  if (!config.ok) {
    process.stderr.write(`${config.error.detail ?? config.error.code}\n`)
    process.exitCode = 2
    return
  }
  const log = createLogger(config.value.logLevel)
  try {
    const app = await createApp(config.value, { log })
    log.info('listening', { url: app.url, mediaPort: app.mediaPort, pid: process.pid })
    let ending = false
    const end = (signal: NodeJS.Signals): void => {
      // Whoever asks twice does not want to wait.
      if (ending) process.exit(1)
      ending = true
      log.info('ending', { signal })
      setTimeout(() => process.exit(1), closeWithinMs).unref()
      void app.close().then(() => {
        log.info('ended')
        process.exit(0)
      })
    }
    // Before the media library, which ends its workers at these signals: calls that are closed first do not take that for
    // the loss of their sound, and go on after a restart as they were.
    process.prependListener('SIGTERM', end)
    process.prependListener('SIGINT', end)
  } catch (error) {
    const why = whyNotStarted(error, config.value)
    log.error('the server does not start', { why, error: error instanceof Error ? error.message : String(error) })
    // Once more for whoever has started it by hand and looks for words among the lines of JSON.
    process.stderr.write(`The server does not start. ${why}\n`)
    process.exitCode = 1
  }
}

await run()
