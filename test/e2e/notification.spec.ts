// What the notification of an incoming call may do and what it may not: decline, go away with the call, come too late.
import { catalogue } from '../../common/i18n/index.ts'
import { answerInNotification, dialFromTray, incomingOf, windowsShown } from './calls.ts'
import { expect, test } from './fixtures.ts'

const { ui } = catalogue('en')
const cancelled = {
  caller: ['trying', 'ringing', 'finished/L', 'E(hangup)', 'flushed/L'],
  receptor: ['ringing/L', 'finished', 'E(hangup)', 'flushed/L']
}

test('Decline in the notification declines, with the window hidden', async ({ phone, world }) => {
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  await b.hideToTray()
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  await world.desktop.notifications.clickAction(await incomingOf(world, b), 'decline')
  await Promise.all([
    calling.waitForAll(['trying', 'ringing', 'finished', 'E(rejected)', 'flushed/L']),
    called.waitForAll(['ringing/L', 'finished/L', 'E(rejected)', 'flushed/L'])
  ])
  expect(await windowsShown(world, b)).toEqual([])
  await expect(a.page.getByText('Declined', { exact: true })).toBeVisible()
})

test('a cancelled call withdraws the notification, and it is shown as missed', async ({ phone, world }) => {
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  await b.hideToTray()
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  const { id } = await incomingOf(world, b)
  await a.page.getByRole('button', { name: ui.call.cancel, exact: true }).click()
  expect(await world.desktop.notifications.waitForClosed(id)).toMatchObject({ reason: 'withdrawn' })
  await Promise.all([calling.waitForAll(cancelled.caller), called.waitForAll(cancelled.receptor)])
  const missed = await world.desktop.notifications.waitForShown((n) => n.pid === b.pid)
  expect(missed.summary).toBe('Missed call')
  expect(missed.body).toContain('Sara Ahmadi')
  await world.desktop.tray.waitForMenu(await b.trayItem(), ({ children }) =>
    children.some(({ label }) => label === '1 missed call')
  )
  // Clicked in the notification, the missed call is called back.
  const back = b.delegate.nextCall()
  await world.desktop.notifications.clickAction(missed, 'callBack')
  await back.waitFor('ringing')
})

test('a click on Answer that comes after the call was cancelled changes nothing', async ({ phone, world }) => {
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  const notification = await incomingOf(world, b)
  await calling.waitFor('ringing')
  // The phone is held while its call is cancelled, so that the notification is still drawn and can be clicked.
  process.kill(b.pid, 'SIGSTOP')
  try {
    await a.page.getByRole('button', { name: ui.call.cancel, exact: true }).click()
    await calling.waitForAll(cancelled.caller)
    await answerInNotification(world, notification)
  } finally {
    process.kill(b.pid, 'SIGCONT')
  }
  await called.waitForAll(cancelled.receptor)

  // The same once more, of a call that is long over: the next call is not answered by it.
  const [again, calledAgain] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  await incomingOf(world, b)
  await again.waitFor('ringing')
  world.desktop.notifications.forge('ActionInvoked', notification.id, 'answer')
  await a.page.getByRole('button', { name: ui.call.cancel, exact: true }).click()
  await Promise.all([again.waitForAll(cancelled.caller), calledAgain.waitForAll(cancelled.receptor)])
})

test('an Answer that does not come from the notification daemon changes nothing', async ({ phone, world }) => {
  const { desktop } = world
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  const { id } = await incomingOf(world, b)
  await calling.waitFor('ringing')
  desktop.notifications.forge('ActionInvoked', id, 'answer')
  desktop.notifications.forge('ActionInvoked', id, 'decline')
  desktop.notifications.forge('NotificationClosed', id, 2)
  await expect
    .poll(() => desktop.notifications.events().filter((e) => e.id === id && e.kind !== 'shown' && !e.fromDaemon).length)
    .toBe(3)
  // The bus keeps the order: what comes from the daemon now reaches the phone after the forgeries.
  const shown = desktop.notifications.shown().find((n) => n.id === id)
  if (shown === undefined) throw new Error('the notification has gone')
  expect(called.words()).toEqual(['ringing/L'])
  await desktop.notifications.clickAction(shown, 'decline')
  await Promise.all([
    calling.waitForAll(['trying', 'ringing', 'finished', 'E(rejected)', 'flushed/L']),
    called.waitForAll(['ringing/L', 'finished/L', 'E(rejected)', 'flushed/L'])
  ])
})
