// One clock for the whole simulated world: it moves only when told to, from one thing that is due to the next, and lets
// every promise go on in between. Phones and server see it through clocks of their own, which may be set differently.
import type { Clock } from '../../common/time.ts'

export type VirtualClock = Clock & {
  /** Moves on by `ms`, doing what is due in the order of its time. */
  readonly pass: (ms: number) => Promise<void>
}

/** More than this is never due at one moment. */
const most = 5_000

type Timer = { readonly at: number; readonly order: number; run: (() => void) | null }

const isBefore = (one: Timer, other: Timer): boolean =>
  one.at === other.at ? one.order < other.order : one.at < other.at

/** Lets every promise that can go on do so: the next turn of the event loop comes after all of them. */
const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve))

export const createVirtualClock = (start: number): VirtualClock => {
  const heap: Timer[] = []
  let now = start
  let order = 0

  const push = (timer: Timer): void => {
    let place = heap.length
    heap.push(timer)
    while (place > 0) {
      const above = (place - 1) >> 1
      const parent = heap[above]
      if (parent === undefined || !isBefore(timer, parent)) break
      heap[place] = parent
      place = above
    }
    heap[place] = timer
  }

  const pop = (): Timer | undefined => {
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let place = 0
    for (;;) {
      const left = heap[2 * place + 1]
      const right = heap[2 * place + 2]
      if (left === undefined) break
      const isRight = right !== undefined && isBefore(right, left)
      const below = isRight ? right : left
      if (!isBefore(below, last)) break
      heap[place] = below
      place = 2 * place + (isRight ? 2 : 1)
    }
    heap[place] = last
    return first
  }

  const nextDue = (until: number): Timer | undefined => {
    for (;;) {
      const first = heap[0]
      if (first === undefined || first.at > until) return undefined
      pop()
      if (first.run !== null) return first
    }
  }

  return {
    now: () => now,
    at: (at, run) => {
      order += 1
      const timer: Timer = { at: Math.max(at, now), order, run }
      push(timer)
      return () => {
        timer.run = null
      }
    },
    pass: async (ms) => {
      const until = now + ms
      await settled()
      let atOnce = 0
      for (let due = nextDue(until); due !== undefined; due = nextDue(until)) {
        atOnce = due.at === now ? atOnce + 1 : 0
        if (atOnce > most) throw new Error('time stands still: what is over is waited for again and again')
        now = due.at
        due.run?.()
        await settled()
      }
      now = until
    }
  }
}

/** The clock of one process: set `aheadMs` ahead of the world's, and silent once the process is gone. */
export type ProcessClock = Clock & { readonly stop: () => void; readonly timersSet: () => number }

export const createProcessClock = (world: Clock, aheadMs: number): ProcessClock => {
  let isRunning = true
  let timers = 0
  return {
    now: () => world.now() + aheadMs,
    at: (at, run) => {
      timers += 1
      return world.at(at - aheadMs, () => {
        if (isRunning) run()
      })
    },
    timersSet: () => timers,
    stop: () => {
      isRunning = false
    }
  }
}
