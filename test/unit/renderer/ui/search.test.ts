// Searching and dialling: what is typed on either keyboard finds the same people, and Enter calls what was meant.
import { describe, expect, it } from 'vitest'
import { findIn } from '../../../../renderer/state/find.ts'
import { phoneBook } from '../../../../renderer/state/phone-book.ts'
import { dialTarget } from '../../../../common/dial-target.ts'
import { enterTarget } from '../../../../renderer/state/search.ts'
import { people } from '../../../support/ui-gallery/people.ts'

// In the order in which they were made up.
const book = phoneBook(people, [], 'en', () => 0)
const usernames = (query: string) => findIn(book, query).map(({ number }) => number)

describe('search', () => {
  it('finds by either name, by number, and in either digits', () => {
    expect(usernames('kamali')).toEqual(['103'])
    expect(usernames('كمالي')).toEqual(['103'])
    expect(usernames('۱۰۳')).toEqual(['103'])
    expect(usernames('سارا رح')).toEqual(['101'])
  })
  it('finds what is written together, apart or with a half-space', () => {
    expect(usernames('فاطمهزهرا')).toEqual(['+982188776655'])
    expect(usernames('فاطمه زهرا')).toEqual(['+982188776655'])
    expect(usernames('فاطمه\u200cزهرا')).toEqual(['+982188776655'])
  })
  it('puts beginnings of words before insides, and keeps the order otherwise', () => {
    expect(usernames('ar')).toEqual(['103', '101', '104', '106', '108'])
  })
  it('gives all for an empty query and none for nonsense', () => {
    expect(findIn(book, '  ')).toBe(book)
    expect(usernames('zzz')).toEqual([])
  })
})

describe('dialTarget', () => {
  it.each([
    ['۱۰۱', '101'],
    ['+98 (21) 88-77', '+98218877'],
    ['*43#', '*43#'],
    ['\u2066101\u2069', '101'],
    ['Reception', 'Reception'],
    ['a.b-c', 'a.b-c']
  ])('%s is %s', (typed, target) => {
    expect(dialTarget(typed)).toBe(target)
  })
  it.each(['', '   ', 'two words', 'a/b', '9'.repeat(65)])('%s is nothing to dial', (typed) => {
    expect(dialTarget(typed)).toBeNull()
  })
})

describe('enterTarget', () => {
  const enter = (typed: string) => {
    const target = enterTarget(typed, findIn(book, typed))
    return target && { to: target.to, known: target.who !== null }
  }
  it('dials a number as it was typed, though it begins another', () => {
    expect(enter('10')).toEqual({ to: '10', known: false })
    expect(enter('۱۰۱')).toEqual({ to: '101', known: true })
  })
  it('calls the best match of a name, else the text as a username', () => {
    expect(enter('nil')).toEqual({ to: '104', known: true })
    expect(enter('somebody')).toEqual({ to: 'somebody', known: false })
    expect(enter('no body')).toBeNull()
    expect(enter('')).toBeNull()
  })
})
