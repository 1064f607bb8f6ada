// Part `calls`: real calls between two phones on a desktop. Dial to notification, answer to sound, mouth to ear; the
// latter two against two bare pages of the same Electron that make the same prepared handover.
import { setTimeout as delay } from 'node:timers/promises'
import { catalogue } from '../../common/i18n/index.ts'
import { personLabel } from '../../main/shell/people.ts'
import type { PhoneAudio } from '../support/audio/index.ts'
import { startPhoneApp, type PhoneApp } from '../support/app/phone-app.ts'
import { monitorBus } from '../support/desktop/bus.ts'
import { monotonicNow, waitFor } from '../support/desktop/wait.ts'
import { startBarePair, type BarePair } from './bare/pair.ts'
import { installEar } from './ear.ts'
import { atMost, type Measure, type PartResult } from './measure.ts'
import { heardAfter, waitUntilPrepared } from './rounds.ts'
import { median, percentile, rounded } from './stats.ts'
import { withWorld, type World } from './world.ts'

const menu = 'com.canonical.dbusmenu'
const raw = { echoCancellation: false, noiseSuppression: false, autoGain: false } as const
const processed = { echoCancellation: true, noiseSuppression: true, autoGain: true } as const
const tonesHz = { a: 1000, b: 700 } as const
/** Between two calls, as people leave at least: what both phones still do after an end is over. */
const restMs = 2_000

type Handover = { readonly answererHears: number[]; readonly callerHears: number[]; readonly both: number[] }
type Sound = { readonly raw: number[]; readonly processed: number[] }
type Dialled = { readonly rested: readonly number[]; readonly atOnce: readonly number[] }
type Heard = { readonly handover: Handover; readonly mouthToEar: Sound }

const newHandover = (): Handover => ({ answererHears: [], callerHears: [], both: [] })
const note = (handover: Handover, [callerHears = Number.NaN, answererHears = Number.NaN]: readonly number[]): void => {
  handover.callerHears.push(callerHears)
  handover.answererHears.push(answererHears)
  handover.both.push(Math.max(callerHears, answererHears))
}

const speak = async (audio: { readonly a: PhoneAudio; readonly b: PhoneAudio }): Promise<void> => {
  await audio.a.playTone(tonesHz.a, 0.5)
  await audio.b.playTone(tonesHz.b, 0.5)
}
const hush = async (audio: { readonly a: PhoneAudio; readonly b: PhoneAudio }): Promise<void> => {
  await Promise.all([audio.a.stop(), audio.b.stop()])
}

/** When a menu entry was last clicked on this desktop, as it passed on the bus. */
const watchClicks = async ({ desktop }: World) => {
  let clickedAt = 0
  const stop = await monitorBus(
    desktop.busAddress,
    [`type='method_call',interface='${menu}',member='Event'`],
    ({ body }) => {
      if (body[1] === 'clicked') clickedAt = monotonicNow()
    }
  )
  return { clickedAt: () => clickedAt, stop }
}

const dial = async ({ desktop }: World, from: PhoneApp, to: string): Promise<void> => {
  const { directory, locale } = await from.snapshot()
  const person = directory.find(({ username }) => username === to)
  if (person === undefined) throw new Error(`Nobody has the number ${to}`)
  await desktop.tray.click(await from.trayItem(), [catalogue(locale).shell.contacts, personLabel(locale, person)])
}

const hide = (phone: PhoneApp): Promise<void> =>
  phone.app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) {
      if (window.webContents.getURL().endsWith('index.html')) window.hide()
    }
  })

const answer = async (phone: PhoneApp): Promise<number> => {
  const { calls } = await phone.snapshot()
  const session = calls.find(({ status }) => status === 'ringing')?.session
  if (session === undefined) throw new Error('nothing rings')
  return phone.page.evaluate((key) => {
    const at = Date.now()
    void window.tamas.answer({ session: key })
    return at
  }, session)
}

