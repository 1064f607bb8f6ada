// What the list of past calls and the card of one share: which were taken away here, and whether the server can be asked.
// Shows nothing.

export type PastCallsDeps = {
  /** False where it was not done; whoever does it shows the failure. */
  readonly remove: (callIds: readonly string[]) => Promise<boolean>
  readonly restore: (callIds: readonly string[]) => Promise<boolean>
  readonly isJoined: () => boolean
}

/**
 *   shown ──remove()──▶ gone, can be undone ──over(), the next remove()──▶ gone
 *     ▲ └──── failed ─────┘ │
 *     └─────── undo() ──────┘
 */
export class PastCalls {
  #gone = $state.raw<readonly string[]>([])
  #removed = $state.raw<readonly string[] | null>(null)
  readonly #deps: PastCallsDeps

  constructor(deps: PastCallsDeps) {
    this.#deps = deps
  }

  /** Whether the server can be asked. */
  get joined(): boolean {
    return this.#deps.isJoined()
  }
  /** On no list any more, whatever main or the server still tells of them. */
  get gone(): readonly string[] {
    return this.#gone
  }
  /** What was taken away last and can be brought back. */
  get removed(): readonly string[] | null {
    return this.#removed
  }

  async remove(callIds: readonly string[]): Promise<void> {
    this.#hide(callIds)
    this.#removed = callIds
    if (await this.#deps.remove(callIds)) return
    this.#show(callIds)
    this.over(callIds)
  }

  /** Brings back what was taken away last. */
  async undo(): Promise<void> {
    const callIds = this.#removed
    if (callIds === null) return
    this.#removed = null
    this.#show(callIds)
    if (!(await this.#deps.restore(callIds))) this.#hide(callIds)
  }

  /** These can't be brought back any more. */
  over(callIds: readonly string[] | null): void {
    if (this.#removed === callIds) this.#removed = null
  }

  #hide(callIds: readonly string[]): void {
    this.#gone = [...this.#gone, ...callIds]
  }
  #show(callIds: readonly string[]): void {
    this.#gone = this.#gone.filter((callId) => !callIds.includes(callId))
  }
}
