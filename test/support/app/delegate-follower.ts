// Follows what a phone's delegate hears, by the log that the app keeps of it, as words short enough to compare with
// the event table: `trying`, `ringing/L` (a local change), `E(missed)` (onCallFinished), `caller connected` (media).
import { existsSync, readFileSync } from 'node:fs'
import { waitFor, type WaitOptions } from '../desktop/wait.ts'

/** One event of the delegate. */
export interface HeardEvent {
  /** Milliseconds since the epoch, by the phone. */
  readonly at: number
  readonly word: string
  /** Whether it is about media; the event table has states and ends only. */
  readonly isMedia: boolean
  readonly session: string
  /** The other one's username. */
  readonly peer: string
}

/** The events of one call, as they come. */
export interface HeardCall {
  /** States and the end, in order. */
  readonly words: () => readonly string[]
  /** Changes of the legs, in order. */
  readonly media: () => readonly string[]
  readonly session: () => string | undefined
  /** Resolves with the event once it was heard; rejects with all that was heard instead. */
  readonly waitFor: (word: string, wait?: WaitOptions) => Promise<HeardEvent>
  /** Resolves once exactly these words were heard, with all of them; rejects at the first that differs. */
  readonly waitForAll: (words: readonly string[], wait?: WaitOptions) => Promise<void>
}

export interface DelegateFollower {
  /** Everything so far, of all calls. */
  readonly events: () => readonly HeardEvent[]
  /** The call whose events begin after now: ask before it is made. */
  readonly nextCall: () => HeardCall
}

type Line = Readonly<Record<string, string | number | boolean>>

const wordOf = ({ kind, state, isLocalChange, reason, role, newState }: Line): string => {
  if (kind === 'onCallFinished') return `E(${String(reason)})`
  if (kind === 'onMediaStateChanged') return `${String(role)} ${String(newState)}`
  return isLocalChange === true ? `${String(state)}/L` : String(state)
}

/** Reads the log's text; the last line may be half written. */
export const readEvents = (text: string): HeardEvent[] =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => JSON.parse(line) as Line)
    .map((line) => ({
      at: Number(line['at']),
      word: wordOf(line),
      isMedia: line['kind'] === 'onMediaStateChanged',
      session: String(line['session']),
      peer: String(line['peer'])
    }))

/** @param file the app's `logs/calls.jsonl`, which need not be there yet. */
export const followDelegate = (file: string): DelegateFollower => {
  const events = (): HeardEvent[] => (existsSync(file) ? readEvents(readFileSync(file, 'utf8')) : [])
  const sessions = (): string[] => [...new Set(events().map(({ session }) => session))]

  const nextCall = (): HeardCall => {
    const index = sessions().length
    const session = (): string | undefined => sessions()[index]
    const all = (): HeardEvent[] => {
      const mine = session()
      return mine === undefined ? [] : events().filter((event) => event.session === mine)
    }
    const words = (): string[] => all().flatMap(({ word, isMedia }) => (isMedia ? [] : [word]))
    const heard = (): string =>
      all()
        .map(({ word }) => word)
        .join(', ') || 'nothing'
    const wait = async <T>(what: string, question: () => T | undefined, options?: WaitOptions): Promise<T> =>
      waitFor(what, question, { timeoutMs: 10_000, everyMs: 10, ...options }).catch((error: unknown) => {
        throw new Error(`${error instanceof Error ? error.message : String(error)}; heard: ${heard()}`)
      })
    return {
      words,
      media: () => all().flatMap(({ word, isMedia }) => (isMedia ? [word] : [])),
      session,
      waitFor: (word, options) => wait(`the delegate hears ${word}`, () => all().find((e) => e.word === word), options),
      waitForAll: async (expected, options) => {
        await wait(
          `the delegate hears ${expected.join(', ')}`,
          () => (words().length >= expected.length ? true : undefined),
          options
        )
        const now = words()
        if (now.join() !== expected.join()) throw new Error(`Expected ${expected.join(', ')}; heard: ${heard()}`)
      }
    }
  }
  return { events, nextCall }
}
