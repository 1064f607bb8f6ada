// Devices and tones on real phones: it rings on one device and talks on another, a device that is pulled out is stood in
// for and comes back, whoever speaks unheard is told so, and each tone sounds with its state.
import type { Page } from '@playwright/test'
import { catalogue } from '../../common/i18n/index.ts'
import { rmsOf } from '../support/audio/measure.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { AudioDevice } from '../support/audio/index.ts'
import type { PhoneApp } from '../support/app/phone-app.ts'
import { answerInNotification, dialFromTray, incomingOf } from './calls.ts'
import { expect, rawSound, test, type World } from './fixtures.ts'

const { preflight, settings, several, shell, sound, ui } = catalogue('en')
const { settings: words } = ui

const openSound = async (page: Page): Promise<void> => {
  await page.getByRole('navigation').getByRole('button', { name: ui.tabs.settings }).click()
  await page.getByRole('button', { name: settings.pages.sound, exact: true }).click()
}

const openCheck = async (page: Page): Promise<void> => {
  await page.getByRole('navigation').getByRole('button', { name: ui.tabs.settings }).click()
  await page.getByRole('button', { name: settings.pages.check, exact: true }).click()
}
const row = (page: Page, subject: string) =>
  page.locator('.settings li', { has: page.getByRole('heading', { name: subject }) })

/** From now on datagrams of this page go to a port where nobody is. */
const blockUdp = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const Connection = RTCPeerConnection
    window.RTCPeerConnection = class extends Connection {
      override async setRemoteDescription(description: RTCSessionDescriptionInit) {
        const sdp = (description.sdp ?? '').replace(/^(a=candidate:\S+ \d+ udp \d+ \S+) \d+/gim, '$1 9')
        await super.setRemoteDescription({ ...description, sdp })
      }
    }
  })

const choice = (page: Page, label: string) => page.getByLabel(label, { exact: true })

/** Whether there is anything to hear at each, over the same half second, `while` something is done. */
const heardAt = async (
  { audio }: World,
  devices: readonly AudioDevice[],
  meanwhile?: () => Promise<unknown>
): Promise<readonly boolean[]> => {
  const recorded = await audio.recordTogether(devices, meanwhile === undefined ? 0.5 : 1.5, meanwhile)
  return recorded.map((samples) => rmsOf(samples) > 0.002)
}

/** What is processed of the microphones that were opened since. */
const followMicrophones = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const { mediaDevices } = navigator
    const open = mediaDevices.getUserMedia.bind(mediaDevices)
    const opened: MediaStreamTrack[] = []
    Object.assign(window, { openedMicrophones: opened })
    mediaDevices.getUserMedia = async (wanted) => {
      const stream = await open(wanted)
      opened.push(...stream.getAudioTracks())
      return stream
    }
  })

const talk = async (world: World, a: PhoneApp, b: PhoneApp) => {
  const [calling, called] = [a.delegate.nextCall(), b.delegate.nextCall()]
  await dialFromTray(world, a, b.user)
  return { calling, called }
}

test('it rings on one device and talks on another, live, and a device that is pulled out comes back', async ({
  phone,
  world
}) => {
  const { audio } = world
  const [bell, headset] = [await audio.addSpeaker('bell'), await audio.addSpeaker('headset')]
  const [a, b] = await Promise.all([phone('101', { settings: rawSound }), phone('102', { settings: rawSound })])
  const speakers = [bell, headset, b.audio.speaker]
  const { page } = b
  const plugged = new Set<AudioDevice>([bell, headset])
  try {
    await test.step('each is tried where it is chosen', async () => {
      await openSound(page)
      await choice(page, words.ringer).selectOption({ label: 'bell' })
      await choice(page, words.speaker).selectOption({ label: 'headset' })
      const ring = () => choice(page, sound.ringtone).selectOption({ label: sound.ringtones.santur })
      await expect.poll(() => heardAt(world, speakers, ring)).toEqual([true, false, false])
      const speaker = () => page.getByRole('button', { name: sound.testSpeaker }).click()
      await expect.poll(() => heardAt(world, speakers, speaker)).toEqual([false, true, false])
      await b.waitForSnapshot('the choice is kept', ({ settings }) => settings.speakerLabel === 'headset')
    })

    const { calling, called } = await talk(world, a, b)
    await test.step('rings on the bell alone', async () => {
      await a.audio.waitForTone(425)
      await expect.poll(() => heardAt(world, speakers)).toEqual([true, false, false])
    })
    await answerInNotification(world, await incomingOf(world, b))
    await Promise.all([calling.waitFor('conversation'), called.waitFor('conversation')])

    await test.step('talks on the headset alone', async () => {
      await a.audio.playTone(1000, 0.5)
      await headset.waitForTone(1000)
      await expect.poll(() => heardAt(world, speakers)).toEqual([false, true, false])
    })
    await test.step('goes on without the headset, and returns to it', async () => {
      plugged.delete(headset)
      await headset.remove()
      await Promise.all([
        b.audio.waitForTone(1000),
        expect(page.locator('.toast')).toContainText(/Disconnected: .*headset/)
      ])
      const back = await audio.addSpeaker('headset')
      plugged.add(back)
      await Promise.all([
        back.waitForTone(1000, { timeoutMs: 30_000 }),
        expect(page.locator('.toast')).toContainText(/Connected and in use again: .*headset/, { timeout: 30_000 })
      ])
      await b.audio.waitForSilence()
      await a.audio.stop()
    })
    await test.step('a microphone without any sound is told', async () => {
      await expect(page.getByText(ui.call.noSound)).toBeVisible({ timeout: 30_000 })
    })
    await test.step('another microphone in the middle of the call', async () => {
      const desk = await audio.addMicrophone('desk')
      plugged.add(desk)
      await page.getByRole('button', { name: several.more, exact: true }).click()
      const menu = page.getByRole('dialog', { name: several.moreTitle })
      await menu.getByLabel(ui.call.microphone, { exact: true }).selectOption({ label: 'desk' })
      await page.keyboard.press('Escape')
      await desk.playTone(1500, 0.5)
      await a.audio.waitForTone(1500)
      await desk.stop()
      plugged.delete(desk)
      await desk.remove()
      await b.audio.playTone(700, 0.5)
      await a.audio.waitForTone(700)
      await b.audio.stop()
    })
    await test.step('switches of processing act at once', async () => {
      await followMicrophones(page)
      await page.getByRole('button', { name: ui.call.minimise }).click()
      await expect(page.getByRole('meter')).toHaveCount(2)
      await page.getByRole('switch', { name: words.noiseSuppression }).check()
      const processed = () =>
        page.evaluate<unknown>(
          'openedMicrophones.filter((t) => t.readyState === "live").map((t) => t.getSettings().noiseSuppression)'
        )
      await expect.poll(processed).toEqual([true])
    })
    const ended = ['trying', 'ringing', 'accepted', 'conversation', 'finished', 'E(hangup)', 'flushed/L']
    // Its tone: two notes, the second lower.
    await a.audio.speaker.waitToHave(440, async () => {
      await world.desktop.tray.click(await b.trayItem(), ['Hang up'])
      await calling.waitForAll(ended)
    })
    await a.audio.waitForSilence()
  } finally {
    for (const device of plugged) await device.remove()
  }
})

