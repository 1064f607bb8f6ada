// How the lines of the talk have been of late, as state for whoever shows it; and the samples of it, passed on for the record.
import { createSubscriber } from 'svelte/reactivity'
import type { Unsubscribe } from '../../common/emitter.ts'
import type { MeasuredSample } from '../../common/types.ts'
import { hearAll, noStories } from '../state/line-story.ts'
import type { LineLook, MediaEngine } from '../state/media-port.ts'

export class TalkStories {
  #stories = noStories
  #changed: () => void = () => undefined
  readonly #onLooks: MediaEngine['onLooks']
  readonly #sample: (session: string, sample: MeasuredSample) => void
  readonly #subscribe = createSubscriber((update) => {
    this.#changed = update
  })

  constructor(onLooks: MediaEngine['onLooks'], sample: (session: string, sample: MeasuredSample) => void) {
    this.#onLooks = onLooks
    this.#sample = sample
  }

  /** As long as there is a talk. */
  follow(): Unsubscribe {
    const stop = this.#onLooks((looks) => this.#take(looks))
    return () => {
      stop()
      this.#take([])
    }
  }

  /** The last two minutes of a call's line, oldest first. */
  looks(session: string): readonly LineLook[] {
    this.#subscribe()
    return this.#stories.get(session)?.looks ?? []
  }

  #take(looks: readonly LineLook[]): void {
    const { stories, samples } = hearAll(this.#stories, looks)
    this.#stories = stories
    for (const { session, sample } of samples) this.#sample(session, sample)
    this.#changed()
  }
}
