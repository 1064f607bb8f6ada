// @vitest-environment happy-dom
// The screen of past calls: rows that are opened, called back, taken away and brought back; kinds and words; all cleared.
import { afterEach, expect, it, vi } from 'vitest'
import { catalogue } from '../../../../common/i18n/index.ts'
import type { MainBridge } from '../../../../common/ipc.ts'
import { fail, ok } from '../../../../common/result.ts'
import { snapshotOf } from '../../../support/ui-gallery/states.ts'
import { asks, button, close, open, press, settle } from './page.ts'

afterEach(() => {
  close()
  vi.useRealTimers()
})

// happy-dom has no popovers.
HTMLElement.prototype.hidePopover = () => undefined

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-row]')]
const names = () => rows().map((row) => row.querySelector('.name')?.textContent.replace(/\s+/g, ' ').trim())
const openRecents = async (...args: Parameters<typeof open>) => {
  const page = await open(...args)
  document.querySelectorAll<HTMLButtonElement>('nav button')[1]?.click()
  await settle()
  await settle()
  return page
}

it('calls of one kind with one person, one after the other, are one row', async () => {
  await openRecents('recents')
  expect(names().slice(0, 2)).toEqual(['Niloufar Yazdani (3) 3 calls', 'Sara Rahimi'])
})

it('a row is taken away with Delete for all of its calls, and brought back', async () => {
  const { bridge } = await openRecents('recents')
  press(rows()[0]?.querySelector('button') ?? document, { key: 'Delete' })
  await settle()
  expect(asks(bridge, 'removeRecents')).toEqual([{ callIds: ['c1', 'c1b', 'c1c'] }])
  expect(names()[0]).toBe('Sara Rahimi')
  expect(document.querySelector('.undo')?.textContent).toContain('3 calls were removed.')
  button('Undo').click()
  await settle()
  expect(asks(bridge, 'restoreRecents')).toEqual([{ callIds: ['c1', 'c1b', 'c1c'] }])
  expect(names()[0]).toContain('Niloufar')
  expect(rows()[0]?.contains(document.activeElement)).toBe(true)
})

it('says what was taken away where screen readers listen already, each time', async () => {
  await openRecents('recents')
  const region = document.querySelector('.recents [role=status]')
  for (const _ of ['first', 'second']) {
    press(rows()[1]?.querySelector('button') ?? document, { key: 'Delete' })
    expect(region?.textContent).toBe('')
    await settle()
    expect(region?.textContent).toBe('The call was removed.')
  }
  expect(document.querySelectorAll('.recents [role=status]')).toHaveLength(1)
})

it('a call is taken away on its card as in the list, and brought back there', async () => {
  const { bridge, snapshot } = await openRecents('recents', { wide: true })
  rows()[1]?.querySelector('button')?.click()
  await settle()
  const [, , , gone] = snapshot.recents
  document.querySelector<HTMLButtonElement>('.detail .tools button:last-child')?.click()
  bridge.change({ recents: snapshot.recents.filter((entry) => entry !== gone) })
  await settle()
  expect(asks(bridge, 'removeRecents')).toEqual([{ callIds: [gone?.callId] }])
  expect(names()[1]).not.toBe('Sara Rahimi')
  expect(document.querySelector('.detail .card')).toBeNull()
  button('Undo').click()
  await settle()
  expect(names()[1]).toBe('Sara Rahimi')
})

it('what was taken away on another device leaves the list', async () => {
  const { bridge, snapshot } = await openRecents('recents')
  bridge.change({ recents: snapshot.recents.slice(0, 3) })
  await settle()
  expect(names()).toEqual(['Niloufar Yazdani (3) 3 calls'])
})

it('asks the server once it is there again, for the list and for how a call went', async () => {
  let isAway = true
  const answers: string[] = []
  const { bridge } = await openRecents('recents-kept', {
    wide: true,
    main: {
      recentDetails: async ({ callId }) => {
        answers.push(callId)
        return isAway
          ? fail('disconnected')
          : ok({ device: 'Desk', timeline: [], quality: { mine: null, theirs: null }, rating: null })
      }
    }
  })
  rows()[1]?.querySelector('button')?.click()
  await settle()
  await settle()
  const card = document.querySelector('.detail .card')
  expect(card?.textContent).toContain('when the server can be reached')
  isAway = false
  bridge.change({ link: { state: 'joined' } })
  await settle()
  await settle()
  expect(document.querySelector('.recents .note')).toBeNull()
  expect([card?.textContent.includes('Desk'), answers.length]).toEqual([true, 2])
})

it('tells screen readers a number only where it is known, and a failure as one', async () => {
  const [newest] = snapshotOf('recents', 'en', 'light', Date.now()).recents
  if (newest === undefined) throw new Error('no calls')
  const older = { ...newest, callId: 'older', createdAt: 1 }
  /** What comes after the first page never comes. */
  const page =
    (next: string | null): MainBridge['moreRecents'] =>
    ({ cursor }) =>
      cursor === null ? Promise.resolve(ok({ result: [older], next, from: 'server' })) : new Promise(() => undefined)
  const answers: MainBridge['moreRecents'][] = []
  await openRecents('recents', {
    main: { moreRecents: async (asked) => (answers.at(-1) ?? page(null))(asked) }
  })
  const said = async (value: string, answer: MainBridge['moreRecents']) => {
    answers.push(answer)
    document.querySelector<HTMLInputElement>(`fieldset input[value=${value}]`)?.click()
    for (let turn = 0; turn < 4; turn += 1) await settle()
    return document.querySelector('.recents [role=status]')?.textContent
  }
  expect(await said('missed', page(null))).toMatch(/^\d+ calls found$/)
  expect(await said('incoming', page('on'))).toMatch(/^More than \d+ calls found$/)
  expect(await said('outgoing', async () => fail('disconnected'))).toMatch(/^Calls could not be loaded\. \S/)
})

