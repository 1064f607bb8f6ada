// Files of contacts in the shapes that Google, Outlook and Apple write, in any encoding, and files that are none.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import type { NewContact } from '../../../../common/contacts/merge.ts'
import { readContactFile } from '../../../../renderer/files/read-contacts.ts'

const bytesOf = (name: string): Uint8Array => readFileSync(path.join(import.meta.dirname, 'fixtures', name))
const textOf = (name: string): string => new TextDecoder().decode(bytesOf(name))
const read = (name: string) => readContactFile(bytesOf(name))
const readText = (text: string) => readContactFile(new TextEncoder().encode(text))

const one = (part: Partial<NewContact>): NewContact => ({
  name: '',
  company: '',
  numbers: [],
  emails: [],
  note: '',
  ...part
})
const mobile = (value: string) => ({ label: 'mobile' as const, value })
const work = (value: string) => ({ label: 'work' as const, value })
const home = (value: string) => ({ label: 'home' as const, value })
const fax = (value: string) => ({ label: 'fax' as const, value })
const other = (value: string) => ({ label: 'other' as const, value })

const expected: Readonly<
  Record<string, { kind: 'vcard' | 'csv'; contacts: readonly NewContact[]; bad?: readonly object[] }>
> = {
  'google.vcf': {
    kind: 'vcard',
    contacts: [
      one({
        name: 'Sara Rahimi',
        company: 'Example, Inc.',
        numbers: [mobile('+98 912 123 4567'), work('021-8877 6655')],
        emails: ['sara@example.org'],
        note: 'Met in Shiraz\nLikes tea; no sugar'
      }),
      one({ name: 'کیان مرادی', numbers: [mobile('۰۹۳۵۱۱۱۲۲۲۲'), fax('02188776600'), work('02188776601')] }),
      one({ name: 'Only a Company', company: 'Only a Company' })
    ],
    bad: [{ at: 4, name: '' }]
  },
  'google.csv': {
    kind: 'csv',
    contacts: [
      one({
        name: 'Dr. Sara Rahimi',
        company: 'Example, Inc.',
        numbers: [mobile('+98 912 123 4567'), fax('021-8877 6600')],
        emails: ['sara@example.org', 's.rahimi@example.com'],
        note: 'Met in Shiraz\nLikes "tea"'
      }),
      one({ name: 'کیان مرادی', numbers: [mobile('۰۹۳۵۱۱۱۲۲۲۲'), mobile('09351112223')] }),
      one({ name: 'Only a Company', company: 'Only a Company' })
    ],
    bad: [{ at: 4, name: '' }]
  },
  'google-old.csv': {
    kind: 'csv',
    contacts: [
      one({
        name: 'Sara Rahimi',
        company: 'Example',
        numbers: [mobile('+98 912 123 4567'), home('021 2233 4455')],
        emails: ['sara@example.org']
      }),
      one({ name: 'Reception', numbers: [work('101')] })
    ]
  },
  'outlook.vcf': {
    kind: 'vcard',
    contacts: [
      one({
        name: 'Dr. Sara Rahimi',
        company: 'Example Inc., Research',
        numbers: [work('(021) 8877-6655'), mobile('+98 912 123 4567'), fax('(021) 8877-6600')],
        emails: ['sara@example.org']
      }),
      one({ name: 'سارا', numbers: [home('021 2233 4455')], note: 'در شیراز دیدمش\nچای دوست دارد' }),
      one({ name: 'كيان مرادي', numbers: [mobile('09351112222')] })
    ]
  },
  'outlook.csv': {
    kind: 'csv',
    contacts: [
      one({
        name: 'Dr. Sara Rahimi',
        company: 'Example, Inc.',
        numbers: [fax('(021) 8877-6600'), work('(021) 8877-6655'), mobile('+98 912 123 4567')],
        emails: ['sara@example.org', 's@example.com'],
        note: 'Met in Shiraz'
      }),
      one({ name: 'کیان مرادی', numbers: [home('021 2233 4455')] })
    ],
    bad: [{ at: 3, name: '' }]
  },
  'outlook-semicolon.csv': {
    kind: 'csv',
    contacts: [
      one({
        name: 'سارا رحیمی',
        company: 'شرکت نمونه',
        numbers: [work('021 8877 6655'), mobile('0912 123 4567')],
        emails: ['sara@example.org'],
        note: 'یک; دو'
      }),
      one({ name: 'کیان مرادی', numbers: [mobile('0935 111 2222')] })
    ]
  },
  'apple.vcf': {
    kind: 'vcard',
    contacts: [
      one({
        name: 'Sara Rahimi',
        company: 'Example, Inc.',
        numbers: [mobile('+98 912 123 4567'), fax('021-8877 6600'), mobile('0935 111 2222'), work('*43')],
        emails: ['sara@example.org'],
        note: 'A long note that has to go on in a second line because no line may be longer than seventy-five bytes, says the standard\n- and a list\n- of two'
      }),
      one({ name: 'Example, Inc.', company: 'Example, Inc.', numbers: [work('101')] })
    ]
  },
  'apple-4.vcf': {
    kind: 'vcard',
    contacts: [
      one({
        name: 'سارا رحیمی',
        company: 'شرکت نمونه',
        numbers: [mobile('+98-912-123-4567'), home('021-2233-4455'), work('021 8877 6655')],
        emails: ['sara@example.org'],
        note: 'یک, دو\nسه'
      })
    ]
  },
  'broken.vcf': {
    kind: 'vcard',
    contacts: [
      one({ name: 'Good One', numbers: [other('102')] }),
      one({ name: 'Agent With', numbers: [other('103')] })
    ],
    bad: [
      { at: 1, name: 'Never Ended' },
      { at: 3, name: '' },
      { at: 5, name: 'Cut Off' }
    ]
  }
}

