// @vitest-environment happy-dom
// The offer to call a number that was copied: only where it is wanted, once, and gone when it was taken or refused.
import { afterEach, expect, it } from 'vitest'
import { flushSync } from 'svelte'
import { ok } from '../../../../common/result.ts'
import { asks, button, close, open, settle } from './page.ts'

afterEach(close)

const focus = async (): Promise<void> => {
  window.dispatchEvent(new Event('focus'))
  await settle()
  flushSync()
}
const offer = (): string | null => document.querySelector('.copied')?.textContent ?? null

it('nothing is looked for where it is not wanted', async () => {
  const { bridge } = await open('contacts')
  await focus()
  expect(asks(bridge, 'copiedNumber')).toEqual([])
  expect(offer()).toBeNull()
})

it('a number is offered, called by its button alone, and not offered again', async () => {
  let done: string | null = null
  const { bridge, snapshot } = await open('contacts', {
    main: {
      copiedNumber: async () => ok({ number: done === '09123456789' ? null : '09123456789' }),
      settleCopied: async ({ number }) => {
        done = number
        return ok({})
      }
    }
  })
  bridge.change({ settings: { ...snapshot.settings, offerCopied: true } })
  await focus()
  expect(offer()).toContain('09123456789')
  expect(asks(bridge, 'dial')).toEqual([])
  button('Call \u206609123456789\u2069').click()
  await focus()
  expect(asks(bridge, 'dial')).toEqual([{ to: '09123456789' }])
  expect(offer()).toBeNull()
})

it('one that is put away goes at once, and main is told; one is named where it is known', async () => {
  let copied: string | null = '101'
  const { bridge, snapshot } = await open('contacts', { main: { copiedNumber: async () => ok({ number: copied }) } })
  bridge.change({ settings: { ...snapshot.settings, offerCopied: true } })
  await focus()
  expect(offer()).toMatch(/You copied .+ \(\u2066101\u2069\)/u)
  button('Don’t offer this number').click()
  flushSync()
  expect(offer()).toBeNull()
  expect(asks(bridge, 'settleCopied')).toEqual([{ number: '101' }])
  copied = '103'
  await focus()
  expect(offer()).toContain('103')
  copied = null
  await focus()
  expect(offer()).toBeNull()
  bridge.change({ settings: { ...snapshot.settings, offerCopied: false } })
  copied = '104'
  await focus()
  expect(offer()).toBeNull()
})
