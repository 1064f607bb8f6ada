// @vitest-environment happy-dom
// The keys of the window: which there are, on any keyboard; what they mean for the calls of now; and their overview.
import { afterEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import { deedOf, type Deed } from '../../../../renderer/state/call-keys.ts'
import { onStage } from '../../../../renderer/state/calls.ts'
import {
  ariaKeysOf,
  isQuestionMark,
  keysOf,
  shortcutGroups,
  shortcutOf,
  type KeyPress,
  type Shortcut
} from '../../../../renderer/state/shortcuts.ts'
import { snapshotOf, type StateName } from '../../../support/ui-gallery/states.ts'
import { asks, button, close, open, press, settle } from './page.ts'

afterEach(close)

const all: readonly Shortcut[] = Object.values(shortcutGroups).flat()
const plain: KeyPress = {
  key: '',
  code: '',
  ctrlKey: true,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  repeat: false,
  isComposing: false
}
const enter: KeyPress = { ...plain, key: 'Enter', code: 'Enter' }

describe('a key press', () => {
  it('wants Ctrl, or ⌘ on a Mac, and is no held key nor part of an input method', () => {
    expect(shortcutOf(enter, false)).toBe('answer')
    expect(shortcutOf({ ...enter, shiftKey: true }, false)).toBe('decline')
    expect(shortcutOf({ ...enter, code: 'NumpadEnter' }, false)).toBe('answer')
    for (const other of [{ ctrlKey: false }, { repeat: true }, { isComposing: true }, { altKey: true }])
      expect(shortcutOf({ ...enter, ...other }, false)).toBeNull()
    expect(shortcutOf(enter, true)).toBeNull()
    expect(shortcutOf({ ...enter, ctrlKey: false, metaKey: true }, true)).toBe('answer')
  })
  it('goes by the place of a letter, whatever the keyboard writes there', () => {
    expect(shortcutOf({ ...plain, key: 'ئ', code: 'KeyM', shiftKey: true }, false)).toBe('mute')
    expect(shortcutOf({ ...plain, key: 'ن', code: 'KeyK' }, false)).toBe('find')
    expect(shortcutOf({ ...plain, key: 'و', code: 'Comma' }, false)).toBe('settings')
    expect(shortcutOf({ ...plain, key: '۱', code: 'Digit1' }, false)).toBe('contacts')
  })
  it('finds the slash also where it is written with Shift', () => {
    expect(shortcutOf({ ...plain, key: '/', code: 'Digit7', shiftKey: true }, false)).toBe('overview')
  })
  it('is never what edits texts, nor what a Persian keyboard or an input method writes with', () => {
    const edits = ['KeyA', 'KeyC', 'KeyV', 'KeyX', 'KeyZ', 'KeyY', 'KeyB', 'KeyI', 'ArrowLeft', 'Backspace', 'Space']
    for (const code of edits) {
      expect(shortcutOf({ ...plain, code }, false)).toBeNull()
      expect(shortcutOf({ ...plain, code, shiftKey: true }, false)).toBeNull()
    }
    for (const code of ['Digit1', 'Digit2', 'Digit3', 'Digit4', 'Space', 'KeyE', 'KeyF', 'KeyU'])
      expect(shortcutOf({ ...plain, key: '\u200c', code, shiftKey: true }, false)).toBeNull()
  })
})

describe('the table', () => {
  it.each([false, true])('names no keys twice, on a Mac: %s', (mac) => {
    expect(new Set(all.map((one) => keysOf(one, mac).join('+'))).size).toBe(all.length)
  })
  it('writes keys as people do, and as screen readers read them', () => {
    expect(keysOf('decline', false)).toEqual(['Ctrl', 'Shift', 'Enter'])
    expect(keysOf('decline', true)).toEqual(['⌘', '⇧', 'Enter'])
    expect(ariaKeysOf('decline', false)).toBe('Control+Shift+Enter')
    expect(ariaKeysOf('find', true)).toBe('Meta+K')
  })
})

describe('for the calls of now', () => {
  const deedIn = (state: StateName, shortcut: Shortcut): Deed | null => {
    const snapshot = snapshotOf(state, 'en', 'light', 0)
    return deedOf(shortcut, snapshot, onStage(snapshot.calls, null))
  }
  it.each<[StateName, Shortcut, Deed | null]>([
    ['incoming', 'answer', { kind: 'answer', session: 's1' }],
    ['incoming', 'hangUp', null],
    ['talking', 'answer', null],
    ['talking', 'mute', { kind: 'mute', session: 's1', muted: true }],
    ['muted', 'mute', { kind: 'mute', session: 's1', muted: false }],
    ['talking', 'hold', { kind: 'hold', session: 's1', held: true }],
    ['held', 'hold', { kind: 'hold', session: 's1', held: false }],
    ['talking', 'next', null],
    ['two-calls', 'next', { kind: 'hold', session: 's2', held: false }],
    ['two-calls', 'hangUp', { kind: 'hangUp', session: 's1' }],
    ['ringing', 'hangUp', { kind: 'hangUp', session: 's1' }],
    ['talking', 'redial', null],
    ['contacts', 'redial', { kind: 'redial', to: '101' }],
    ['recents-empty', 'redial', null],
    ['contacts', 'mute', null]
  ])('%s: %s', (state, shortcut, deed) => {
    expect(deedIn(state, shortcut)).toEqual(deed)
  })
  it('goes round the ways of do not disturb', () => {
    const snapshot = snapshotOf('contacts', 'en', 'light', 0)
    const ways = ['off', 'busy', 'silent'].map((doNotDisturb) => {
      const preferences = { ...snapshot.preferences, doNotDisturb: doNotDisturb as 'off' }
      const deed = deedOf('disturb', { ...snapshot, preferences }, null)
      return deed?.kind === 'disturb' ? deed.preferences.doNotDisturb : null
    })
    expect(ways).toEqual(['busy', 'silent', 'off'])
  })
})

describe('in the window', () => {
  const ctrl = (code: string, shiftKey = true, key = '') => ({ code, key, ctrlKey: true, shiftKey })

  it('calls are muted, held and hung up, also while a dialog is open', async () => {
    const { bridge } = await open('talking')
    press(document.body, ctrl('Slash', false, '/'))
    await settle()
    expect(document.querySelector('dialog[open]')).not.toBeNull()
    press(document.body, ctrl('KeyM'))
    press(document.body, ctrl('KeyP'))
    press(document.body, ctrl('KeyH'))
    expect(asks(bridge, 'mute')).toEqual([{ session: 's1', muted: true }])
    expect(asks(bridge, 'hold')).toEqual([{ session: 's1', held: true }])
    expect(asks(bridge, 'hangUp')).toEqual([{ session: 's1' }])
  })
  it('the keypad opens and closes', async () => {
    await open('talking')
    press(document.body, ctrl('KeyK'))
    expect(document.querySelector('.keypad')).not.toBeNull()
    press(document.body, ctrl('KeyK'))
    expect(document.querySelector('.keypad')).toBeNull()
  })
  it('another section opens, and the focus goes to its name', async () => {
    await open('contacts')
    press(document.body, ctrl('Digit2', false))
    await settle()
    expect(document.querySelector('h1')?.textContent).toBe('Recents')
    expect(document.activeElement?.getAttribute('aria-current')).toBe('page')
    press(document.body, ctrl('Comma', false, ','))
    await settle()
    expect(document.querySelector('h1')?.textContent).toBe('Settings')
  })
  it('a talk makes room for the list in a narrow window', async () => {
    await open('talking')
    expect(document.querySelector('.stage')).not.toBeNull()
    press(document.body, ctrl('Digit2', false))
    await settle()
    expect(document.querySelector('.stage')).toBeNull()
  })
  it('what cannot be done now is left to others', async () => {
    await open('contacts')
    const event = new KeyboardEvent('keydown', { ...ctrl('KeyM'), bubbles: true, cancelable: true })
    document.body.dispatchEvent(event)
    expect(event.defaultPrevented).toBe(false)
  })
})

describe.each(['en', 'fa'] as const)('the overview in %s', (locale) => {
  const words = catalogue(locale).shortcuts
  const shown = () => [...document.querySelectorAll('dialog[open] dt')].map((term) => term.textContent)

  it('comes for a question mark where nobody types, and names every key once', async () => {
    await open('contacts', { locale })
    const field = document.querySelector('input') ?? document.body
    press(field, { key: '?' })
    await settle()
    expect(shown()).toEqual([])
    press(document.body, { key: locale === 'fa' ? '؟' : '?' })
    await settle()
    expect(shown()).toEqual(all.map((one) => words.names[one]))
  })
  it('has the focus on its title, not on the frame of what scrolls', async () => {
    await open('contacts', { locale })
    press(document.body, { key: '?' })
    await settle()
    expect(document.activeElement?.closest('dialog')?.open).toBe(true)
    expect(document.activeElement?.tagName).toBe('H2')
    expect(document.activeElement?.textContent).toBe(catalogue(locale).shortcuts.title)
  })

  it('comes from the settings', async () => {
    await open('contacts', { locale, wide: true })
    press(document.body, { code: 'Comma', key: ',', ctrlKey: true })
    await settle()
    document.querySelector<HTMLElement>('[data-page=shortcuts]')?.click()
    await settle()
    button(words.showAll).click()
    await settle()
    expect(shown()).toHaveLength(all.length)
  })
})

it('a question mark with Ctrl is none', () => {
  expect(isQuestionMark({ ...plain, key: '?' })).toBe(false)
  expect(isQuestionMark({ ...plain, key: '?', ctrlKey: false })).toBe(true)
})
