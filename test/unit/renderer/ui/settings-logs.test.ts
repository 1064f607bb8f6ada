// @vitest-environment happy-dom
// The logs on the page about the app: saved without people unless somebody wants them named, and said to be so.
import { afterEach, expect, it } from 'vitest'
import { fail } from '../../../../common/result.ts'
import { asks, button, close, open, settle } from './page.ts'

afterEach(close)

const openAbout = async (main: Parameters<typeof open>[1] = {}) => {
  const page = await open('settings', { wide: true, ...main })
  document.querySelectorAll<HTMLButtonElement>('nav button')[2]?.click()
  await settle()
  document.querySelector<HTMLButtonElement>('[data-page=about]')?.click()
  await settle()
  return page
}
const told = () => document.querySelector('.page')?.textContent ?? ''

it('are saved without people, and with them where that is wanted', async () => {
  const { bridge } = await openAbout()
  button('Save the logs…').click()
  await settle()
  expect(told()).toContain('The logs were saved. Nothing was sent to anybody.')
  document.querySelector<HTMLInputElement>('.page [role=switch]')?.click()
  await settle()
  button('Save the logs…').click()
  await settle()
  expect(asks(bridge, 'saveLogs')).toEqual([{ people: false }, { people: true }])
})

it('that are not there, or can’t be saved, are told', async () => {
  await openAbout({ main: { saveLogs: async () => Promise.resolve(fail('not_found')) } })
  button('Save the logs…').click()
  await settle()
  expect(told()).toContain('There are no logs yet.')
  close()
  await openAbout({ main: { saveLogs: async () => Promise.resolve(fail('file_not_saved')) } })
  button('Save the logs…').click()
  await settle()
  expect(told()).toContain('The file could not be saved.')
})
