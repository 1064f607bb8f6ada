// A contact of what a card or a row says, within what a contact may hold. Pure; reads no file.
import { contactLimits } from '../../common/contacts/limits.ts'
import type { NewContact } from '../../common/contacts/merge.ts'
import { fold } from '../../common/fold.ts'
import type { ContactNumber, NumberLabel } from '../../common/types.ts'

/** All that was found of somebody, as it stands in the file. */
export type Found = {
  readonly name: string
  readonly company: string
  readonly numbers: readonly ContactNumber[]
  readonly emails: readonly string[]
  readonly note: string
}

export type Made = { readonly contact: NewContact; readonly isShortened: boolean }

const visible = /[\p{L}\p{N}\p{P}\p{S}]/u

/** One line without what no text may hold: control characters and halves of characters. */
export const cleanLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cs}/gu, '')
    .trim()

const cleanLines = (text: string): string =>
  text
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])\p{Cc}|\p{Cs}/gu, '')
    .trim()

/** Not in the middle of a character. */
const cut = (text: string, length: number): string =>
  text.length <= length ? text : text.slice(0, length).replace(/[\ud800-\udbff]$/, '')

const isText = (text: string): boolean => visible.test(text)

/** Null where there is nothing to call it by. */
export const makeContact = (found: Found): Made | null => {
  const numbers = found.numbers
    .map(({ label, value }) => ({ label, value: cleanLine(value) }))
    .filter(({ value }) => isText(value))
  const emails = found.emails.map(cleanLine).filter(isText)
  const company = cleanLine(found.company)
  const note = cleanLines(found.note)
  const name = [cleanLine(found.name), company, numbers[0]?.value ?? '', emails[0] ?? ''].find(isText)
  if (name === undefined) return null
  const limits = contactLimits
  const contact: NewContact = {
    name: cut(name, limits.name),
    company: cut(company, limits.company),
    // What is longer is no number and no address, and half of one is of no use.
    numbers: numbers.filter(({ value }) => value.length <= limits.number).slice(0, limits.numbers),
    emails: emails.filter((email) => email.length <= limits.email).slice(0, limits.emails),
    note: cut(note, limits.note)
  }
  const isShortened =
    contact.name !== name ||
    contact.company !== company ||
    contact.numbers.length < numbers.length ||
    contact.emails.length < emails.length ||
    contact.note !== note
  return { contact, isShortened }
}

const labels: readonly (readonly [RegExp, NumberLabel])[] = [
  [/fax|نمابر|فکس|دورنگار/, 'fax'],
  [/mobile|cell|iphone|handy|همراه|موبایل/, 'mobile'],
  [/work|business|office|company|main|کار|اداره|شرکت|محل کار/, 'work'],
  [/home|private|خانه|منزل/, 'home']
]

/** Which kind of number it is, by what the file calls it in its own words. */
export const labelOf = (words: string): NumberLabel => {
  const folded = fold(words)
  return labels.find(([shape]) => shape.test(folded))?.[1] ?? 'other'
}
