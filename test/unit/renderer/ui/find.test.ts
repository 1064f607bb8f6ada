// Finding among many: the same people whatever the keyboard, the best first, and what fits is marked as it is written.
import { describe, expect, it } from 'vitest'
import { createFinder, findIn, findWithEither, marked, searchKeyOf } from '../../../../renderer/state/find.ts'

const person = (name: string, numbers: readonly string[], ...others: readonly string[]) => ({
  name,
  search: searchKeyOf([name, ...others], numbers)
})
const list = [
  person('Sara Rahimi', ['101'], 'سارا رحیمی', 'Carthage'),
  person('Kian', ['102', '+98 21 8877-6655']),
  person('Arash Kamali', ['103'], 'آرش کمالی'),
  person('سیده فاطمه‌زهرا', ['0912 345 6789'], 'شرکت کاشی یزد')
]
const found = (typed: string) => findIn(list, typed).map(({ name }) => name)

describe('finding', () => {
  it.each([
    ['a Latin name', 'kamali', ['Arash Kamali']],
    ['Arabic letters', 'كمالي', ['Arash Kamali']],
    ['Persian digits', '۱۰۳', ['Arash Kamali']],
    ['words in any order', 'rahimi sara', ['Sara Rahimi']],
    ['a company', 'کاشی', ['سیده فاطمه‌زهرا']],
    ['words written together', 'فاطمهزهرا', ['سیده فاطمه‌زهرا']],
    ['words written apart', 'فاطمه زهرا', ['سیده فاطمه‌زهرا']],
    ['a number as it is dialled', '+982188776655', ['Kian']],
    ['a number written otherwise', '(+98) 21/88', ['Kian']],
    ['the middle of a number', '345-67', ['سیده فاطمه‌زهرا']],
    ['nobody', 'zzz', []]
  ])('%s', (_what, typed, names) => {
    expect(found(typed)).toEqual(names)
  })
  it('puts beginnings of words and numbers before insides, otherwise keeps the order', () => {
    expect(found('ar')).toEqual(['Arash Kamali', 'Sara Rahimi'])
    expect(found('10')).toEqual(['Sara Rahimi', 'Kian', 'Arash Kamali'])
  })
  it('gives the very list where nothing was typed', () => {
    expect(findIn(list, ' ')).toBe(list)
  })
})

describe('with the keyboard that was forgotten to be switched', () => {
  const foundBy = (typed: string) => {
    const { found, by } = findWithEither(list, typed)
    return [found.map(({ name }) => name), by]
  }
  it('finds what was meant, and says by what', () => {
    expect(foundBy(';haf')).toEqual([[], ';haf'])
    expect(foundBy(';had')).toEqual([['سیده فاطمه‌زهرا'], 'کاشی'])
    expect(foundBy('نهشد')).toEqual([['Kian'], 'kian'])
    expect(foundBy('سشقش قشا')).toEqual([['Sara Rahimi'], 'sara rah'])
  })
  it('looks for it only where nobody has what was typed', () => {
    // The keys of the one are the letters of the other.
    const both = [person('سارا', ['104']), person('Shvh', ['105'])]
    expect(findWithEither(both, 'سارا')).toEqual({ found: [both[0]], by: 'سارا' })
    expect(findWithEither(both.slice(1), 'سارا')).toEqual({ found: [both[1]], by: 'shvh' })
  })
})

describe('what is marked', () => {
  const marks = (text: string, typed: string) =>
    marked(text, typed)
      .map(({ text: piece, fits }) => (fits ? `[${piece}]` : piece))
      .join('')
  it.each([
    ['Sara Rahimi', 'ra sa', '[Sa]ra [Ra]himi'],
    ['Sara Rahimi', 'him', 'Sara Ra[him]i'],
    ['آرش کمالی', 'ارش ك', '[آرش] [ک]مالی'],
    ['مُحَمَّد', 'محم', '[مُحَمَّ]د'],
    ['فاطمه‌زهرا', 'فاطمه ز', '[فاطمه‌ز]هرا'],
    ['+98 21 8877-6655', '۲۱۸۸', '+98 [21 88]77-6655'],
    ['Élan', 'el', '[Él]an'],
    ['Sara', 'zz', 'Sara'],
    ['Sara', ' ', 'Sara']
  ])('%s, %s', (text, typed, shown) => {
    expect(marks(text, typed)).toBe(shown)
  })
})

describe('typing on', () => {
  const list = [
    'Sara Rahimi 0912 345 6789',
    'Rahim Sadr 101',
    'Mohammad Rahimian 1012',
    'سارا رحیمی 09',
    'Ali Reza 912'
  ].map((words) => {
    const numbers =
      words
        .match(/[0-9][0-9 ]*$/)?.[0]
        .split(' ')
        .join('') ?? ''
    return { words, search: searchKeyOf([words.replace(/[0-9 ]+$/, '')], [numbers]) }
  })
  it.each(['rahimi sar', 'sararahimi', '0912345', '1012x', 'رحیمی س', 'a  r', '+98 912', 'ali912', 'سشقش', 'vpdld'])(
    'finds for %s at each letter what a search from the beginning finds',
    (typed) => {
      const find = createFinder<(typeof list)[number]>()
      for (let length = 1; length <= typed.length; length += 1) {
        expect(find(list, typed.slice(0, length))).toEqual(findWithEither(list, typed.slice(0, length)))
      }
      // Another list, and another beginning.
      expect(find(list.slice(1), typed)).toEqual(findWithEither(list.slice(1), typed))
      expect(find(list, 'sadr')).toEqual(findWithEither(list, 'sadr'))
    }
  )
})
