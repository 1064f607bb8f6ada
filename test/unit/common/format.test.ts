// Timers, lengths, days and counts in both languages, in every choice of digits and calendar.
import { describe, expect, it } from 'vitest'
import { asTheLanguage, createFormat, formatTag, type FormatChoice } from '../../../common/i18n/format.ts'
import type { Locale } from '../../../common/i18n/index.ts'
import { hourMs, minuteMs, secondMs } from '../../../common/time.ts'

const en = createFormat('en-GB', 'UTC')
const fa = createFormat('fa-IR', 'UTC')

describe('timer', () => {
  it.each([
    [0, '0:00', '۰:۰۰'],
    [-500, '0:00', '۰:۰۰'],
    [7_999, '0:07', '۰:۰۷'],
    [12 * minuteMs + 5 * secondMs, '12:05', '۱۲:۰۵'],
    [hourMs - 1, '59:59', '۵۹:۵۹'],
    [hourMs + 2 * minuteMs + 3 * secondMs, '1:02:03', '۱:۰۲:۰۳'],
    [100 * hourMs, '100:00:00', '۱۰۰:۰۰:۰۰']
  ])('%d ms', (ms, inEnglish, inPersian) => {
    expect(en.timer(ms)).toBe(inEnglish)
    expect(fa.timer(ms)).toBe(inPersian)
  })
})

describe('length', () => {
  it('has at least a second, and no seconds beyond a minute', () => {
    expect(en.length(200)).toBe('1 sec')
    expect(en.length(42_000)).toBe('42 secs')
    expect(en.length(3 * minuteMs + 12_000)).toBe('3 mins')
    expect(en.length(hourMs)).toBe('1 hr')
    expect(en.length(hourMs + 5 * minuteMs)).toBe('1 hr, 5 mins')
  })
  it('is Persian in Persian', () => {
    expect(fa.length(3 * minuteMs)).toBe('۳ دقیقه')
    expect(fa.length(hourMs + 5 * minuteMs)).toMatch(/^۱ ساعت.*۵ دقیقه$/)
  })
})

describe('what is measured', () => {
  it('is written as a mark, and as thousandths of a second', () => {
    expect([en.mark(4.2461), fa.mark(3)]).toEqual(['4.2', '۳٫۰'])
    expect([en.milliseconds(483), fa.milliseconds(120)]).toEqual(['480 ms', '۱۲۰ میلی‌ثانیه'])
  })
})

describe('dates', () => {
  const at = Date.UTC(2026, 2, 21, 9, 5)
  it('are of the solar calendar in Persian', () => {
    expect(fa.date(at, at)).toContain('فروردین')
    expect(fa.moment(at)).toContain('۱۴۰۵')
    expect(en.date(at, at)).toBe('Saturday 21 March')
  })
  it('name the year where it is long ago', () => {
    expect(en.date(at, at + 400 * 24 * hourMs)).toBe('21 March 2026')
  })
})

describe('what a person chose', () => {
  const at = Date.UTC(2026, 2, 21, 9, 5)
  const written = (locale: Locale, choice: Partial<FormatChoice>) => {
    const format = createFormat(formatTag(locale, [], { ...asTheLanguage, ...choice }), 'UTC')
    return [format.moment(at), format.timer(65_000), format.count(1204), format.percent(0.4), format.length(180_000)]
  }
  it.each<readonly [Locale, Partial<FormatChoice>, readonly string[]]>([
    ['en', {}, ['21 March 2026 at 09:05', '1:05', '1204', '40%', '3 mins']],
    ['en', { calendar: 'jalali' }, ['1 Farvardin 1405 at 09:05', '1:05', '1204', '40%', '3 mins']],
    ['en', { digits: 'persian' }, ['۲۱ March ۲۰۲۶ at ۰۹:۰۵', '۱:۰۵', '۱۲۰۴', '۴۰٪', '۳ mins']],
    ['fa', {}, ['۱ فروردین ۱۴۰۵ ساعت ۹:۰۵', '۱:۰۵', '۱۲۰۴', '۴۰٪', '۳ دقیقه']],
    ['fa', { digits: 'latin' }, ['1 فروردین 1405 ساعت 9:05', '1:05', '1204', '40%', '3 دقیقه']],
    ['fa', { calendar: 'gregorian' }, ['۲۱ مارس ۲۰۲۶ ساعت ۹:۰۵', '۱:۰۵', '۱۲۰۴', '۴۰٪', '۳ دقیقه']],
    ['fa', { digits: 'latin', calendar: 'gregorian' }, ['21 مارس 2026 ساعت 9:05', '1:05', '1204', '40%', '3 دقیقه']]
  ])('%s with %o', (locale, choice, expected) => {
    // Marks of direction may come with a sign; what is read is the same. Engines differ in the kinds of blank they use.
    const read = (text: string) => text.replace(/[\u200e\u200f\u061c]/g, '').replace(/\s/g, ' ')
    expect(written(locale, choice).map(read)).toEqual(expected)
  })
  it('names no era, with which nobody counts years', () => {
    const format = createFormat('en-US-u-ca-persian', 'UTC')
    expect(format.date(at, at + 400 * 24 * hourMs)).toBe('Farvardin 1, 1405')
  })
})

describe('formatTag', () => {
  const plain = (locale: Locale, preferred: readonly string[]) => formatTag(locale, preferred, asTheLanguage)
  it('is the system’s own variety of the language', () => {
    expect(plain('en', ['fa-IR', 'en-US'])).toBe('en-US')
    expect(plain('fa', ['en-US'])).toBe('fa-IR')
    expect(plain('en', ['en'])).toBe('en-GB')
    expect(plain('fa', ['FA-AF'])).toBe('fa-AF')
  })
  it('keeps the variety whatever was chosen', () => {
    expect(formatTag('fa', ['fa-AF'], { digits: 'latin', calendar: 'gregorian' })).toBe('fa-AF-u-ca-gregory-nu-latn')
  })
})
