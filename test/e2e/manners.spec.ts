// Manners on the real desktop: the mini window, closing to the tray and its hint, starting at signing in, a second start,
// the display that stays awake, a window that is raised where that is wanted, settings in a file, and phone links taken from
// another program.
import { existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { catalogue } from '../../common/i18n/index.ts'
import { electronPath } from '../../scripts/provision/paths.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { waitFor } from '../support/desktop/wait.ts'
import { desktopFile } from '../support/installed/package-manager.ts'
import { nameOf } from './calls.ts'
import { expect, test, type World } from './fixtures.ts'

const { settings, several, shell, ui } = catalogue('en')

/** A machine with much else to do draws windows late. */
const patience = { timeoutMs: 30_000 }

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
  desktop.waitForWindow('the mini window', (w) => w.pid === pid && w.visible && w.rect.height < 120, patience)

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
  const shown = await miniWindow(world, a)
  const page = await waitFor('the page of the mini window', () => miniOf(a), { timeoutMs: 15_000 })
  await expect(page.getByRole('heading')).toHaveText(await nameOf(a, '102'))
  expect(await page.evaluate(() => Object.keys(window.tamas).sort())).toEqual([
    'hangUp',
    'hold',
    'load',
    'mute',
    'onChanged',
    'showMain'
  ])
  await expect(page.getByRole('timer')).toHaveText(/^\d:\d\d$/)
  expect((await desktop.windows()).find(({ active }) => active)?.id).toBe(other.id)
  const state = ['-id', String(shown.id), '-notype', '_NET_WM_STATE']
  await expect.poll(() => desktop.processes.run('xprop', state, { env: desktop.env })).toContain('_NET_WM_STATE_ABOVE')
  await desktop.screenshot(test.info().outputPath('mini.png'))

  await page.getByRole('button', { name: shell.mute }).click()
  await a.waitForSnapshot('muted', ({ calls }) => calls[0]?.muted === true)
  await expect(page.getByText(ui.mini.muted)).toBeVisible()

  // Dragged by its name, with the real mouse.
  const placeNow = async () => {
    const { rect } = (await desktop.windows()).find(({ id }) => id === shown.id) ?? shown
    return { x: rect.x, y: rect.y }
  }
  // A window manager that is late to take the window has missed the hand: it tries again.
  await expect(async () => {
    const { x, y } = await placeNow()
    const from = { x: x + 90, y: y + 20 }
    await desktop.drag([from, { x: from.x - 60, y: from.y - 30 }, { x: from.x - 200, y: from.y - 100 }])
    expect((await placeNow()).x).toBeLessThan(shown.rect.x - 100)
  }).toPass({ timeout: patience.timeoutMs })
  const file = path.join(a.userData, 'mini-window.json')
  const kept = () => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { x: number; y: number }) : null)
  await expect(async () => expect(kept()).toMatchObject(await placeNow())).toPass({ timeout: patience.timeoutMs })
  const moved = await placeNow()

  await page.getByRole('button', { name: ui.mini.open }).click()
  await expect.poll(() => miniOf(a) === undefined).toBe(true)
  await desktop.focus(other)
  const again = await miniWindow(world, a)
  expect({ x: again.rect.x, y: again.rect.y }).toEqual(moved)
  const second = await waitFor('its new page', () => miniOf(a), { timeoutMs: 15_000 })

  // By keyboard, once it has been given the focus.
  await desktop.focus(again)
  await second.getByRole('button', { name: shell.hangUp }).focus()
  await desktop.press('Return')
  // The first key pressed on a new desktop is sometimes lost on its way.
  await calling.waitFor('finished/L').catch(() => desktop.press('Return'))
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
  const window = await desktop.waitForWindow('back', (w) => w.pid === a.pid && w.visible && w.active, patience)
  expect(window.title).toBe(shell.appName)
  await desktop.notifications.waitForClosed(hint.id)
  await a.hideToTray()
  await startAgain()
  await desktop.waitForWindow('back again', (w) => w.pid === a.pid && w.visible, patience)
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
  await desktop.waitForWindow('raised by the call', (w) => w.pid === a.pid && w.visible && w.active, patience)
  expect(a.app.windows()).toHaveLength(1)
})

