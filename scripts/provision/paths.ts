// Where provisioning keeps what it fetched and built, and how others find it. Only looks; never fetches or builds.
import { existsSync, readFileSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fingerprint } from '../support/fingerprint.ts'
import { root } from '../support/run.ts'

// Root provisions for everybody, since the end-to-end tests run as an ordinary user who cannot look into /root.
const sharedCache = '/var/cache/tamas'

const ownCache = (): string => {
  if (process.platform === 'darwin') return path.join(os.homedir(), 'Library/Caches/tamas')
  if (process.platform === 'win32') {
    return path.join(process.env['LOCALAPPDATA'] ?? path.join(os.homedir(), 'AppData/Local'), 'tamas/Cache')
  }
  return path.join(process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache'), 'tamas')
}

export const isRoot = process.getuid?.() === 0

/** Where this user's provisioning writes: outside node_modules, which `npm ci` empties. */
export const cacheFolder = (): string => (isRoot ? sharedCache : ownCache())

/** Where to look: what root has put there for everybody first, then the user's own. */
const cacheFolders = (): readonly string[] => {
  if (isRoot) return [sharedCache]
  const trusted = statSync(sharedCache, { throwIfNoEntry: false })?.uid === 0
  return trusted ? [sharedCache, ownCache()] : [ownCache()]
}

const find = (relative: string): string | undefined =>
  cacheFolders()
    .map((folder) => path.join(folder, relative))
    .find((file) => existsSync(file))

const packageVersion = (name: string): string => {
  const text = readFileSync(path.join(root, 'node_modules', name, 'package.json'), 'utf8')
  return (JSON.parse(text) as { version: string }).version
}

/** The executable's place inside Electron's folder. */
const executable = { darwin: 'Electron.app/Contents/MacOS/Electron', win32: 'electron.exe' } as Partial<
  Record<NodeJS.Platform, string>
>
const electronExecutable = executable[process.platform] ?? 'electron'

export type ElectronRuntime = {
  readonly path: string
  /** The folder that electron-builder takes as `electronDist`. */
  readonly dist: string
  readonly version: string
  /** An old version in place of the current one: for development only. */
  readonly standIn: boolean
}

/** Cache-relative folders, named by everything that decides what is in them. */
export const electronFolder = (): string => `electron/${packageVersion('electron')}-${process.platform}-${process.arch}`
export const standInVersion = '25.1.1'
export const standInFolder = (): string =>
  `electron/${standInVersion}-stand-in-${fingerprint(path.join(import.meta.dirname, 'electron'), ['**/*'])}`

/** The runtime that is there, the current one before the stand-in, or undefined. */
export const findElectron = (): ElectronRuntime | undefined => {
  const given = process.env['ELECTRON_OVERRIDE_DIST_PATH']
  const version = packageVersion('electron')
  const candidates = [
    { dist: given, version, standIn: false },
    { dist: find(electronFolder()), version, standIn: false },
    { dist: find(standInFolder()), version: standInVersion, standIn: true }
  ]
  for (const { dist, version, standIn } of candidates) {
    if (dist === undefined) continue
    const file = path.join(dist, electronExecutable)
    if (existsSync(file)) return { path: file, dist, version: versionIn(dist) ?? version, standIn }
  }
  return undefined
}

const versionIn = (dist: string): string | undefined => {
  const file = path.join(dist, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined
}

/** The Electron executable to run. Throws a sentence where none has been provisioned. */
export const electronPath = (): string => electronRuntime().path

/** As `electronPath`, with what kind of Electron it is. */
export const electronRuntime = (): ElectronRuntime => {
  const runtime = findElectron()
  if (runtime === undefined) throw new Error('Electron is not there yet: run `npm run provision` first.')
  return runtime
}

export const mediasoupFolder = (): string => path.join(root, 'node_modules/mediasoup')
const workerName = process.platform === 'win32' ? 'mediasoup-worker.exe' : 'mediasoup-worker'

/** Where mediasoup itself looks while MEDIASOUP_WORKER_BIN is not set. */
export const installedWorker = (): string => path.join(mediasoupFolder(), 'worker/out/Release', workerName)

/** Cache-relative; the name holds the recipe's hash, so a changed recipe builds anew. */
export const builtWorker = (): string => {
  const recipe = fingerprint(path.join(import.meta.dirname, 'mediasoup-worker'), ['**/*'])
  return `mediasoup-worker/${packageVersion('mediasoup')}-${process.arch}-${recipe}/${workerName}`
}

/** A worker built on this machine before, or undefined. */
export const findBuiltWorker = (): string | undefined => find(builtWorker())

/** The worker that is there, or undefined. */
export const findWorker = (): string | undefined => {
  const given = process.env['MEDIASOUP_WORKER_BIN']
  if (given !== undefined && given !== '') return given
  return existsSync(installedWorker()) ? installedWorker() : findBuiltWorker()
}

/** The mediasoup worker to run. Throws a sentence where none has been provisioned. */
export const workerPath = (): string => {
  const worker = findWorker()
  if (worker === undefined) throw new Error('The media worker is not there yet: run `npm run provision` first.')
  return worker
}
