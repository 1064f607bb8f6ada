// Asks before a call is ended by quitting. The system that shuts down, and signals, are not asked back: index.ts quits then.
import { isLive } from '../../common/call/status.ts'
import { catalogue } from '../../common/i18n/index.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import { personLabel } from './people.ts'
import { written } from './written.ts'

export type QuitQuestion = {
  readonly message: string
  readonly detail: string
  readonly quit: string
  readonly stay: string
}

/** What to ask, or null where quitting ends no call of this person. Pure. */
export const quitQuestion = (snapshot: AppSnapshot): QuitQuestion | null => {
  const { locale, calls } = snapshot
  const own = calls.filter(({ status, can }) => isLive(status) && can.hangUp)
  const [first] = own
  if (first === undefined) return null
  const words = catalogue(locale).shell.quitting
  return {
    message:
      own.length === 1
        ? words.inCall(personLabel(locale, first.peer))
        : words.inCalls(own.length, written(snapshot).count(own.length)),
    detail: words.ends(own.length),
    quit: words.quit,
    stay: words.stay
  }
}

type Model = {
  readonly snapshot: () => AppSnapshot
  readonly onChanged: (listener: () => void) => () => void
}
type Deps = {
  /** Whether the person wants to quit; false too where `over` closed the question. */
  readonly ask: (question: QuitQuestion, over: AbortSignal) => Promise<boolean>
  readonly quit: () => void
}

/**
 * Quits, after a question where a call would end. While it is open, wanting it again asks nothing more; when the calls it
 * is about have ended meanwhile, it closes, and what was wanted is done.
 */
export const createCarefulQuit = ({ snapshot, onChanged }: Model, { ask, quit }: Deps): (() => void) => {
  let isAsking = false
  const askFirst = async (question: QuitQuestion): Promise<void> => {
    const over = new AbortController()
    const stop = onChanged(() => {
      if (quitQuestion(snapshot()) === null) over.abort()
    })
    const wanted = await ask(question, over.signal).finally(stop)
    if (wanted || over.signal.aborted) quit()
  }
  return () => {
    const question = quitQuestion(snapshot())
    if (question === null) {
      quit()
      return
    }
    if (isAsking) return
    isAsking = true
    void askFirst(question).finally(() => {
      isAsking = false
    })
  }
}
