// An own contact while it is written: what the form holds, what is wrong with it, and the contact it makes. Outlives the
// form, so that a call that comes meanwhile, or a save that fails, loses nothing.
import { contactLimits, numberLabels } from '../../common/contacts/limits.ts'
import type { Contact, NumberLabel } from '../../common/types.ts'
import { dialTarget } from '../../common/dial-target.ts'

export type NumberField = { readonly key: number; label: NumberLabel; value: string }
export type EmailField = { readonly key: number; value: string }

/** What is wrong: with the whole, or with the field of that key. */
export type DraftProblem = 'missing' | { readonly number: number } | { readonly email: number }

// What can't be stored: control characters, but in a note lines.
const oneLine = (text: string): string => text.replace(/\p{Cc}+/gu, ' ').trim()
const lines = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(/[^\P{Cc}\n\t]+/gu, ' ')
    .trim()
const addressShape = /^\S+@\S+\.\S+$/

export class ContactDraft {
  /** The contact that is changed; null for a new one. */
  readonly contact: Contact | null
  /** The contact's, also of one that is not saved yet. */
  readonly id: string
  name = $state('')
  company = $state('')
  note = $state('')
  numbers = $state<NumberField[]>([])
  emails = $state<EmailField[]>([])
  #keys = 0
  readonly #began: string

  /** `newId` makes the id of a new contact; `number` is what it begins with. */
  constructor(
    contact: Contact | null,
    newId: () => string,
    begin: { readonly name?: string; readonly number?: string } = {}
  ) {
    this.contact = contact
    this.id = contact?.id ?? newId()
    this.name = contact?.name ?? begin.name ?? ''
    this.company = contact?.company ?? ''
    this.note = contact?.note ?? ''
    for (const { label, value } of contact?.numbers ?? []) this.addNumber(value, label)
    for (const email of contact?.emails ?? []) this.addEmail(email)
    if (this.numbers.length === 0) this.addNumber(begin.number ?? '')
    this.#began = JSON.stringify(this.toContact())
  }

  get canAddNumber(): boolean {
    return this.numbers.length < contactLimits.numbers
  }
  get canAddEmail(): boolean {
    return this.emails.length < contactLimits.emails
  }
  /** Whether anything would be lost. */
  get changed(): boolean {
    return JSON.stringify(this.toContact()) !== this.#began
  }

  /** Returns the field's key. */
  addNumber(value = '', label?: NumberLabel): number {
    const key = ++this.#keys
    const taken = this.numbers.map((number) => number.label)
    const free = numberLabels.find((one) => one !== 'fax' && !taken.includes(one)) ?? 'other'
    this.numbers.push({ key, label: label ?? free, value })
    return key
  }
  removeNumber(key: number): void {
    this.numbers = this.numbers.filter((number) => number.key !== key)
  }
  addEmail(value = ''): number {
    const key = ++this.#keys
    this.emails.push({ key, value })
    return key
  }
  removeEmail(key: number): void {
    this.emails = this.emails.filter((email) => email.key !== key)
  }

  /** The first thing that is wrong, or null. What was in the contact already is let be. */
  problem(): DraftProblem | null {
    const { numbers = [], emails = [] } = this.contact ?? {}
    const old = [...numbers.map(({ value }) => value), ...emails]
    const number = this.numbers.find(
      ({ value }) => value.trim() !== '' && !old.includes(value) && dialTarget(value) === null
    )
    if (number !== undefined) return { number: number.key }
    const email = this.emails.find(
      ({ value }) => value.trim() !== '' && !old.includes(value) && !addressShape.test(value.trim())
    )
    if (email !== undefined) return { email: email.key }
    return this.toContact().name === '' ? 'missing' : null
  }

  /** Named by what there is, where no name was given. */
  toContact(): Contact {
    const numbers = this.numbers
      .map(({ label, value }) => ({ label, value: oneLine(value) }))
      .filter(({ value }) => value !== '')
    const emails = this.emails.map(({ value }) => oneLine(value)).filter((value) => value !== '')
    const company = oneLine(this.company)
    const name = oneLine(this.name) || company || numbers[0]?.value || emails[0] || ''
    return { id: this.id, name: name.slice(0, contactLimits.name), company, numbers, emails, note: lines(this.note) }
  }
}
