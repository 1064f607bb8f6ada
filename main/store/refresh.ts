// Has one thing fetched whenever it is said to have changed: one fetch at a time, once more where it changed meanwhile, and
// again later where it failed. Knows nothing of what is fetched.
import { secondMs, type Clock } from '../../common/time.ts'

export type Refresh = {
  /** Resolves once what it was by now has been fetched, or could not be. */
  readonly run: () => Promise<void>
  /** Forgets the try that was to come. */
  readonly stop: () => void
}

export type RefreshDeps = {
  /** False where it failed. Never rejects. */
  readonly fetch: () => Promise<boolean>
  /** Whether a failure is worth another try; where not, somebody will ask again anyway. */
  readonly mayRetry: () => boolean
  readonly clock: Clock
}

const retryAfterMs = 5 * secondMs

export const createRefresh = ({ fetch, mayRetry, clock }: RefreshDeps): Refresh => {
  let isRunning = false
  let isStale = false
  let cancel: (() => void) | null = null
  const stop = (): void => {
    cancel?.()
    cancel = null
  }
  const run = async (): Promise<void> => {
    // What is on its way may be older than the change.
    isStale = true
    if (isRunning) return
    isRunning = true
    stop()
    let isDone = true
    while (isStale) {
      isStale = false
      isDone = await fetch()
    }
    isRunning = false
    if (!isDone && mayRetry()) cancel = clock.at(clock.now() + retryAfterMs, () => void run())
  }
  return { run, stop }
}
