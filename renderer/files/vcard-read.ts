// Contacts of vCards, as Google, Outlook, Apple and phones write them: versions 2.1, 3.0 and 4.0, many in one file. A card
// that is none is told of and never stops the others. Pure.
import type { NewContact } from '../../common/contacts/merge.ts'
import type { ContactNumber } from '../../common/types.ts'
import type { BadEntry, ReadContacts } from './contact-file.ts'
import { cleanLine, labelOf, makeContact, type Found } from './make-contact.ts'
import { escapes, oldEscapes, readLine, splitText, unescapeText, wholeLines, type CardLine } from './vcard-lines.ts'

const wanted: ReadonlySet<string> = new Set([
  'VERSION',
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

/** The lines of one card by what they say, each text as it is meant. */
const reading = (lines: readonly CardLine[]) => {
  const of = (property: string): readonly CardLine[] => lines.filter((line) => line.property === property)
  const written = /^\s*2/.test(of('VERSION')[0]?.value ?? '') ? oldEscapes : escapes
  const texts = (property: string): readonly string[] => of(property).map(({ value }) => unescapeText(value, written))
  return {
    of,
    texts,
    /** The first that is not empty. */
    text: (property: string): string =>
      texts(property)
        .map(cleanLine)
        .find((text) => text !== '') ?? '',
    parts: (property: string): readonly string[] => splitText(of(property)[0]?.value ?? '', ';', written).map(cleanLine)
  }
}
type Reading = ReturnType<typeof reading>

const joined = (parts: readonly string[], by: string): string => parts.filter((part) => part !== '').join(by)

/** `N` holds family, given, middle names, prefixes and suffixes; the name as it is said has another order. */
const structuredName = ({ parts }: Reading): string => {
  const [family = '', given = '', middle = '', before = '', after = ''] = parts('N')
  return joined([before, given, middle, family, after], ' ')
}

const decodeAddress = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
/** As an address (RFC 3966) too: what comes after the number there is for switches. */
const numberOf = (text: string): string =>
  /^tel:/i.test(text) ? (decodeAddress(text.slice(4)).split(';')[0] ?? '') : text

const numbersOf = ({ of, texts }: Reading): readonly ContactNumber[] => {
  const values = texts('TEL')
  return of('TEL').map(({ group, parameters }, index) => {
    // Apple keeps a label of one's own beside the number.
    const own = group === '' ? undefined : of('X-ABLABEL').find((line) => line.group === group)?.value
    const words = [...(parameters.get('TYPE') ?? []), own ?? ''].join(' ')
    return { label: labelOf(words), value: numberOf(values[index] ?? '') }
  })
}

const foundIn = (card: Reading): Found => ({
  name: card.text('FN') || structuredName(card) || card.text('NICKNAME'),
  company: joined(card.parts('ORG'), ', '),
  numbers: numbersOf(card),
  emails: card.texts('EMAIL').map((email) => email.replace(/^mailto:/i, '')),
  note: card.texts('NOTE').join('\n')
})

const isGroup = ({ text }: Reading): boolean => /^group$/i.test(text('KIND') || text('X-ADDRESSBOOKSERVER-KIND'))

export const readVcards = (text: string): ReadContacts => {
  const contacts: NewContact[] = []
  const bad: BadEntry[] = []
  const shortened: string[] = []
  for (const [index, card] of cardsOf(text).entries()) {
    const read = reading(card.lines.flatMap((line) => readLine(line, wanted) ?? []))
    // Lists of people are no people.
    if (isGroup(read)) continue
    const found = foundIn(read)
    const made = card.isWhole ? makeContact(found) : null
    if (made === null) bad.push({ at: index + 1, name: found.name })
    else {
      contacts.push(made.contact)
      if (made.isShortened) shortened.push(made.contact.name)
    }
  }
  return { kind: 'vcard', contacts, bad, shortened }
}
