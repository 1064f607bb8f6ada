// Where links from outside the windows wait until somebody listens: they may come before the app is ready. Reads no link,
// and never writes one anywhere, since it may hold a code.
import { isLink } from '../../common/links.ts'

/** The link on a command line, or null; of several the last. Only whole arguments count, and no switch ever is one. */
export const linkInArguments = (commandLine: readonly string[]): string | null =>
  commandLine.slice(1).filter(isLink).at(-1) ?? null

export type Arrivals = {
  /** Handed over by the system. What is no link is not taken. */
  readonly arrived: (text: string) => void
  /** The app was started once more, with a link or without. */
  readonly startedAgain: (commandLine: readonly string[]) => void
  /** Hears the last link that has arrived before, and from then on every one; null where the app is only wanted. */
  readonly listen: (listener: (link: string | null) => void) => void
}

/** `commandLine` is that of this start. */
export const createArrivals = (commandLine: readonly string[]): Arrivals => {
  const first = linkInArguments(commandLine)
  let waiting: { readonly link: string | null } | null = first === null ? null : { link: first }
  let hear = (link: string | null): void => {
    waiting = { link }
  }
  return {
    arrived: (text) => {
      if (isLink(text)) hear(text)
    },
    startedAgain: (again) => hear(linkInArguments(again)),
    listen: (listener) => {
      hear = listener
      if (waiting !== null) listener(waiting.link)
      waiting = null
    }
  }
}
