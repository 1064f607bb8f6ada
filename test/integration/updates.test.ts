// Updates with electron-updater's own checks, from a server on this machine: a good one is downloaded and takes the place of
// the old file, a tampered one is refused, one that is given up for a call comes afterwards. Only Electron itself is not
// here: its app is played by a few values, and its network by Node's.
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request, type IncomingMessage, type RequestOptions } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { configureRequestOptions, HttpExecutor, type DownloadOptions } from 'builder-util-runtime'
import { AppImageUpdater, DebUpdater, type AppUpdater } from 'electron-updater'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { createEmitter } from '../../common/emitter.ts'
import { silentLogger } from '../../common/log.ts'
import type { CallView } from '../../common/snapshot.ts'
import { createClock } from '../../main/clock.ts'
import { createUpdateEngine } from '../../main/update/engine.ts'
import { createUpdates, type Updates } from '../../main/update/updates.ts'
import { startUpdateServer, type UpdateServer } from '../support/updates/update-server.ts'
import { talking } from '../unit/main/shell/fixtures.ts'

/** As the library's own for Electron, on Node's network; hashes and cancelling are in what it extends. */
class NodeExecutor extends HttpExecutor<ReturnType<typeof request>> {
  createRequest(options: RequestOptions, callback: (response: IncomingMessage) => void) {
    return request(options, callback)
  }
  download(url: URL, destination: string, options: DownloadOptions): Promise<string> {
    return options.cancellationToken.createPromise<string>((resolve, reject, onCancel) => {
      const asked = configureRequestOptions(configureRequestUrl(url, { headers: options.headers ?? {} }))
      // Also undefined where all is well.
      const callback = (error: Error | null | undefined): void => {
        if (error === null || error === undefined) resolve(destination)
        else reject(error)
      }
      this.doDownload(asked, { destination, options, onCancel, callback, responseHandler: null }, 0)
    })
  }
}
const configureRequestUrl = (url: URL, options: RequestOptions): RequestOptions => ({
  ...options,
  protocol: url.protocol,
  hostname: url.hostname,
  port: url.port,
  path: url.pathname + url.search
})

let server: UpdateServer
let folder = ''
let updates: Updates | null = null
let calls: readonly CallView[] = []
let quits = 0
const changed = createEmitter<undefined>(() => undefined)

beforeEach(async () => {
  server = await startUpdateServer()
  folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-updates-'))
  writeFileSync(path.join(folder, 'app-update.yml'), 'updaterCacheDirName: tamas-updater\n')
  calls = []
  quits = 0
})
afterEach(async () => {
  updates?.close()
  vi.unstubAllEnvs()
  await server.stop()
  rmSync(folder, { recursive: true, force: true })
})

/** A file that can be run, as an image of the app is, and says which one it is. */
const image = (version: string): Buffer => Buffer.from(`#!/bin/sh\n# ${version} ${'x'.repeat(200_000)}\nexit 0\n`)
const own = () => path.join(folder, 'Tamas.AppImage')
const cache = () => path.join(folder, 'cache/tamas-updater/pending')

const start = (kind: typeof AppImageUpdater | typeof DebUpdater): Updates => {
  writeFileSync(own(), image('0.1.0'))
  chmodSync(own(), 0o755)
  vi.stubEnv('APPIMAGE', own())
  const updater = new kind(null, {
    version: '0.1.0',
    name: 'tamas',
    isPackaged: true,
    appUpdateConfigPath: path.join(folder, 'app-update.yml'),
    userDataPath: folder,
    baseCachePath: path.join(folder, 'cache'),
    whenReady: () => Promise.resolve(),
    relaunch: () => undefined,
    quit: () => undefined,
    onQuit: () => undefined
  })

  ;(updater as unknown as { httpExecutor: AppUpdater['httpExecutor' & keyof AppUpdater] }).httpExecutor =
    new NodeExecutor() as never
  updater.setFeedURL({ provider: 'generic', url: server.url })
  const packageCommand = kind === DebUpdater ? ['sudo', 'apt', 'install'] : null
  updates = createUpdates({
    engine: () => Promise.resolve(createUpdateEngine({ updater, packageCommand, log: silentLogger })),
    phone: { calls: () => calls, onChanged: (listener) => changed.on(listener) },
    quit: () => {
      quits += 1
    },
    clock: createClock(),
    log: silentLogger
  })
  updates.check()
  return updates
}
const callsAre = (now: readonly CallView[]): void => {
  calls = now
  changed.emit(undefined)
}

it('a newer version is downloaded, whole as announced, and takes the place of the old one', async () => {
  server.offer('Tamas-0.2.0.AppImage', '0.2.0', image('0.2.0'))
  const running = start(AppImageUpdater)
  await expect.poll(() => running.state()).toEqual({ at: 'ready', version: '0.2.0', way: { by: 'restart' } })
  expect(readFileSync(own())).toEqual(image('0.1.0'))
  expect(running.install().ok).toBe(true)
  expect(quits).toBe(1)
  running.atTheEnd()
  expect(readFileSync(own())).toEqual(image('0.2.0'))
})

it('a tampered one is thrown away and told, and what runs stays', async () => {
  const tampered = image('0.2.0')
  tampered.write('evil', 30_000)
  server.offer('Tamas-0.2.0.AppImage', '0.2.0', image('0.2.0'), tampered)
  const running = start(AppImageUpdater)
  await expect.poll(() => running.state()).toEqual({ at: 'failed', fault: 'damaged' })
  expect(existsSync(cache()) ? readdirSync(cache()).filter((name) => name.endsWith('.AppImage')) : []).toEqual([])
  running.atTheEnd()
  expect(readFileSync(own())).toEqual(image('0.1.0'))
})

it('the version that runs is the newest; an older one is none', async () => {
  for (const version of ['0.1.0', '0.0.9']) {
    server.offer('Tamas.AppImage', version, image(version))
    const running = start(AppImageUpdater)
    await expect.poll(() => running.state()).toEqual({ at: 'idle', current: true })
    running.close()
  }
  expect(server.asked()).not.toContain('Tamas.AppImage')
})

it('no address, no update, and a sentence for it', async () => {
  const running = start(AppImageUpdater)
  await expect.poll(() => running.state()).toEqual({ at: 'failed', fault: 'unreachable' })
})

it('in a call nothing is downloaded: what is under way is given up, and comes whole after it', async () => {
  server.offer('Tamas-0.2.0.AppImage', '0.2.0', image('0.2.0'))
  const goOn = server.pause()
  const running = start(AppImageUpdater)
  await expect.poll(() => server.asked().filter((name) => name.endsWith('.AppImage')).length).toBeGreaterThan(0)
  callsAre([talking()])
  expect(running.state()).toEqual({ at: 'available', version: '0.2.0' })
  goOn()
  callsAre([])
  await expect.poll(() => running.state()).toMatchObject({ at: 'ready', version: '0.2.0' })
  callsAre([talking()])
  running.install()
  expect([running.state().at, quits]).toEqual(['waiting', 0])
  callsAre([])
  expect([running.state().at, quits]).toEqual(['installing', 1])
})

it('a package is downloaded and checked, and the command that installs it is told', async () => {
  server.offer('tamas_0.2.0_amd64.deb', '0.2.0', image('deb'))
  const running = start(DebUpdater)
  const file = path.join(cache(), 'tamas_0.2.0_amd64.deb')
  const way = { by: 'command', command: `sudo apt install ${file}` }
  await expect.poll(() => running.state()).toEqual({ at: 'ready', version: '0.2.0', way })
  expect(readFileSync(file)).toEqual(image('deb'))
})
