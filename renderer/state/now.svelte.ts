// A clock as state: it ticks only while something on the screen reads it.
import { createSubscriber } from 'svelte/reactivity'

export class Now {
  readonly #subscribe: () => void
  readonly #read: () => number

  /** `read` is the time of day where nothing else is given. */
  constructor(everyMs: number, read: () => number = Date.now) {
    this.#read = read
    this.#subscribe = createSubscriber((update) => {
      const timer = setInterval(update, everyMs)
      return () => clearInterval(timer)
    })
  }

  /** Milliseconds since the epoch. */
  get ms(): number {
    this.#subscribe()
    return this.#read()
  }
}
