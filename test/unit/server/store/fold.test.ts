// Folding of names: what people take for the same is the same, and nothing else.
import { describe, expect, it } from 'vitest'
import { fold } from '../../../../server/store/fold.ts'

describe('fold', () => {
  it.each([
    ['۱۰۱', '101'],
    ['١٠١', '101'],
    ['１０１', '101'],
    ['Sara', 'SARA'],
    ['علي', 'علی'],
    ['كيان', 'کیان'],
    ['مى\u200cنا', 'مینا']
  ])('%s is %s', (one, other) => {
    expect(fold(one)).toBe(fold(other))
  })

  it.each([
    ['101', '102'],
    ['سارا', 'سار'],
    ['a.b', 'ab']
  ])('%s is not %s', (one, other) => {
    expect(fold(one)).not.toBe(fold(other))
  })
})
