// Contacts as a table with the columns of Google, which Outlook and spreadsheets read too, and so do we. Pure.
import Papa from 'papaparse'
import type { NewContact } from '../../common/contacts/merge.ts'
import type { NumberLabel } from '../../common/types.ts'
import { safeCell } from './csv-cells.ts'

const labels: Readonly<Record<NumberLabel, string>> = {
  mobile: 'Mobile',
  work: 'Work',
  home: 'Home',
  fax: 'Work Fax',
  other: 'Other'
}

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
const most = (contacts: readonly NewContact[], countOf: (contact: NewContact) => number): number =>
  Math.max(1, ...contacts.map(countOf))

/** By its mark spreadsheets know that it is Unicode. */
const unicodeMark = '\ufeff'

export const writeCsv = (contacts: readonly NewContact[]): string => {
  const numbers = range(most(contacts, (contact) => contact.numbers.length))
  const emails = range(most(contacts, (contact) => contact.emails.length))
  const header = [
    'First Name',
    'Organization Name',
    'Notes',
    ...emails.flatMap((index) => [`E-mail ${index + 1} - Label`, `E-mail ${index + 1} - Value`]),
    ...numbers.flatMap((index) => [`Phone ${index + 1} - Label`, `Phone ${index + 1} - Value`])
  ]
  const rows = contacts.map((contact) =>
    [
      contact.name,
      contact.company,
      contact.note,
      ...emails.flatMap((index) => {
        const email = contact.emails[index]
        return email === undefined ? ['', ''] : ['Other', email]
      }),
      ...numbers.flatMap((index) => {
        const number = contact.numbers[index]
        return number === undefined ? ['', ''] : [labels[number.label], number.value]
      })
    ].map(safeCell)
  )
  return unicodeMark + Papa.unparse([header, ...rows], { newline: '\r\n' }) + '\r\n'
}
