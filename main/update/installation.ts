// How this copy of the app came onto the machine, and so how it is replaced: electron-updater's part for that is loaded with
// the first look for updates. None where the app is no package, or was built without an address.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Logger } from '../../common/log.ts'
import { errorText } from '../log.ts'
import { ownAppImage } from '../shell/autostart.ts'
import { createUpdateEngine, type Updater, type UpdateEngine } from './engine.ts'
import { readFeed } from './feed.ts'

export type Installation = 'AppImage' | 'deb' | 'rpm' | 'nsis' | 'mac'

/** `packageType` is what the package says of itself. Pure. */
export const installationOf = (facts: {
  readonly platform: string
  readonly appImage: string | undefined
  readonly packageType: string
}): Installation | null => {
  if (facts.platform === 'win32') return 'nsis'
  if (facts.platform === 'darwin') return 'mac'
  if (facts.appImage !== undefined) return 'AppImage'
  return facts.packageType === 'deb' || facts.packageType === 'rpm' ? facts.packageType : null
}

/** Packages belong to the system: their manager is told by the person, who has the right to. */
const packageCommands: Partial<Record<Installation, readonly string[]>> = {
  deb: ['sudo', 'apt', 'install'],
  rpm: ['sudo', 'dnf', 'install']
}

const manifest = z.object({ updateFeed: z.string().optional() })
const text = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '')

const open = async (resources: string, feed: string, log: Logger): Promise<UpdateEngine | null> => {
  const installation = installationOf({
    platform: process.platform,
    appImage: ownAppImage(process.execPath, process.env),
    packageType: (await text(path.join(resources, 'package-type'))).trim()
  })
  if (installation === null) return null
  const { AppImageUpdater, DebUpdater, MacUpdater, NsisUpdater, RpmUpdater } = await import('electron-updater')
  const kinds = { AppImage: AppImageUpdater, deb: DebUpdater, rpm: RpmUpdater, nsis: NsisUpdater, mac: MacUpdater }
  const updater: Updater = new kinds[installation]({ provider: 'generic', url: feed })
  return createUpdateEngine({
    updater,
    packageCommand: packageCommands[installation] ?? null,
    log
  })
}

type InstallationDeps = {
  /** The app's own package.json. */
  readonly manifest: string
  readonly resources: string
  readonly isPackaged: boolean
  readonly log: Logger
}

/** Null where there is nothing to look for. Never rejects: an app without updates is better than none. */
export const systemUpdates = async (deps: InstallationDeps): Promise<(() => Promise<UpdateEngine | null>) | null> => {
  const { resources, isPackaged, log } = deps
  if (!isPackaged) return null
  const read = await readFile(deps.manifest, 'utf8')
    .then((json) => manifest.parse(JSON.parse(json)))
    .catch((error: unknown) => {
      log.error('the app’s own description can’t be read', { error: errorText(error) })
      return { updateFeed: undefined }
    })
  if (read.updateFeed === undefined) return null
  const feed = readFeed(read.updateFeed)
  if (!feed.ok) {
    log.error('the address of updates can’t be used', { code: feed.error.code })
    return null
  }
  return () =>
    open(resources, feed.value, log).catch((error: unknown) => {
      log.error('updates can’t be had', { error: errorText(error) })
      return null
    })
}
