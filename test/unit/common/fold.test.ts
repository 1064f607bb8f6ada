// Folding: what people take for the same is the same. A search may find too much; two usernames are never taken for one.
import { describe, expect, it } from 'vitest'
import { fold, latinDigits, usernameKey } from '../../../common/fold.ts'

describe('what is searched for', () => {
  it.each([
    ['Arabic and Persian yeh and kaf', 'كيان', 'کیان'],
    ['alef with hamza or madda', 'آرش أرش إرش', 'ارش ارش ارش'],
    ['hamza on its seat', 'مسئول مؤمن', 'مسیول مومن'],
    ['teh marbuta and heh with yeh', 'خانة خانۀ', 'خانه خانه'],
    ['vowel marks and tatweel', 'مُحَمَّد سـارا', 'محمد سارا'],
    ['the half-space', 'می\u200cخواهم', 'میخواهم'],
    ['digits of both scripts, and wide ones', '۱۲٣٤5６', '123456'],
    ['marks that set a direction', '\u2066101\u2069\u200f', '101'],
    ['case, accents and blanks', '  ÉLAN  Vital ', 'elan vital'],
    ['case and blanks of plain letters', ' Sara  RAHIMI', 'sara rahimi'],
    ['line breaks and tabs', 'one\n\ttwo', 'one two']
  ])('takes %s as one', (_what, typed, folded) => {
    expect(fold(typed)).toBe(folded)
    expect(fold(folded)).toBe(folded)
  })
})

describe('a username', () => {
  it.each([
    ['۱۰۱', '101'],
    ['١٠١', '101'],
    ['１０１', '101'],
    ['Sara', 'SARA'],
    ['علي', 'علی'],
    ['كيان', 'کیان'],
    ['مى\u200cنا', 'مینا']
  ])('%s is %s', (one, other) => {
    expect(usernameKey(one)).toBe(usernameKey(other))
  })

  it.each([
    ['101', '102'],
    ['سارا', 'سار'],
    ['a.b', 'ab'],
    ['rené', 'rene'],
    ['آرش', 'ارش']
  ])('%s is not %s', (one, other) => {
    expect(usernameKey(one)).not.toBe(usernameKey(other))
  })
})

it('digits alone become Latin where a text stays as it was typed', () => {
  expect(latinDigits('۰۹٨ Élan ي')).toBe('098 Élan ي')
})
