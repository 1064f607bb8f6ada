// Directory and own contacts as one list: who is one person, under which name and number, in which section.
import { describe, expect, it } from 'vitest'
import { createFormat } from '../../../../common/i18n/format.ts'
import type { Contact, DirectoryEntry } from '../../../../common/types.ts'
import { findIn } from '../../../../renderer/state/find.ts'
import { inSections, phoneBook, reachedBy, reordered, starredOf } from '../../../../renderer/state/phone-book.ts'
import { people } from '../../../support/ui-gallery/people.ts'

const contact = (id: string, name: string, numbers: readonly string[] = [], company = ''): Contact => ({
  id,
  name,
  company,
  numbers: numbers.map((value, index) => ({ label: index === 0 ? 'mobile' : 'work', value })),
  emails: [],
  note: ''
})
const { compare } = createFormat('en-GB')
const titles = { favourites: 'Favourites', everyone: 'Everyone' }
const someone = (username: string, en: string): DirectoryEntry => ({
  userId: `u-${username}`,
  username,
  names: { en, fa: '' },
  kind: 'person'
})

describe('the phone book', () => {
  it('has somebody of both lists once, under the name one has given them', () => {
    const book = phoneBook(people, [contact('c1', 'Big sister', ['101'])], 'en', compare)
    expect(book).toHaveLength(people.length)
    const sister = book.find(({ name }) => name === 'Big sister')
    expect(sister).toMatchObject({ key: 'user-101', number: '101', entry: { username: '101' }, own: { id: 'c1' } })
    expect(findIn(book, 'rahimi')).toEqual([sister])
    expect(findIn(book, 'رحیمی')).toEqual([sister])
  })
  it('knows a number in another spelling', () => {
    const book = phoneBook(people, [contact('c1', 'Long', ['۰۰۹۸ (۲۱) ۸۸۷۷-۶۶۵۵'])], 'en', compare)
    expect(book.find(({ name }) => name === 'Long')?.key).toBe('user-+982188776655')
  })
  it('gives one entry to one contact, and leaves another with the same number its own row', () => {
    const book = phoneBook(people, [contact('a', 'Office', ['101']), contact('b', 'Other', ['101'])], 'en', compare)
    expect(book.filter(({ numbers }) => numbers.includes('101')).map(({ key }) => key)).toEqual(['user-101', 'own:b'])
  })
  it('keeps a contact without a number, which nothing calls', () => {
    const [only] = phoneBook([], [contact('a', 'Nobody')], 'en', compare)
    expect(only).toMatchObject({ key: 'own:a', number: null, numbers: [] })
    expect(reachedBy(only ?? raise())).toEqual([])
  })
  it('reaches somebody by each number once, the server’s first', () => {
    const book = phoneBook(people, [contact('a', 'Arash', ['0912 345', '103', '۰۹۱۲۳۴۵'])], 'en', compare)
    const arash = book.find(({ own }) => own !== null)
    expect(reachedBy(arash ?? raise())).toEqual([
      { label: null, number: '103', written: '103' },
      { label: 'mobile', number: '0912345', written: '0912 345' }
    ])
  })
  it('finds by company and by a number as it is dialled within the country', () => {
    const book = phoneBook([], [contact('a', 'Mina', ['+98 912 345 6789'], 'شرکت کاشی')], 'fa', compare)
    expect(findIn(book, 'كاشي')).toHaveLength(1)
    expect(findIn(book, '0912345')).toHaveLength(1)
  })
})

describe('the sections', () => {
  const many = Array.from({ length: 30 }, (_, index) =>
    someone(String(index), `${String.fromCharCode(65 + (index % 3))}${String(index)}`)
  )
  it('are favourites in their own order, then everyone where they are few', () => {
    const book = phoneBook(people, [], 'en', compare)
    const sections = inSections(book, ['106', 'nobody', '101'], titles)
    expect(sections.map(({ title, rows }) => [title, rows.length])).toEqual([
      ['Favourites', 2],
      ['Everyone', people.length - 2]
    ])
    expect(sections[0]?.rows.map(({ number }) => number)).toEqual(['106', '101'])
    expect(sections[1]?.rows.map(({ name }) => name.charAt(0)).join('')).toBe('AADEKMNR')
  })
  it('are letters where they are many, and what begins with none is last', () => {
    const book = phoneBook(
      [...many, someone('x', '#1'), someone('y', 'ابراهیم'), someone('z', 'آرش')],
      [],
      'en',
      compare
    )
    expect(inSections(book, [], titles).map(({ title }) => title)).toEqual(['A', 'B', 'C', 'ا', '#'])
  })
  it('leave nobody out and show nobody twice', () => {
    const book = phoneBook(many, [contact('c', 'Zoe', ['3'])], 'en', compare)
    const shown = inSections(book, ['3', '5'], titles).flatMap(({ rows }) => rows)
    expect(new Set(shown).size).toBe(30)
    expect(shown).toHaveLength(30)
    expect(starredOf(book, ['5', '3']).map(({ name }) => name)).toEqual(['C5', 'Zoe'])
  })
})

describe('another order of favourites', () => {
  it.each([
    ['1', '3', ['2', '3', '1', '4']],
    ['4', '1', ['4', '1', '2', '3']],
    ['2', '3', ['1', '3', '2', '4']],
    ['2', '2', ['1', '2', '3', '4']],
    ['9', '1', ['1', '2', '3', '4']]
  ])('puts %s where %s is', (one, target, order) => {
    expect(reordered(['1', '2', '3', '4'], one, target)).toEqual(order)
  })
})

const raise = (): never => {
  throw new Error('not there')
}
