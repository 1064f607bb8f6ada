// Hands a command to the app that runs and brings its answer. Starts nothing and prints nothing.
import { connect } from 'node:net'
import { commandAnswer, longestAnswer, type Command, type CommandAnswer } from '../../common/protocol/command.ts'
import { secondMs } from '../../common/time.ts'
import { findPlace } from './place.ts'

export type Asking =
  | { readonly kind: 'answer'; readonly answer: CommandAnswer }
  /** Nothing listens: it does not run, or not yet. */
  | { readonly kind: 'absent' }
  /** It listens and says nothing, or nothing that is known. */
  | { readonly kind: 'silent' }

/** A running app answers within a tick. */
const answerWithinMs = 5 * secondMs

const read = (line: string): Asking => {
  try {
    return { kind: 'answer', answer: commandAnswer.parse(JSON.parse(line)) }
  } catch {
    return { kind: 'silent' }
  }
}

/** Never rejects. */
export const askRunning = (userData: string, command: Command, withinMs = answerWithinMs): Promise<Asking> => {
  const place = findPlace(userData)
  if (place === null) return Promise.resolve({ kind: 'absent' })
  return new Promise((resolve) => {
    const socket = connect(place)
    let text = ''
    let isThere = false
    const settle = (asking: Asking): void => {
      socket.destroy()
      resolve(asking)
    }
    socket.setEncoding('utf8')
    socket.setTimeout(withinMs, () => settle({ kind: 'silent' }))
    socket.on('connect', () => {
      isThere = true
      socket.write(`${JSON.stringify(command)}\n`)
    })
    socket.on('data', (chunk: string) => {
      text += chunk
      if (text.length > longestAnswer) settle({ kind: 'silent' })
    })
    socket.on('end', () => settle(read(text)))
    socket.on('error', () => settle({ kind: isThere ? 'silent' : 'absent' }))
  })
}
