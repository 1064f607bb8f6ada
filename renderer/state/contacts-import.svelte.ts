// A file of contacts on its way into the own ones: read, looked at, and saved in parts. Reading and saving are handed in.
import { contactLimits } from '../../common/contacts/limits.ts'
import type { ImportPlan } from '../../common/contacts/merge.ts'
import type { ErrorCode } from '../../common/errors.ts'
import type { MainBridge } from '../../common/ipc.ts'
import type { Contact } from '../../common/types.ts'
import type { ReadContacts } from '../files/contact-file.ts'

/** Why there is nothing to look at. */
export type FileProblem = 'empty' | 'unknown' | 'too_large' | 'unreadable'
/** What is in a file, and what it would change. */
export type Looked = { readonly file: ReadContacts; readonly plan: ImportPlan }
type Counts = { readonly saved: number; readonly added: number; readonly changed: number }

/**
 *   choosing ──file──▶ reading ──▶ looking ──begin──▶ saving ──all──▶ done
 *      ▲                  │           │ no, another      │ ▲
 *      └──────problem─────┘◀──────────┘                  ▼ │ begin
 *                                                      stopped
 */
export type ImportStep =
  | { readonly step: 'choosing'; readonly problem: FileProblem | null }
  | { readonly step: 'reading' }
  | { readonly step: 'looking'; readonly looked: Looked }
  | { readonly step: 'saving'; readonly looked: Looked; readonly counts: Counts }
  | { readonly step: 'stopped'; readonly looked: Looked; readonly counts: Counts; readonly code: ErrorCode }
  | { readonly step: 'done'; readonly counts: Counts }

export type ImportDeps = {
  /** Fetches what reads files, when one is there. */
  readonly look: (file: Blob, known: readonly Contact[]) => Promise<Looked | FileProblem>
  readonly change: MainBridge['changeContacts']
}

/** Longer files are no contacts of one person: ten thousand with notes are a tenth of it. */
export const largestFile = 20 * 1024 * 1024

const none: Counts = { saved: 0, added: 0, changed: 0 }

export class ContactsImport {
  #now = $state.raw<ImportStep>({ step: 'choosing', problem: null })
  readonly #deps: ImportDeps
  /** Counts the files: what comes of an older one is dropped. */
  #turn = 0

  constructor(deps: ImportDeps) {
    this.#deps = deps
  }

  get now(): ImportStep {
    return this.#now
  }

  /** Reads a file, and holds it against the contacts there are. */
  async look(file: Blob, known: readonly Contact[]): Promise<void> {
    if (this.#now.step === 'saving') return
    const turn = ++this.#turn
    if (file.size > largestFile) {
      this.#now = { step: 'choosing', problem: 'too_large' }
      return
    }
    this.#now = { step: 'reading' }
    const looked = await this.#deps.look(file, known).catch(() => 'unreadable' as const)
    if (turn !== this.#turn) return
    this.#now = typeof looked === 'string' ? { step: 'choosing', problem: looked } : { step: 'looking', looked }
  }

  /** Saves what is looked at; goes on where it was stopped. */
  async begin(): Promise<void> {
    const before = this.#now
    if (before.step !== 'looking' && before.step !== 'stopped') return
    const { looked } = before
    const turn = ++this.#turn
    const { save } = looked.plan
    let counts = before.step === 'stopped' ? before.counts : none
    this.#now = { step: 'saving', looked, counts }
    while (counts.saved < save.length) {
      const part = save.slice(counts.saved, counts.saved + contactLimits.batch)
      const answer = await this.#deps.change({ save: [...part], remove: [] })
      if (turn !== this.#turn) return
      if (!answer.ok) {
        this.#now = { step: 'stopped', looked, counts, code: answer.error.code }
        return
      }
      const { added, changed } = answer.value
      counts = { saved: counts.saved + part.length, added: counts.added + added, changed: counts.changed + changed }
      this.#now = { step: 'saving', looked, counts }
    }
    this.#now = { step: 'done', counts }
  }

  /** Begins anew; what is being saved goes no further than the part that is on its way. */
  reset(): void {
    this.#turn += 1
    this.#now = { step: 'choosing', problem: null }
  }
}
