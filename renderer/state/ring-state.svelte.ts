// The ring window's copy of what it is told. Every announcement is the whole, so the newest is all there is.
import { catalogue, type Catalogue, type Locale } from '../../common/i18n/index.ts'
import type { RingBridge } from '../../common/ipc.ts'
import type { RingView } from '../../common/snapshot.ts'

export class RingState {
  #view = $state.raw<RingView | null>(null)
  readonly #bridge: Pick<RingBridge, 'load' | 'onChanged'>

  constructor(bridge: Pick<RingBridge, 'load' | 'onChanged'>) {
    this.#bridge = bridge
  }

  readonly locale: Locale = $derived(this.#view?.locale ?? 'en')
  readonly strings: Catalogue = $derived(catalogue(this.locale))
  readonly theme = $derived(this.#view?.theme ?? 'system')
  /** Who calls, or null. */
  readonly call: RingView['call'] = $derived(this.#view?.call ?? null)

  /** Follows main from now on; the returned function ends that. */
  start(): () => void {
    const unsubscribe = this.#bridge.onChanged((view) => {
      this.#view = view
    })
    void this.#bridge.load({}).then((answer) => {
      // What was announced meanwhile is newer than an answer that was on its way.
      if (answer.ok) this.#view ??= answer.value
    })
    return unsubscribe
  }
}
