// The Debian packages that the project needs, by purpose, and their installation where this runs as root. On a system
// without dpkg it does nothing: what is missing there shows by itself.
import { existsSync, readdirSync } from 'node:fs'
import { run, type Outcome } from '../support/run.ts'
import { isRoot } from './paths.ts'
import { note, ProvisionError, step, type Progress } from './report.ts'

const sets = {
  /** What Electron is linked against or loads, and a font with Persian letters. */
  electron: [
    'libasound2',
    'libatspi2.0-0',
    'libcups2',
    'libdrm2',
    'libgbm1',
    'libgtk-3-0',
    'libnotify4',
    'libnss3',
    'libsecret-1-0',
    'libxkbcommon0',
    'libxss1',
    'libxtst6',
    'fonts-dejavu-core'
  ],
  /** A desktop without a screen: window manager, panel with tray, notifications, sound, and hands to drive it. */
  desktop: [
    'adwaita-icon-theme',
    'at-spi2-core',
    'dbus',
    'dbus-x11',
    'ffmpeg',
    'imagemagick',
    'openbox',
    'pulseaudio',
    'pulseaudio-utils',
    'sox',
    'x11-utils',
    'xdotool',
    'util-linux',
    'xfce4-notifyd',
    'xfce4-panel',
    'xfconf',
    'xvfb'
  ],
  /** The compiler and libraries of the media worker's build. */
  workerBuild: [
    'flatbuffers-compiler',
    'g++',
    'libabsl-dev',
    'libflatbuffers-dev',
    'libsrtp2-dev',
    'libssl-dev',
    'libuv1-dev',
    'meson',
    'ninja-build',
    'patch',
    'pkg-config'
  ],
  /** What only tests need. */
  tests: ['appstream', 'curl', 'desktop-file-utils', 'libglib2.0-bin', 'postgresql', 'procps', 'xdg-utils']
} as const satisfies Record<string, readonly string[]>

export type PackageSet = keyof typeof sets

/** The format that `installedPackages` parses: status, name, and the names it stands in for. */
export const queryFormat = '${db:Status-Status}\t${Package}\t${Provides}\n'

/** The names that dpkg has installed, those that an installed package provides included. */
export const installedPackages = (queryOutput: string): ReadonlySet<string> => {
  const names = new Set<string>()
  for (const line of queryOutput.split('\n')) {
    const [status, name = '', provides = ''] = line.split('\t')
    if (status !== 'installed') continue
    names.add(name)
    // "libgtk-3-0 (= 3.24.49-3), gtk3-binver-3.0.0"
    for (const provided of provides.split(',')) names.add(provided.trim().split(' ')[0] ?? '')
  }
  return names
}

const missing = async (wanted: readonly PackageSet[]): Promise<readonly string[]> => {
  const { code, output } = await run('dpkg-query', ['-W', `-f=${queryFormat}`])
  if (code !== 0) return []
  const installed = installedPackages(output)
  return wanted.flatMap((set) => sets[set]).filter((name) => !installed.has(name))
}

const aptGet = (args: readonly string[], onOutput?: (text: string) => void): Promise<Outcome> =>
  run('apt-get', ['-q', '-y', ...args], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    ...(onOutput === undefined ? {} : { onOutput })
  })

const listsFolder = '/var/lib/apt/lists'
const hasLists = (): boolean =>
  existsSync(listsFolder) &&
  readdirSync(listsFolder).some((name) => name.endsWith('_Packages') || name.includes('_Packages.'))

const install = async (names: readonly string[], progress: Progress): Promise<void> => {
  let total = 0
  let ready = 0
  const onOutput = (text: string): void => {
    total = Number(/(\d+) newly installed/.exec(text)?.[1] ?? total)
    ready += text.match(/^Setting up /gm)?.length ?? 0
    if (total > 0 && ready > 0) progress(`${Math.floor((ready / total) * 10) * 10} % set up`)
  }
  const attempt = (): Promise<Outcome> => aptGet(['install', '--no-install-recommends', ...names], onOutput)
  if (!hasLists()) await aptGet(['update'])
  let outcome = await attempt()
  if (outcome.code !== 0) {
    // The lists may be older than the mirror.
    progress('failed; once more with fresh package lists')
    await aptGet(['update'])
    outcome = await attempt()
  }
  if (outcome.code === 0) return
  const tail = outcome.output.trimEnd().split('\n').slice(-15).join('\n')
  throw new ProvisionError(`apt-get could not install ${names.join(' ')}:\n${tail}`)
}

/** Installs what is missing of `wanted` as root. Throws a ProvisionError that says what to install for anybody else. */
export const provisionPackages = async (wanted: readonly PackageSet[]): Promise<void> => {
  if (process.platform !== 'linux') return
  const names = await missing(wanted)
  if (names.length === 0) return
  if (!isRoot) {
    throw new ProvisionError(
      `These packages are missing: sudo apt-get install --no-install-recommends ${names.join(' ')}`
    )
  }
  note(`System packages to install: ${names.join(' ')}`)
  await step(`${names.length} system packages`, names.length > 8 ? '2 minutes' : 'half a minute', (progress) =>
    install(names, progress)
  )
}
