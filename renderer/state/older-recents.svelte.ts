// The pages of recents beyond what the snapshot holds, asked for one by one as the list is scrolled.
import type { MainBridge } from '../../common/ipc.ts'
import type { HistoryEntry } from '../../common/types.ts'

/**
 *   idle ──more()──▶ loading ──page──▶ idle … ──last page──▶ done
 *                       └──failure──▶ idle
 */
export class OlderRecents {
  #entries = $state.raw<readonly HistoryEntry[]>([])
  #phase = $state.raw<'idle' | 'loading' | 'done'>('idle')
  #cursor: string | null = null
  readonly #more: MainBridge['moreRecents']

  constructor(more: MainBridge['moreRecents']) {
    this.#more = more
  }

  get entries(): readonly HistoryEntry[] {
    return this.#entries
  }

  get phase(): 'idle' | 'loading' | 'done' {
    return this.#phase
  }

  /** Asks for the next page that has anything beyond `known` (call ids). Resolves when it is there or can't be had. */
  async more(known: ReadonlySet<string>): Promise<void> {
    if (this.#phase !== 'idle') return
    this.#phase = 'loading'
    for (;;) {
      const answer = await this.#more({ cursor: this.#cursor, q: '', filter: 'all', limit: 50 })
      if (!answer.ok) {
        this.#phase = 'idle'
        return
      }
      // Also those that are known: the newest calls will push them out of the snapshot.
      const fresh = answer.value.result.filter((entry) => !this.#entries.some((one) => one.callId === entry.callId))
      this.#entries = [...this.#entries, ...fresh]
      this.#cursor = answer.value.next
      if (answer.value.next === null) {
        this.#phase = 'done'
        return
      }
      // The first page repeats what the snapshot holds.
      if (fresh.some((entry) => !known.has(entry.callId))) {
        this.#phase = 'idle'
        return
      }
    }
  }
}
