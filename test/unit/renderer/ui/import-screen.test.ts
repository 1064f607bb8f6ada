// @vitest-environment happy-dom
// The dialog of an import: what it counts is so, and saving goes on whoever wants it closed.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { MainBridge } from '../../../../common/ipc.ts'
import { ok } from '../../../../common/result.ts'
import { button, close, open, press, settle } from './page.ts'

afterEach(close)

const { contacts: words, ui } = catalogue('en')
const strings = words.file
const wait = async () => {
  for (let turn = 0; turn < 20; turn += 1) await settle()
}
const dialog = () => {
  const found = document.querySelector<HTMLDialogElement>('dialog.wide')
  if (found === null) throw new Error('no dialog')
  return found
}
const openDialog = async () => {
  // What happy-dom does not know.
  HTMLElement.prototype.hidePopover = () => undefined
  button(words.import).click()
  await wait()
}
const choose = async (text: string, shown: () => boolean) => {
  const input = dialog().querySelector('input')
  if (input === null) throw new Error('no input')
  Object.defineProperty(input, 'files', { configurable: true, value: [new File([text], 'people.csv')] })
  input.dispatchEvent(new Event('change', { bubbles: true }))
  await expect.poll(shown, { timeout: 5_000 }).toBe(true)
}
const facts = () => [...dialog().querySelectorAll('.facts li')].map(({ textContent }) => textContent)

describe('the dialog of an import', () => {
  it('tells what is here already from what the file has twice', async () => {
    await open('contacts', {
      contacts: [
        { id: '1', name: 'Ali', company: '', numbers: [{ label: 'mobile', value: '101' }], emails: [], note: '' }
      ]
    })
    await wait()
    await openDialog()
    await choose('Name,Mobile\nAli,101\nSara,102\nSara,102\nSara,102\n', () => facts().length > 0)
    expect(facts()).toEqual([strings.added(1, '1'), strings.known(1, '1'), strings.repeated(2, '2')])
  })
  it('can’t be closed while it saves, and says how that ended', async () => {
    let answer: (saved: Awaited<ReturnType<MainBridge['changeContacts']>>) => void = () => undefined
    await open('contacts', { main: { changeContacts: () => new Promise((resolve) => (answer = resolve)) } })
    await openDialog()
    await choose('Name,Mobile\nSara,102\n', () => facts().length > 0)
    button(strings.submit(1, '1')).click()
    await wait()
    const cancel = new Event('cancel', { cancelable: true })
    dialog().dispatchEvent(cancel)
    press(dialog(), { key: 'Escape' })
    const cross = [...dialog().querySelectorAll('button')].find((one) => one.getAttribute('aria-label') === ui.close)
    expect([cancel.defaultPrevented, cross?.disabled, dialog().open]).toEqual([true, true, true])
    // Closed all the same, by whatever means.
    dialog().close()
    await wait()
    answer(ok({ added: 1, changed: 0, removed: 0 }))
    await wait()
    await openDialog()
    flushSync()
    expect(dialog().textContent).toContain(strings.done('1', '0'))
    expect(cross?.disabled).toBe(false)
  })
})
