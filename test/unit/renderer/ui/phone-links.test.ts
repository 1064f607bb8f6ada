// @vitest-environment happy-dom
// Phone links in the settings: a sentence for each standing, the button that takes them, and looking anew.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { PhoneLinksStanding } from '../../../../common/phone-links.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import { asks, button, close, open, settle } from './page.ts'

afterEach(close)

describe.each(['en', 'fa'] as const)('phone links in %s', (locale) => {
  const words = catalogue(locale).settings.phoneLinks
  const { errors } = catalogue(locale)
  const told = (): string => document.querySelector('.page')?.textContent ?? ''
  const openGeneral = async (
    standing: PhoneLinksStanding,
    main: NonNullable<Parameters<typeof open>[1]>['main'] = {}
  ) => {
    const now = { standing }
    const page = await open('settings', {
      locale,
      wide: true,
      main: { phoneLinks: async () => Promise.resolve(ok(now.standing)), ...main }
    })
    document.querySelectorAll<HTMLButtonElement>('nav button')[2]?.click()
    await settle()
    document.querySelector<HTMLButtonElement>('[data-page=general]')?.click()
    await settle()
    return { ...page, now }
  }
  const comeBack = async (): Promise<void> => {
    window.dispatchEvent(new Event('focus'))
    await settle()
    flushSync()
  }

  it('are nothing where the desktop does not know Tamas', async () => {
    await openGeneral({ at: 'unknown' })
    expect(told()).toContain(catalogue(locale).copied.setting)
    expect(told()).not.toContain(words.title)
  })

  it('that open here are a sentence without a button', async () => {
    await openGeneral({ at: 'here' })
    expect(told()).toContain(words.here)
    expect(told()).not.toContain(words.take)
  })

  it.each([
    [{ at: 'elsewhere', program: 'Linphone' }, words.elsewhereIn('\u2068Linphone\u2069')],
    [{ at: 'elsewhere', program: null }, words.elsewhere],
    [{ at: 'partly', program: 'Linphone' }, words.partlyIn('\u2068Linphone\u2069')],
    [{ at: 'partly', program: null }, words.partly]
  ] as const)('that stand %o have a sentence and the button', async (standing, sentence) => {
    await openGeneral(standing)
    expect(told()).toContain(sentence)
    expect(button(words.take)).toBeDefined()
  })

  it('are taken by the button once, and then said to be here, with the keyboard still there', async () => {
    let answer = (): void => undefined
    const takePhoneLinks = vi.fn(
      () =>
        new Promise<Result<Record<never, never>>>((resolve) => {
          answer = () => resolve(ok({}))
        })
    )
    await openGeneral({ at: 'elsewhere', program: 'Linphone' }, { takePhoneLinks })
    button(words.take).focus()
    button(words.take).click()
    button(words.take).click()
    flushSync()
    expect(button(words.take).getAttribute('aria-disabled')).toBe('true')
    answer()
    await vi.waitFor(() => expect(told()).toContain(words.here))
    expect(told()).not.toContain(words.take)
    expect(takePhoneLinks).toHaveBeenCalledTimes(1)
    await vi.waitFor(() => {
      expect(document.activeElement).not.toBe(document.body)
      expect(document.activeElement?.textContent).toContain(words.here)
    })
  })

  it('that were not given say so, and may be tried again', async () => {
    const { now } = await openGeneral(
      { at: 'elsewhere', program: null },
      { takePhoneLinks: async () => Promise.resolve(fail('links_not_taken')) }
    )
    // The desktop gave some of them.
    now.standing = { at: 'partly', program: null }
    button(words.take).click()
    await vi.waitFor(() => expect(told()).toContain(words.partly))
    expect(told()).toContain(errors.links_not_taken)
    expect(button(words.take).getAttribute('aria-disabled')).toBeNull()
    // Done in the settings of the system instead.
    now.standing = { at: 'here' }
    await comeBack()
    expect(told()).toContain(words.here)
    expect(told()).not.toContain(errors.links_not_taken)
  })

  it('are looked at anew each time the page is opened or come back to', async () => {
    const { now, bridge } = await openGeneral({ at: 'here' })
    now.standing = { at: 'elsewhere', program: 'Linphone' }
    await comeBack()
    expect(told()).toContain('Linphone')
    button(catalogue(locale).settings.back).click()
    await settle()
    expect(told()).not.toContain(words.title)
    now.standing = { at: 'here' }
    document.querySelector<HTMLButtonElement>('[data-page=general]')?.click()
    await settle()
    expect(told()).toContain(words.here)
    expect(asks(bridge, 'takePhoneLinks')).toEqual([])
  })
})
