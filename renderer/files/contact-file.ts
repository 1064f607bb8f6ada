// What reading a file of contacts gives: who was found, and what could not be taken over as it was. Types only.
import type { NewContact } from '../../common/contacts/merge.ts'

/** A card or a row that is no contact: which one of the file, from 1, and what it is called, as far as that can be told. */
export type BadEntry = { readonly at: number; readonly name: string }

export type ReadContacts = {
  readonly kind: 'vcard' | 'csv'
  /** In the order of the file. */
  readonly contacts: readonly NewContact[]
  /** Left out; the others are there all the same. */
  readonly bad: readonly BadEntry[]
  /** Names of contacts that held more than a contact may, and are there without the rest of it. */
  readonly shortened: readonly string[]
}
