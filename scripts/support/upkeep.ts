// What to say and do about a phone of `npm start` that has ended. Pure: scripts/support/stage.ts starts it again.
import { exitText, type Exit } from './children.ts'

// A phone that ends so soon after its start would do so again, and again.
const soonMs = 10_000

/** `upMs`: how long the phone had been running. */
export const afterEnd = ({
  user,
  exit,
  upMs
}: {
  readonly user: string
  readonly exit: Exit
  readonly upMs: number
}): { readonly say: string; readonly startAgain: boolean } => {
  // Quitting it is a person's wish.
  if (exit.code === 0) return { say: `Phone ${user} was quit.`, startAgain: false }
  const ended = `Phone ${user} has ended unexpectedly (${exitText(exit)})`
  return upMs < soonMs
    ? {
        say: `${ended} right after its start, and is not started again: see .tamas/logs/phone-${user}.log.`,
        startAgain: false
      }
    : { say: `${ended}. It is started again.`, startAgain: true }
}
