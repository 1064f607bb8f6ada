// Times, durations and counts as a language writes them, in the digits and the calendar that the person chose. Pure but
// for Intl; nothing here reads the clock.
import { dayMs, hourMs, minuteMs, secondMs } from '../time.ts'
import { languageOf, type Locale } from './index.ts'

export type Format = {
  /** A running timer: `0:07`, `12:05`, `1:02:03`. */
  readonly timer: (ms: number) => string
  /** A length in words: `12 sec`, `3 min`, `1 hr, 5 min`. */
  readonly length: (ms: number) => string
  /** A whole number. */
  readonly count: (value: number) => string
  /** A share from 0 to 1 in per cent. */
  readonly percent: (share: number) => string
  /** A mark with one decimal: `4.2`. */
  readonly mark: (value: number) => string
  /** A moment in thousandths of a second, to the nearest ten: `480 ms`. */
  readonly milliseconds: (ms: number) => string
  /** Names joined as in a sentence: `Sara, Kian and Arash`. */
  readonly names: (names: readonly string[]) => string
  readonly time: (at: number) => string
  /** With seconds. */
  readonly timeOfDay: (at: number) => string
  readonly date: (at: number, now: number) => string
  /** Date and time in full, for tooltips and screen readers. */
  readonly moment: (at: number) => string
  /** For sorting names. */
  readonly compare: (a: string, b: string) => number
}

/** What a person may choose about numbers and dates, whatever the language; `auto` leaves it to the language. */
export const digitChoices = ['auto', 'latin', 'persian'] as const
export const calendarChoices = ['auto', 'gregorian', 'jalali'] as const
export type FormatChoice = {
  readonly digits: (typeof digitChoices)[number]
  readonly calendar: (typeof calendarChoices)[number]
}
/** Everything as the language has it. */
export const asTheLanguage: FormatChoice = { digits: 'auto', calendar: 'auto' }

const numberingSystems = { auto: {}, latin: { numberingSystem: 'latn' }, persian: { numberingSystem: 'arabext' } }
const calendars = { auto: {}, gregorian: { calendar: 'gregory' }, jalali: { calendar: 'persian' } }

/**
 * The tag that numbers and dates are written in: the system's own variety of the language where it prefers one (en-US,
 * fa-AF), with the person's choice: `fa-IR-u-ca-gregory-nu-latn`.
 */
export const formatTag = (locale: Locale, preferred: readonly string[], { digits, calendar }: FormatChoice): string => {
  const own = preferred.find((tag) => tag.toLowerCase().split('-')[0] === locale && tag.includes('-'))
  return new Intl.Locale(own ?? languageOf(locale).region, {
    ...numberingSystems[digits],
    ...calendars[calendar]
  }).toString()
}

/** Made when it is first needed: each of these takes its time, and a window shows few of them. */
const later = <T>(make: () => T): (() => T) => {
  let made: { readonly it: T } | null = null
  return () => (made ??= { it: make() }).it
}

export const createFormat = (tag: string, timeZone?: string): Format => {
  const number = (options: Intl.NumberFormatOptions) => later(() => new Intl.NumberFormat(tag, options))
  const unit = (name: string) => number({ style: 'unit', unit: name, unitDisplay: 'short' })
  const date = (options: Intl.DateTimeFormatOptions) =>
    later(() => new Intl.DateTimeFormat(tag, timeZone === undefined ? options : { ...options, timeZone }))
  const plain = number({ useGrouping: false, maximumFractionDigits: 0 })
  const two = number({ useGrouping: false, minimumIntegerDigits: 2, maximumFractionDigits: 0 })
  const percent = number({ style: 'percent' })
  const mark = number({ minimumFractionDigits: 1, maximumFractionDigits: 1 })
  const units = {
    hour: unit('hour'),
    minute: unit('minute'),
    second: unit('second'),
    millisecond: unit('millisecond')
  }
  const list = later(() => new Intl.ListFormat(tag, { type: 'unit', style: 'short' }))
  const and = later(() => new Intl.ListFormat(tag, { type: 'conjunction', style: 'long' }))
  const time = date({ hour: 'numeric', minute: '2-digit' })
  const timeOfDay = date({ timeStyle: 'medium' })
  const nearDate = date({ weekday: 'long', day: 'numeric', month: 'long' })
  const farDate = date({ day: 'numeric', month: 'long', year: 'numeric' })
  const moment = date({ dateStyle: 'long', timeStyle: 'short' })
  const collator = later(() => new Intl.Collator(tag, { numeric: true, sensitivity: 'base' }))

  /** Without the era, which some calendars add to every year although nobody else counts years otherwise. */
  const withoutEra = (format: Intl.DateTimeFormat, at: number): string =>
    format
      .formatToParts(at)
      .filter((part, index, parts) => part.type !== 'era' && parts[index + 1]?.type !== 'era')
      .map(({ value }) => value)
      .join('')

  return {
    timer: (ms) => {
      const total = Math.max(0, Math.floor(ms / secondMs))
      const hours = Math.floor(total / 3600)
      const minutes = Math.floor((total % 3600) / 60)
      const seconds = two().format(total % 60)
      return hours > 0
        ? `${plain().format(hours)}:${two().format(minutes)}:${seconds}`
        : `${plain().format(minutes)}:${seconds}`
    },
    length: (ms) => {
      if (ms < minuteMs) return units.second().format(Math.max(1, Math.floor(ms / secondMs)))
      const minutes = Math.floor((ms % hourMs) / minuteMs)
      if (ms < hourMs) return units.minute().format(minutes)
      const hours = units.hour().format(Math.floor(ms / hourMs))
      return minutes === 0 ? hours : list().format([hours, units.minute().format(minutes)])
    },
    count: (value) => plain().format(value),
    percent: (share) => percent().format(share),
    mark: (value) => mark().format(value),
    milliseconds: (ms) => units.millisecond().format(10 * Math.round(ms / 10)),
    names: (names) => and().format(names),
    time: (at) => time().format(at),
    timeOfDay: (at) => timeOfDay().format(at),
    date: (at, now) => withoutEra((now - at < 300 * dayMs ? nearDate : farDate)(), at),
    moment: (at) => withoutEra(moment(), at),
    compare: (a, b) => collator().compare(a, b)
  }
}
