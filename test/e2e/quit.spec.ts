// Quitting during a call asks first; who stays keeps the call, who quits ends it on both sides.
import { catalogue } from '../../common/i18n/index.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { expect, test, type World } from './fixtures.ts'

const en = catalogue('en')

/** Chooses Quit in the tray's menu, and waits for the question's window. */
const quitFromTray = async ({ desktop }: World, from: PhoneApp) => {
  const before = (await desktop.windowsOf(from.pid)).map(({ id }) => id)
  await desktop.tray.click(await from.trayItem(), [en.shell.quit])
  const question = await desktop.waitForWindow(
    'the question',
    ({ id, pid, visible }) => visible && pid === from.pid && !before.includes(id)
  )
  await desktop.focus(question)
  return question
}

test('asks before it ends a call', async ({ phone, world: { desktop }, world }, info) => {
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  const process = a.app.process()
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await a.page.evaluate(() => window.tamas.dial({ to: '102' }))
  await called.waitFor('ringing/L')
  await b.page.getByRole('button', { name: en.shell.answer }).click()
  await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])

  const first = await quitFromTray(world, a)
  await desktop.screenshot(info.outputPath('question.png'))
  await desktop.press('Escape')
  await expect.poll(async () => (await desktop.windows()).some(({ id }) => id === first.id)).toBe(false)
  expect((await a.snapshot()).calls[0]?.status).toBe('conversation')

  await quitFromTray(world, a)
  // Enter alone would stay: that is the button which has the focus.
  await desktop.press('Left', 'Return')
  await called.waitFor('E(hangup)')
  await expect.poll(() => process.exitCode).toBe(0)
})
