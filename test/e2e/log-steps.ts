// What the log has of a call just made: in the call's details, in the whole log by the keyboard alone, and in the file for
// others, in which nothing is that belongs to nobody else.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { catalogue } from '../../common/i18n/index.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { expect, type World } from './fixtures.ts'
import { choose, focusedName } from './keys.ts'

const { diagnostics, settings } = catalogue('en')
const words = diagnostics.log

declare global {
  /** The header of the last request to the server; only in the main process of a phone whose requests are listened to. */
  var lastAuthorization: string | undefined
}

/** From Recents: the newest call's own lines, and no others. */
export const seeLogOfCall = async (phone: PhoneApp): Promise<void> => {
  const { page } = phone
  const [newest] = (await phone.snapshot()).recents
  const callId = newest?.callId ?? ''
  await page.getByRole('listitem').first().getByRole('button').first().click()
  await page.getByRole('button', { name: words.ofCall }).click()
  const lines = page.getByRole('dialog', { name: words.callTitle }).getByRole('listitem')
  for (const told of ['state=trying', 'is=ready', 'state=conversation', 'onCallFinished'])
    await expect(lines.filter({ hasText: told }).first()).toBeVisible()
  const all = await lines.allTextContents()
  expect(callId).not.toBe('')
  const [session] = /session=\S+/.exec(all.find((line) => line.includes(callId)) ?? '') ?? ['nothing']
  expect(all.filter((line) => !line.includes(session) && !line.includes(callId))).toEqual([])
  await page.keyboard.press('Escape')
}

/** The tokens of the one who is signed in: what is kept for the next start, and what requests go out with. */
const tokensOf = async ({ app, page, userData }: PhoneApp): Promise<readonly [refresh: string, access: string]> => {
  const { kept } = JSON.parse(readFileSync(path.join(userData, 'sign-in.json'), 'utf8')) as { kept: { data: string } }
  const { refreshToken } = JSON.parse(kept.data) as { refreshToken: string }
  await app.evaluate(() => {
    const real = globalThis.fetch
    globalThis.fetch = (input, init) => {
      globalThis.lastAuthorization = new Headers(init?.headers).get('authorization') ?? globalThis.lastAuthorization
      return real(input, init)
    }
  })
  await page.evaluate(() => window.tamas.moreRecents({ q: '', filter: 'all', cursor: null, limit: 1 }))
  const authorization = (await app.evaluate(() => globalThis.lastAuthorization)) ?? ''
  const accessToken = authorization.replace(/^Bearer /, '')
  expect([refreshToken.length > 20, accessToken.length > 20]).toEqual([true, true])
  return [refreshToken, accessToken]
}

/** The whole log, without a mouse: followed, searched, copied, saved; with secrets never and people where they are wanted. */
export const seeLog = async (phone: PhoneApp, { desktop, server }: World): Promise<void> => {
  const { app, page } = phone
  const tokens = await tokensOf(phone)
  const people = ['Kian Moradi', 'peer=102', '+989121234567', server.url]
  // What must not happen has happened: a part of the page has written all of it.
  await page.evaluate((told) => window.console.error(told), `planted: ${[...tokens, ...people].join(' ')}`)
  const held = (text: string, all: readonly string[]) => all.filter((one) => text.includes(one))
  await expect.poll(() => held(phone.logLines('planted')[0] ?? '', [...tokens, ...people])).toHaveLength(6)

  await page.keyboard.press('Control+Comma')
  await choose(page, settings.pages.about)
  await choose(page, words.open)
  const dialog = page.getByRole('dialog', { name: words.title, exact: true })
  const lines = dialog.getByRole('listitem')
  await expect(lines.filter({ hasText: 'planted' })).toBeVisible()
  expect(held(await dialog.innerText(), tokens)).toEqual([])
  // The newest comes into sight by itself.
  await page.evaluate(() => window.console.error('one more line'))
  await expect(lines.filter({ hasText: 'one more line' })).toBeInViewport()

  await page.keyboard.type('state=conversation')
  await expect(lines.filter({ hasText: 'state=conversation' }).first()).toBeVisible()
  await expect(lines.filter({ hasNotText: 'state=conversation' })).toHaveCount(0)
  await page.keyboard.press('ArrowDown')
  await expect.poll(() => focusedName(page)).toContain('state=conversation')
  await expect(dialog.getByRole('region', { name: words.line })).toContainText('callId=')

  const copied = () => app.evaluate(({ clipboard }) => clipboard.readText())
  await expect(async () => {
    await page.keyboard.press('Shift+Tab')
    expect(await focusedName(page)).toBe(words.search)
  }).toPass({ timeout: 5_000 })
  await page.keyboard.press('Control+A')
  await page.keyboard.type('planted')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(dialog.getByRole('button', { name: words.copyChosen(1, '1') })).toBeVisible()
  await page.keyboard.press('Control+C')
  await expect.poll(copied).toContain('planted')
  expect(held(await copied(), [...tokens, ...people])).toEqual([])
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect.poll(() => focusedName(page)).toBe(words.open)

  const file = path.join(desktop.home, 'for others.log')
  await app.evaluate(({ dialog: system }, filePath) => {
    system.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
  await choose(page, settings.about.saveLogs)
  await expect(page.getByText(settings.about.logsSaved)).toBeVisible()
  const saved = readFileSync(file, 'utf8')
  expect([saved.includes('state=conversation'), saved.includes('planted')]).toEqual([true, true])
  expect(held(saved, [...tokens, ...people])).toEqual([])

  await page.getByRole('switch', { name: settings.about.withPeople }).check()
  await choose(page, settings.about.saveLogs)
  await expect.poll(() => held(readFileSync(file, 'utf8'), people)).toEqual(people)
  expect(held(readFileSync(file, 'utf8'), tokens)).toEqual([])
}