it('what could not be taken away is shown again', async () => {
  await openRecents('recents', { main: { removeRecents: async () => fail('disconnected') } })
  press(rows()[0]?.querySelector('button') ?? document, { key: 'Delete' })
  await settle()
  await settle()
  expect(names()[0]).toContain('Niloufar')
  expect(document.querySelector('.undo')).toBeNull()
})

it('shows one kind alone, and what fits the words that are typed', async () => {
  vi.useFakeTimers()
  await openRecents('recents')
  const missed = document.querySelector<HTMLInputElement>('fieldset input[value=missed]')
  missed?.click()
  await settle()
  expect(rows()).toHaveLength(2)
  const field = document.querySelector<HTMLInputElement>('.list-bar input[type=text]')
  if (field === null) throw new Error('no field')
  field.value = 'زzz'
  field.dispatchEvent(new Event('input', { bubbles: true }))
  await settle()
  await vi.advanceTimersByTimeAsync(200)
  await settle()
  expect(document.querySelector('.none h2')?.textContent).toBe('No matching calls')
  press(field, { key: 'Escape' })
  await settle()
  await vi.advanceTimersByTimeAsync(1)
  await settle()
  expect(rows()).toHaveLength(2)
})

it('opens the calls of a row: how one ended and went, on which device, and what may come next', async () => {
  const { bridge } = await openRecents('recents', { wide: true })
  rows()[1]?.querySelector('button')?.click()
  await settle()
  await settle()
  const card = document.querySelector('.detail .card')
  expect(card?.textContent).toContain('You hung up')
  expect(card?.textContent).toContain('Kian’s desk')
  expect(card?.querySelectorAll('ol li')).toHaveLength(7)
  button('Call again').click()
  expect(asks(bridge, 'dial')).toEqual([{ to: '101' }])
  button('Show Sara Rahimi').click()
  await settle()
  expect(document.querySelector('.detail h2')?.textContent).toBe('Sara Rahimi')
})

it('clears all after a question', async () => {
  const { bridge } = await openRecents('recents')
  document.querySelector<HTMLButtonElement>('.menu .stop')?.click()
  await settle()
  expect(asks(bridge, 'clearRecents')).toEqual([])
  button('Clear all').click()
  await settle()
  await settle()
  expect(asks(bridge, 'clearRecents')).toHaveLength(1)
  expect(document.querySelector('.none h2')?.textContent).toBe('No calls yet')
})

it('hands what is shown to a file', async () => {
  const { bridge } = await openRecents('recents')
  document.querySelector<HTMLInputElement>('fieldset input[value=missed]')?.click()
  await settle()
  document.querySelectorAll<HTMLButtonElement>('.menu[popover] button')[1]?.click()
  await settle()
  await settle()
  const [file] = asks(bridge, 'saveFile') as { kind: string; text: string }[]
  expect(file?.kind).toBe('json')
  expect((JSON.parse(file?.text ?? '{}') as { calls: unknown[] }).calls).toHaveLength(4)
  await settle()
  expect(document.body.textContent).toContain('The calls were saved.')
})

it('says why there is no file where not all calls can be had', async () => {
  const { bridge } = await openRecents('recents', { main: { moreRecents: async () => fail('disconnected') } })
  document.querySelectorAll<HTMLButtonElement>('.menu[popover] button')[1]?.click()
  await settle()
  await settle()
  expect(asks(bridge, 'saveFile')).toEqual([])
  expect(document.querySelector('.toast')?.textContent).toContain(catalogue('en').errors.disconnected)
})

it('says why there is nothing where the calls can’t be had, and from where they are', async () => {
  const { bridge } = await openRecents('recents-failed', { main: { moreRecents: async () => fail('disconnected') } })
  expect(document.querySelector('.none h2')?.textContent).toBe('Calls could not be loaded.')
  expect(asks(bridge, 'dial')).toEqual([])
  close()
  await openRecents('recents-kept')
  expect(document.querySelector('.recents .note')?.textContent).toContain('saved on this computer')
})

it('what nobody is called is looked for as the other keyboard types it', async () => {
  const { bridge } = await openRecents('recents')
  vi.useFakeTimers()
  const typeIn = async (text: string) => {
    const field = document.querySelector<HTMLInputElement>('.recents input[type=text]')
    if (field === null) throw new Error('no field')
    field.value = text
    field.dispatchEvent(new Event('input', { bubbles: true }))
    await vi.advanceTimersByTimeAsync(1000)
  }
  await typeIn('سشقش')
  expect(new Set(names())).toEqual(new Set(['Sara Rahimi']))
  expect(document.querySelector('.recents .note')?.textContent).toContain('sara')
  await vi.waitFor(() => expect(document.querySelector('.recents [role=status]')?.textContent).toContain('sara'))
  // Neither is anybody called so with the other one: that is all that is tried.
  await typeIn('ظظظ')
  expect([names(), document.querySelector('.recents .note')]).toEqual([[], null])
  const wanted = asks(bridge, 'moreRecents').map((asked) => (asked as { readonly q: string }).q)
  expect(wanted).toEqual(['', 'سشقش', 'sara', 'ظظظ', 'zzz'])
})
