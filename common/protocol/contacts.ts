// Schemas of a person's own contacts, which the server keeps for all their devices. What is compared, merged or shown is
// common/contacts'. Numbers and names are kept as they were typed.
import { z } from 'zod'
import { contactLimits, numberLabels } from '../contacts/limits.ts'
import { id, storable } from './values.ts'

const { name, company, numbers, number, emails, email, note, batch } = contactLimits

export const contactNumber = z.object({
  label: z.enum(numberLabels).catch('other'),
  value: storable.min(1).max(number)
})
export type ContactNumber = z.infer<typeof contactNumber>
export type NumberLabel = ContactNumber['label']

/** As `storable`, but in lines. */
const lines = z.string().regex(/^(?:[^\p{Cc}\p{Cs}]|[\n\t])*$/u)

export const contact = z.object({
  /** Random, made by whoever adds the contact: adding it once more changes nothing. */
  id,
  /** Where there is neither a person's name nor a company's, it is what else there is to call it by. */
  name: storable.max(name).regex(/[\p{L}\p{N}\p{P}\p{S}]/u),
  /** May be empty. */
  company: storable.max(company),
  numbers: z.array(contactNumber).max(numbers),
  emails: z.array(storable.min(1).max(email)).max(emails),
  note: lines.max(note)
})
export type Contact = z.infer<typeof contact>

/**
 * Each change of the contacts has a revision, counted up from 1 for each person. A phone that knows them up to `since` is
 * told what changed later; with 0 all there is. `after` goes on behind a page, with `next` of that page.
 */
export const contactsQuery = z.object({
  since: z.coerce.number().int().nonnegative().default(0),
  after: z.coerce.number().int().nonnegative().default(0)
})
export type ContactsQuery = z.infer<typeof contactsQuery>

export const contactsAnswer = z.object({
  /** All there is follows, not changes: what was known before is forgotten. Go on with `since` 0. */
  whole: z.boolean(),
  /** Added or changed. */
  result: z.array(contact),
  removed: z.array(id),
  /** Known up to here once there is no next page. */
  revision: z.number().int().nonnegative(),
  next: z.number().int().nonnegative().nullable()
})
export type ContactsAnswer = z.infer<typeof contactsAnswer>

/** All of it is done, or nothing: where contacts are merged, nothing is lost on the way. */
export const contactsChange = z.object({
  /** Added where the id is new, else replaced. */
  save: z.array(contact).max(batch),
  remove: z.array(id).max(batch),
  /**
   * The revision up to which the person knew what they change: where one of these was changed since, on another device,
   * nothing is done. Without it who saves last has the word.
   */
  since: z.number().int().nonnegative().optional()
})
export type ContactsChange = z.infer<typeof contactsChange>

/** What the change did; what was so already is not counted. */
export const contactsChanged = z.object({
  added: z.number().int().nonnegative(),
  changed: z.number().int().nonnegative(),
  removed: z.number().int().nonnegative(),
  revision: z.number().int().nonnegative()
})
export type ContactsChanged = z.infer<typeof contactsChanged>
