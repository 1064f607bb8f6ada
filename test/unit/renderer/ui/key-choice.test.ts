// @vitest-environment happy-dom
// Choosing keys of the whole desktop by pressing them: what is taken, what is refused and why, and how it is left.
import { afterEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { AppSnapshot } from '../../../../common/snapshot.ts'
import { asks, button, close, open, press, settle } from './page.ts'

afterEach(close)

const ctrlAlt = (code: string) => ({ code, key: 'x', ctrlKey: true, altKey: true })

describe.each(['en', 'fa'] as const)('keys in %s', (locale) => {
  const words = catalogue(locale).shortcuts
  const { global } = words
  /** Its name says what it is for, and after that what it shows. */
  const chooser = () => {
    const begin = global.choose(global.names.mute)
    const found = [...document.querySelectorAll('button')].find((one) =>
      one.getAttribute('aria-label')?.startsWith(begin)
    )
    if (found === undefined) throw new Error(`no button ${begin}`)
    expect(found.getAttribute('aria-label')).toContain(found.textContent.trim())
    return found
  }
  const problem = () => chooser().closest('.row')?.querySelector('[role=alert]')?.textContent

  const setUp = async (change: Partial<AppSnapshot['settings']> = {}, rest: Partial<AppSnapshot> = {}) => {
    const page = await open('contacts', { locale, wide: true })
    page.bridge.change({ settings: { ...page.snapshot.settings, ...change }, ...rest })
    press(document.body, { code: 'Comma', key: ',', ctrlKey: true })
    await settle()
    document.querySelector<HTMLElement>('[data-page=shortcuts]')?.click()
    await settle()
    chooser().click()
    await settle()
    return page
  }

  it('are those that are pressed; main is told meanwhile', async () => {
    const { bridge } = await setUp()
    expect(chooser().textContent).toContain(global.pressNow)
    press(chooser(), { code: 'ControlLeft', key: 'Control', ctrlKey: true })
    expect(problem()).toBe('')
    press(chooser(), ctrlAlt('KeyM'))
    await settle()
    expect(asks(bridge, 'changeSettings')).toEqual([{ keysMute: 'Control+Alt+M' }])
    expect(asks(bridge, 'chooseKeys')).toEqual([{ choosing: true }, { choosing: false }])
    expect([...chooser().querySelectorAll('kbd')].map((key) => key.textContent)).toEqual(['Ctrl', 'Alt', 'M'])
    button(global.clear(global.names.mute)).click()
    await settle()
    expect(asks(bridge, 'changeSettings').at(-1)).toEqual({ keysMute: '' })
  })

  it.each([
    ['another of these', ctrlAlt('KeyA'), global.taken(global.names.answer)],
    [
      'a key of the window',
      { code: 'KeyT', key: 'x', ctrlKey: true, shiftKey: true },
      global.taken(words.names.transfer)
    ],
    ['what one writes with', { code: 'KeyM', key: 'm' }, global.plain],
    ['what every program copies with', { code: 'KeyC', key: 'c', ctrlKey: true }, global.plain],
    ['a key that is none', { code: 'Lang1', key: 'x', ctrlKey: true, altKey: true }, global.unknown]
  ])('are not %s', async (_what, pressed, sentence) => {
    const { bridge } = await setUp({ keysAnswer: 'Control+Alt+A' })
    press(chooser(), pressed)
    await settle()
    expect(problem()).toBe(sentence)
    expect(asks(bridge, 'changeSettings')).toEqual([])
    // It is gone on choosing.
    press(chooser(), ctrlAlt('KeyM'))
    expect(asks(bridge, 'changeSettings')).toEqual([{ keysMute: 'Control+Alt+M' }])
  })

  it('may be the same as in the window where they do the same', async () => {
    const { bridge } = await setUp()
    press(chooser(), { code: 'KeyM', key: 'x', ctrlKey: true, shiftKey: true })
    expect(asks(bridge, 'changeSettings')).toEqual([{ keysMute: 'Control+Shift+M' }])
    expect(asks(bridge, 'mute')).toEqual([])
  })

  it.each(['Escape', 'blur'])('stay as they are by %s', async (way) => {
    const { bridge } = await setUp({ keysMute: 'F9' })
    if (way === 'blur') chooser().dispatchEvent(new FocusEvent('blur'))
    else press(chooser(), { key: 'Escape', code: 'Escape' })
    await settle()
    expect(chooser().textContent.trim()).toBe('F9')
    expect(asks(bridge, 'chooseKeys').at(-1)).toEqual({ choosing: false })
  })

  it('that the desktop refuses are said beside them', async () => {
    await setUp({ keysMute: 'F9' }, { refusedKeys: ['mute'] })
    press(chooser(), { key: 'Escape', code: 'Escape' })
    await settle()
    expect(problem()).toBe(global.refused)
  })
})
