// Timers, lengths and days in both languages.
import { describe, expect, it } from 'vitest'
import { createFormat, daysBefore, formatTag } from '../../../../renderer/state/format.ts'
import { hourMs, minuteMs, secondMs } from '../../../../common/time.ts'

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

describe('formatTag', () => {
  it('is the system’s own variety of the language', () => {
    expect(formatTag('en', ['fa-IR', 'en-US'])).toBe('en-US')
    expect(formatTag('fa', ['en-US'])).toBe('fa-IR')
    expect(formatTag('en', ['en'])).toBe('en-GB')
    expect(formatTag('fa', ['FA-AF'])).toBe('FA-AF')
  })
})

describe('daysBefore', () => {
  it('counts midnights, not hours', () => {
    const noon = new Date(2026, 10, 20, 12).getTime()
    expect(daysBefore(noon - hourMs, noon)).toBe(0)
    expect(daysBefore(new Date(2026, 10, 19, 23, 59).getTime(), new Date(2026, 10, 20, 0, 1).getTime())).toBe(1)
    expect(daysBefore(noon - 7 * 24 * hourMs, noon)).toBe(7)
  })
})
