// @vitest-environment happy-dom
// What main is told to keep the window for: a dialog that is open, a check of calls that is under way or was read, a line that
// nobody may have read yet; and that it need not when they are gone.
import { afterEach, expect, it, vi } from 'vitest'
import { flushSync } from 'svelte'
import { ok } from '../../../../common/result.ts'
import { asks, button, close, open, settle } from './page.ts'

afterEach(() => {
  close()
  vi.useRealTimers()
})

const settings = async () => {
  const page = await open('settings', { wide: true })
  document.querySelectorAll<HTMLButtonElement>('nav button')[2]?.click()
  await settle()
  return { ...page, kept: () => asks(page.bridge, 'keepWindow').map((asked) => (asked as { keep: boolean }).keep) }
}
const openPage = async (name: string) => {
  document.querySelector<HTMLButtonElement>(`[data-page=${name}]`)?.click()
  await settle()
}

it('a dialog, while it is open', async () => {
  const { kept } = await settings()
  await openPage('account')
  expect(kept()).toEqual([])
  button('Sign out').click()
  flushSync()
  await settle()
  expect(kept()).toEqual([true])
  button('Cancel').click()
  flushSync()
  await settle()
  expect(kept()).toEqual([true, false])
})

it('a check of calls, until one leaves what it found', async () => {
  vi.useFakeTimers()
  const { kept } = await settings()
  await openPage('check')
  expect(kept()).toEqual([])
  button('Check now').click()
  await settle()
  expect(kept()).toEqual([true])
  await vi.advanceTimersByTimeAsync(500)
  button('Stop the check').click()
  await settle()
  expect(kept()).toEqual([true])
  document.querySelectorAll<HTMLButtonElement>('nav button')[0]?.click()
  await settle()
  expect(kept()).toEqual([true, false])
})

it('that something stopped unexpectedly, which is told once: until it is put away', async () => {
  const crash = { at: Date.UTC(2026, 8, 21), what: 'app' } as const
  const { bridge } = await open('contacts', {
    wide: true,
    main: { lastCrash: async () => Promise.resolve(ok({ crash })) }
  })
  await settle()
  expect(asks(bridge, 'keepWindow')).toEqual([{ keep: true }])
  button('Not now').click()
  await settle()
  expect(asks(bridge, 'keepWindow')).toEqual([{ keep: true }, { keep: false }])
})
