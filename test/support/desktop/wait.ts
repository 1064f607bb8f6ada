// Waiting for facts: asks a question again until it is answered or time is up. Knows nothing of desktops; never sleeps blindly.
import { setTimeout as delay } from 'node:timers/promises'

/** What a wait is for and how long it may take. */
export interface WaitOptions {
  /** How long to go on asking, in milliseconds (default 15000). */
  timeoutMs?: number
  /** Pause between two questions, in milliseconds (default 20). */
  everyMs?: number
}

/**
 * Asks `question` until it answers something other than `undefined`.
 * @throws when time is up, naming `what` and the last error a question failed with.
 */
export async function waitFor<T>(
  what: string,
  question: () => Promise<T | undefined> | T | undefined,
  { timeoutMs = 15_000, everyMs = 20 }: WaitOptions = {}
): Promise<T> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    let failure: unknown
    try {
      const answer = await question()
      if (answer !== undefined) return answer
    } catch (error) {
      failure = error
    }
    if (performance.now() >= deadline) {
      throw new Error(`Waited ${String(timeoutMs)} ms in vain: ${what}`, { cause: failure })
    }
    await delay(everyMs)
  }
}

/** The machine's monotonic clock in milliseconds; comparable between processes of one machine. */
export function monotonicNow(): number {
  return Number(process.hrtime.bigint()) / 1e6
}
