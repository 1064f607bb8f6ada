// Contacts as vCards of version 3.0, which Google, Outlook and Apple all read. Pure.
import type { NewContact } from '../../common/contacts/merge.ts'
import type { NumberLabel } from '../../common/types.ts'

const types: Readonly<Record<NumberLabel, string>> = {
  mobile: 'CELL',
  work: 'WORK,VOICE',
  home: 'HOME,VOICE',
  fax: 'FAX',
  other: 'VOICE'
}

const escapeText = (text: string): string => text.replace(/[\\,;]/g, '\\$&').replace(/\n/g, '\\n')

/** In bytes, without the line's end. */
const longestLine = 75

const bytesOf = (character: string): number => {
  const code = character.codePointAt(0) ?? 0
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4
}

/** Long lines go on in the next one behind a blank; no character is torn apart. */
const folded = (line: string): string => {
  let whole = ''
  let length = 0
  for (const character of line) {
    const bytes = bytesOf(character)
    if (length + bytes > longestLine) {
      whole += '\r\n '
      length = 1
    }
    whole += character
    length += bytes
  }
  return whole
}

const cardOf = ({ name, company, numbers, emails, note }: NewContact): readonly string[] => [
  'BEGIN:VCARD',
  'VERSION:3.0',
  // A name is kept whole here: which part of it is which nobody asked.
  `N:;${escapeText(name)};;;`,
  `FN:${escapeText(name)}`,
  ...(company === '' ? [] : [`ORG:${escapeText(company)}`]),
  ...numbers.map(({ label, value }) => `TEL;TYPE=${types[label]}:${escapeText(value)}`),
  ...emails.map((email) => `EMAIL;TYPE=INTERNET:${escapeText(email)}`),
  ...(note === '' ? [] : [`NOTE:${escapeText(note)}`]),
  'END:VCARD'
]

export const writeVcards = (contacts: readonly NewContact[]): string =>
  contacts
    .flatMap(cardOf)
    .map((line) => `${folded(line)}\r\n`)
    .join('')
