// What is copied from a page can be dialled, and holds nothing that is not seen.
import { describe, expect, it } from 'vitest'
import { copied } from '../../../../renderer/state/copied.ts'

describe('copied', () => {
  it.each([
    ['\u2066+98 21 8877 6655\u2069', '+98 21 8877 6655'],
    ['۰۹۱۲۳۴۵۶۷۸۹', '09123456789'],
    ['\u200e٠٢١\u200f\n', '021'],
    ['reception', 'reception']
  ])('a number %j', (selected, expected) => {
    expect(copied(selected, true)).toBe(expected)
  })
  it('words as they are, half-spaces too, without marks of direction', () => {
    expect(copied('سارا \u2066(101)\u2069 می‌آید ۵', false)).toBe('سارا (101) می‌آید ۵')
  })
})
