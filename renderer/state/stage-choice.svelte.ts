// Which call has the stage, as far as the person chooses: brought there, made small, or left after its end.
import type { CallView } from '../../common/snapshot.ts'
import { inConference, onStage, stageKind } from './calls.ts'
import { mayCover } from './ended.ts'

/** What was there when it was put away; a conference that is made of those calls later was not. */
type Small = { readonly sessions: readonly string[]; readonly conference: boolean }

const nothing: Small = { sessions: [], conference: false }

/** `wide` says whether call and list are side by side. Made while a component is, whose life it has. */
export class StageChoice {
  /** The call that was brought to the stage by hand. */
  #chosen = $state<string | null>(null)
  #small = $state<Small>(nothing)
  /** An ended call that was left by hand: main is asked to forget it, and the screen does not wait for that. */
  #left = $state<string | null>(null)
  readonly #all: () => readonly CallView[]
  readonly #wide: () => boolean

  constructor(all: () => readonly CallView[], wide: () => boolean) {
    this.#all = all
    this.#wide = wide
    // What was put away stays so until a call has the stage again, then or later: the one that was put away to make
    // another is back after that.
    $effect(() => {
      if (this.stage !== null) this.#small = nothing
    })
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
    if (top === null || !this.#isSmall(top)) return top
    return stageKind(top) === 'incoming' && !top.silent ? top : null
  })

  bring(session: string): void {
    this.#chosen = session
    this.#small = nothing
  }
  /** Something else is looked at. What rings besides is not put away with the rest: once answered, it has the stage. */
  makeRoom(): void {
    const away = this.calls.filter((call) => call === this.top || stageKind(call) !== 'incoming')
    this.#small = {
      sessions: away.map(({ session }) => session),
      conference: away.some((call) => inConference(away, call))
    }
  }
  leave(session: string): void {
    this.#left = session
  }

  #isSmall(call: CallView): boolean {
    const { sessions, conference } = this.#small
    return sessions.includes(call.session) && (conference || !inConference(this.calls, call))
  }
}
