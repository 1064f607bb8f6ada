// Plural rules: every language names the forms that it has, and each sentence with a count has them all.
import { describe, expect, it } from 'vitest'
import { createPlural } from '../../../common/i18n/plural.ts'
import { plural as pluralEn } from '../../../common/i18n/en/plural.ts'
import { plural as pluralFa } from '../../../common/i18n/fa/plural.ts'
import { catalogue, locales } from '../../../common/i18n/index.ts'

describe('plural', () => {
  it('is chosen by the language’s own rules', () => {
    const english = [0, 1, 2, 11, 21].map((count) => pluralEn(count, { one: 'one', other: 'other' }))
    expect(english).toEqual(['other', 'one', 'other', 'other', 'other'])
    // No call at all is singular in Persian.
    expect([0, 1, 2].map((count) => pluralFa(count, { one: 'one', other: 'other' }))).toEqual(['one', 'one', 'other'])
  })

  it('has as many forms as a language needs', () => {
    const russian = createPlural('ru', ['one', 'few', 'many', 'other'])
    const forms = { one: 'звонок', few: 'звонка', many: 'звонков', other: 'звонка' }
    expect([1, 3, 5, 21].map((count) => russian(count, forms))).toEqual(['звонок', 'звонка', 'звонков', 'звонок'])
    // @ts-expect-error a language with four forms is not told two of them
    expect(russian(5, { one: 'звонок', other: 'звонка' })).toBeUndefined()
  })

  it('falls back to the form that every language has', () => {
    const careless = createPlural('ru', ['one', 'other'])
    expect(careless(5, { one: 'one', other: 'other' })).toBe('other')
  })

  it.each(locales)('writes counts as they are given: %s', (locale) => {
    const { shell, ui } = catalogue(locale)
    for (const said of [
      shell.missedCount(7, '٧٧'),
      shell.quitting.inCalls(7, '٧٧'),
      ui.missedCalls(7, '٧٧'),
      ui.home.found(7, '٧٧')
    ]) {
      expect(said).toContain('٧٧')
      expect(said).not.toContain('7')
    }
  })
})
