// A sound level as state: read some times a second while somebody shows it, and not at all otherwise.
import { createSubscriber } from 'svelte/reactivity'

/** Often enough for the eye. A meter on every frame keeps the compositor at work through the whole call. */
const everyMs = 70
/** Below this a change can't be seen. */
const step = 0.02

export class Level {
  #value = 0
  readonly #subscribe: () => void

  constructor(read: () => number) {
    this.#subscribe = createSubscriber((update) => {
      const look = () => {
        const next = read()
        // Rises at once and falls slowly, as the eye expects of a meter.
        const shown = next > this.#value ? next : this.#value * 0.6 + next * 0.4
        if (Math.abs(shown - this.#value) > step || (shown < step && this.#value !== 0)) {
          this.#value = shown < step ? 0 : shown
          update()
        }
      }
      const timer = setInterval(look, everyMs)
      return () => clearInterval(timer)
    })
  }

  get value(): number {
    this.#subscribe()
    return this.#value
  }
}
