// What is exported comes back the same, whatever somebody has written; others read it too; and no spreadsheet runs it.
import fc from 'fast-check'
import ICAL from 'ical.js'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { contactLimits, numberLabels } from '../../../../common/contacts/limits.ts'
import type { NewContact } from '../../../../common/contacts/merge.ts'
import { contact as contactSchema } from '../../../../common/protocol/contacts.ts'
import { plainCell, safeCell } from '../../../../renderer/files/csv-cells.ts'
import { writeCsv } from '../../../../renderer/files/csv-write.ts'
import { readContactFile } from '../../../../renderer/files/read-contacts.ts'
import { writeVcards } from '../../../../renderer/files/vcard-write.ts'
import { askedSeed } from '../../../support/seed.ts'

const seed = askedSeed(6)
const read = (text: string) => readContactFile(new TextEncoder().encode(text))

const signs = [
  'a',
  'Z',
  ' ',
  'ی',
  'ك',
  '۱',
  '9',
  '+',
  '-',
  '=',
  '@',
  "'",
  '"',
  ',',
  ';',
  ':',
  '\\',
  '\\n',
  '.',
  '😀',
  '\u200c',
  'é',
  '|',
  '~'
]
const text = (most: number, more: readonly string[] = []) =>
  fc.array(fc.constantFrom(...signs, ...more), { maxLength: most }).map((parts) => parts.join('').trim())
const named = (most: number) => text(most).filter((one) => /[\p{L}\p{N}\p{P}\p{S}]/u.test(one))
const number = fc.oneof(
  fc.constantFrom('+98 912 123 4567', '۰۹۱۲۱۲۳۴۵۶۷', '(021) 8877-6655', '*43#', '101', '-1', "'+98", '=1+1', '@sara'),
  named(12)
)
const contacts: fc.Arbitrary<NewContact[]> = fc.array(
  fc.record({
    name: named(20),
    company: text(20),
    numbers: fc.array(fc.record({ label: fc.constantFrom(...numberLabels), value: number }), {
      maxLength: contactLimits.numbers
    }),
    emails: fc.array(fc.oneof(fc.constantFrom('a@b.c', '+x@y.z'), named(12)), { maxLength: contactLimits.emails }),
    note: text(80, ['\n', '\t', '\r']).map((note) => note.replace(/\r\n?/g, '\n'))
  }),
  { maxLength: 8 }
)

describe(`any contacts (seed ${seed})`, () => {
  const settings = { seed, numRuns: 200 }

  it('come back from vCards as they were', () => {
    fc.assert(
      fc.property(contacts, (wanted) => {
        const file = writeVcards(wanted)
        if (wanted.length === 0) return
        expect(read(file)).toEqual({ kind: 'vcard', contacts: wanted, bad: [], shortened: [] })
        for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
      }),
      settings
    )
  })

  it('come back from a table as they were', () => {
    fc.assert(
      fc.property(contacts, (wanted) => {
        const file = writeCsv(wanted)
        expect(read(file)).toEqual({ kind: 'csv', contacts: wanted, bad: [], shortened: [] })
        const cells = Papa.parse<string[]>(file, { delimiter: ',' }).data.flat()
        for (const cell of cells) expect(cell).not.toMatch(/^[=@\t\r]|^[+-](?![0-9 ()./*#-]*$)/)
      }),
      settings
    )
  })

  it('that were read are such as the server takes', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ unit: 'binary', maxLength: 40 }),
        (one, other) => {
          const card = `BEGIN:VCARD\nFN:${one.replace(/[\r\n]/g, ' ')}\nTEL:${other}\nNOTE:${other}\nEMAIL:${one}\nEND:VCARD\n`
          const row = `Name,Phone,Note,Company\n"${one.replaceAll('"', '""')}","${other.replaceAll('"', '""')}","${one.replaceAll('"', '""')}",x\n`
          for (const file of [card, row]) {
            for (const contact of read(file)?.contacts ?? []) {
              expect(contactSchema.safeParse({ ...contact, id: 'x' }).success).toBe(true)
            }
          }
        }
      ),
      settings
    )
  })
})

it('another reader finds the same in our vCards', () => {
  const long = 'یادداشت بلندی که در یک خط جا نمی‌شود، '.repeat(6).trim()
  const sara: NewContact = {
    name: 'سارا رحیمی',
    company: 'Example, Inc.',
    numbers: [
      { label: 'mobile', value: '+98 912 123 4567' },
      { label: 'fax', value: '021-8877 6600' }
    ],
    emails: ['sara@example.org'],
    note: `${long}\none, two ${'x'.repeat(200)}`
  }
  const file = writeVcards([sara])
  for (const line of file.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
  const card = ICAL.parse(file) as [string, [string, { type?: string }, string, string][]]
  const found = card[1].map(([property, { type }, , value]) => [property, type, value])
  expect(found).toEqual([
    ['version', undefined, '3.0'],
    ['n', undefined, ['', sara.name, '', '', '']],
    ['fn', undefined, sara.name],
    ['org', undefined, sara.company],
    ['tel', 'CELL', '+98 912 123 4567'],
    ['tel', 'FAX', '021-8877 6600'],
    ['email', 'INTERNET', 'sara@example.org'],
    ['note', undefined, sara.note]
  ])
})

describe('a cell that a spreadsheet could run', () => {
  it.each([
    ['=HYPERLINK("http://evil")', `'=HYPERLINK("http://evil")`],
    ['+1+cmd|calc', `'+1+cmd|calc`],
    ['-2+3+cmd', `'-2+3+cmd`],
    ['@SUM(A1)', `'@SUM(A1)`],
    ["'=1", "''=1"],
    ['+98 (912) 123-4567', '+98 (912) 123-4567'],
    ["'s-Gravenhage", "'s-Gravenhage"],
    ['Sara', 'Sara']
  ])('%s is written %s, and comes back', (plain, cell) => {
    expect(safeCell(plain)).toBe(cell)
    expect(plainCell(cell)).toBe(plain)
  })
})

it('ten thousand contacts go out and come back', () => {
  const many = Array.from({ length: 10_000 }, (_, index): NewContact => ({
    name: `Person ${index} مرادی`,
    company: 'شرکت نمونه',
    numbers: [
      { label: 'mobile', value: `+98 912 ${1_000_000 + index}` },
      { label: 'work', value: String(index) }
    ],
    emails: [`person${index}@example.org`],
    note: ''
  }))
  for (const file of [writeVcards(many), writeCsv(many)]) expect(read(file)?.contacts).toEqual(many)
})
