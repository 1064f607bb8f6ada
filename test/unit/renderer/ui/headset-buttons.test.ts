// @vitest-environment happy-dom
// The headsets in the settings of sound: which there are, what to do where there is none, and forgetting one.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import { button, close, open, press, settle } from './page.ts'

afterEach(close)

describe.each(['en', 'fa'] as const)('headset buttons in %s', (locale) => {
  const words = catalogue(locale).headset
  const openSound = async (headsets: Parameters<typeof open>[1] = {}) => {
    const page = await open('contacts', { locale, wide: true, ...headsets })
    press(document.body, { code: 'Comma', key: ',', ctrlKey: true })
    await settle()
    document.querySelector<HTMLElement>('[data-page=sound]')?.click()
    await settle()
    return page
  }
  it('say what to do where none is chosen, and where it fails', async () => {
    let fails = false
    await openSound({ headsets: { connect: async () => (fails ? Promise.reject(new Error('gone')) : false) } })
    expect(document.body.textContent).toContain(words.none)
    button(words.connect).click()
    await vi.waitFor(() => expect(document.body.textContent).toContain(words.notChosen))
    fails = true
    button(words.connect).click()
    await vi.waitFor(() => expect(document.body.textContent).toContain(words.failed))
  })
  it('are listed with how they are, and one is forgotten by name', async () => {
    const forget = vi.fn(async () => undefined)
    const list = () => [
      { id: '1', name: 'Jabra', state: 'ready' as const },
      { id: '2', name: '', state: 'denied' as const }
    ]
    await openSound({ headsets: { list, forget } })
    expect(document.body.textContent).toContain(words.ready)
    expect(document.body.textContent).toContain(words.denied)
    button(words.forgetName('Jabra')).click()
    await settle()
    expect(forget).toHaveBeenCalledWith('1')
    expect(document.activeElement).toBe(button(words.connect))
  })
  it('are not offered where there is no WebHID', async () => {
    await openSound({ headsets: { isThere: false } })
    expect(document.body.textContent).not.toContain(words.title)
  })
})
