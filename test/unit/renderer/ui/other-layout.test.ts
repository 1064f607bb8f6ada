// What the same keys type with the other keyboard.
import { describe, expect, it } from 'vitest'
import { onOtherLayout } from '../../../../renderer/state/other-layout.ts'

describe('the other keyboard', () => {
  it.each([
    ['sara', 'سشقش'],
    ['سشقش', 'sara'],
    ['SARA 12', 'سشقش 12'],
    ["';m,]", 'گکپوچ'],
    ['\\vdf', 'پریب'],
    ['ئشغ', 'may'],
    ['آخعسث', 'house'],
    // With the shift key, and with it locked.
    ['Chgi', 'ژاله'],
    ['CHGI', 'زاله']
  ])('%s is %s', (typed, other) => {
    expect(onOtherLayout(typed)).toBe(other)
  })
  it.each(['', '101', '۱۰۱', '١٠١', '+98 912', 'سارا s', '---'])('there is none for %j', (typed) => {
    expect(onOtherLayout(typed)).toBeNull()
  })
  it('leads back for every letter that both have', () => {
    for (const letter of 'abcdefghijklmnopqrstuvwxyz') expect(onOtherLayout(onOtherLayout(letter) ?? '')).toBe(letter)
  })
})
