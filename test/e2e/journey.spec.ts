// The way of a person through the main window, by what is written on it; in Persian too; and how it looks.
import { catalogue } from '../../common/i18n/index.ts'
import { answerInNotification, dialFromTray, incomingOf } from './calls.ts'
import { expect, rawSound, test } from './fixtures.ts'
import { seeLog, seeLogOfCall } from './log-steps.ts'

const en = catalogue('en')
const fa = catalogue('fa')

test('dial field, call, mute, hang up, recents, and what the log has of it', async ({ phone, world }) => {
  test.setTimeout(120_000)
  const [a, b] = await Promise.all([
    phone('101', { settings: { ...rawSound, keepSignInWithoutKeyring: true, askRating: false } }),
    phone('102', { settings: rawSound })
  ])
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  const field = a.page.getByRole('textbox', { name: en.ui.home.search })
  await field.fill('102')
  await expect(a.page.getByRole('button', { name: en.ui.home.call('Kian Moradi') }).first()).toBeVisible()
  await field.press('Enter')
  const stage = a.page.getByRole('region', { name: en.ui.call.label })
  await expect(stage.getByText(en.call.status.ringing)).toBeVisible()
  await expect(b.page.getByText(en.call.incoming, { exact: true })).toBeVisible()
  // Who dials decides before anybody is there whether they are heard.
  const mute = a.page.getByRole('button', { name: en.ui.call.mute, exact: true })
  // While muted the person may be told that they speak, and there it is offered too.
  const unmute = a.page.getByRole('button', { name: en.shell.unmute, exact: true }).first()
  const told = b.page.getByRole('region', { name: en.ui.call.label }).getByText(en.ui.call.peerMuted('Sara Ahmadi'))
  await mute.click()
  await a.audio.playTone(1000, 0.5)
  await b.page.getByRole('button', { name: en.shell.answer }).click()
  // It counts up, whatever the moment it is looked at.
  await expect(stage.getByRole('timer')).toHaveText(/[1-9]/)
  await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])

  await expect(told).toBeVisible()
  await b.audio.waitForSilence()
  await unmute.click()
  await b.audio.waitForTone(1000)
  await expect(told).toBeHidden()
  await mute.click()
  await b.audio.waitForSilence()
  await expect(told).toBeVisible()

  await a.page.getByRole('button', { name: en.ui.call.hangUp }).click()
  await expect(stage.getByText(en.call.outcome.you_hung_up)).toBeVisible()
  await expect(b.page.getByText(en.call.outcome.they_hung_up)).toBeVisible()
  await Promise.all([calling.waitFor('flushed/L'), called.waitFor('flushed/L')])
  await stage.getByRole('button', { name: en.ui.close }).click()
  await a.page.getByRole('button', { name: en.ui.tabs.recents }).click()
  await expect(a.page.getByRole('button', { name: en.ui.recents.callBack('Kian Moradi') }).first()).toBeVisible()
  await expect(a.page.getByRole('listitem').first()).toContainText(en.ui.recents.outgoing)

  await seeLogOfCall(a)
  await seeLog(a, world)
})

test('in Persian the window is written from the right, and numbers from the left', async ({ phone, world }) => {
  const [a, b] = await Promise.all([phone('101', { settings: { language: 'fa' } }), phone('102')])
  const html = a.page.locator('html')
  await expect(html).toHaveAttribute('dir', 'rtl')
  await expect(html).toHaveAttribute('lang', 'fa')
  const called = b.delegate.nextCall()
  const field = a.page.getByRole('textbox', { name: fa.ui.home.search })
  // Persian digits are typed on a Persian keyboard, and dial the same number.
  await field.fill('۱۰۲')
  await field.press('Enter')
  await called.waitFor('ringing/L')
  const stage = a.page.getByRole('region', { name: fa.ui.call.label })
  await expect(stage.getByRole('heading', { name: 'کیان مرادی' })).toBeVisible()
  const number = stage.getByText('102', { exact: true })
  await expect(number).toBeVisible()
  expect(await number.evaluate((node) => getComputedStyle(node).direction)).toBe('ltr')
  expect(await stage.evaluate((node) => getComputedStyle(node).direction)).toBe('rtl')
  expect(await stage.evaluate((node) => getComputedStyle(node).fontFamily)).toContain('Vazirmatn')
  const notification = await incomingOf(world, b)
  await world.desktop.notifications.clickAction(notification, 'decline')
  await expect(stage.getByText(fa.call.outcome.declined)).toBeVisible()
})

test('two phones in a call, light and dark, English and Persian, as pictures', async ({ phone, world }) => {
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  await answerInNotification(world, await incomingOf(world, b))
  await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])
  for (const language of ['en', 'fa'] as const) {
    for (const theme of ['light', 'dark'] as const) {
      for (const each of [a, b]) {
        await each.page.evaluate((change) => window.tamas.changeSettings(change), { language, theme })
        await expect(each.page.locator('html')).toHaveAttribute('lang', language)
        await expect
          .poll(() => each.page.evaluate(() => matchMedia('(prefers-color-scheme: dark)').matches))
          .toBe(theme === 'dark')
      }
      await world.desktop.screenshot(test.info().outputPath(`two-phones-${language}-${theme}.png`))
    }
  }
})
