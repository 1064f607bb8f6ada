// @vitest-environment happy-dom
// Small things that a newcomer stumbles over: what is said twice, too long, or in two ways.
import { afterEach, expect, it } from 'vitest'
import { fail } from '../../../../common/result.ts'
import { echo } from '../../../support/ui-gallery/people.ts'
import { button, close, open, settle } from './page.ts'

afterEach(close)

const toast = () => document.querySelector('.toast')
const section = async (index: number) => {
  document.querySelectorAll<HTMLButtonElement>('nav button')[index]?.click()
  await settle()
}

it('that one has too many calls is no longer said once one is over', async () => {
  const { bridge } = await open('talking', { wide: true, main: { dial: async () => fail('too_many_calls') } })
  button('Call Arash Kamali').click()
  await settle()
  expect(toast()?.textContent).toContain('You have too many calls at once')
  bridge.change({ calls: [] })
  await settle()
  expect(toast()).toBeNull()
})

it('what has nothing to do with the call stays', async () => {
  const { bridge } = await open('talking', { wide: true, main: { dial: async () => fail('disconnected') } })
  button('Call Arash Kamali').click()
  await settle()
  bridge.change({ calls: [] })
  await settle()
  expect(toast()).not.toBeNull()
})

it('Echo has the same picture in Recents as in Contacts', async () => {
  const { bridge, snapshot } = await open('contacts')
  const picture = (selector: string): string | undefined =>
    [...document.querySelectorAll(selector)].find((row) => row.textContent.includes('Echo'))?.querySelector('.avatar')
      ?.innerHTML
  const before = picture('[data-row]')
  expect(before).toContain('<svg')
  const [entry] = snapshot.recents
  if (entry === undefined) throw new Error('no recents')
  bridge.change({ recents: [{ ...entry, peer: echo }] })
  await section(1)
  expect(picture('[data-row]')).toBe(before)
})

it('the keyring’s note is short, and not where its switch is', async () => {
  await open('keyring')
  expect(document.querySelector('.note')?.textContent).toContain('This computer has no keyring')
  await section(2)
  expect(document.querySelector('.note')).toBeNull()
  expect(document.body.textContent).toContain('Keep the sign-in in a file')
})

it('a number that nobody has is shown once, and not offered again', async () => {
  const { bridge, snapshot } = await open('busy')
  const calls = snapshot.calls.map((call) => ({
    ...call,
    peer: { userId: '', username: '777', names: { en: '777', fa: '' } },
    trouble: { code: 'not_found' as const },
    end: call.end === null ? null : { ...call.end, reason: 'unknown' as const, outcome: 'unknown' as const }
  }))
  bridge.change({ calls })
  await settle()
  const stage = document.querySelector('.stage')
  expect(stage?.textContent).toContain('There is nobody with this number')
  expect(stage?.querySelectorAll('bdi')).toHaveLength(1)
  expect(stage?.textContent).not.toContain('again')
  expect([...document.querySelectorAll('.stage button')].map((one) => one.getAttribute('aria-label'))).toEqual([
    'Close'
  ])
})

it('a muted button says what it does now', async () => {
  await open('muted')
  expect(button('Unmute').parentElement?.querySelector('.word')?.textContent).toBe('Unmute')
})
