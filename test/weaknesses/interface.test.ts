// @vitest-environment happy-dom
// What call systems leave out of their windows, each as a test by name that finds it in ours.
import { flushSync, mount, unmount } from 'svelte'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { AppState } from '../../renderer/state/app-state.svelte.ts'
import App from '../../renderer/ui/App.svelte'
import { createFakeBridge, createFakeMedia } from '../support/ui-gallery/fakes.ts'
import { snapshotOf, type StateName } from '../support/ui-gallery/states.ts'

let close = (): void => undefined

const open = async (state: StateName) => {
  const bridge = createFakeBridge(snapshotOf(state, 'en', 'light', Date.now()), { dialFails: false })
  const app = new AppState(bridge)
  const stop = app.start()
  await app.loaded
  const component = mount(App, { target: document.body, props: { bridge, app, media: createFakeMedia() } })
  flushSync()
  close = () => {
    stop()
    void unmount(component)
    document.body.innerHTML = ''
  }
  return bridge
}

const nameOf = (element: Element): string => element.getAttribute('aria-label') ?? element.textContent.trim()
const buttons = (): readonly string[] => [...document.querySelectorAll('button, [role=tab]')].map(nameOf)
const key = (target: EventTarget, pressed: string, ctrlKey = false): void => {
  target.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, key: pressed, ctrlKey }))
  flushSync()
}

beforeEach(() => {
  vi.stubGlobal(
    'IntersectionObserver',
    class {
      observe = () => undefined
      disconnect = () => undefined
    }
  )
})
afterEach(() => {
  close()
})

describe('the window', () => {
  it('weakness 29: has a dial field that searches, favourites, a mark for missed calls, and settings', async () => {
    const bridge = await open('contacts')
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
    const bridge = await open('incoming')
    for (const name of buttons()) expect(name).not.toBe('')
    for (const field of document.querySelectorAll('input')) {
      const label = field.getAttribute('aria-label') ?? field.labels?.[0]?.textContent ?? ''
      expect(label).not.toBe('')
    }
    key(document.body, 'Enter', true)
    expect(bridge.asked.map(([name]) => name)).toContain('answer')
  })
})
