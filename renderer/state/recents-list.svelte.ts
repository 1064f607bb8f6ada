// Past calls as they are asked for: by words, of a kind, and page by page as the list is scrolled. What is newest comes with
// the snapshot and is there at once; the rest is main's to bring.
import type { RecentsAsked, RecentsPage } from '../../common/ipc.ts'
import type { ErrorCode } from '../../common/errors.ts'
import { fitting, merged, type RecentsFilter } from '../../common/recents.ts'
import { ok, type Result } from '../../common/result.ts'
import type { HistoryEntry } from '../../common/types.ts'
import { onOtherLayout } from './other-layout.ts'
import { takenFrom, without } from './recents.ts'

export const pageRows = 100

export type More = (asked: RecentsAsked) => Promise<Result<RecentsPage>>

/**
 *   idle ──more()──▶ loading ──page──▶ idle … ──last page──▶ done
 *                       └──failure──▶ failed ──more()──▶ loading …
 *   any ── other words, another kind, all taken away ──▶ idle, from the beginning
 *   any, of what is kept here ── the server is there again ──▶ loading, from the beginning
 *   loading ── nothing fits what was typed ──▶ loading, by what its keys type with the other keyboard
 *   any, by that ── a call that fits what was typed ──▶ loading, from the beginning
 *   done, with nothing by either ── a call that fits the other keyboard ──▶ loading, from the beginning
 */
export type RecentsPhase = 'idle' | 'loading' | 'failed' | 'done'

export class RecentsList {
  #q = $state.raw('')
  #by = $state.raw('')
  #filter = $state.raw<RecentsFilter>('all')
  #pages = $state.raw<readonly HistoryEntry[]>([])
  #phase = $state.raw<RecentsPhase>('idle')
  #from = $state.raw<RecentsPage['from']>('server')
  #error = $state.raw<ErrorCode | null>(null)
  #cursor: string | null = null
  /** Until the page that is on its way is there. */
  #asking: Promise<void> = Promise.resolve()
  /** Counts the beginnings: what was asked for before is not what is asked for now. */
  #turn = 0
  readonly #more: More
  readonly #newest: () => readonly HistoryEntry[]
  readonly #gone: () => readonly string[]
  /** The newest as they were told of last. */
  #followed: readonly HistoryEntry[] = []

  /** `gone` are taken away here: they are not shown, whoever still tells of them. */
  constructor(more: More, newest: () => readonly HistoryEntry[], gone: () => readonly string[]) {
    this.#more = more
    this.#newest = newest
    this.#gone = gone
  }

  get q(): string {
    return this.#q
  }
  /** What they are found by: `q`, or what its keys type with the other keyboard where nothing fits that. */
  get by(): string {
    return this.#by
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
    const newest = fitting(this.#newest(), { q: this.#by, filter: this.#filter })
    return without(merged(newest, this.#pages), this.#gone())
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
    this.#by = this.#q
    this.#pages = []
    this.#cursor = null
    this.#phase = 'idle'
    this.#error = null
    this.#from = 'server'
  }

  /** Asks for the next page that has anything new, if one is not on its way. Resolves when it is there or can't be had. */
  async more(): Promise<void> {
    if (this.#phase === 'done') return
    if (this.#phase !== 'loading') this.#asking = this.#ask()
    await this.#asking
  }

  async #ask(): Promise<void> {
    this.#phase = 'loading'
    const turn = this.#turn
    const before = this.entries.length
    for (;;) {
      const wanted = { q: this.#by, filter: this.#filter }
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
      if (this.entries.length > before) break
      if (next === null && !this.#tryOther()) break
    }
    if (this.#phase === 'loading') this.#phase = 'idle'
  }

  /** Whether there is another way to read what was typed, by which nothing was looked for yet. */
  #tryOther(): boolean {
    if (this.entries.length > 0) return false
    const isSecond = this.#by !== this.#q
    const other = isSecond ? null : onOtherLayout(this.#q)
    this.#by = other ?? this.#q
    if (other !== null) this.#phase = 'loading'
    return other !== null
  }

  /** Whether they are looked for by what would find the newest, too. */
  #isAnswered(newest: readonly HistoryEntry[]): boolean {
    const fits = (q: string | null): boolean => q !== null && fitting(newest, { q, filter: this.#filter }).length > 0
    if (this.#by !== this.#q) return !fits(this.#q)
    return this.#phase !== 'done' || this.entries.length > 0 || !fits(onOtherLayout(this.#q))
  }

  /** Told of each change of the newest. What is only hidden here stays at hand: that may be taken back. */
  follow(newest: readonly HistoryEntry[]): void {
    const before = this.#followed
    this.#followed = newest
    if (newest.length === 0) {
      if (before.length > 0) this.restart()
      return
    }
    const gone = this.#gone()
    this.#pages = without(
      this.#pages,
      takenFrom(before, newest).filter((callId) => !gone.includes(callId))
    )
    if (this.#isAnswered(newest)) return
    this.restart()
    void this.more()
  }

  /** The server can be asked again: what could not be had, or only from what is kept here, is asked for anew. */
  async rejoined(): Promise<void> {
    const isLoading = this.#phase === 'loading'
    if (this.#from !== 'kept' && !isLoading && this.#phase !== 'failed') return
    if (this.#from === 'kept' || isLoading) this.restart()
    await this.more()
  }

  /** Everything that fits, page by page, for a file. Errors: those of a page. */
  async all(): Promise<Result<readonly HistoryEntry[]>> {
    const wanted = { q: this.#by, filter: this.#filter }
    let entries = this.entries
    let cursor: string | null = null
    do {
      const answer: Result<RecentsPage> = await this.#more({ ...wanted, cursor, limit: 500 })
      if (!answer.ok) return answer
      entries = merged(entries, answer.value.result)
      cursor = answer.value.next
    } while (cursor !== null)
    return ok(without(entries, this.#gone()))
  }
}
