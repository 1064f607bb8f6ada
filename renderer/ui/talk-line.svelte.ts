// The line of the talk as state: measured while somebody shows it, and not at all otherwise.
import { createSubscriber } from 'svelte/reactivity'
import type { LineQuality, MediaEngine } from '../state/media-port.ts'
import { hearTheirs, newTheirVoice } from '../state/their-voice.ts'

export class TalkLine {
  #quality: LineQuality | null = null
  #theirs = newTheirVoice
  readonly #subscribe: () => void

  /** `expected` tells whether the other side should be heard now. */
  constructor(onQuality: MediaEngine['onQuality'], expected: () => boolean = () => false) {
    this.#subscribe = createSubscriber((update) => {
      const stop = onQuality((quality) => {
        this.#quality = quality
        this.#theirs = hearTheirs(this.#theirs, {
          sounding: quality.sounding,
          expected: expected(),
          at: performance.now()
        })
        update()
      })
      return () => {
        stop()
        this.#quality = null
        this.#theirs = newTheirVoice
      }
    })
  }

  /** Null before anybody has looked. */
  get quality(): LineQuality | null {
    this.#subscribe()
    return this.#quality
  }

  /** Whether nothing has been heard of them for some time, though they should be. */
  get unheard(): boolean {
    this.#subscribe()
    return this.#theirs.notice === 'unheard'
  }
}
