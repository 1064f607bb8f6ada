// The time of day as state: it ticks only while something on the screen reads it.
import { createSubscriber } from 'svelte/reactivity'

export class Now {
  readonly #subscribe: () => void

  constructor(everyMs: number) {
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, everyMs)
      return () => clearInterval(timer)
    })
  }

  /** Milliseconds since the epoch, on this machine's clock. */
  get ms(): number {
    this.#subscribe()
    return Date.now()
  }
}
