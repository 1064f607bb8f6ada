// The way of a call, on two real phones: dialled from the tray's menu, answered in the notification with the window
// hidden, heard both ways, hung up, microphones closed.
import { catalogue } from '../../common/i18n/index.ts'
import { compareEnvelopes } from '../support/audio/measure.ts'
import { RATE, type Samples, speechLike } from '../support/audio/signals.ts'
import { answerInNotification, dialFromTray, expectHeard, incomingOf, microphonesInUse, windowsShown } from './calls.ts'
import { expect, rawSound, test } from './fixtures.ts'

const { ui, quality, talks } = catalogue('en')
const caller = ['trying', 'ringing', 'accepted', 'conversation', 'finished/L', 'E(hangup)', 'flushed/L']
const receptor = ['ringing/L', 'accepted/L', 'conversation', 'finished', 'E(hangup)', 'flushed/L']
const ofReceptorHangingUp = {
  caller: ['trying', 'ringing', 'accepted', 'conversation', 'finished', 'E(hangup)', 'flushed/L'],
  receptor: ['ringing/L', 'accepted/L', 'conversation', 'finished/L', 'E(hangup)', 'flushed/L']
}
const repeats = 10

test(`a call from the tray to the notification, with sound both ways, ${String(repeats)} times`, async ({
  phone,
  world
}) => {
  test.setTimeout(120_000)
  const [a, b] = await Promise.all([phone('101', { settings: rawSound }), phone('102', { settings: rawSound })])
  for (let round = 0; round < repeats; round++) {
    await test.step(`call ${String(round + 1)}`, async () => {
      await b.hideToTray()
      const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
      await dialFromTray(world, a, '102')
      const notification = await incomingOf(world, b)
      expect(notification).toMatchObject({ summary: 'Incoming call', hints: { urgency: 2, category: 'call.incoming' } })
      expect(notification.body).toContain('Sara Ahmadi')
      expect(await windowsShown(world, b)).toEqual([])
      expect(await microphonesInUse(world, b)).toEqual([])
      await answerInNotification(world, notification)
      await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])
      await Promise.all([expectHeard(a, b, 1000), expectHeard(b, a, 1300)])
      await a.page.getByRole('button', { name: ui.call.hangUp }).click()
      await Promise.all([calling.waitForAll(caller), called.waitForAll(receptor)])
      await expect.poll(() => microphonesInUse(world, a, b)).toEqual([])
    })
  }
})

test('the one who was called hangs up', async ({ phone, world }) => {
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  await answerInNotification(world, await incomingOf(world, b))
  await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])
  await b.page.getByRole('button', { name: ui.call.hangUp }).click()
  await Promise.all([calling.waitForAll(ofReceptorHangingUp.caller), called.waitForAll(ofReceptorHangingUp.receptor)])
  expect(calling.media()).toContain('receptor connected')
  expect(calling.media()).toContain('caller connected')
})

test('with the settings as they come, a voice arrives as it was spoken, and how good its way is stands in the window', async ({
  phone,
  world
}) => {
  const [a, b] = await Promise.all([phone('101'), phone('102')])
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, '102')
  await answerInNotification(world, await incomingOf(world, b))
  await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])
  const seconds = 8
  const said = speechLike(0.5, seconds)
  const recording = world.audio.recordTogether([a.audio.microphone, b.audio.speaker], seconds + 2)
  await a.audio.playSamples(said)
  const [spoken = new Float32Array(), heard = new Float32Array()]: readonly Samples[] = await recording
  // Second by second: a jitter buffer that adapts stretches time, and that is no fault.
  const likeness = Array.from({ length: seconds }, (_, i) => {
    const at = i * RATE
    return compareEnvelopes(spoken.subarray(at, at + RATE), heard.subarray(at, at + 2 * RATE), 20).correlation
  }).sort((x, y) => x - y)
  expect(likeness[seconds / 2], likeness.map((each) => each.toFixed(2)).join(' ')).toBeGreaterThan(0.75)
  for (const { page } of [a, b]) {
    await expect(page.getByRole('button', { name: quality.label })).toBeVisible({ timeout: 30_000 })
  }

  await test.step('the numbers of the talk, in graphs and in words', async () => {
    const sign = a.page.getByRole('button', { name: quality.label })
    await sign.click()
    await a.page.getByRole('button', { name: talks.panel.show }).click()
    const { graphs } = talks.panel
    for (const name of [graphs.mos, graphs.roundTrip, graphs.levelOut]) {
      await expect(
        a.page.getByRole('img', { name: new RegExp(`^${name.replace(/[()]/g, '.')}: now -?\\d`) })
      ).toBeAttached()
    }
    await expect(a.page.getByText('Opus 48 kHz')).toBeAttached()
    await expect(a.page.getByText(talks.panel.facts.direct('UDP'))).toBeAttached()
    await a.page.keyboard.press('Escape')
  })

  await test.step('one tap after it, and how it was in Recents', async () => {
    await a.page.getByRole('button', { name: ui.call.hangUp }).click()
    await calling.waitFor('finished/L')
    const asked = a.page.getByRole('region', { name: talks.rating.label })
    await asked.getByRole('button', { name: talks.rating.good }).click()
    await expect(asked).toContainText(talks.rating.thanks)
    await a.page.getByRole('button', { name: ui.tabs.recents }).click()
    await a.page.getByRole('listitem').first().getByRole('button').first().click()
    const card = a.page.getByRole('region', { name: talks.past.title })
    await expect(card).toContainText(talks.past.mine)
    await expect(card).toContainText(quality.levels.good)
    await expect(card.getByRole('img', { name: /average/ }).first()).toBeVisible()
  })
})

test('a dial item clicked with the mouse on the drawn menu of the tray calls', async ({ phone, world }) => {
  const a = await phone('101', { settings: rawSound })
  const calling = a.delegate.nextCall()
  const echo = (await a.snapshot()).directory.find(({ kind }) => kind === 'echo')
  expect(echo?.username).toBe('100')
  await world.desktop.tray.clickWithMouse(await a.trayItem(), ['Contacts', 'Echo (100)'])
  await calling.waitFor('conversation')
  await expectHeard(a, a, 1000)
  await world.desktop.tray.click(await a.trayItem(), ['Hang up'])
  await calling.waitForAll(caller)
})
