// Which language to speak, and its words. What the languages are is listed in languages.ts.
import type { Names } from '../protocol/values.ts'
import type { Catalogue, Language } from './language.ts'
import { languages } from './languages.ts'

export type { Catalogue, Language }
export type Locale = keyof typeof languages

const isLocale = (code: string): code is Locale => Object.hasOwn(languages, code)

/** All languages there are, in the order in which they are offered. */
export const locales: readonly Locale[] = Object.keys(languages).filter(isLocale)

export const languageOf = (locale: Locale): Language => languages[locale]
export const catalogue = (locale: Locale): Catalogue => languages[locale].strings
export const direction = (locale: Locale): 'ltr' | 'rtl' => languages[locale].direction

/** The locale for a setting, given the languages the system prefers (BCP 47 tags, best first). */
export const chooseLocale = (setting: 'system' | Locale, preferred: readonly string[]): Locale => {
  if (setting !== 'system') return setting
  for (const tag of preferred) {
    const code = tag.toLowerCase().split('-')[0] ?? ''
    if (isLocale(code)) return code
  }
  return 'en'
}

/** A person's name in the spelling that a language's readers read, or the other one where that is empty. */
export const nameIn = (locale: Locale, names: Names): string => names[languages[locale].names] || names.en || names.fa

/** A person's name in the spelling that a language's readers don't read. */
export const otherNameIn = (locale: Locale, names: Names): string =>
  names[languages[locale].names === 'en' ? 'fa' : 'en']
