// @vitest-environment happy-dom
// The list of contacts by keyboard, however long it is, and the way of a contact: written, kept, changed, deleted; the
// focus is never lost on the way.
import { flushSync } from 'svelte'
import { afterEach, describe, expect, it } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import { fail } from '../../../../common/result.ts'
import type { ContactsChange } from '../../../../common/types.ts'
import { manyPeople, ownContacts } from '../../../support/ui-gallery/contacts.ts'
import { asks, button, close, open, press, settle, type Page } from './page.ts'

afterEach(close)

const { contacts: words, ui, errors } = catalogue('en')
const rows = () => [...document.querySelectorAll<HTMLElement>('[data-row]')]
const personButtons = () => rows().flatMap((row) => row.querySelector<HTMLElement>('.person') ?? [])
const focusedName = () => document.activeElement?.closest('[data-row]')?.querySelector('.name')?.textContent ?? null
const focused = (): Element => document.activeElement ?? document.body
const key = (pressed: string, more: KeyboardEventInit = {}) => press(focused(), { key: pressed, ...more })
const type = (selector: string, text: string) => {
  const field = document.querySelector<HTMLInputElement>(selector)
  if (field === null) throw new Error(`no ${selector}`)
  field.value = text
  field.dispatchEvent(new Event('input', { bubbles: true }))
  flushSync()
}
const said = () => document.querySelector('.contacts [role=status]')?.textContent.trim()
const wait = async () => {
  for (let turn = 0; turn < 5; turn += 1) await settle()
}

describe('a list of ten thousand', () => {
  const last = manyPeople(10_000)
    .map(({ names }) => names.en)
    .sort()
    .at(-1)
  it('has few rows in the page, and every row by keyboard', async () => {
    await open('contacts-many')
    expect(rows().length).toBeLessThanOrEqual(60)
    personButtons()[0]?.focus()
    expect(focusedName()).toBe('Arash Ahmadi')
    key('End')
    expect(focusedName()).toBe(last)
    key('ArrowUp')
    expect(focusedName()).toBe(last)
    key('Home')
    key('PageDown')
    key('PageUp')
    expect(document.activeElement?.closest('[data-row]')?.getAttribute('data-row')).toBe('0')
    expect(rows().length).toBeLessThanOrEqual(60)
  })
  it('is gone through by letters of names that are not in the page', async () => {
    await open('contacts-many')
    personButtons()[0]?.focus()
    key('p')
    key('a')
    key('r')
    expect(focusedName()).toBe('Parisa Ahmadi')
    expect(rows().length).toBeLessThanOrEqual(60)
  })
  it('tells each row’s place in its section', async () => {
    await open('contacts-many')
    const [first] = rows()
    expect([first?.getAttribute('aria-posinset'), first?.getAttribute('aria-setsize')]).toEqual(['1', '3'])
    key('Tab')
    const stops = document.querySelectorAll('[data-row] .person[tabindex="0"]')
    expect(stops).toHaveLength(1)
  })
  it('keeps the row with the focus while it is scrolled away', async () => {
    await open('contacts-many')
    personButtons()[4]?.focus()
    const name = focusedName()
    const list = document.querySelector<HTMLElement>('.list')
    if (list === null) throw new Error('no list')
    list.scrollTop = 300_000
    list.dispatchEvent(new Event('scroll'))
    flushSync()
    expect(rows().length).toBeGreaterThan(10)
    expect([focusedName(), rows().length <= 60]).toEqual([name, true])
  })
})

describe('the focus', () => {
  it('stays with somebody who becomes a favourite, and this is told', async () => {
    const { bridge } = await open('contacts-own')
    const star = button(ui.home.addFavourite('Michael Brandt'))
    star.focus()
    star.click()
    await wait()
    expect(asks(bridge, 'setFavourites')).toEqual([{ usernames: ['101', '100', '105'] }])
    expect([focusedName(), said()]).toEqual(['Michael Brandt', words.favouriteAdded('Michael Brandt')])
  })
  it('is told of the found ones while somebody searches, and of nothing that was before', async () => {
    await open('contacts-own')
    button(ui.home.addFavourite('Michael Brandt')).click()
    await wait()
    type('.contacts input', 'michael')
    expect(said()).toBe(ui.home.found(1, '1'))
    button(ui.home.removeFavourite('Michael Brandt')).click()
    await wait()
    expect(said()).toBe(words.favouriteRemoved('Michael Brandt'))
    type('.contacts input', '')
    expect(said()).toBe('')
  })
  it('goes to whoever stands there when its row is taken away', async () => {
    const { bridge, snapshot } = await open('contacts')
    personButtons()[3]?.focus()
    const [gone, next] = [focusedName(), personButtons()[4]?.querySelector('.name')?.textContent]
    bridge.change({ directory: snapshot.directory.filter(({ names }) => names.en !== gone) })
    await wait()
    expect(focusedName()).toBe(next)
  })
})