test('who is not to be disturbed hears nothing, and whoever calls hears how it stands; who speaks muted is told', async ({
  phone,
  world
}) => {
  const [a, b] = await Promise.all([phone('101', { settings: rawSound }), phone('102', { settings: rawSound })])
  const wish = (doNotDisturb: 'off' | 'silent' | 'busy') =>
    b.page.evaluate((way) => window.tamas.setPreferences({ callWaiting: true, doNotDisturb: way }), doNotDisturb)
  try {
    await test.step('a silent call rings back, and nowhere else', async () => {
      await wish('silent')
      await talk(world, a, b)
      await b.waitForSnapshot('the call is there', ({ calls }) => calls.some((call) => call.silent))
      await a.audio.waitForTone(425)
      await expect.poll(() => heardAt(world, [a.audio.speaker, b.audio.speaker])).toEqual([true, false])
      await a.page.getByRole('button', { name: ui.call.cancel }).click()
      await a.audio.waitForSilence()
    })
    await test.step('busy sounds busy, and ends by itself', async () => {
      await wish('busy')
      const calling = a.delegate.nextCall()
      await a.audio.speaker.waitToHave(425, () => dialFromTray(world, a, '102'))
      await calling.waitFor('E(busy)')
      await a.waitForSnapshot('the tone is over', (snapshot) => snapshot.tone === 'none')
      await a.audio.waitForSilence()
    })
    await test.step('who speaks while muted is told', async () => {
      await wish('off')
      const { calling } = await talk(world, a, b)
      await answerInNotification(world, await incomingOf(world, b))
      await calling.waitFor('conversation')
      await a.page.getByRole('button', { name: ui.call.mute }).click()
      await a.audio.playTone(300, 0.5)
      await expect(a.page.getByText(ui.call.speaksMuted)).toBeVisible()
      await b.audio.waitForSilence()
      await a.page.getByRole('button', { name: ui.call.hangUp }).click()
      await calling.waitFor('E(hangup)')
    })
    await test.step('the calls of who still speaks are checked, with a talk that is measured and seen nowhere', async () => {
      const { page } = a
      await openCheck(page)
      await page.getByRole('button', { name: preflight.start }).click()
      await page.getByRole('button', { name: preflight.answers.yes }).click({ timeout: 30_000 })
      const isTalking = ({ calls, check }: AppSnapshot) => calls.length === 0 && check?.status === 'conversation'
      const { recents: past } = await a.waitForSnapshot('a talk that is no call', isTalking, { timeoutMs: 30_000 })
      await expect(page.locator('.stage')).toHaveCount(0)
      await expect(row(page, preflight.subjects.talk)).toContainText(/(Good|Fair|Poor) sound: [1-4]\.\d of 5/, {
        timeout: 40_000
      })
      const found = { ...preflight.found, tcp: preflight.found.tcp.open, udp: preflight.found.udp.open }
      await expect(row(page, preflight.subjects.tcp)).toContainText(found.tcp)
      await expect(row(page, preflight.subjects.udp)).toContainText(found.udp)
      await expect(row(page, preflight.subjects.clock)).toContainText(found.clock.well)
      await a.waitForSnapshot('it is over', ({ check }) => check === null)
      await page.getByRole('button', { name: preflight.report.copy }).click()
      await expect(page.getByText(preflight.report.copied)).toBeVisible()
      const { calls, recents } = await a.snapshot()
      expect([calls, recents]).toEqual([[], past])
    })
    await test.step('blocked UDP is found, and a call that comes in ends the check', async () => {
      const { page } = a
      await blockUdp(page)
      await page.getByRole('button', { name: preflight.again }).click()
      await page.getByRole('button', { name: preflight.answers.yes }).click({ timeout: 30_000 })
      const blocked = preflight.found.udp.blocked(String(world.server.mediaPort))
      await expect(row(page, preflight.subjects.udp)).toContainText(blocked, { timeout: 30_000 })
      await dialFromTray(world, b, '101')
      await expect(page.getByRole('button', { name: shell.answer, exact: true })).toBeVisible()
      await a.waitForSnapshot('only that one is left', ({ calls }) => calls.length === 1)
    })
  } finally {
    await wish('off')
  }
})
