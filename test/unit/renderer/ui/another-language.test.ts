// @vitest-environment happy-dom
// A made-up language is a folder and a line of common/i18n/languages: nothing else knows which languages there are. Its
// words are marked, so that whatever is shown without the mark came from somewhere else than the catalogue.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { formatTag, asTheLanguage } from '../../../../common/i18n/format.ts'
import type { Language } from '../../../../common/i18n/language.ts'
import { catalogue, chooseLocale, direction, languageOf, locales, type Locale } from '../../../../common/i18n/index.ts'
import { readSettings } from '../../../../common/protocol/settings.ts'
import { quitQuestion } from '../../../../main/shell/quit-question.ts'
import { trayMenu, trayTooltip, type TrayItem } from '../../../../main/shell/tray-menu.ts'
import { wantedNotifications } from '../../../../main/shell/notifier/wanted.ts'
import { manyPeople } from '../../../support/ui-gallery/contacts.ts'
import { people } from '../../../support/ui-gallery/people.ts'
import { snapshotOf, stateNames } from '../../../support/ui-gallery/states.ts'
import { close, open, settle } from './page.ts'

vi.mock(import('../../../../common/i18n/languages.ts'), async (load) => {
  const { languages } = await load()
  const marked = (value: unknown): unknown => {
    if (typeof value === 'string') return value === '' ? '' : `⟦${value}⟧`
    if (typeof value === 'function')
      return (...given: unknown[]) => marked((value as (...all: unknown[]) => unknown)(...given))
    return Object.fromEntries(Object.entries(value as object).map(([key, inner]) => [key, marked(inner)]))
  }
  const madeUp: Language = {
    name: 'Marked',
    direction: 'rtl',
    region: 'ar-EG',
    names: 'en',
    strings: marked(languages.en.strings) as Language['strings']
  }
  return { languages: { ...languages, ar: madeUp } }
})

/** The compiler knows the languages that are there without it. */
const madeUp = 'ar' as Locale

afterEach(close)

/** What stands outside the marks, which may stand within each other. */
const unmarked = (text: string): string => {
  let depth = 0
  let rest = ''
  for (const character of text) {
    if (character === '⟦') depth += 1
    else if (character === '⟧') depth -= 1
    else if (depth === 0) rest += character
  }
  return rest
}

/** What comes from people, devices and keyboards, and what languages call themselves. */
const data: readonly string[] = [
  ...[...people, ...manyPeople(208)].flatMap(({ names, username }) => [names.en, names.fa, username]),
  ...locales.map((locale) => languageOf(locale).name),
  'https://calls.example.org',
  'calls.example.org',
  'Built-in Audio Analog Stereo',
  'Jabra Evolve2 65',
  'Enter',
  'Shift',
  'Ctrl',
  'Esc'
].sort((a, b) => b.length - a.length)

/** Latin letters that are none of these: words from outside the catalogue. (Dates are Arabic in this language.) */
const strays = (texts: readonly string[]): readonly string[] =>
  texts.filter((text) => {
    const rest = data.reduce((left, known) => left.replaceAll(known, ''), unmarked(text))
    // Initials of avatars are a letter or two.
    return /\p{Script=Latin}{3}/u.test(rest)
  })

const readTexts = (): readonly string[] =>
  [...document.body.querySelectorAll('*')].flatMap((element) => [
    ...[...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent ?? ''),
    ...['aria-label', 'title', 'placeholder', 'aria-valuetext', 'alt', 'aria-description']
      .map((name) => element.getAttribute(name))
      .filter((value) => value !== null)
  ])

describe('another language', () => {
  it('is there as soon as it is listed', () => {
    expect(locales).toEqual(['en', 'fa', 'ar'])
    expect(chooseLocale('system', ['de-DE', 'ar-EG', 'fa'])).toBe('ar')
    expect(direction(madeUp)).toBe('rtl')
    expect(readSettings({ language: 'ar' }).language).toBe('ar')
    expect(readSettings({ language: 'de' }).language).toBe('system')
    expect(formatTag(madeUp, ['en-US', 'ar-MA'], asTheLanguage)).toBe('ar-MA')
  })

  it.each(stateNames.filter((name) => !name.startsWith('ring')))('is all that %s shows', async (state) => {
    await open(state, { locale: madeUp, wide: true })
    expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl'])
    expect(strays(readTexts())).toEqual([])
  })

  it('is all that the sections show', async () => {
    await open('contacts', { locale: madeUp, wide: true })
    const tabs = document.querySelectorAll<HTMLButtonElement>('nav button')
    expect(tabs).toHaveLength(3)
    for (const tab of tabs) {
      tab.click()
      flushSync()
      await settle()
      expect(strays(readTexts())).toEqual([])
    }
  })

  it('is offered in the settings by its own name', async () => {
    await open('settings', { locale: madeUp })
    document.querySelectorAll<HTMLButtonElement>('nav button')[2]?.click()
    flushSync()
    document.querySelector<HTMLButtonElement>('[data-page=display]')?.click()
    flushSync()
    await vi.waitFor(() => {
      const offered = [...document.querySelectorAll('option')].map((option) => option.textContent)
      expect(offered).toEqual(expect.arrayContaining(['English', 'فارسی', 'Marked']))
    })
  })

  it('is all that tray, notifications and dialogs say', () => {
    const labels = (items: readonly TrayItem[]): readonly string[] =>
      items.flatMap((item) =>
        item.type === 'separator' ? [] : [item.label, ...(item.type === 'submenu' ? labels(item.items) : [])]
      )
    for (const state of stateNames) {
      const snapshot = snapshotOf(state, madeUp, 'light', Date.now())
      const question = quitQuestion(snapshot)
      expect(
        strays([
          ...labels(trayMenu(snapshot)),
          trayTooltip(snapshot),
          ...wantedNotifications(snapshot, true).flatMap(({ title, body, buttons }) => [
            title,
            body,
            ...buttons.map(({ label }) => label)
          ]),
          ...(question === null ? [] : Object.values(question))
        ])
      ).toEqual([])
    }
  })

  it('writes counts in its own digits', () => {
    const snapshot = snapshotOf('contacts', madeUp, 'light', Date.now())
    expect(trayTooltip(snapshot)).toContain(catalogue(madeUp).shell.missedCount(2, '٢'))
  })
})
