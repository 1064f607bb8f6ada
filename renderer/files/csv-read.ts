// Contacts of a table, as Google and Outlook export them, or as somebody has kept them: with commas, semicolons or tabs. A row
// that is none is told of and never stops the others. Pure.
import Papa from 'papaparse'
import type { NewContact } from '../../common/contacts/merge.ts'
import type { ContactNumber } from '../../common/types.ts'
import type { BadEntry, ReadContacts } from './contact-file.ts'
import { plainCell } from './csv-cells.ts'
import { columnsOf, type Column } from './csv-columns.ts'
import { cleanLine, labelOf, makeContact, type Found } from './make-contact.ts'

/** Google puts several values of one kind into one cell. */
const several = / ::: /

const numberShape = /^[+(]?[\d\u0660-\u0669\u06f0-\u06f9][\d\u0660-\u0669\u06f0-\u06f9\s()/.*#-]{2,}$/
const addressShape = /^\S+@\S+\.\S+$/

const foundByColumns = (columns: readonly (Column | null)[], cells: readonly string[]): Found => {
  const of = (holds: Column['holds']): readonly string[] =>
    columns.flatMap((column, index) => (column?.holds === holds ? [plainCell(cells[index] ?? '')] : []))
  const first = (holds: Column['holds']): string =>
    of(holds)
      .map(cleanLine)
      .find((text) => text !== '') ?? ''
  const numbers = columns.flatMap((column, index): readonly ContactNumber[] => {
    if (column?.holds !== 'number') return []
    const named = column.labelAt === null ? '' : (cells[column.labelAt] ?? '')
    const label = named.trim() === '' ? column.label : labelOf(named)
    return plainCell(cells[index] ?? '')
      .split(several)
      .map((value) => ({ label, value }))
  })
  const parts = (['before', 'given', 'middle', 'family', 'after'] as const).map(first)
  const whole = parts.filter((part) => part !== '').join(' ')
  // A title alone is no name.
  const inParts = first('given') || first('family') || first('middle') ? whole : ''
  return {
    // Without a given name the parts may be less than the whole that stands beside them.
    name: first('given') ? whole : first('name') || inParts || first('nickname'),
    company: first('company'),
    numbers,
    emails: of('email').flatMap((cell) => cell.split(several)),
    note: of('note')
      .filter((text) => text !== '')
      .join('\n')
  }
}

/** Without headings: what looks like a number or an address is one, and of the rest the first is the name. */
const foundByShape = (cells: readonly string[]): Found => {
  const texts = cells.map((cell) => cleanLine(plainCell(cell))).filter((text) => text !== '')
  const isNumber = (text: string): boolean => numberShape.test(text)
  const isAddress = (text: string): boolean => addressShape.test(text)
  const [name = '', company = '', ...rest] = texts.filter((text) => !isNumber(text) && !isAddress(text))
  return {
    name,
    company,
    numbers: texts.filter(isNumber).map((value) => ({ label: 'other', value })),
    emails: texts.filter(isAddress),
    note: rest.join('\n')
  }
}

const delimiters = [',', ';', '\t', '|']
const parse = (text: string, delimiter: string, preview = 0): Papa.ParseResult<string[]> =>
  Papa.parse<string[]>(text, { delimiter, delimitersToGuess: delimiters, skipEmptyLines: 'greedy', preview })

/** The one that makes most headings; '' where none makes any: then it is guessed by how even the rows are. */
const delimiterOf = (text: string): string => {
  const knownBy = delimiters.map((delimiter) => {
    const columns = columnsOf(parse(text, delimiter, 1).data[0] ?? [])
    return { delimiter, known: columns?.filter((column) => column !== null).length ?? 0 }
  })
  const [best] = knownBy.sort((a, b) => b.known - a.known)
  return best === undefined || best.known === 0 ? '' : best.delimiter
}

/** Null where it is no table of contacts. */
export const readCsv = (marked: string): ReadContacts | null => {
  const whole = marked.replace(/^\ufeff/, '')
  // A line for spreadsheets alone: which sign divides the cells.
  const said = /^sep=(.)\r?\n/i.exec(whole)
  const text = whole.slice(said?.[0].length ?? 0)
  const parsed = parse(text, said?.[1] ?? delimiterOf(text))
  const [header = [], ...others] = parsed.data
  const columns = columnsOf(header)
  const rows = columns === null ? parsed.data : others
  const find = (cells: readonly string[]): Found =>
    columns === null ? foundByShape(cells) : foundByColumns(columns, cells)
  // A quote that never ends has swallowed the rest of the file.
  const broken = new Set(
    parsed.errors.flatMap(({ type, row }) => (type === 'Quotes' && row !== undefined ? [row] : []))
  )
  const contacts: NewContact[] = []
  const bad: BadEntry[] = []
  const shortened: string[] = []
  for (const [index, cells] of rows.entries()) {
    const found = find(cells)
    const reaches =
      found.numbers.some(({ value }) => value.trim() !== '') || found.emails.some((email) => email.trim() !== '')
    const isBroken = broken.has(columns === null ? index : index + 1)
    const made = isBroken || (columns === null && !reaches) ? null : makeContact(found)
    if (made === null) bad.push({ at: index + 1, name: cleanLine(found.name).slice(0, 100) })
    else {
      contacts.push(made.contact)
      if (made.isShortened) shortened.push(made.contact.name)
    }
  }
  if (columns === null && contacts.length === 0) return null
  return { kind: 'csv', contacts, bad, shortened }
}
