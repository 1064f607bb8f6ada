// Two bare phones and their server on a virtual desktop: what Tamas is compared with. Measures nothing.
import { fork } from 'node:child_process'
import path from 'node:path'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronPath } from '../../../scripts/provision/paths.ts'
import { freePort } from '../../../scripts/support/ports.ts'
import { userDataFolder } from '../../support/app/built-app.ts'
import type { PhoneAudio } from '../../support/audio/index.ts'
import type { Desktop } from '../../support/desktop/index.ts'
import { placeBareApp } from './place.ts'
import type { BarePhone } from './phone.ts'

declare global {
  interface Window {
    bare: BarePhone
  }
}

export type BareSide = { readonly page: Page; readonly audio: PhoneAudio }
export type BarePair = { readonly a: BareSide; readonly b: BareSide; readonly close: () => Promise<void> }

const firstPort = 42_000

const startServer = async (): Promise<{ readonly url: string; readonly stop: () => void }> => {
  const port = await freePort(firstPort)
  const child = fork(path.join(import.meta.dirname, 'server.ts'), [String(port)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc']
  })
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('exit', () => reject(new Error('the bare server does not start')))
  })
  return { url: `http://127.0.0.1:${port}`, stop: () => child.disconnect() }
}

export type BarePairOptions = {
  readonly desktop: Desktop
  readonly audio: { readonly a: PhoneAudio; readonly b: PhoneAudio }
  readonly args?: readonly string[]
}

/** Starts both, joined, their microphones without processing. */
export const startBarePair = async ({ desktop, audio, args = [] }: BarePairOptions): Promise<BarePair> => {
  const folder = await placeBareApp(desktop)
  const server = await startServer()
  const apps: ElectronApplication[] = []
  const start = async (side: 'a' | 'b'): Promise<BareSide> => {
    const app = await _electron.launch({
      executablePath: desktop.launcher(electronPath()),
      chromiumSandbox: true,
      colorScheme: null,
      args: [folder, `--user-data-dir=${userDataFolder(desktop, `bare-${side}`)}`, ...args],
      cwd: desktop.home,
      env: { ...desktop.env, ...audio[side].env, BENCH_PAGE: 'phone.html' }
    })
    apps.push(app)
    const page = await app.firstWindow()
    await page.waitForLoadState('load')
    await page.evaluate(([url, as]) => window.bare.join(url, as, false), [server.url, side] as const)
    return { page, audio: audio[side] }
  }
  const close = async (): Promise<void> => {
    await Promise.all(apps.map((app) => app.close()))
    server.stop()
  }
  try {
    const [a, b] = await Promise.all([start('a'), start('b')])
    return { a, b, close }
  } catch (error) {
    await close()
    throw error
  }
}
