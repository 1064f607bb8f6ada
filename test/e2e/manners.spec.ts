// Manners on the real desktop: the mini window, closing to the tray and its hint, starting at signing in, a second start,
// the display that stays awake, and a window that is raised where that is wanted.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { catalogue } from '../../common/i18n/index.ts'
import { electronPath } from '../../scripts/provision/paths.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { waitFor } from '../support/desktop/wait.ts'
import { nameOf } from './calls.ts'
import { expect, test, type World } from './fixtures.ts'

const { shell, ui } = catalogue('en')

const call = async (from: PhoneApp, to: PhoneApp) => {
  const [calling, called] = [from.delegate.nextCall(), to.delegate.nextCall()]
  await from.page.evaluate((number) => window.tamas.dial({ to: number }), to.user)
  await called.waitFor('ringing/L')
  await to.page.getByRole('button', { name: shell.answer }).click()
  await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])
  return { calling, called }
}
const isDisplayKeptAwake = ({ app }: PhoneApp): Promise<boolean> =>
  app.evaluate(({ powerSaveBlocker }) => [0, 1, 2].some((id) => powerSaveBlocker.isStarted(id)))
const miniOf = ({ app }: PhoneApp): Page | undefined => app.windows().find((page) => page.url().endsWith('/mini.html'))
const miniWindow = ({ desktop }: World, { pid }: PhoneApp) =>
  desktop.waitForWindow('the mini window', (w) => w.pid === pid && w.visible && w.rect.height < 120)

test('the small window of a call takes no focus, stays where it is put, and does what it offers', async ({
  phone,
  world
}) => {
  const { desktop } = world
  const [a, b] = await Promise.all([phone('101', { settings: { miniWindow: true } }), phone('102')])
  const { calling, called } = await call(a, b)
  await expect.poll(() => isDisplayKeptAwake(a)).toBe(true)
  const other = await desktop.waitForWindow('of the other phone', (w) => w.pid === b.pid && w.visible)
  await desktop.focus(other)
  const window = await miniWindow(world, a)
  const page = await waitFor('the page of the mini window', () => miniOf(a), { timeoutMs: 15_000 })
  await expect(page.getByRole('heading')).toHaveText(await nameOf(a, '102'))
  await expect(page.getByRole('timer')).toHaveText(/^\d:\d\d$/)
  expect((await desktop.windows()).find(({ active }) => active)?.id).toBe(other.id)
  await desktop.screenshot(test.info().outputPath('mini.png'))

  await page.getByRole('button', { name: shell.mute }).click()
  await a.waitForSnapshot('muted', ({ calls }) => calls[0]?.muted === true)
  await expect(page.getByText(ui.mini.muted)).toBeVisible()

  // Dragged by its name, with the real mouse.
  const from = { x: window.rect.x + 90, y: window.rect.y + 20 }
  const steps = [from, { x: from.x - 60, y: from.y - 30 }, { x: from.x - 200, y: from.y - 100 }]
  await desktop.drag(steps)
  const moved = await desktop.waitForWindow('dragged', (w) => w.id === window.id && w.rect.x < window.rect.x - 150)
  const place = path.join(a.userData, 'mini-window.json')
  await expect
    .poll(() => (existsSync(place) ? (JSON.parse(readFileSync(place, 'utf8')) as { x: number }).x : 0))
    .toBe(moved.rect.x)

  await page.getByRole('button', { name: ui.mini.open }).click()
  await expect.poll(() => miniOf(a) === undefined).toBe(true)
  await desktop.focus(other)
  const again = await miniWindow(world, a)
  expect([again.rect.x, again.rect.y]).toEqual([moved.rect.x, moved.rect.y])
  const second = await waitFor('its new page', () => miniOf(a), { timeoutMs: 15_000 })

  // By keyboard, once it has been given the focus.
  await desktop.focus(again)
  await second.getByRole('button', { name: shell.hangUp }).focus()
  await desktop.press('Return')
  await Promise.all([calling.waitFor('finished/L'), called.waitFor('E(hangup)')])
  await expect.poll(() => miniOf(a) === undefined).toBe(true)
  await expect.poll(() => isDisplayKeptAwake(a)).toBe(false)
})

test('closing hides to the tray and says so once; a second start brings the window back', async ({ phone, world }) => {
  const { desktop, appFolder } = world
  const a = await phone('101', { newcomer: true })
  await a.hideToTray()
  const hint = await desktop.notifications.waitForShown((n) => n.pid === a.pid)
  expect(hint.summary).toBe(shell.closing.title)
  const startAgain = () =>
    desktop.processes.run(electronPath(), [appFolder, `--user-data-dir=${a.userData}`], {
      env: desktop.env,
      timeoutMs: 30_000
    })
  await startAgain()
  const window = await desktop.waitForWindow('back', (w) => w.pid === a.pid && w.visible && w.active)
  expect(window.title).toBe(shell.appName)
  await desktop.notifications.waitForClosed(hint.id)
  await a.hideToTray()
  await startAgain()
  await desktop.waitForWindow('back again', (w) => w.pid === a.pid && w.visible)
  expect(desktop.notifications.events().filter((event) => event.kind === 'shown' && event.pid === a.pid)).toHaveLength(
    1
  )
})

test('started at signing in by a file of the desktop, hidden, as long as that is wanted; raised by a call where that is', async ({
  phone,
  world
}) => {
  const { desktop } = world
  const [a, b] = await Promise.all([
    phone('101', { settings: { raiseOnIncoming: true, notifyIncoming: false, ringWindow: false } }),
    phone('102')
  ])
  const file = path.join(
    desktop.env['XDG_CONFIG_HOME'] ?? path.join(desktop.home, '.config'),
    'autostart/tamas.desktop'
  )
  await a.page.evaluate(() => window.tamas.changeSettings({ startAtLogin: true }))
  await expect.poll(() => existsSync(file)).toBe(true)
  const exec = /^Exec=(.*)$/m.exec(readFileSync(file, 'utf8'))?.[1] ?? ''
  expect(exec).toContain('"--hidden"')
  await a.page.evaluate(() => window.tamas.changeSettings({ startAtLogin: false }))
  await expect.poll(() => existsSync(file)).toBe(false)

  await a.hideToTray()
  await b.page.evaluate(() => window.tamas.dial({ to: '101' }))
  await desktop.waitForWindow('raised by the call', (w) => w.pid === a.pid && w.visible && w.active)
  expect(a.app.windows()).toHaveLength(1)
})
