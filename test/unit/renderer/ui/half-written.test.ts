// @vitest-environment happy-dom
// A contact that is half written, beside the list of a wide window: nothing that is asked for there loses it unasked.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { MainBridge } from '../../../../common/ipc.ts'
import { ok } from '../../../../common/result.ts'
import { button, close, open, settle } from './page.ts'

afterEach(close)

const { contacts: words } = catalogue('en')
const wait = async () => {
  for (let turn = 0; turn < 5; turn += 1) await settle()
}
const name = () => document.querySelector<HTMLInputElement>('[data-field=name] input')
const asked = () =>
  [...document.querySelectorAll('dialog')].some(
    ({ open, textContent }) => open && textContent.includes(words.form.discardTitle)
  )
const card = () => document.querySelector('.card h2')?.textContent ?? null
const somebody = () => {
  const person = document.querySelector<HTMLElement>('[data-row="1"] .person')
  if (person === null) throw new Error('nobody in the list')
  return { press: () => person.click(), name: person.querySelector('.name')?.textContent ?? '' }
}
const create = () => {
  // What happy-dom does not know.
  HTMLElement.prototype.hidePopover = () => undefined
  button(words.create).click()
  flushSync()
}
const write = (text: string) => {
  const field = name()
  if (field === null) throw new Error('no form')
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  flushSync()
}
const press = async (label: string) => {
  button(label).click()
  await wait()
}

describe('a contact that is half written', () => {
  it('is left for somebody else only after the question', async () => {
    await open('contacts', { wide: true })
    create()
    write('Laleh')
    const other = somebody()
    other.press()
    await wait()
    expect([asked(), name()?.value, card()]).toEqual([true, 'Laleh', null])
    await press(words.form.keep)
    expect([asked(), name()?.value]).toEqual([false, 'Laleh'])
    other.press()
    await wait()
    await press(words.form.discard)
    expect([asked(), name(), card()]).toEqual([false, null, other.name])
  })
  it('is left for another new one only after the question', async () => {
    await open('contacts', { wide: true })
    create()
    write('Laleh')
    create()
    await wait()
    expect([asked(), name()?.value]).toEqual([true, 'Laleh'])
    await press(words.form.discard)
    expect([asked(), name()?.value]).toEqual([false, ''])
  })
  it('stays beside what was missed, and in a narrow window that is asked first', async () => {
    const wide = await open('contacts', { wide: true })
    create()
    write('Laleh')
    wide.bridge.wantRecents()
    await wait()
    expect([asked(), name()?.value]).toEqual([false, 'Laleh'])
    close()
    const narrow = await open('contacts')
    create()
    write('Laleh')
    narrow.bridge.wantRecents()
    await wait()
    expect([asked(), name()?.value]).toEqual([true, 'Laleh'])
    await press(words.form.discard)
    expect(name()).toBeNull()
  })
  it('is left at once where nothing was written', async () => {
    await open('contacts', { wide: true })
    create()
    const other = somebody()
    other.press()
    await wait()
    expect([asked(), card()]).toEqual([false, other.name])
  })
  it('takes nobody away from what came after it once it is saved', async () => {
    let answer: (saved: Awaited<ReturnType<MainBridge['changeContacts']>>) => void = () => undefined
    await open('contacts', {
      wide: true,
      main: { changeContacts: () => new Promise((resolve) => (answer = resolve)) }
    })
    create()
    write('Laleh')
    document.querySelector('.form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    const other = somebody()
    other.press()
    await wait()
    await press(words.form.discard)
    answer(ok({ added: 1, changed: 0, removed: 0 }))
    await wait()
    expect(card()).toBe(other.name)
  })
})
