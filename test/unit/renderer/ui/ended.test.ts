// @vitest-environment happy-dom
// A call that has ended is left by whatever one does next: it keeps nobody from the list, in a narrow window neither.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import { leaving, mayCover } from '../../../../renderer/state/ended.ts'
import { snapshotOf } from '../../../support/ui-gallery/states.ts'
import { asks, button, close, open, press, settle, type Page } from './page.ts'

afterEach(close)

const stage = () => document.querySelector('.stage')
const field = () => document.querySelector<HTMLInputElement>('.contacts input')
const key = (pressed: string, more: KeyboardEventInit = {}) => {
  press(document.activeElement ?? document.body, { key: pressed, ...more })
}
const cancelled = ({ bridge, snapshot }: Page) => {
  const calls = snapshot.calls.map((call) => ({
    ...call,
    status: 'finished' as const,
    floor: false,
    can: { ...call.can, hangUp: false, mute: false },
    end: { reason: 'hangup' as const, by: 'caller' as const, at: 0, outcome: 'you_cancelled' as const }
  }))
  bridge.change({ calls })
}

it('both sides are shown the talk time that is on record', async () => {
  const { bridge, snapshot } = await open('ended')
  expect(stage()?.textContent).toMatch(/Talk time: 12 min/)
  const [entry] = snapshot.recents
  if (entry === undefined) throw new Error('no past call')
  bridge.change({ recents: [{ ...entry, callId: snapshot.calls[0]?.callId ?? '', durationMs: 5_000 }] })
  await settle()
  expect(stage()?.textContent).toMatch(/Talk time: 5 sec/)
})

describe.each([
  ['narrow', false],
  ['wide', true]
])('the end of a call in a %s window', (_, wide) => {
  it('is closed by Escape', async () => {
    const { bridge } = await open('busy', { wide })
    key('Escape')
    expect(stage()).toBeNull()
    expect(asks(bridge, 'dismiss')).toEqual([{ session: 's1' }])
  })
  it('is left by typing a number, which is typed then', async () => {
    const { bridge } = await open('ended', { wide })
    key('۵')
    expect(stage()).toBeNull()
    expect(asks(bridge, 'dismiss')).toHaveLength(1)
    expect(document.activeElement).toBe(field())
    expect([field()?.value, field()?.selectionStart]).toEqual(['۵', 1])
    expect(document.querySelector('main')?.hasAttribute('inert')).toBe(false)
  })
  it('lets Ctrl+K go to the field', async () => {
    await open('busy', { wide })
    key('k', { code: 'KeyK', ctrlKey: true })
    expect(document.activeElement).toBe(field())
    expect(document.querySelector('main')?.hasAttribute('inert')).toBe(false)
  })
  it('does not keep from calling again at once what was cancelled', async () => {
    const page = await open('trying', { wide })
    button('Cancel').click()
    cancelled(page)
    await settle()
    expect(document.querySelector('main')?.hasAttribute('inert')).toBe(false)
    if (!wide) expect([stage(), document.querySelector('.bar')]).toEqual([null, null])
    button('Call Sara Rahimi').click()
    expect(asks(page.bridge, 'dial')).toEqual([{ to: '101' }])
  })
})

it('a call that goes on is not left by keys', async () => {
  const { bridge } = await open('talking')
  for (const pressed of ['Escape', '5', 'a']) key(pressed)
  key('k', { code: 'KeyK', ctrlKey: true })
  expect(stage()).not.toBeNull()
  expect(asks(bridge, 'dismiss')).toEqual([])
})

it('Escape in the dial field empties that first', async () => {
  const { bridge } = await open('ended', { wide: true })
  const input = field()
  if (input === null) throw new Error('no field')
  input.focus()
  input.value = '12'
  input.dispatchEvent(new Event('input', { bubbles: true }))
  flushSync()
  key('Escape')
  key('5')
  expect([input.value, asks(bridge, 'dismiss')]).toEqual(['', []])
  key('Escape')
  expect(asks(bridge, 'dismiss')).toHaveLength(1)
})

it('which keys leave, and which ends cover', () => {
  const plain = { ctrlKey: false, metaKey: false, altKey: false, repeat: false, isComposing: false }
  const typed = (pressed: string, more = {}) => leaving({ ...plain, key: pressed, ...more })?.typed
  expect(['+', '۱', 'س', 'x', 'Escape'].map((pressed) => typed(pressed))).toEqual(['+', '۱', 'س', 'x', ''])
  for (const pressed of ['Enter', ' ', 'Tab', 'Shift', 'F5', '.']) expect(typed(pressed)).toBeUndefined()
  for (const more of [{ ctrlKey: true }, { altKey: true }, { repeat: true }]) expect(typed('5', more)).toBeUndefined()
  expect(snapshotOf('ended', 'en', 'light', 0).calls.map(mayCover)).toEqual([true])
})
