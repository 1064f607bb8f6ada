// @vitest-environment happy-dom
// The home screen with fakes behind it: the field, the list by keys, and somebody opened from it in a narrow window.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { fail } from '../../../../common/result.ts'
import { asks, button, close, open, press, settle } from './page.ts'

afterEach(() => {
  close()
  vi.restoreAllMocks()
})

const field = (): HTMLInputElement => {
  const found = document.querySelector<HTMLInputElement>('.contacts input')
  if (found === null) throw new Error('no dial field')
  return found
}
const type = (text: string) => {
  field().value = text
  field().dispatchEvent(new Event('input', { bubbles: true }))
  flushSync()
}

describe('the dial field', () => {
  it('dials with Enter whom it names, and empties itself', async () => {
    const { bridge } = await open('contacts', { wide: true })
    type('كمالي')
    expect(document.querySelector('.enter')?.textContent).toContain('Call Arash Kamali')
    press(field(), { key: 'Enter' })
    expect(asks(bridge, 'dial')).toEqual([{ to: '103' }])
    expect(field().value).toBe('')
  })
  it('dials a Persian number with Latin digits', async () => {
    const { bridge } = await open('contacts', { locale: 'fa', wide: true })
    type('۵۵۵')
    press(field(), { key: 'Enter' })
    expect(asks(bridge, 'dial')).toEqual([{ to: '555' }])
  })
  it('finds whom the keys name with the other keyboard, and says so', async () => {
    const { bridge } = await open('contacts', { wide: true })
    type('نشپشمه')
    const shown = () =>
      document
        .querySelector('.contacts .note')
        ?.textContent.replace(/[\u2068\u2069]/g, '')
        .trim()
    expect(shown()).toBe('Found by “kamali”, as the other keyboard types it')
    expect(document.querySelector('.contacts mark')?.textContent).toBe('Kamali')
    expect(document.querySelector('.contacts [role=status]')?.textContent).toMatch(/^\s*1 person found\. Found by /)
    press(field(), { key: 'Enter' })
    expect(asks(bridge, 'dial')).toEqual([{ to: '103' }])
    expect(shown()).toBeUndefined()
    type('kamali')
    expect(shown()).toBeUndefined()
  })
  it('does not dial while a word is being composed, nor with nothing', async () => {
    const { bridge } = await open('contacts', { wide: true })
    press(field(), { key: 'Enter' })
    type('101')
    press(field(), { key: 'Enter', isComposing: true })
    expect(asks(bridge, 'dial')).toEqual([])
  })
  it('tells a failure in a sentence', async () => {
    await open('contacts', { wide: true, main: { dial: async () => fail('disconnected') } })
    button('Call Sara Rahimi').click()
    await settle()
    expect(document.querySelector('.toast')?.textContent).toContain('There is no connection to the server')
  })
})

describe('the list', () => {
  it('is walked by arrow keys from the field and back', async () => {
    await open('contacts', { wide: true })
    field().focus()
    press(field(), { key: 'ArrowDown' })
    expect(document.activeElement?.textContent).toContain('Sara Rahimi')
    press(document.activeElement ?? document, { key: 'ArrowDown' })
    expect(document.activeElement?.textContent).toContain('Echo')
    press(document.activeElement ?? document, { key: 'ArrowRight' })
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Remove Echo from favourites')
    press(document.activeElement ?? document, { key: 'ArrowUp' })
    press(document.activeElement ?? document, { key: 'ArrowUp' })
    expect(document.activeElement).toBe(field())
  })
  it('has one tab stop per column, not one per row', async () => {
    await open('contacts', { wide: true })
    expect(document.querySelectorAll('[data-row] button[tabindex="0"]')).toHaveLength(3)
  })
  it('stars and unstars', async () => {
    const { bridge } = await open('contacts', { wide: true })
    button('Add Arash Kamali to favourites').click()
    button('Remove Echo from favourites').click()
    expect(asks(bridge, 'setFavourites').at(-1)).toEqual({ usernames: ['101', '103'] })
  })
})

describe('somebody opened from the list in a narrow window', () => {
  const row = (): HTMLButtonElement => {
    const found = [...document.querySelectorAll<HTMLButtonElement>('.person')].find((one) =>
      one.textContent.includes('Arash Kamali')
    )
    if (found === undefined) throw new Error('no row')
    return found
  }
  const openCard = async () => {
    await open('contacts')
    row().focus()
    row().click()
    await settle()
  }
  it('has the focus, and gives it back where it was', async () => {
    await openCard()
    expect(document.activeElement?.getAttribute('aria-label')).toBe('Back')
    button('Back').click()
    await settle()
    expect(document.querySelector('.card')).toBeNull()
    expect(document.activeElement).toBe(row())
  })
  it('is left with Escape, wherever the focus is', async () => {
    await openCard()
    press(document.body, { key: 'Escape', isComposing: true })
    expect(document.querySelector('.card')).not.toBeNull()
    press(document.body, { key: 'Escape' })
    await settle()
    expect(document.querySelector('.card')).toBeNull()
  })
})
