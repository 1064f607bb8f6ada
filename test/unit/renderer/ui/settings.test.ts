// @vitest-environment happy-dom
// The settings as pages: from the list into each and back by keys, and a file of settings that is looked at before it counts.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import { ok } from '../../../../common/result.ts'
import { asks, button, close, open, press, settle } from './page.ts'

afterEach(close)

const { settings: words, ui } = catalogue('en')

const openSettings = async (main: NonNullable<Parameters<typeof open>[1]>['main'] = {}) => {
  const page = await open('settings', { main })
  document.querySelectorAll<HTMLButtonElement>('nav button')[2]?.click()
  flushSync()
  await settle()
  return page
}
const openPage = async (name: string) => {
  button(name).click()
  flushSync()
  await settle()
}
const title = () => document.querySelector('.page h2')

describe('the pages', () => {
  it('are each opened from the list and left by the button or Escape, with the focus where one was', async () => {
    await openSettings()
    const names = [...document.querySelectorAll<HTMLElement>('[data-page]')].map((row) => row.textContent.trim())
    expect(names).toEqual([
      'General',
      'Calls',
      'Sound',
      'Shortcuts',
      'Language and display',
      'Check my calls',
      'Save and restore',
      'About Tamas'
    ])
    for (const [at, name] of names.entries()) {
      await openPage(name)
      expect(title()?.textContent).toBe(name)
      expect(document.activeElement).toBe(title())
      await vi.waitFor(() => expect(document.querySelector('.page section')).not.toBeNull())
      if (at % 2 === 0) button(words.back).click()
      else press(document.activeElement ?? document.body, { key: 'Escape' })
      flushSync()
      await settle()
      expect(document.activeElement?.getAttribute('data-page')).not.toBeNull()
      expect(document.activeElement?.textContent.trim()).toBe(name)
    }
  })

  it('make words larger at once, all that are sized by the root', async () => {
    const { bridge } = await openSettings()
    await openPage(words.pages.display)
    const label = [...document.querySelectorAll('label')].find((one) => one.textContent === ui.settings.textSize)
    const choice = document.querySelector<HTMLSelectElement>(`select#${CSS.escape(label?.htmlFor ?? '')}`)
    if (choice === null) throw new Error('no choice')
    expect([...choice.options].map(({ textContent }) => textContent)).toEqual(['100%', '125%', '150%', '200%'])
    expect(document.documentElement.style.fontSize).toBe('100%')
    choice.value = '1.5'
    choice.dispatchEvent(new Event('change', { bubbles: true }))
    await settle()
    expect(asks(bridge, 'changeSettings')).toEqual([{ textSize: 1.5 }])
    expect(document.documentElement.style.fontSize).toBe('150%')
  })

  it('change what they name', async () => {
    const { bridge } = await openSettings()
    await openPage('General')
    const named = (label: string) =>
      [...document.querySelectorAll('label')].find((one) => one.textContent.includes(label))?.querySelector('input')
    named(ui.settings.startAtLogin)?.click()
    named(ui.settings.miniWindow)?.click()
    expect(asks(bridge, 'changeSettings')).toEqual([{ startAtLogin: true }, { miniWindow: false }])
  })
})

const choose = async (text: string) => {
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  if (input === null) throw new Error('no place for a file')
  Object.defineProperty(input, 'files', { value: [new File([text], 'settings.json')], configurable: true })
  input.dispatchEvent(new Event('change', { bubbles: true }))
  await vi.waitFor(() => expect(document.querySelector('.page [role=status] p')).not.toBeNull())
  flushSync()
}
const said = () => document.querySelector('.page [role=status]')?.textContent.trim()
const file = (settings: object, version = 1) => JSON.stringify({ format: 'tamas-settings', version, settings })

describe('a file of settings', () => {
  it('changes nothing before it was looked at, and then what was shown', async () => {
    const change = { theme: 'dark', closeToTray: true } as const
    const { bridge } = await openSettings({ checkSettings: async () => ok({ change, unfit: 2 }) })
    await openPage(words.pages.data)
    await choose(file({ theme: 'dark', closeToTray: true, odd: 1, odder: 2 }))
    expect(said()).toContain('2 settings in the file do not fit')
    const rows = [...document.querySelectorAll('.page li')].map((row) => row.textContent)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toContain(ui.settings.theme)
    expect(asks(bridge, 'changeSettings')).toEqual([])
    button(words.data.apply).click()
    flushSync()
    expect(asks(bridge, 'changeSettings')).toEqual([change])
    expect(said()).toBe(words.data.applied)
  })

  it('that is none, or of a later version, is told as that and asks main nothing', async () => {
    const check = vi.fn(async () => ok({ change: {}, unfit: 0 }))
    await openSettings({ checkSettings: check })
    await openPage(words.pages.data)
    await choose('BEGIN:VCARD')
    expect(said()).toBe(words.data.noSettings)
    await choose(file({}, 9))
    await vi.waitFor(() => expect(said()).toBe(words.data.newer))
    expect(check).not.toHaveBeenCalled()
  })

  it('with the same settings says so, and has nothing to press', async () => {
    await openSettings({ checkSettings: async () => ok({ change: {}, unfit: 0 }) })
    await openPage(words.pages.data)
    await choose(file({}))
    expect(said()).toBe(words.data.same)
    expect(document.querySelector('.page .buttons .accent')).toBeNull()
  })

  it('is saved without what belongs to this computer', async () => {
    const { bridge } = await openSettings()
    await openPage(words.pages.data)
    button(words.data.save).click()
    await vi.waitFor(() => expect(said()).toBe(words.data.saved))
    const [saved] = asks(bridge, 'saveFile') as { text: string; name: string }[]
    expect(saved?.name).toBe('tamas-settings.json')
    expect(JSON.parse(saved?.text ?? '')).toMatchObject({ format: 'tamas-settings', settings: { closeToTray: true } })
    expect(saved?.text).not.toContain('microphone')
  })
})