describe('a file as others write it', () => {
  it.each(Object.entries(expected))('%s gives everybody in it', (name, { kind, contacts, bad = [] }) => {
    expect(read(name)).toEqual({ kind, contacts, bad, shortened: [] })
  })

  it.each(Object.keys(expected))('%s is the same with the line ends of others', (name) => {
    const text = textOf(name).replaceAll('\r\n', '\n')
    for (const end of ['\n', '\r\n']) expect(readText(text.replaceAll('\n', end))).toEqual(read(name))
  })
})

/** Windows' encoding of Persian, turned round: each of its bytes by the letter that it means. */
const byteOf = new Map(
  Array.from({ length: 256 }, (_, byte) => [new TextDecoder('windows-1256').decode(Uint8Array.of(byte)), byte])
)
const asWindows1256 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => byteOf.get(character.replace('ی', 'ي')) ?? 0x3f)
const utf16 = (text: string, isLittle: boolean, mark: boolean): Uint8Array => {
  const bytes = Buffer.from(`${mark ? '\ufeff' : ''}${text}`, 'utf16le')
  return isLittle ? bytes : bytes.swap16()
}

describe('an encoding that nobody told', () => {
  const text = textOf('outlook-semicolon.csv')
  const whole = read('outlook-semicolon.csv')
  it.each([
    ['UTF-8 with its mark', new TextEncoder().encode(`\ufeff${text}`)],
    ['UTF-16, little end first', utf16(text, true, true)],
    ['UTF-16, big end first', utf16(text, false, true)],
    ['UTF-16 without its mark', utf16(text, true, false)],
    ['UTF-16 without its mark, big end first', utf16(text, false, false)]
  ])('%s is found out', (_, bytes) => {
    expect(readContactFile(bytes)).toEqual(whole)
  })

  it('of Windows is found out, Persian and Western', () => {
    const persian = readContactFile(asWindows1256(text))
    expect(persian?.contacts.map(({ name }) => name)).toEqual(['سارا رحيمي', 'کيان مرادي'])
    const western = Uint8Array.from('Name;Phone\nRené Jäger;101\n', (character) => character.charCodeAt(0))
    expect(readContactFile(western)?.contacts).toEqual([one({ name: 'René Jäger', numbers: [other('101')] })])
  })
})

it('a backslash is one in a card of version 2.1, and a sign before others since', () => {
  const card = (version: string) =>
    `BEGIN:VCARD\nVERSION:${version}\nFN:Sara\nORG:A\\;B;C\nNOTE:C:\\new\\, old\nEND:VCARD\n`
  const sara = { name: 'Sara', company: 'A;B, C' }
  expect(readText(card('2.1'))?.contacts).toEqual([one({ ...sara, note: 'C:\\new, old' })])
  expect(readText(card('3.0'))?.contacts).toEqual([one({ ...sara, note: 'C:\new, old' })])
})

it('a card with a large picture is read at once', () => {
  const picture = Array.from({ length: 27_000 }, () => ` ${'QUJD'.repeat(18)}==`).join('\r\n')
  const card = `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Sara\r\nPHOTO;ENCODING=b:\r\n${picture}\r\nTEL;TYPE=CELL:101\r\nEND:VCARD\r\n`
  expect(card.length).toBeGreaterThan(2_000_000)
  const began = performance.now()
  expect(readText(card)?.contacts).toEqual([one({ name: 'Sara', numbers: [mobile('101')] })])
  // Far more than it takes, and far less than where every line looks at all that came before it.
  expect(performance.now() - began).toBeLessThan(2_000)
})

