// The mini window's copy of what it is told. Every announcement is the whole, so the newest is all there is.
import { catalogue, type Catalogue, type Locale } from '../../common/i18n/index.ts'
import type { MiniBridge } from '../../common/ipc.ts'
import type { MiniView } from '../../common/snapshot.ts'

export class MiniState {
  #view = $state.raw<MiniView | null>(null)
  /** The app's clock minus this page's steady one. */
  #ahead: number | null = null
  readonly #bridge: Pick<MiniBridge, 'load' | 'onChanged'>

  constructor(bridge: Pick<MiniBridge, 'load' | 'onChanged'>) {
    this.#bridge = bridge
  }

  readonly locale: Locale = $derived(this.#view?.locale ?? 'en')
  readonly strings: Catalogue = $derived(catalogue(this.locale))
  readonly settings: MiniView['settings'] = $derived(
    this.#view?.settings ?? { theme: 'system', digits: 'auto', calendar: 'auto' }
  )
  /** The call that goes on, or null. */
  readonly call: MiniView['call'] = $derived(this.#view?.call ?? null)

  /** The time on the app's clock. */
  now(): number {
    return this.#ahead === null ? Date.now() : performance.now() + this.#ahead
  }

  /** Follows main from now on; the returned function ends that. */
  start(): () => void {
    const unsubscribe = this.#bridge.onChanged((view) => this.#take(view))
    void this.#bridge.load({}).then((answer) => {
      // What was announced meanwhile is newer than an answer that was on its way.
      if (answer.ok && this.#view === null) this.#take(answer.value)
    })
    return unsubscribe
  }

  #take(view: MiniView): void {
    this.#ahead = view.now - performance.now()
    this.#view = view
  }
}
