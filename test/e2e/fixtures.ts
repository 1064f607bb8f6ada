// What every end-to-end test stands on: one desktop for all tests of a worker; on it one sound server, one call server and
// as many phones as a test asks for, or the gallery. A test with phones that fails prints what was heard, the logs and a
// picture's place.
import { test as base } from '@playwright/test'
import type { MainBridge } from '../../common/ipc.ts'
import { startAudio, type Audio, type PhoneAudio } from '../support/audio/index.ts'
import { placeApp } from '../support/app/built-app.ts'
import { startPhoneApp, type PhoneApp, type PhoneAppOptions } from '../support/app/phone-app.ts'
import { startDesktop, type Desktop } from '../support/desktop/index.ts'
import { createSeer } from '../support/raw-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { openGalleryWindow, type GalleryWindow } from '../support/ui-gallery/window.ts'

declare global {
  interface Window {
    /** What the preload gives to our pages. */
    tamas: MainBridge
  }
}

/** Root can't have Chromium's sandbox, so it runs the phones as a user of their own. */
export const desktopUser = process.getuid?.() === 0 ? { user: 'tamas-test' } : {}

/** What one phone may differ in. */
export type PhoneChoice = Partial<
  Pick<PhoneAppOptions, 'settings' | 'bounds' | 'server' | 'executable' | 'args' | 'env' | 'newcomer'>
>

/** What the tests of a worker share. */
export interface World {
  readonly desktop: Desktop
  readonly audio: Audio
  readonly server: TestServer
  readonly appFolder: string
  /** The devices of a user's phone: made once, used by one phone at a time. */
  readonly devicesOf: (user: string) => Promise<PhoneAudio>
  /** What a user missed in another test is no news in this one. */
  readonly forgetMissed: (user: string) => Promise<void>
}

/** Side by side, with room for notifications and the ring window on the right. */
const places: Readonly<Record<string, { x: number; y: number; width: number; height: number }>> = {
  '101': { x: 20, y: 60, width: 420, height: 700 },
  '102': { x: 460, y: 60, width: 420, height: 700 },
  '103': { x: 840, y: 60, width: 420, height: 700 }
}

/** Sound as it is: what goes in is to be measured when it comes out. */
export const rawSound = { echoCancellation: false, noiseSuppression: false, autoGain: false } as const

/** What the server's log holds is printed with a failure. */
const limits = { TAMAS_LOG_LEVEL: 'debug' }

let phones = 0

export const test = base.extend<
  { readonly phone: (user: string, choice?: PhoneChoice) => Promise<PhoneApp> },
  { readonly desktop: Desktop; readonly world: World; readonly gallery: GalleryWindow }
>({
  desktop: [
    async ({ browserName: _ }, use) => {
      const desktop = await startDesktop(desktopUser)
      try {
        await use(desktop)
      } finally {
        await desktop.stop()
      }
    },
    { scope: 'worker', timeout: 60_000 }
  ],

  world: [
    async ({ desktop }, use) => {
      const closers: (() => Promise<void>)[] = []
      const opened = async <T extends { readonly stop: () => Promise<void> }>(opening: Promise<T>): Promise<T> => {
        const part = await opening
        closers.push(part.stop)
        return part
      }
      try {
        // One after the other, so that nothing is still coming up where one of them fails.
        const audio = await opened(startAudio(desktopUser))
        const server = await opened(startTestServer(limits))
        const devices = new Map<string, Promise<PhoneAudio>>()
        await use({
          desktop,
          audio,
          server,
          appFolder: placeApp(desktop),
          forgetMissed: createSeer(server.url),
          devicesOf: (user) => {
            const known = devices.get(user) ?? audio.phone(`phone-${user}`)
            devices.set(user, known)
            return known
          }
        })
      } finally {
        for (const close of closers.reverse()) await close()
      }
    },
    { scope: 'worker', timeout: 60_000 }
  ],

  // Screens without a phone behind them.
  gallery: [
    async ({ desktop }, use) => {
      const gallery = await openGalleryWindow(desktop)
      try {
        await use(gallery)
      } finally {
        await gallery.close()
      }
    },
    { scope: 'worker', timeout: 120_000 }
  ],

  phone: async ({ world }, use, testInfo) => {
    const { desktop, server, appFolder } = world
    const started: PhoneApp[] = []
    await use(async (user, choice = {}) => {
      phones += 1
      const bounds = places[user]
      if (choice.server === undefined) await world.forgetMissed(user)
      const made = await startPhoneApp({
        desktop,
        audio: await world.devicesOf(user),
        user,
        ...(choice.executable === undefined ? { appFolder } : {}),
        name: `${user}-${String(phones)}`,
        server: server.url,
        ...(bounds === undefined ? {} : { bounds }),
        ...choice
      })
      started.push(made)
      return made
    })
    if (testInfo.status !== testInfo.expectedStatus) {
      const picture = testInfo.outputPath('desktop.png')
      await desktop.screenshot(picture)
      const serverLog = server.output().trimEnd().split('\n').slice(-30).join('\n')
      const report = [...started.map((each) => each.report()), '── server', serverLog, `── picture: ${picture}`].join(
        '\n'
      )
      process.stderr.write(`\n${testInfo.title}\n${report}\n\n`)
      await testInfo.attach('what was heard', { body: report, contentType: 'text/plain' })
    }
    await Promise.all(started.map(async (each) => each.audio.stop()))
    await Promise.all(started.map((each) => each.close()))
  }
})

export { expect } from '@playwright/test'
