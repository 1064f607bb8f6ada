// Keys of the whole desktop: which may be taken, how they are written, and how they are shown.
import { describe, expect, it } from 'vitest'
import { acceleratorKeys, isAccelerator, readPress, type PressedKey } from '../../../common/accelerator.ts'
import { settingsChange } from '../../../common/protocol/settings.ts'

const press = (code: string, held = ''): PressedKey => ({
  code,
  ctrlKey: held.includes('c'),
  altKey: held.includes('a'),
  shiftKey: held.includes('s'),
  metaKey: held.includes('m')
})

describe('a press', () => {
  it.each([
    ['KeyA', 'ca', 'Control+Alt+A'],
    ['KeyA', 'sac', 'Control+Alt+Shift+A'],
    ['Digit5', 'cs', 'Control+Shift+5'],
    ['Space', 'm', 'Super+Space'],
    ['F9', '', 'F9'],
    ['F4', 'a', 'Alt+F4'],
    ['MediaPlayPause', '', 'MediaPlayPause'],
    ['MediaTrackNext', '', 'MediaNextTrack'],
    ['Numpad7', 'ca', 'Control+Alt+num7'],
    ['Enter', 'ca', 'Control+Alt+Return'],
    ['Comma', 'cs', 'Control+Shift+,']
  ])('of %s with %s is %s', (code, held, accelerator) => {
    expect(readPress(press(code, held))).toEqual({ ok: true, accelerator })
    expect(isAccelerator(accelerator)).toBe(true)
  })
  it.each([
    ['ControlLeft', 'c', 'waiting'],
    ['AltGraph', 'a', 'waiting'],
    ['KeyC', 'c', 'plain'],
    ['KeyF', 'a', 'plain'],
    ['KeyA', 's', 'plain'],
    ['KeyA', '', 'plain'],
    ['Tab', 'ca', 'unknown'],
    ['Escape', 'ca', 'unknown'],
    ['Lang1', 'ca', 'unknown'],
    ['', 'ca', 'unknown']
  ])('of %s with %s is not taken: %s', (code, held, fault) => {
    expect(readPress(press(code, held))).toEqual({ ok: false, fault })
  })
})

it.each([
  'A',
  'Control+A',
  'Alt+Control+A',
  'Control+Alt+',
  'Control+Alt+a',
  'Control+Alt+A+B',
  'Hyper+A',
  'Control+Control+A',
  '+',
  ''
])('%s is none', (text) => {
  expect(isAccelerator(text)).toBe(false)
})

it('a setting takes keys or nothing', () => {
  expect(settingsChange.safeParse({ keysMute: 'Control+Alt+M' }).success).toBe(true)
  expect(settingsChange.safeParse({ keysMute: '' }).success).toBe(true)
  expect(settingsChange.safeParse({ keysMute: 'Control+C' }).success).toBe(false)
})

it('keys are shown as each system writes them', () => {
  expect(acceleratorKeys('Control+Alt+num7', 'other')).toEqual(['Ctrl', 'Alt', 'Num 7'])
  expect(acceleratorKeys('Super+Return', 'windows')).toEqual(['Win', 'Enter'])
  expect(acceleratorKeys('Control+Alt+Shift+Super+Up', 'mac')).toEqual(['⌃', '⌥', '⇧', '⌘', '↑'])
})
