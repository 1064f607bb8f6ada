// Whether the window has the keyboard, and with it the person.
import { on } from 'svelte/events'
import { createSubscriber } from 'svelte/reactivity'

/** Followed where it is read in an effect or a template. */
export class WindowFocus {
  readonly #subscribe = createSubscriber((update) => {
    const stops = [on(window, 'focus', update), on(window, 'blur', update)]
    return () => stops.forEach((stop) => stop())
  })

  get is(): boolean {
    this.#subscribe()
    return document.hasFocus()
  }
}
