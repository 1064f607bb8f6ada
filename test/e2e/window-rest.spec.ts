// The main window let go in the tray: no page is left, the notification of a call rings until one is back, and what is
// answered or dialled meanwhile is talked in as ever.
import { catalogue } from '../../common/i18n/index.ts'
import { pagesOf } from '../bench/proc.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { waitFor } from '../support/desktop/wait.ts'
import { answerInNotification, expectHeard, incomingOf } from './calls.ts'
import { expect, rawSound, test } from './fixtures.ts'

const { shell, ui } = catalogue('en')

const isLetGo = (phone: PhoneApp): Promise<true> =>
  waitFor('no page is left', () => (pagesOf(phone.pid) === 0 ? true : undefined), { timeoutMs: 20_000 })
/** The page of now: the one that the phone began with is gone. */
const pageOf = async ({ app }: PhoneApp) =>
  waitFor('the page is back', () => app.windows().find((page) => page.url().endsWith('/index.html')), {
    timeoutMs: 15_000
  })

test('a window that was let go is back for a call: rung by the notification, answered, heard; and dials from the tray', async ({
  phone,
  world
}) => {
  const { desktop } = world
  const [a, b] = await Promise.all([
    phone('101', { settings: rawSound }),
    phone('102', {
      settings: { ...rawSound, letWindowRest: true, ringWindow: false },
      env: { TAMAS_DEV_REST_MS: '1000' }
    })
  ])
  // Seen: it stays, however long.
  expect(pagesOf(b.pid)).toBeGreaterThan(0)
  await b.hideToTray()
  await isLetGo(b)

  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await a.page.evaluate(() => window.tamas.dial({ to: '102' }))
  const notification = await incomingOf(world, b)
  expect(notification.hints['sound-name']).toBe('phone-incoming-call')
  await called.waitFor('ringing/L')
  await answerInNotification(world, notification)
  await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])
  await Promise.all([expectHeard(a, b, 700), expectHeard(b, a, 900)])
  const page = await pageOf(b)
  await page.getByRole('button', { name: ui.call.hangUp }).click()
  await Promise.all([calling.waitFor('E(hangup)'), called.waitFor('E(hangup)')])

  await b.hideToTray()
  await isLetGo(b)
  const dialled = b.delegate.nextCall()
  const item = await b.trayItem()
  await desktop.tray.waitForMenu(item, ({ children }) => children.some(({ label }) => label === shell.contacts))
  await desktop.tray.click(item, [shell.contacts, 'Echo (100)'])
  await dialled.waitFor('conversation')
  await expectHeard(b, b, 1000)
  const again = await pageOf(b)
  expect(again).not.toBe(page)
})
