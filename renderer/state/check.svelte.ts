// The check of calls as state for the screens, and what of the app it is kept apart from: its own talk is on no screen.
import { createSubscriber } from 'svelte/reactivity'
import type { AppSnapshot, CallView } from '../../common/snapshot.ts'
import type { Preflight } from '../preflight/machine.ts'
import { createPreflight, type PreflightDeps, type PreflightRun } from '../preflight/preflight.ts'

export type CallCheck = Pick<PreflightRun, 'start' | 'answer' | 'stop'> & {
  /** A getter: follows the check. */
  readonly now: Preflight
}

export class Check implements CallCheck {
  readonly #run: PreflightRun
  readonly #subscribe: () => void

  constructor(deps: PreflightDeps) {
    this.#run = createPreflight(deps)
    this.#subscribe = createSubscriber((update) => this.#run.onChanged(update))
  }

  get now(): Preflight {
    this.#subscribe()
    return this.#run.now()
  }
  readonly start = (): void => this.#run.start()
  readonly answer = (heard: 'yes' | 'no' | 'again'): void => this.#run.answer(heard)
  readonly stop = (): void => this.#run.stop()

  readonly follow = (snapshot: AppSnapshot): void => this.#run.follow(snapshot)

  /** The very same where none of the calls is the check's own. */
  readonly others = (calls: readonly CallView[]): readonly CallView[] => {
    const others = this.#run.others(calls)
    return others.length === calls.length ? calls : others
  }

  /** The app as it is without the check's own talk, which neither rings nor sounds. */
  without(snapshot: AppSnapshot): AppSnapshot {
    const calls = this.others(snapshot.calls)
    return calls === snapshot.calls ? snapshot : { ...snapshot, calls, tone: calls.length > 0 ? snapshot.tone : 'none' }
  }
}
