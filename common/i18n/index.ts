// The typed catalogues: English defines the shape, every other language must fill it. Adding a language: one folder, one line.
import { callEn } from './en/call.ts'
import { errorsEn } from './en/errors.ts'
import { linksEn } from './en/links.ts'
import { severalEn } from './en/several.ts'
import { shellEn } from './en/shell.ts'
import { uiEn } from './en/ui.ts'
import { callFa } from './fa/call.ts'
import { errorsFa } from './fa/errors.ts'
import { linksFa } from './fa/links.ts'
import { severalFa } from './fa/several.ts'
import { shellFa } from './fa/shell.ts'
import { uiFa } from './fa/ui.ts'
import type { Names } from '../protocol/values.ts'

const en = { call: callEn, errors: errorsEn, links: linksEn, several: severalEn, shell: shellEn, ui: uiEn }

/** Every leaf is a string, or a function that makes one from values. */
export type Catalogue = typeof en

const fa: Catalogue = { call: callFa, errors: errorsFa, links: linksFa, several: severalFa, shell: shellFa, ui: uiFa }

export type Locale = 'en' | 'fa'
export const locales: readonly Locale[] = ['en', 'fa']
const catalogues: Record<Locale, Catalogue> = { en, fa }

export const catalogue = (locale: Locale): Catalogue => catalogues[locale]
export const direction = (locale: Locale): 'ltr' | 'rtl' => (locale === 'fa' ? 'rtl' : 'ltr')

/** The locale for a setting, given the languages the system prefers (BCP 47 tags, best first). */
export const chooseLocale = (setting: 'system' | Locale, preferred: readonly string[]): Locale => {
  if (setting !== 'system') return setting
  for (const tag of preferred) {
    const language = tag.toLowerCase().split('-')[0]
    if (language === 'fa' || language === 'en') return language
  }
  return 'en'
}

/** A person's name in a language, or the other language's where it is empty. */
export const nameIn = (locale: Locale, names: Names): string =>
  locale === 'fa' ? names.fa || names.en : names.en || names.fa
