// A missed call is marked wherever one may look, and nowhere any more once it was seen: notification, tray, the app's icon
// in docks, Recents. Two devices of one person are test/integration/recents.test.ts's.
import { catalogue } from '../../common/i18n/index.ts'
import { monitorBus, unwrap } from '../support/desktop/bus.ts'
import { dialFromTray, incomingOf } from './calls.ts'
import { expect, test } from './fixtures.ts'

const { shell, ui } = catalogue('en')
const missedOnce = shell.missedCount(1, '1')

test('a missed call is marked until it is seen in Recents', async ({ phone, world }) => {
  const { desktop } = world
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  const badges: unknown[] = []
  const unhear = await monitorBus(
    desktop.busAddress,
    ["type='signal',interface='com.canonical.Unity.LauncherEntry',member='Update'"],
    ({ body }) => badges.push(unwrap(body))
  )
  const badge = (count: number, isShown: boolean) => [
    'application://tamas.desktop',
    { count: BigInt(count), 'count-visible': isShown }
  ]
  try {
    const calling = a.delegate.nextCall()
    await dialFromTray(world, a, '102')
    await incomingOf(world, b)
    await calling.waitFor('ringing')
    await a.page.getByRole('button', { name: ui.call.cancel, exact: true }).click()

    const missed = await desktop.notifications.waitForShown((n) => n.pid === b.pid && n.summary === shell.missedCall)
    const item = await b.trayItem()
    await desktop.tray.waitForMenu(item, ({ children }) => children.some(({ label }) => label === missedOnce))
    await expect.poll(() => badges).toContainEqual(badge(1, true))

    // From the tray to what was missed: there it is, and so it was seen.
    await desktop.tray.click(item, [missedOnce])
    await expect(b.page.getByRole('button', { name: ui.recents.callBack('Sara Ahmadi') }).first()).toBeVisible()
    await expect(b.page.getByRole('listitem').first()).toContainText(catalogue('en').call.outcome.missed)
    expect(await desktop.notifications.waitForClosed(missed.id)).toMatchObject({ reason: 'withdrawn' })
    await desktop.tray.waitForMenu(item, ({ children }) => !children.some(({ label }) => label === missedOnce))
    await expect.poll(() => badges.at(-1)).toEqual(badge(0, false))
  } finally {
    unhear()
  }
})