test('settings go into a file that only its owner can read, and come back from it after a look', async ({
  phone,
  world
}) => {
  const a = await phone('101', { settings: { theme: 'dark', microphone: 'of-this-machine' } })
  const file = path.join(world.desktop.home, 'my settings.json')
  // The system's own dialog is GTK's: what it answers is all that is stood in for.
  await a.app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath })
  }, file)
  await a.page.getByRole('navigation').getByRole('button', { name: ui.tabs.settings }).click()
  await a.page.getByRole('button', { name: settings.pages.data }).click()
  await a.page.getByRole('button', { name: settings.data.save }).click()
  await expect(a.page.getByText(settings.data.saved)).toBeVisible()
  expect(statSync(file).mode & 0o777).toBe(0o600)
  const text = readFileSync(file, 'utf8')
  expect(text).not.toContain('of-this-machine')

  const other = text.replace('"dark"', '"light"').replace('"language"', '"tongue"')
  const chosen = { name: 'settings.json', mimeType: 'application/json', buffer: Buffer.from(other) }
  await a.page.locator('input[type=file]').setInputFiles(chosen)
  await expect(a.page.getByRole('status').getByText(settings.data.unfit(1, '1'))).toBeVisible()
  expect((await a.snapshot()).settings.theme).toBe('dark')
  await a.page.getByRole('button', { name: settings.data.apply }).click()
  const { settings: now } = await a.waitForSnapshot('taken', ({ settings: { theme } }) => theme === 'light')
  expect(now.microphone).toBe('of-this-machine')
})

test('phone links that another program opens are opened by Tamas once the person wants that', async ({
  phone,
  world
}) => {
  const { desktop } = world
  const { processes, env } = desktop
  const { phoneLinks } = settings
  const types = ['tel', 'callto', 'sip', 'sips', 'tamas'].map((scheme) => `x-scheme-handler/${scheme}`)
  const mime = (...words: readonly string[]): Promise<string> => processes.run('xdg-mime', words, { env })
  const folder = path.join(env['XDG_DATA_HOME'] ?? '', 'applications')
  for (const each of [path.dirname(path.dirname(folder)), path.dirname(folder), folder]) processes.folder(each)
  /** A program as the desktop knows it: by its file. */
  const install = (file: string, name: string): void => {
    const text = [
      '[Desktop Entry]',
      'Type=Application',
      `Name=${name}`,
      'Exec=true %u',
      `MimeType=${types.join(';')};`,
      ''
    ]
    writeFileSync(path.join(folder, file), text.join('\n'))
    processes.give(path.join(folder, file))
  }
  const a = await phone('101')
  const looks = () => a.logLines('who opens phone links').length
  const openGeneral = async (): Promise<void> => {
    const before = looks()
    await a.page.getByRole('button', { name: settings.pages.general, exact: true }).click()
    await expect.poll(looks).toBeGreaterThan(before)
  }
  const title = a.page.getByRole('heading', { name: phoneLinks.title })
  try {
    await a.page.getByRole('navigation').getByRole('button', { name: ui.tabs.settings }).click()
    await openGeneral()
    await expect(title).toBeVisible({ visible: existsSync(desktopFile) })

    install('tamas.desktop', 'Tamas')
    install('other-phone.desktop', 'Other phone')
    await mime('default', 'other-phone.desktop', ...types)
    await a.page.getByRole('button', { name: settings.back }).click()
    await openGeneral()
    await expect(title).toBeVisible()
    await expect(a.page.getByText(phoneLinks.elsewhereIn('\u2068Other phone\u2069'))).toBeVisible()

    await a.page.getByRole('button', { name: phoneLinks.take }).click()
    await expect(a.page.getByText(phoneLinks.here)).toBeVisible()
    await expect(a.page.getByRole('button', { name: phoneLinks.take })).toBeHidden()
    for (const type of types) expect([type, await mime('query', 'default', type)]).toEqual([type, 'tamas.desktop\n'])

    // The other program has taken them back meanwhile.
    await mime('default', 'other-phone.desktop', 'x-scheme-handler/sip')
    await a.page.getByRole('button', { name: settings.back }).click()
    await openGeneral()
    await expect(a.page.getByText(phoneLinks.partlyIn('\u2068Other phone\u2069'))).toBeVisible()
  } finally {
    for (const file of ['tamas.desktop', 'other-phone.desktop']) rmSync(path.join(folder, file), { force: true })
    rmSync(path.join(env['XDG_CONFIG_HOME'] ?? '', 'mimeapps.list'), { force: true })
  }
})

test('who does not want to be disturbed says so in the tray and takes it back in the window', async ({
  phone,
  world
}) => {
  const a = await phone('101')
  const { disturb } = several
  await world.desktop.tray.click(await a.trayItem(), [disturb.title, disturb.busy])
  await a.waitForSnapshot('busy', ({ preferences }) => preferences.doNotDisturb === 'busy')
  await a.page.getByRole('button', { name: disturb.isOn(disturb.busy) }).click()
  await a.page.getByRole('radio', { name: disturb.off }).check()
  await a.waitForSnapshot('reachable', ({ preferences }) => preferences.doNotDisturb === 'off')
  await world.desktop.tray.waitForMenu(await a.trayItem(), ({ children }) =>
    children.some(({ label }) => label === disturb.title)
  )
})
