// The check of calls as state for the screens.
import { createSubscriber } from 'svelte/reactivity'
import type { AppSnapshot } from '../../common/snapshot.ts'
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
}
