// A clock for unit tests that moves only when it is told to. Nothing waits for real.
import type { Clock } from '../../../../common/time.ts'

export type FakeClock = Clock & {
  /** Moves on, running what is due in the order of its time. */
  readonly advance: (ms: number) => void
  readonly pending: () => number
}

export const createFakeClock = (start = 1_000_000): FakeClock => {
  let now = start
  let order = 0
  let waiting: { at: number; order: number; run: () => void }[] = []
  return {
    now: () => now,
    at: (at, run) => {
      order += 1
      const entry = { at: Math.max(at, now), order, run }
      waiting.push(entry)
      return () => {
        waiting = waiting.filter((other) => other !== entry)
      }
    },
    advance: (ms) => {
      const until = now + ms
      for (let runs = 0; ; runs += 1) {
        if (runs > 10_000) throw new Error('a wait that is over is waited for again and again')
        const next = waiting.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at || a.order - b.order)[0]
        if (next === undefined) break
        waiting = waiting.filter((other) => other !== next)
        now = Math.max(now, next.at)
        next.run()
      }
      now = until
    },
    pending: () => waiting.length
  }
}

/** Lets promises settle. */
export const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 30; turn += 1) await Promise.resolve()
}
