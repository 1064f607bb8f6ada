// Numbers as people type them, and whose they are.
import { describe, expect, it } from 'vitest'
import { createNameBook, nameFor, noNames } from '../../../../common/contacts/names.ts'
import { isSameNumber, numberKey, numberTail } from '../../../../common/contacts/number.ts'
import { person } from './people.ts'

const same = (one: string, other: string): boolean => {
  const [a, b] = [numberKey(one), numberKey(other)]
  const is = isSameNumber(a, b)
  expect(isSameNumber(b, a)).toBe(is)
  // Whatever is the same is looked up in the same place.
  if (is) expect(numberTail(a)).toBe(numberTail(b))
  return is
}

describe('a number', () => {
  it.each([
    ['+98 (21) 8877-6655', '+982188776655'],
    ['۰۹۱۲ ۱۲۳ ۴۵۶۷', '09121234567'],
    ['٠٩١٢١٢٣٤٥٦٧', '0912/123.4567'],
    ['0098 912 123 4567', '+989121234567'],
    ['\u2066101\u2069', '101'],
    ['0912 123 4567', '+98 912 123 4567'],
    ['00989121234567', '0912-123-4567'],
    ['(030) 1234 5678', '+49 30 12345678'],
    ['*43#', '* 43 #'],
    ['Sara', 'sara'],
    ['علي', 'علی']
  ])('%s is %s', (one, other) => {
    expect(same(one, other)).toBe(true)
  })

  it.each([
    ['101', '102'],
    ['101', '0101'],
    ['0101', '+98101'],
    ['+989121234567', '+19121234567'],
    ['09121234567', '09121234568'],
    ['9121234567', '+989121234567'],
    ['02112345678', '+12342112345678'],
    ['a.b', 'ab'],
    ['rené', 'rene']
  ])('%s is not %s', (one, other) => {
    expect(same(one, other)).toBe(false)
  })
})

describe('the name of a number', () => {
  const book = createNameBook([
    person('Grandma', ['021 8877 6655']),
    person('Office', ['101', '+98 912 000 0000']),
    person('Somebody else', ['0912 000 0000', '101']),
    person('0935 111 2222', ['09351112222'])
  ])
  it.each([
    ['+982188776655', 'Grandma'],
    ['۱۰۱', 'Office'],
    ['+989120000000', 'Office'],
    ['09120000000', 'Somebody else'],
    ['09351112222', null],
    ['102', null]
  ])('%s is %s', (username, name) => {
    expect(book.nameOf(username)).toBe(name)
  })

  it('stands in both languages; who has none stays the very same', () => {
    const kian = { userId: 'u1', username: '101', names: { en: 'Kian', fa: 'کیان' } }
    expect(nameFor(kian, book)).toEqual({ ...kian, names: { en: 'Office', fa: 'Office' } })
    expect(nameFor(kian, noNames)).toBe(kian)
    const named = { ...kian, names: { en: 'Office', fa: 'Office' } }
    expect(nameFor(named, book)).toBe(named)
  })
})