const hangUp = async (from: PhoneApp, to: PhoneApp): Promise<void> => {
  const { calls } = await from.snapshot()
  for (const { session } of calls) {
    await from.page.evaluate((key) => window.tamas.hangUp({ session: key }), session)
  }
  for (const phone of [from, to]) {
    await waitFor('the call is off the screen', async () => {
      const left = (await phone.snapshot()).calls
      for (const { session, status } of left) {
        if (status === 'finished') await phone.page.evaluate((key) => window.tamas.dismiss({ session: key }), session)
      }
      return left.length === 0 ? true : undefined
    })
  }
}

/** Chirps each way; what is heard there is looked for in a recording of both ends. */
const mouthToEar = async ({ audio }: World, a: PhoneAudio, b: PhoneAudio, count: number): Promise<number[]> => [
  ...(await audio.measureDelays(a, b, count)),
  ...(await audio.measureDelays(b, a, count))
]

const measureTamas = async (world: World, quick: boolean): Promise<Heard & { readonly toNotification: Dialled }> => {
  const { desktop, audio, server, appFolder } = world
  const sound = { a: await audio.phone('tamas-a'), b: await audio.phone('tamas-b') }
  const start = (user: string, x: number, one: PhoneAudio) =>
    startPhoneApp({
      desktop,
      audio: one,
      user,
      appFolder,
      name: `bench-${user}`,
      server: server.url,
      settings: raw,
      bounds: { x, y: 60, width: 420, height: 700 }
    })
  const a = await start('101', 20, sound.a)
  const b = await start('102', 460, sound.b)
  const clicks = await watchClicks(world)
  const pages = [a.page, b.page]
  const rested: number[] = []
  const atOnce: number[] = []
  const handover = newHandover()
  const rings = async (waitMs: number, took: number[]): Promise<void> => {
    await delay(waitMs)
    await hide(b)
    await dial(world, a, '102')
    const shown = await desktop.notifications.waitForShown(
      (n) => n.pid === b.pid && n.hints['category'] === 'call.incoming'
    )
    took.push(shown.at - clicks.clickedAt())
    await waitUntilPrepared(pages)
  }
  try {
    for (const page of pages) await page.evaluate(installEar)
    for (let round = 0; round < (quick ? 4 : 25); round += 1) {
      await speak(sound)
      await rings(restMs, rested)
      note(handover, await heardAfter(pages, () => answer(b)))
      await hush(sound)
      await hangUp(a, b)
    }
    for (let round = 0; round < (quick ? 2 : 12); round += 1) {
      await rings(0, atOnce)
      await hangUp(a, b)
    }
    await rings(restMs, rested)
    await heardAfter([], () => answer(b))
    const count = quick ? 5 : 12
    const unprocessed = await mouthToEar(world, sound.a, sound.b, count)
    for (const page of pages) await page.evaluate((settings) => window.tamas.changeSettings(settings), processed)
    const withProcessing = await mouthToEar(world, sound.a, sound.b, count)
    await hangUp(a, b)
    return { toNotification: { rested, atOnce }, handover, mouthToEar: { raw: unprocessed, processed: withProcessing } }
  } finally {
    clicks.stop()
    await hush(sound)
    await Promise.all([a.close(), b.close()])
  }
}

const prepareBare = async ({ a, b }: BarePair): Promise<void> => {
  await Promise.all([a, b].map(({ page }) => page.evaluate(() => window.bare.prepare())))
  await waitUntilPrepared([a.page, b.page])
}
const hangUpBare = async ({ a, b }: BarePair): Promise<void> => {
  for (const { page } of [a, b]) await page.evaluate(() => window.bare.hangUp())
}

