// What stands beside the list, or over it: a person's card, the form of a contact, past calls, or nothing. Knows no
// components.
import type { Locale } from '../../common/i18n/index.ts'
import type { Contact, HistoryEntry } from '../../common/types.ts'
import { ContactDraft } from './contact-draft.svelte.ts'
import { saved, stranger, type Person } from './phone-book.ts'

type Card = {
  readonly kind: 'card'
  readonly key: string
  /** The contact that was saved last: it is known by its id until the list has it. */
  readonly contact: Contact | null
  /** The form that covered it is gone. */
  readonly returned: boolean
}
type Past = { readonly kind: 'past'; readonly entries: readonly [HistoryEntry, ...HistoryEntry[]] }
type Form = {
  readonly kind: 'form'
  readonly draft: ContactDraft
  readonly from: Card | null
  /** What was known of the own contacts as it was opened, by the server's count; null for a new one. */
  readonly since: number | null
}
type View = Card | Form | Past
/** What was asked for while something half written would be lost by it. */
type Awaited = { readonly view: View | null }

/**
 *   nothing ──open──▶ card ──edit, add──▶ form ──saved──▶ card of the contact
 *      │ ▲──close──────┘ ▲──────cancelled──┘ │ ▲
 *      │ └──cancelled, where there was none──┘ │
 *      └──create───────────────────────────────┘
 *
 * Past calls take the place of a card, and a card theirs. A form that was written in is left for nothing without a
 * question; what was wanted waits meanwhile:
 *
 *   form ──anything but saved──▶ asked ──discard──▶ what was wanted
 *     ▲ ▲──────────keep───────────┘ │
 *     saved ◀───────────────────────┘
 */
export class Opened {
  #view = $state.raw<View | null>(null)
  #awaited = $state.raw<Awaited | null>(null)
  #lastKey = ''
  readonly #newId: () => string

  /** `newId` makes the ids of new contacts. */
  constructor(newId: () => string) {
    this.#newId = newId
  }

  get view(): View | null {
    return this.#view
  }
  /** Whether something is written that is not saved. */
  get unsaved(): boolean {
    return this.#view?.kind === 'form' && this.#view.draft.changed
  }
  /** Whether it must be asked if what is written may be lost. */
  get isAsked(): boolean {
    return this.#awaited !== null
  }
  /** Whose card it is, or was before the form; null where it is nobody's. */
  get key(): string | null {
    const card = this.#view?.kind === 'form' ? this.#view.from : this.#view
    return card?.kind === 'card' ? card.key : null
  }
  /** Whose card was there last, also when none is. */
  get lastKey(): string {
    return this.#lastKey
  }
  /** Whether it is shown whatever becomes of the list of people. */
  get isApart(): boolean {
    return this.#view?.kind === 'form' || this.#view?.kind === 'past'
  }
  /** The past calls that are opened. */
  get past(): readonly HistoryEntry[] {
    return this.#view?.kind === 'past' ? this.#view.entries : []
  }

  open(key: string): void {
    this.#turnTo({ kind: 'card', key, contact: null, returned: false })
  }
  openPast(entries: Past['entries']): void {
    this.#turnTo({ kind: 'past', entries })
  }
  close(): void {
    this.#turnTo(null)
  }
  create(begin: { readonly name?: string; readonly number?: string }): void {
    const from = this.#view?.kind === 'card' ? this.#view : null
    this.#turnTo({ kind: 'form', draft: new ContactDraft(null, this.#newId, begin), from, since: null })
  }
  edit(contact: Contact, since: number): void {
    const from = this.#view?.kind === 'card' ? this.#view : null
    this.#turnTo({ kind: 'form', draft: new ContactDraft(contact, this.#newId), from, since })
  }
  /** The form is left without saving. */
  cancel(): void {
    const from = this.#view?.kind === 'form' ? this.#view.from : null
    this.#turnTo(from === null ? null : { ...from, returned: true })
  }
  /** What was written is not wanted any more, nor is there anybody to show. */
  leave(): void {
    this.#show(null)
  }
  /** The answer: what is written may be lost, and what was wanted comes. */
  discard(): void {
    if (this.#awaited !== null) this.#show(this.#awaited.view)
  }
  /** The answer: it is gone on writing. */
  keep(): void {
    this.#awaited = null
  }
  /** The contact that is written is saved; where it was left meanwhile, what came after it stays. */
  saved(contact: Contact): void {
    if (this.#view?.kind !== 'form' || this.#view.draft.id !== contact.id) return
    this.#show({ kind: 'card', key: `own:${contact.id}`, contact, returned: true })
  }

  #turnTo(view: View | null): void {
    if (this.#view?.kind === 'form' && this.#view.draft.changed) this.#awaited = { view }
    else this.#show(view)
  }
  #show(view: View | null): void {
    this.#awaited = null
    this.#view = view
    this.#lastKey = this.key ?? this.#lastKey
  }
}

/** Who is meant by a card: somebody of the list, a contact that is just saved, or whom a call names. */
export const personOf = (
  view: View | null,
  people: readonly Person[],
  entries: readonly HistoryEntry[],
  locale: Locale
): Person | null => {
  if (view?.kind !== 'card') return null
  const { key, contact } = view
  const known = people.find((one) => one.key === key || (contact !== null && one.own?.id === contact.id))
  if (known !== undefined) return known
  if (contact !== null) return saved(contact, locale)
  const peer = entries.find((entry) => entry.peer.userId === key)?.peer
  return peer === undefined ? null : stranger(peer, locale)
}
