// `npm run package`: packs the app with the Electron that provisioning has found. On Debian and its relatives into a .deb,
// elsewhere into a runnable folder; the installers of other systems are electron-builder's, which see electron-builder.yml.
import { globSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { build as buildPackage, Platform, type Configuration } from 'electron-builder'
import { build } from './build.ts'
import { readFeed } from '../main/update/feed.ts'
import { electronRuntime, type ElectronRuntime } from './provision/paths.ts'
import { provision } from './provision/provision.ts'
import { note, ProvisionError, step } from './provision/report.ts'
import { readArguments } from './support/arguments.ts'
import { main } from './support/main.ts'
import { root, run } from './support/run.ts'

export type PackageChoice = {
  /** A runnable folder alone, or an installer too. */
  readonly kind: 'folder' | 'deb'
  /** That of package.json, if no other. */
  readonly version?: string
  /** Where the packed app looks for updates; nowhere by default. */
  readonly feed?: string
  /** Not compressed: quick to make, for tests. */
  readonly quick?: boolean
  /** The folder that it is written to. */
  readonly output?: string
}

export type Packed = { readonly executable: string; readonly installer: string | null }

const executables = {
  linux: 'linux*-unpacked/tamas',
  darwin: 'mac*/Tamas.app/Contents/MacOS/Tamas',
  win32: 'win*-unpacked/Tamas.exe'
}

const feedOf = (given: string | undefined): string | null => {
  if (given === undefined) return null
  const feed = readFeed(given)
  if (!feed.ok)
    throw new ProvisionError('The address of updates is https://… without a query, or http:// on this machine.')
  return feed.value
}

const configuration = (choice: PackageChoice, runtime: ElectronRuntime): Configuration => {
  const feed = feedOf(choice.feed)
  return {
    extends: 'electron-builder.yml',
    electronDist: runtime.dist,
    electronVersion: runtime.version,
    extraMetadata: {
      ...(choice.version === undefined ? {} : { version: choice.version }),
      ...(feed === null ? {} : { updateFeed: feed })
    },
    ...(feed === null ? {} : { publish: { provider: 'generic', url: feed } }),
    ...(choice.quick === true ? { compression: 'store' } : {}),
    ...(choice.output === undefined ? {} : { directories: { output: choice.output } })
  }
}

/** Builds and packs the app for this machine. Throws where packing fails. */
export const packageApp = async (choice: PackageChoice): Promise<Packed> => {
  await provision({ electron: true })
  await build()
  const runtime = electronRuntime()
  note(
    `Electron ${runtime.version}${runtime.standIn ? ', a stand-in: to try the package here, never to be given to anybody' : ''}.`
  )
  process.env['CUSTOM_FPM_PATH'] ??= path.join(import.meta.dirname, 'package/fpm')
  process.env['TAMAS_NODE'] = process.execPath
  // electron-builder's own words for it have none for none.
  if (choice.quick === true) process.env['TAMAS_DEB_COMPRESSION'] = 'none'
  else delete process.env['TAMAS_DEB_COMPRESSION']
  const what = choice.kind === 'deb' ? 'The app, packed as .deb' : 'The app, packed'
  const made = await step(what, null, async () =>
    buildPackage({
      projectDir: root,
      targets: Platform.current().createTarget(choice.kind === 'deb' ? 'deb' : 'dir'),
      config: configuration(choice, runtime),
      publish: 'never'
    })
  )
  const output = path.resolve(root, choice.output ?? 'out')
  const pattern = executables[process.platform as keyof typeof executables]
  const [executable] = globSync(pattern, { cwd: output })
  const installer = made.find((file) => file.endsWith('.deb')) ?? null
  if (executable === undefined || (choice.kind === 'deb' && installer === null)) {
    throw new ProvisionError('The app was packed, and what came of it cannot be found.')
  }
  return { executable: path.join(output, executable), installer }
}

const canMakeDeb = async (): Promise<boolean> =>
  process.platform === 'linux' && (await run('dpkg-deb', ['--version'])).code === 0

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await main(async () => {
    const { folder, feed } = readArguments({ folder: { type: 'boolean' }, feed: { type: 'string' } })
    const kind = folder === true || !(await canMakeDeb()) ? 'folder' : 'deb'
    const { executable, installer } = await packageApp({ kind, ...(typeof feed === 'string' ? { feed } : {}) })
    console.log(installer ?? executable)
  })
}
