// Installs, upgrades and removes the app's .deb with apt, as root does for everybody on a machine. Starts no app.
import { existsSync, statSync } from 'node:fs'
import { run, type Outcome } from '../../../scripts/support/run.ts'

export const installedProgram = '/opt/Tamas/tamas'

/** Everything that a person meets of the package. */
export const installedFiles = [
  installedProgram,
  '/usr/bin/tamas',
  '/usr/share/applications/tamas.desktop',
  '/usr/share/icons/hicolor/48x48/apps/tamas.png',
  '/usr/share/metainfo/app.tamas.phone.metainfo.xml',
  '/usr/share/man/man1/tamas.1'
]
export const desktopFile = '/usr/share/applications/tamas.desktop'

const apt = async (...args: readonly string[]): Promise<Outcome> => {
  const outcome = await run('apt-get', ['-q', '-y', '-o', 'DPkg::Lock::Timeout=60', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    timeoutMs: 120_000
  })
  if (outcome.code !== 0) throw new Error(`apt-get ${args.join(' ')}:\n${outcome.output}`)
  return outcome
}

/** What stands in the way of installing it here; null where nothing does. */
export const whyNotInstalled = async (): Promise<string | null> => {
  if (process.getuid?.() !== 0) return 'only root can install packages'
  if ((await run('apt-get', ['--version'])).code !== 0) return 'this system has no apt'
  // Somebody's own app is not for tests.
  return existsSync(installedProgram) ? 'Tamas is installed on this machine' : null
}

export const install = (deb: string): Promise<Outcome> => apt('install', '--no-install-recommends', deb)
export const remove = (): Promise<Outcome> => apt('remove', 'tamas')
export const installedVersion = async (): Promise<string> =>
  (await run('dpkg-query', ['-W', '-f=${Version}', 'tamas'])).output

/** What differs from what the package has brought, by dpkg's own look. */
export const verify = async (): Promise<string> => (await run('dpkg', ['--verify', 'tamas'])).output

/** The mode and owner of a file, as `4755 0`. */
export const modeOf = (file: string): string => {
  const { mode, uid } = statSync(file)
  return `${(mode & 0o7777).toString(8)} ${String(uid)}`
}
