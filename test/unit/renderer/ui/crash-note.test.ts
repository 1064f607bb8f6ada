// @vitest-environment happy-dom
// The line that says that something stopped unexpectedly: leads to the logs, and goes when it is not wanted.
import { afterEach, expect, it } from 'vitest'
import { ok } from '../../../../common/result.ts'
import { button, close, open, settle } from './page.ts'

afterEach(close)

const after = (what: 'app' | 'page') => ({
  wide: true,
  main: { lastCrash: async () => Promise.resolve(ok({ crash: { at: Date.UTC(2026, 8, 21), what } })) }
})
const told = () => document.querySelector('main')?.textContent ?? ''

it.each([
  ['app', 'Tamas stopped unexpectedly'],
  ['page', 'This window stopped unexpectedly']
] as const)('%s: %s', async (what, words) => {
  await open('contacts', after(what))
  await settle()
  expect(told()).toContain(words)
  button('Not now').click()
  await settle()
  expect(told()).not.toContain('unexpectedly')
})

it('leads to the logs', async () => {
  await open('contacts', after('app'))
  await settle()
  button('Show').click()
  await settle()
  expect(told()).toContain('Save the logs…')
  expect(told()).not.toContain('unexpectedly')
})

it('is not there where nothing was', async () => {
  await open('contacts', { wide: true })
  await settle()
  expect(told()).not.toContain('unexpectedly')
})
