// A sound level as state: read on each frame while somebody shows it, and not at all otherwise.
import { createSubscriber } from 'svelte/reactivity'

/** Below this a change can't be seen. */
const step = 0.01

export class Level {
  #value = 0
  readonly #subscribe: () => void

  constructor(read: () => number) {
    this.#subscribe = createSubscriber((update) => {
      let frame = 0
      const look = () => {
        const next = read()
        // Rises at once and falls slowly, as the eye expects of a meter.
        const shown = next > this.#value ? next : this.#value * 0.88 + next * 0.12
        if (Math.abs(shown - this.#value) > step || (shown < step && this.#value !== 0)) {
          this.#value = shown < step ? 0 : shown
          update()
        }
        frame = requestAnimationFrame(look)
      }
      frame = requestAnimationFrame(look)
      return () => cancelAnimationFrame(frame)
    })
  }

  get value(): number {
    this.#subscribe()
    return this.#value
  }
}
