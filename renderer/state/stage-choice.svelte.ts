// Which call has the stage, as far as the person chooses: brought there, made small, or left after its end.
import type { CallView } from '../../common/snapshot.ts'
import { onStage, stageKind } from './calls.ts'
import { mayCover } from './ended.ts'

/** `wide` says whether call and list are side by side. */
export class StageChoice {
  /** The call that was brought to the stage by hand, and the one that was made small. */
  #chosen = $state<string | null>(null)
  #small = $state<string | null>(null)
  /** An ended call that was left by hand: main is asked to forget it, and the screen does not wait for that. */
  #left = $state<string | null>(null)
  readonly #all: () => readonly CallView[]
  readonly #wide: () => boolean

  constructor(all: () => readonly CallView[], wide: () => boolean) {
    this.#all = all
    this.#wide = wide
  }

  /** Those that are shown at all. */
  readonly calls: readonly CallView[] = $derived.by(() =>
    this.#all().filter((call) => call.session !== this.#left && (this.#wide() || mayCover(call)))
  )
  /** The one that would have the stage if none were small. */
  readonly top: CallView | null = $derived.by(() => onStage(this.calls, this.#chosen))
  /** The one that has it. What rings can't be made small: it is answered or declined. */
  readonly stage: CallView | null = $derived.by(() => {
    const { top } = this
    if (top === null || top.session !== this.#small) return top
    return stageKind(top) === 'incoming' && !top.silent ? top : null
  })

  bring(session: string): void {
    this.#chosen = session
    this.#small = null
  }
  minimise(session: string): void {
    this.#small = session
  }
  /** Something else is looked at. */
  makeRoom(): void {
    this.#small = this.top?.session ?? null
  }
  leave(session: string): void {
    this.#left = session
  }
}
