// @vitest-environment happy-dom
// A contact that two devices save at once: the person sees what it is there, says whose holds, and nothing is lost before.
import { afterEach, expect, it, vi } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { Contact } from '../../../../common/types.ts'
import { asks, button, close, open, press, settle } from './page.ts'

afterEach(close)

const { contacts: words, contactClash } = catalogue('en')
const mina: Contact = {
  id: 'o1',
  name: 'Mina Kashani',
  company: '',
  numbers: [{ label: 'mobile', value: '0912 555 0110' }],
  emails: [],
  note: ''
}
const theirs: Contact = { ...mina, numbers: [{ label: 'work', value: '0912 555 0110' }], note: 'Moved' }
const nameField = () => document.querySelector<HTMLInputElement>('[data-field=name] input')
const dialog = () => [...document.querySelectorAll('dialog')].find((one) => one.open && one.querySelector('table, p'))
const name = () => document.querySelector('.card h2')?.textContent

/** Mina is renamed here, saved elsewhere as `there`, and then saved here. */
const clash = async (there: Contact | null) => {
  const page = await open('contacts-own', { wide: true, contacts: [mina] })
  const row = () =>
    [...document.querySelectorAll<HTMLElement>('.person')].find(({ textContent }) => textContent.includes('Mina'))
  await vi.waitFor(() => expect(row()).toBeDefined())
  row()?.click()
  await settle()
  button(words.editName('Mina Kashani')).click()
  await settle()
  const field = nameField()
  if (field === null) throw new Error('no form')
  field.value = 'Mina from work'
  field.dispatchEvent(new Event('input', { bubbles: true }))
  page.bridge.changeElsewhere('o1', there)
  await settle()
  button(words.form.save).click()
  await vi.waitFor(() => expect(dialog()).toBeDefined())
  return page
}
const rows = () => [...document.querySelectorAll('dialog[open] tbody tr')].map(({ textContent }) => textContent)

it('says in what they differ, and keeps what is written here if that is wanted', async () => {
  const { bridge } = await clash(theirs)
  expect(dialog()?.textContent).toContain(contactClash.title)
  expect(rows()).toHaveLength(3)
  expect(rows()[0]).toMatch(/Name.*Mina from work.*Mina Kashani/s)
  expect(rows()[1]).toMatch(/Mobile.*Work/s)
  expect(rows()[2]).toMatch(/Note.*Nothing.*Moved/s)
  expect(asks(bridge, 'changeContacts')).toMatchObject([{ since: 0 }])
  button(contactClash.keepMine).click()
  await vi.waitFor(() => expect(name()).toBe('Mina from work'))
  expect(asks(bridge, 'changeContacts')).toMatchObject([{ since: 0 }, { since: 1, save: [{ name: 'Mina from work' }] }])
})

it('takes what was saved there, and Escape goes back to what is written', async () => {
  await clash(theirs)
  press(document.body, { key: 'Escape' })
  dialog()?.dispatchEvent(new Event('close'))
  await settle()
  expect(nameField()?.value).toBe('Mina from work')
  button(words.form.save).click()
  await settle()
  await settle()
  button(contactClash.takeTheirs).click()
  await vi.waitFor(() => expect(name()).toBe('Mina Kashani'))
  expect(document.querySelector('.card')?.textContent).toContain('Moved')
})

it('waits for nothing where it is there as it was before: somebody changed it and changed it back', async () => {
  await clash({ ...mina })
  await vi.waitFor(() => expect(rows()[0]).toMatch(/Name.*Mina from work.*Mina Kashani/s))
  expect(rows()).toHaveLength(1)
  button(contactClash.keepMine).click()
  await vi.waitFor(() => expect(name()).toBe('Mina from work'))
})

it('says that it was deleted there, and leaves it so, or brings it back', async () => {
  const { bridge } = await clash(null)
  expect(dialog()?.textContent).toContain(contactClash.removedTitle)
  button(contactClash.leaveRemoved).click()
  await vi.waitFor(() => expect(nameField()).toBeNull())
  expect([asks(bridge, 'changeContacts').length, document.querySelector('.card')]).toEqual([1, null])
  close()
  const second = await clash(null)
  button(contactClash.keepMine).click()
  await vi.waitFor(() => expect(name()).toBe('Mina from work'))
  expect(asks(second.bridge, 'changeContacts')).toHaveLength(2)
})

it('that is to be deleted and was changed meanwhile is asked about once more', async () => {
  const { bridge } = await open('contacts-own', { wide: true, contacts: [mina] })
  const row = () =>
    [...document.querySelectorAll<HTMLElement>('.person')].find(({ textContent }) => textContent.includes('Mina'))
  await vi.waitFor(() => expect(row()).toBeDefined())
  row()?.click()
  await settle()
  button(words.removeName('Mina Kashani')).click()
  await settle()
  expect(dialog()?.textContent).toContain(words.removeText)
  bridge.changeElsewhere('o1', theirs)
  await settle()
  button(words.remove).click()
  await vi.waitFor(() => expect(dialog()?.textContent).toContain(words.removeChanged))
  expect(dialog()?.textContent).not.toContain(words.removeText)
  expect(name()).toBe('Mina Kashani')
  await settle()
  button(words.remove).click()
  await vi.waitFor(() => expect(name()).toBeUndefined())
  expect(asks(bridge, 'changeContacts')).toMatchObject([
    { remove: ['o1'], since: 0 },
    { remove: ['o1'], since: 1 }
  ])
})