describe('a table', () => {
  it.each([
    ['tabs', 'Name\tMobile\nSara\t101'],
    ['semicolons', 'name;mobile\nSara;101'],
    ['a word for spreadsheets', 'sep=|\r\nName|Mobile\r\nSara|101'],
    ['Persian headings', 'نام,تلفن همراه\nSara,101'],
    ['parts of a name', 'First Name,Last Name,Cell\nSara,,101']
  ])('with %s is read', (_, text) => {
    expect(readText(text)?.contacts).toEqual([one({ name: 'Sara', numbers: [mobile('101')] })])
  })

  it.each([
    ['a name beside a family name', 'نام,نام خانوادگی,تلفن\nعلی,رضایی,101', 'علی رضایی'],
    ['a name beside a surname', 'Name,Surname,Phone\nAli,Rezaei,101', 'Ali Rezaei'],
    ['a family name alone', 'Name,Surname,Phone\n,Rezaei,101', 'Rezaei'],
    ['a full name beside a family name', 'Full name,Last name,Phone\nAli Rezaei,Rezaei,101', 'Ali Rezaei'],
    ['an empty given name', 'Name,First name,Last name,Phone\nAli Rezaei,,Rezaei,101', 'Ali Rezaei'],
    ['all of them', 'Name,First name,Last name,Phone\nRezaei (Ali),Ali,Rezaei,101', 'Ali Rezaei']
  ])('with %s keeps the whole name', (_, text, name) => {
    expect(readText(text)?.contacts).toMatchObject([{ name }])
  })

  it('without headings is read by what its cells look like', () => {
    expect(readText('سارا رحیمی,0912 123 4567,sara@example.org\n101,Reception,Hotel,by the door\n')).toMatchObject({
      contacts: [
        one({ name: 'سارا رحیمی', numbers: [other('0912 123 4567')], emails: ['sara@example.org'] }),
        one({ name: 'Reception', company: 'Hotel', numbers: [other('101')], note: 'by the door' })
      ],
      bad: []
    })
  })

  it('with a quote that never ends loses what is behind it, and says so', () => {
    expect(readText('Name,Phone\nSara,101\n"Reza,102\nKian,103\n')).toMatchObject({
      contacts: [{ name: 'Sara' }],
      bad: [{ at: 2 }]
    })
  })
})

describe('what is no file of contacts', () => {
  it.each([
    ['nothing', ''],
    ['blanks', ' \n\n'],
    ['a text', 'Dear Sara,\nhow are you?\n'],
    ['a program', '\u007fELF\u0000\u0001\u0002'],
    ['JSON', '{"contacts": [1, 2]}']
  ])('%s is told from one', (_, text) => {
    expect(readText(text)).toBeNull()
  })

  it('is told from one whatever its bytes are', () => {
    let state = 7
    const noise = Uint8Array.from(
      { length: 20_000 },
      () => (state = (state * 1_103_515_245 + 12_345) & 0x7fffffff) >> 16
    )
    expect(readContactFile(noise)).toBeNull()
  })
})

it('what is more than a contact may hold is left out, and the contact named', () => {
  const numbers = Array.from({ length: 12 }, (_, index) => `TEL:${100 + index}\n`).join('')
  const card = (lines: string) => `BEGIN:VCARD\nVERSION:3.0\n${lines}END:VCARD\n`
  const long = 'x'.repeat(3_000)
  const found = readText(
    card(`FN:Many Numbers\n${numbers}`) +
      card(`FN:Long Note\nNOTE:${long}😀\n`) +
      card(`FN:x${'😀'.repeat(100)}\n`) +
      card(`FN:No Number\nTEL:${long}\n`) +
      card('FN:Bell\u0007Control \ud83d\nTEL:1\n')
  )
  expect(found?.contacts.map(({ numbers: { length } }) => length)).toEqual([10, 0, 0, 0, 1])
  expect(found?.contacts[1]?.note).toBe(long.slice(0, 2_000))
  expect(found?.contacts[2]?.name).toBe(`x${'😀'.repeat(63)}`)
  expect(found?.contacts[4]?.name).toBe('Bell Control \ufffd')
  expect(found?.shortened).toEqual(['Many Numbers', 'Long Note', `x${'😀'.repeat(63)}`, 'No Number'])
})
