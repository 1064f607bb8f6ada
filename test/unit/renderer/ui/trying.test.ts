// @vitest-environment happy-dom
// Somebody who is not online: the caller is told after a while what the silence means, and that it goes on.
import { flushSync } from 'svelte'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { secondMs } from '../../../../common/time.ts'
import { seemsOffline } from '../../../../renderer/state/trying.ts'
import { close, open } from './page.ts'

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  close()
  vi.useRealTimers()
})

it('only what is tried for five seconds seems to be offline', () => {
  expect(seemsOffline('trying', 5 * secondMs - 1)).toBe(false)
  expect(seemsOffline('trying', 5 * secondMs)).toBe(true)
  for (const status of ['new', 'ringing', 'accepted', 'finished'] as const)
    expect(seemsOffline(status, 60_000)).toBe(false)
})

it.each([
  ['en', 'They seem to be offline. Tamas keeps trying.'],
  ['fa', 'گویا آنلاین نیست. تلاش برای تماس ادامه دارد.']
] as const)('the stage says so in %s, and no longer once it rings', async (locale, sentence) => {
  const { bridge, snapshot } = await open('trying', { locale })
  const words = () => document.querySelector('.stage')?.textContent
  const wait = (ms: number) => {
    vi.advanceTimersByTime(ms)
    flushSync()
  }
  wait(4 * secondMs)
  expect(words()).not.toContain(sentence)
  wait(2 * secondMs)
  expect(words()).toContain(sentence)
  bridge.change({ calls: snapshot.calls.map((call) => ({ ...call, status: 'ringing' as const })) })
  flushSync()
  expect(words()).not.toContain(sentence)
})