describe('favourites', () => {
  it.each(['en', 'fa'] as const)('are put in another order by keys in %s, told, and kept', async (locale) => {
    const { bridge } = await open('contacts-moved', { locale })
    personButtons()[0]?.focus()
    const name = focusedName() ?? ''
    key('ArrowDown', { altKey: true })
    await wait()
    expect(asks(bridge, 'setFavourites')).toEqual([{ usernames: ['100', '101', '104'] }])
    expect(focusedName()).toBe(name)
    const [two, three] = locale === 'fa' ? ['۲', '۳'] : ['2', '3']
    expect(said()).toBe(catalogue(locale).contacts.moved(name, two, three))
    key('ArrowUp', { altKey: true })
    key('ArrowUp', { altKey: true })
    await wait()
    expect(asks(bridge, 'setFavourites').at(-1)).toEqual({ usernames: ['101', '100', '104'] })
    expect(asks(bridge, 'setFavourites')).toHaveLength(2)
  })
  it('go back to where they were if that could not be kept', async () => {
    await open('contacts-moved', { main: { setFavourites: async () => fail('disconnected') } })
    personButtons()[0]?.focus()
    const name = focusedName()
    key('ArrowDown', { altKey: true })
    expect(personButtons()[1]?.querySelector('.name')?.textContent).toBe(name)
    await wait()
    expect(personButtons()[0]?.querySelector('.name')?.textContent).toBe(name)
  })
})

describe('a contact', () => {
  const create = () => {
    // What happy-dom does not know.
    HTMLElement.prototype.hidePopover = () => undefined
    button(words.create).click()
    flushSync()
  }
  const submit = async () => {
    document.querySelector('.form')?.dispatchEvent(new Event('submit', { bubbles: true, cancelable: true }))
    await wait()
  }
  const changes = ({ bridge }: Page) => asks(bridge, 'changeContacts') as readonly ContactsChange[]

  it('is written, kept and shown', async () => {
    const page = await open('contacts')
    create()
    type('[data-field=name] input', 'Laleh')
    type('[data-field^=number] input', '۰۹۱۲ ۳۴۵')
    await submit()
    // Only the newest calls are known: there may have been others.
    expect(document.querySelector('.card .last .none')?.textContent).toBe('No recent calls')
    expect(changes(page)).toMatchObject([
      { save: [{ name: 'Laleh', numbers: [{ label: 'mobile', value: '۰۹۱۲ ۳۴۵' }] }], remove: [] }
    ])
    expect(document.querySelector('.card h2')?.textContent).toBe('Laleh')
    button(ui.contact.call).click()
    expect(asks(page.bridge, 'dial')).toEqual([{ to: '0912345' }])
  })
  it('of a number that was typed and nobody has begins with it', async () => {
    await open('contacts')
    type('.contacts input', '0912 000')
    button(words.add).click()
    flushSync()
    expect(document.querySelector<HTMLInputElement>('[data-field^=number] input')?.value).toBe('0912000')
  })
  it('that can’t be saved is told why, and nothing of it is lost', async () => {
    await open('contacts', { main: { changeContacts: async () => fail('disconnected') } })
    create()
    await submit()
    expect(document.querySelector('.error')?.textContent).toBe(words.form.missing)
    type('[data-field=name] input', 'Laleh')
    await submit()
    expect(document.querySelector('.fields [role=alert]')?.textContent).toContain(errors.disconnected)
    expect(document.querySelector<HTMLInputElement>('[data-field=name] input')?.value).toBe('Laleh')
  })
  it('half written outlives a call that comes meanwhile', async () => {
    const { bridge, snapshot } = await open('incoming')
    bridge.change({ calls: [] })
    await wait()
    create()
    type('[data-field=name] input', 'Laleh')
    bridge.change({ calls: snapshot.calls })
    await wait()
    expect(document.querySelector('.form')).toBeNull()
    bridge.change({ calls: [] })
    await wait()
    expect(document.querySelector<HTMLInputElement>('[data-field=name] input')?.value).toBe('Laleh')
  })
  it('is left only if the person says so, where something was written', async () => {
    await open('contacts')
    create()
    key('Escape')
    await wait()
    expect(document.querySelector('.form')).toBeNull()
    create()
    type('[data-field=name] input', 'x')
    key('Escape')
    await wait()
    expect(document.querySelector('.form')).not.toBeNull()
    button(words.form.discard).click()
    await wait()
    expect(document.querySelector('.form')).toBeNull()
  })
  it('is changed and deleted by keyboard, and the focus goes back to where it was', async () => {
    const page = await open('contacts-own', { contacts: ownContacts })
    await wait()
    personButtons()
      .find((one) => one.textContent.includes('Mina'))
      ?.focus()
    focused().dispatchEvent(new MouseEvent('click', { bubbles: true }))
    await wait()
    button(words.editName('Mina Kashani')).click()
    await wait()
    type('[data-field=name] input', 'Mina K')
    await submit()
    expect(document.activeElement?.getAttribute('aria-label')).toBe(words.editName('Mina K'))
    button(words.removeName('Mina K')).click()
    await wait()
    button(words.remove).click()
    await wait()
    expect(changes(page).map(({ save, remove }) => [save.map(({ name }) => name), remove])).toEqual([
      [['Mina K'], []],
      [[], ['10']]
    ])
    expect(document.querySelector('.card')).toBeNull()
    expect(focusedName()).toBe('Niloufar Yazdani')
  })
})
