// Commands that come while the app starts are told so; from then on they are obeyed. The socket is there from the beginning, so
// that nobody hears that the app does not run.
import type { Command, CommandAnswer } from '../../common/protocol/command.ts'

export type Obey = (given: Command) => Promise<CommandAnswer>

export type CommandGate = {
  readonly obey: Obey
  /** The app has started. */
  readonly open: (obey: Obey) => void
}

export const createCommandGate = (): CommandGate => {
  let current: Obey = () => Promise.resolve({ outcome: 'starting' })
  return {
    obey: (given) => current(given),
    open: (obey) => {
      current = obey
    }
  }
}
