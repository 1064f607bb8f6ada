// @vitest-environment happy-dom
// What call systems leave out of their windows, each as a test by name that finds it in ours.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import { close, open } from '../unit/renderer/ui/page.ts'

const nameOf = (element: Element): string => element.getAttribute('aria-label') ?? element.textContent.trim()
const buttons = (): readonly string[] => [...document.querySelectorAll('button, [role=tab]')].map(nameOf)
const key = (target: EventTarget, pressed: string, ctrlKey = false): void => {
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, key: pressed, ctrlKey }))
  flushSync()
}

afterEach(close)

describe('the window', () => {
  it('weakness 29: has a dial field that searches, favourites, a mark for missed calls, and settings', async () => {
    const { bridge } = await open('contacts')
    const field = document.querySelector<HTMLInputElement>('.contacts input')
    if (field === null) throw new Error('there is no dial field')
    field.value = '103'
    field.dispatchEvent(new Event('input', { bubbles: true }))
    flushSync()
    key(field, 'Enter')
    expect(bridge.asked).toContainEqual(['dial', { to: '103' }])
    expect(buttons().some((name) => name.includes('favourites'))).toBe(true)
    expect(document.body.textContent).toMatch(/2\s*missed calls/)
    expect(buttons().some((name) => name.startsWith('Settings'))).toBe(true)
  })

  it('weakness 29: is worked by keys, and every control has a name', async () => {
    const { bridge } = await open('incoming')
    for (const name of buttons()) expect(name).not.toBe('')
    for (const field of document.querySelectorAll('input')) {
      const label = field.getAttribute('aria-label') ?? field.labels?.[0]?.textContent ?? ''
      expect(label).not.toBe('')
    }
    key(document.body, 'Enter', true)
    expect(bridge.asked.map(([name]) => name)).toContain('answer')
  })
})
