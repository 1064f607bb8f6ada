// Contacts of vCards, as Google, Outlook, Apple and phones write them: versions 2.1, 3.0 and 4.0, many in one file. A card
// that is none is told of and never stops the others. Pure.
import type { NewContact } from '../../common/contacts/merge.ts'
import type { ContactNumber } from '../../common/types.ts'
import type { BadEntry, ReadContacts } from './contact-file.ts'
import { cleanLine, labelOf, makeContact, type Found } from './make-contact.ts'
import { readLine, splitText, unescapeText, wholeLines, type CardLine } from './vcard-lines.ts'

const wanted: ReadonlySet<string> = new Set([
  'FN',
  'N',
  'NICKNAME',
  'ORG',
  'TEL',
  'EMAIL',
  'NOTE',
  'KIND',
  'X-ABLABEL',
  'X-ADDRESSBOOKSERVER-KIND'
])

type Card = { readonly lines: readonly string[]; readonly isWhole: boolean }

/** The cards of a file. One inside of another (an AGENT) belongs to that one, and is not looked at. */
const cardsOf = (text: string): readonly Card[] => {
  const cards: Card[] = []
  let lines: string[] | null = null
  let inside = 0
  for (const line of wholeLines(text)) {
    const mark = line.trim().toUpperCase()
    if (mark === 'BEGIN:VCARD') {
      const isInside = lines !== null && /^(?:[^:;]*\.)?AGENT[;:]/i.test(lines.at(-1) ?? '')
      if (isInside) inside += 1
      else {
        // The one before has no end.
        if (lines !== null) cards.push({ lines, isWhole: false })
        lines = []
        inside = 0
      }
    } else if (mark === 'END:VCARD' && inside > 0) inside -= 1
    else if (mark === 'END:VCARD' && lines !== null) {
      cards.push({ lines, isWhole: true })
      lines = null
    } else if (inside === 0) lines?.push(line)
  }
  return lines === null ? cards : [...cards, { lines, isWhole: false }]
}

const all = (lines: readonly CardLine[], property: string): readonly CardLine[] =>
  lines.filter((line) => line.property === property)
const textOf = (lines: readonly CardLine[], property: string): string =>
  all(lines, property)
    .map(({ value }) => cleanLine(unescapeText(value)))
    .find((text) => text !== '') ?? ''

/** `N` holds family, given, middle names, prefixes and suffixes; the name as it is said has another order. */
const structuredName = (lines: readonly CardLine[]): string => {
  const [family = '', given = '', middle = '', before = '', after = ''] = splitText(
    all(lines, 'N')[0]?.value ?? '',
    ';'
  )
  return [before, given, middle, family, after]
    .map(cleanLine)
    .filter((part) => part !== '')
    .join(' ')
}

const numberOf = (value: string): string =>
  // As an address (RFC 3966): what comes after the number is for switches.
  /^tel:/i.test(value) ? (decodeAddress(value.slice(4)).split(';')[0] ?? '') : unescapeText(value)

const decodeAddress = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

const numbersOf = (lines: readonly CardLine[]): readonly ContactNumber[] =>
  all(lines, 'TEL').map(({ value, group, parameters }) => {
    // Apple keeps a label of one's own beside the number.
    const own = group === '' ? undefined : all(lines, 'X-ABLABEL').find((line) => line.group === group)?.value
    const words = (parameters.get('TYPE') ?? []).join(' ')
    return { label: labelOf(own === undefined ? words : `${words} ${own}`), value: numberOf(value) }
  })

const foundIn = (lines: readonly CardLine[]): Found => ({
  name: textOf(lines, 'FN') || structuredName(lines) || textOf(lines, 'NICKNAME'),
  company: splitText(all(lines, 'ORG')[0]?.value ?? '', ';')
    .map(cleanLine)
    .filter((part) => part !== '')
    .join(', '),
  numbers: numbersOf(lines),
  emails: all(lines, 'EMAIL').map(({ value }) => unescapeText(value).replace(/^mailto:/i, '')),
  note: all(lines, 'NOTE')
    .map(({ value }) => unescapeText(value))
    .join('\n')
})

const isGroup = (lines: readonly CardLine[]): boolean =>
  /^group$/i.test(textOf(lines, 'KIND') || textOf(lines, 'X-ADDRESSBOOKSERVER-KIND'))

export const readVcards = (text: string): ReadContacts => {
  const contacts: NewContact[] = []
  const bad: BadEntry[] = []
  const shortened: string[] = []
  for (const [index, card] of cardsOf(text).entries()) {
    const lines = card.lines.flatMap((line) => readLine(line, wanted) ?? [])
    // Lists of people are no people.
    if (isGroup(lines)) continue
    const found = foundIn(lines)
    const made = card.isWhole ? makeContact(found) : null
    if (made === null) bad.push({ at: index + 1, name: found.name })
    else {
      contacts.push(made.contact)
      if (made.isShortened) shortened.push(made.contact.name)
    }
  }
  return { kind: 'vcard', contacts, bad, shortened }
}
