// Times, durations and counts as a language writes them. Pure but for Intl; nothing here reads the clock.
import type { Locale } from '../../common/i18n/index.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../../common/time.ts'

export type Format = {
  /** A running timer: `0:07`, `12:05`, `1:02:03`, with the language's digits. */
  readonly timer: (ms: number) => string
  /** A length in words: `12 sec`, `3 min`, `1 hr, 5 min`. */
  readonly length: (ms: number) => string
  /** A whole number with the language's digits. */
  readonly count: (value: number) => string
  /** A share from 0 to 1 in per cent. */
  readonly percent: (share: number) => string
  /** Names joined as in a sentence: `Sara, Kian and Arash`. */
  readonly names: (names: readonly string[]) => string
  readonly time: (at: number) => string
  readonly date: (at: number, now: number) => string
  /** Date and time in full, for tooltips and screen readers. */
  readonly moment: (at: number) => string
  /** For sorting names. */
  readonly compare: (a: string, b: string) => number
}

/** The tag that dates are written in: the system's own variety of the language where it has one (en-GB, fa-AF). */
export const formatTag = (locale: Locale, preferred: readonly string[]): string =>
  preferred.find((tag) => tag.toLowerCase().split('-')[0] === locale && tag.includes('-')) ??
  (locale === 'fa' ? 'fa-IR' : 'en-GB')

export const createFormat = (tag: string, timeZone?: string): Format => {
  const zone = timeZone === undefined ? {} : { timeZone }
  const plain = new Intl.NumberFormat(tag, { useGrouping: false, maximumFractionDigits: 0 })
  const two = new Intl.NumberFormat(tag, { useGrouping: false, minimumIntegerDigits: 2, maximumFractionDigits: 0 })
  const percent = new Intl.NumberFormat(tag, { style: 'percent' })
  const unit = (name: string) => new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'short' })
  const units = { hour: unit('hour'), minute: unit('minute'), second: unit('second') }
  const list = new Intl.ListFormat(tag, { type: 'unit', style: 'short' })
  const and = new Intl.ListFormat(tag, { type: 'conjunction', style: 'long' })
  const time = new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit', ...zone })
  const nearDate = new Intl.DateTimeFormat(tag, { weekday: 'long', day: 'numeric', month: 'long', ...zone })
  const farDate = new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', year: 'numeric', ...zone })
  const moment = new Intl.DateTimeFormat(tag, { dateStyle: 'long', timeStyle: 'short', ...zone })
  const collator = new Intl.Collator(tag, { numeric: true, sensitivity: 'base' })

  return {
    timer: (ms) => {
      const total = Math.max(0, Math.floor(ms / secondMs))
      const hours = Math.floor(total / 3600)
      const minutes = Math.floor((total % 3600) / 60)
      const seconds = two.format(total % 60)
      return hours > 0
        ? `${plain.format(hours)}:${two.format(minutes)}:${seconds}`
        : `${plain.format(minutes)}:${seconds}`
    },
    length: (ms) => {
      if (ms < minuteMs) return units.second.format(Math.max(1, Math.floor(ms / secondMs)))
      const minutes = Math.floor((ms % hourMs) / minuteMs)
      if (ms < hourMs) return units.minute.format(minutes)
      const hours = units.hour.format(Math.floor(ms / hourMs))
      return minutes === 0 ? hours : list.format([hours, units.minute.format(minutes)])
    },
    count: (value) => plain.format(value),
    percent: (share) => percent.format(share),
    names: (names) => and.format(names),
    time: (at) => time.format(at),
    date: (at, now) => (now - at < 300 * dayMs ? nearDate : farDate).format(at),
    moment: (at) => moment.format(at),
    compare: (a, b) => collator.compare(a, b)
  }
}

/** How many calendar days (of the machine's time zone) lie between: 0 = the same day, 1 = yesterday. */
export const daysBefore = (at: number, now: number): number => {
  const midnight = (ms: number) => {
    const date = new Date(ms)
    return Date.UTC(date.getFullYear(), date.getMonth(), date.getDate())
  }
  return Math.round((midnight(now) - midnight(at)) / dayMs)
}