const measureBare = async (world: World, quick: boolean): Promise<Heard> => {
  const { desktop, audio } = world
  const sound = { a: await audio.phone('bare-a'), b: await audio.phone('bare-b') }
  const pair = await startBarePair({ desktop, audio: sound })
  const { a, b } = pair
  const pages = [a.page, b.page]
  const handover = newHandover()
  const answerBare = () => b.page.evaluate(() => window.bare.answer())
  try {
    for (const page of pages) await page.evaluate(installEar)
    for (let round = 0; round < (quick ? 4 : 25); round += 1) {
      await speak(sound)
      await prepareBare(pair)
      note(handover, await heardAfter(pages, answerBare))
      await hush(sound)
      await hangUpBare(pair)
    }
    await prepareBare(pair)
    await answerBare()
    const count = quick ? 5 : 12
    const unprocessed = await mouthToEar(world, sound.a, sound.b, count)
    for (const page of pages) await page.evaluate(() => window.bare.process(true))
    const withProcessing = await mouthToEar(world, sound.a, sound.b, count)
    await hangUpBare(pair)
    return { handover, mouthToEar: { raw: unprocessed, processed: withProcessing } }
  } finally {
    await hush(sound)
    await pair.close()
  }
}

const pair = (
  name: string,
  mine: readonly number[],
  bare: readonly number[] | undefined,
  goalMs: number,
  bareGoal?: number
): readonly Measure[] =>
  (
    [
      ['p50', median],
      ['p95', (series: readonly number[]) => percentile(series, 0.95)]
    ] as const
  ).map(([which, of]) => ({
    name: `${name} (${which})`,
    unit: 'ms',
    value: of(mine),
    ...(bare === undefined ? {} : { bare: of(bare) }),
    count: mine.length,
    ...(which === 'p95'
      ? { goal: atMost(goalMs), ...(bareGoal === undefined ? {} : { bareGoal: atMost(bareGoal) }) }
      : {})
  }))

const list = (name: string, series: readonly number[]): string =>
  `${name}: ${series.map((ms) => rounded(ms)).join(' ')}`

export const measureCalls = ({ quick }: { readonly quick: boolean }): Promise<PartResult> =>
  withWorld(async (world) => {
    const tamas = await measureTamas(world, quick)
    // Without the bare pair the values stand alone; why it is missing is said beside them.
    const bare = await measureBare(world, quick).catch((error: unknown) => String(error))
    const beside = typeof bare === 'string' ? undefined : bare
    return {
      measures: [
        ...pair('dial → notification taken', tamas.toNotification.rested, undefined, 80),
        {
          name: 'dial → notification taken, at once after a call (p50)',
          unit: 'ms',
          value: median(tamas.toNotification.atOnce),
          count: tamas.toNotification.atOnce.length
        },
        ...pair('answer → both sides hear', tamas.handover.both, beside?.handover.both, 80, 1.3),
        ...pair('answer → the answerer hears', tamas.handover.answererHears, beside?.handover.answererHears, 80),
        ...pair('answer → the caller hears', tamas.handover.callerHears, beside?.handover.callerHears, 80),
        ...pair('mouth to ear, no processing', tamas.mouthToEar.raw, beside?.mouthToEar.raw, 80),
        ...pair('mouth to ear, processing on', tamas.mouthToEar.processed, beside?.mouthToEar.processed, 80)
      ],
      notes: [
        'Dial: from the click on the tray’s menu, as it passes on the bus, until the notification daemon has taken the',
        'notification of the other phone, whose window is hidden. The daemon’s own work is in it. Two seconds lie between a',
        'call’s end and the next dial, but where “at once” is said: there both phones still renew their lists of calls.',
        'Answer: from the call of the bridge in the answering page until the first 10 ms of sound that come decoded and',
        'unmuted out of the jitter buffer, in each page. What the sound system does afterwards is not in it; “both” is the later.',
        'Mouth to ear: chirps into one microphone found at the other’s loudspeaker, on the sound server’s own clock, each way.',
        'Bare: two pages of the same Electron, mediasoup and a socket, that prepare and answer in the same way.',
        list('Tamas, both hear', tamas.handover.both),
        typeof bare === 'string'
          ? `The bare pair could not be measured: ${bare}`
          : list('Bare, both hear', bare.handover.both)
      ]
    }
  })
