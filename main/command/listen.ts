// Hears commands from terminals of this user and hands them on: one line in, one line out, each in its shape. What a
// command does is obey.ts's.
import { createServer, type Socket } from 'node:net'
import type { Logger } from '../../common/log.ts'
import { command, longestRequest, type Command, type CommandAnswer } from '../../common/protocol/command.ts'
import { secondMs } from '../../common/time.ts'
import { makePlace, type Place } from './place.ts'

/** Who connects has its request in the first packet. */
const requestWithinMs = 2 * secondMs
const mostAtOnce = 8

export type CommandListener = { readonly close: () => void }

const parsed = (line: string): unknown => {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}

export const listenForCommands = (deps: {
  readonly userData: string
  readonly obey: (given: Command) => Promise<CommandAnswer>
  readonly log: Logger
}): CommandListener => {
  const { userData, obey, log } = deps

  const answer = async (line: string): Promise<CommandAnswer> => {
    const read = command.safeParse(parsed(line))
    if (!read.success) {
      log.warn('a command was not understood')
      return { outcome: 'unknown' }
    }
    const answered = await obey(read.data)
    log.info('a command was given', { name: read.data.name, outcome: answered.outcome })
    return answered
  }

  const serve = (socket: Socket): void => {
    let text = ''
    socket.setEncoding('utf8')
    socket.setTimeout(requestWithinMs, () => socket.destroy())
    socket.on('error', () => socket.destroy()) // Whoever asked is gone: nobody is left to be told.
    const take = (chunk: string): void => {
      text += chunk
      const end = text.indexOf('\n')
      if (end === -1) {
        if (text.length > longestRequest) socket.destroy()
        return
      }
      socket.off('data', take)
      // It may wait for the connection; what else is sent is not read.
      socket.setTimeout(0)
      void answer(text.slice(0, end)).then(
        (given) => socket.end(`${JSON.stringify(given)}\n`),
        (error: unknown) => {
          log.error('a command failed', { error: String(error) })
          socket.destroy()
        }
      )
    }
    socket.on('data', take)
  }

  let place: Place | null = null
  const server = createServer(serve)
  server.maxConnections = mostAtOnce
  const giveUp = (error: unknown): void => log.error('there is no place for commands', { error: String(error) })
  server.on('error', giveUp)
  try {
    const made = makePlace(userData)
    place = made
    server.listen(made.path, () => {
      try {
        made.announce()
      } catch (error) {
        giveUp(error)
      }
    })
  } catch (error) {
    giveUp(error)
  }
  return {
    close: () => {
      server.close()
      try {
        place?.remove()
      } catch (error) {
        log.warn('the place for commands could not be removed', { error: String(error) })
      }
    }
  }
}
