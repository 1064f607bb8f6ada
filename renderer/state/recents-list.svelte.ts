// Past calls as they are asked for: by words, of a kind, and page by page as the list is scrolled. What is newest comes with
// the snapshot and is there at once; the rest is main's to bring.
import type { RecentsAsked, RecentsPage } from '../../common/ipc.ts'
import type { ErrorCode } from '../../common/errors.ts'
import { fitting, merged, type RecentsFilter } from '../../common/recents.ts'
import type { Result } from '../../common/result.ts'
import type { HistoryEntry } from '../../common/types.ts'

export const pageRows = 100

export type More = (asked: RecentsAsked) => Promise<Result<RecentsPage>>

/**
 *   idle ──more()──▶ loading ──page──▶ idle … ──last page──▶ done
 *                       └──failure──▶ failed ──more()──▶ loading …
 *   any ── other words, another kind, all taken away ──▶ idle, from the beginning
 */
export type RecentsPhase = 'idle' | 'loading' | 'failed' | 'done'

export class RecentsList {
  #q = $state.raw('')
  #filter = $state.raw<RecentsFilter>('all')
  #pages = $state.raw<readonly HistoryEntry[]>([])
  #phase = $state.raw<RecentsPhase>('idle')
  #from = $state.raw<RecentsPage['from']>('server')
  #gone = $state.raw<readonly string[]>([])
  #error = $state.raw<ErrorCode | null>(null)
  #cursor: string | null = null
  /** Counts the beginnings: what was asked for before is not what is asked for now. */
  #turn = 0
  readonly #more: More
  readonly #newest: () => readonly HistoryEntry[]

  constructor(more: More, newest: () => readonly HistoryEntry[]) {
    this.#more = more
    this.#newest = newest
  }

  get q(): string {
    return this.#q
  }
  get filter(): RecentsFilter {
    return this.#filter
  }
  get phase(): RecentsPhase {
    return this.#phase
  }
  /** Where the pages came from: without the server they may lack what happened meanwhile. */
  get from(): RecentsPage['from'] {
    return this.#from
  }
  /** Why the last page did not come. */
  get error(): ErrorCode | null {
    return this.#error
  }

  readonly entries: readonly HistoryEntry[] = $derived.by(() => {
    const newest = fitting(this.#newest(), { q: this.#q, filter: this.#filter })
    const all = merged(newest, this.#pages)
    return this.#gone.length === 0 ? all : all.filter(({ callId }) => !this.#gone.includes(callId))
  })

  /** Begins anew where it is not the same. */
  want(wanted: { readonly q?: string; readonly filter?: RecentsFilter }): void {
    const { q = this.#q, filter = this.#filter } = wanted
    if (q === this.#q && filter === this.#filter) return
    this.#q = q
    this.#filter = filter
    this.restart()
  }

  restart(): void {
    this.#turn += 1
    this.#pages = []
    this.#cursor = null
    this.#phase = 'idle'
    this.#error = null
    this.#from = 'server'
  }

  /** Asks for the next page that has anything new, if one is not on its way. Resolves when it is there or can't be had. */
  async more(): Promise<void> {
    if (this.#phase === 'loading' || this.#phase === 'done') return
    this.#phase = 'loading'
    const turn = this.#turn
    const before = this.entries.length
    for (;;) {
      const wanted = { q: this.#q, filter: this.#filter }
      const answer = await this.#more({ ...wanted, cursor: this.#cursor, limit: pageRows })
      if (turn !== this.#turn) return
      if (!answer.ok) {
        this.#phase = 'failed'
        this.#error = answer.error.code
        return
      }
      const { result, next, from } = answer.value
      this.#pages = merged(this.#pages, result)
      this.#cursor = next
      this.#from = from
      this.#error = null
      this.#phase = next === null ? 'done' : 'loading'
      // The first page repeats what the snapshot holds.
      if (next === null || this.entries.length > before) break
    }
    if (this.#phase === 'loading') this.#phase = 'idle'
  }

  /** Shows them no more; `show` takes that back. */
  hide(callIds: readonly string[]): void {
    this.#gone = [...this.#gone, ...callIds]
  }
  show(callIds: readonly string[]): void {
    this.#gone = this.#gone.filter((callId) => !callIds.includes(callId))
  }

  /** Everything that fits, page by page, for a file; null where a page can't be had. */
  async all(): Promise<readonly HistoryEntry[] | null> {
    const wanted = { q: this.#q, filter: this.#filter }
    let entries = this.entries
    let cursor: string | null = null
    do {
      const answer: Result<RecentsPage> = await this.#more({ ...wanted, cursor, limit: 500 })
      if (!answer.ok) return null
      entries = merged(entries, answer.value.result)
      cursor = answer.value.next
    } while (cursor !== null)
    return entries.filter(({ callId }) => !this.#gone.includes(callId))
  }
}
