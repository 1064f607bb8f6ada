// The installed app as its person has it: started from the desktop file, driven by keyboard and tray, seen by its windows,
// its processes and what it writes down. No debugger: the fuses allow none.
import { existsSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Settings } from '../../../common/types.ts'
import { followDelegate, type DelegateFollower } from '../app/delegate-follower.ts'
import type { PhoneAudio } from '../audio/index.ts'
import type { Desktop } from '../desktop/index.ts'
import type { DesktopWindow } from '../desktop/screen.ts'
import type { TrayItem } from '../desktop/tray.ts'
import { waitFor } from '../desktop/wait.ts'
import { desktopFile, installedProgram } from './package-manager.ts'

export type InstalledPhone = {
  readonly userData: string
  readonly delegate: DelegateFollower
  readonly audio: PhoneAudio
  /** As a click on its icon does. */
  readonly start: () => Promise<void>
  /** As a click on a link in another program does. */
  readonly open: (link: string) => Promise<void>
  readonly window: () => Promise<DesktopWindow>
  /** Resolves once a line of the log, from this start on, has all of these words. */
  readonly logged: (...words: readonly string[]) => Promise<string>
  /** What is logged before now does not count any more. */
  readonly forget: () => void
  readonly trayItem: () => Promise<TrayItem>
  readonly click: (...labels: readonly string[]) => Promise<void>
  /** By the tray; resolves when all of its processes are gone. */
  readonly quit: () => Promise<void>
  /** Its processes, by what they are: `browser`, `renderer`, … */
  readonly processes: () => readonly { readonly pid: number; readonly kind: string; readonly commandLine: string }[]
  readonly report: () => string
}

const processes: InstalledPhone['processes'] = () =>
  readdirSync('/proc').flatMap((entry) => {
    try {
      if (!/^\d+$/.test(entry) || readlinkSync(`/proc/${entry}/exe`).replace(' (deleted)', '') !== installedProgram)
        return []
      const commandLine = readFileSync(`/proc/${entry}/cmdline`, 'utf8').replaceAll('\0', ' ')
      return [{ pid: Number(entry), kind: /--type=(\S+)/.exec(commandLine)?.[1] ?? 'browser', commandLine }]
    } catch {
      return []
    }
  })

export const installedPhone = (options: {
  readonly desktop: Desktop
  readonly audio: PhoneAudio
  readonly server: string
  readonly settings: Partial<Settings>
}): InstalledPhone => {
  const { desktop, audio } = options
  const userData = path.join(desktop.env['XDG_CONFIG_HOME'] ?? '', 'Tamas')
  const env = { ...desktop.env, ...audio.env, TAMAS_LOG: 'debug', TAMAS_SERVER: options.server }
  desktop.processes.folder(userData, 0o700)
  for (const [name, value] of [
    ['settings.json', options.settings],
    ['hints.json', ['hidden', 'minimized']]
  ] as const) {
    writeFileSync(path.join(userData, name), JSON.stringify(value))
    desktop.processes.give(path.join(userData, name))
  }
  const logFile = path.join(userData, 'logs/main.log')
  const log = (): string => (existsSync(logFile) ? readFileSync(logFile, 'utf8') : '')
  let from = 0
  const own = (): number | undefined => processes().find(({ kind }) => kind === 'browser')?.pid
  const trayItem = (): Promise<TrayItem> => desktop.tray.waitForItem(({ pid }) => pid === own())
  const click = async (...labels: readonly string[]): Promise<void> => {
    const item = await trayItem()
    // The menu is made anew when something changes; an entry of the one before can't be clicked any more.
    await waitFor(`a click on ${labels.join(' ▸ ')}`, async () => {
      await desktop.tray.click(item, labels)
      return true
    })
  }
  return {
    userData,
    delegate: followDelegate(path.join(userData, 'logs/calls.jsonl')),
    audio,
    start: async () => {
      from = log().length
      await desktop.processes.run('gio', ['launch', desktopFile], { env })
    },
    open: async (link) => {
      await desktop.processes.run('xdg-open', [link], { env })
    },
    window: () => desktop.waitForWindow('of the installed app', ({ pid, visible }) => visible && pid === own()),
    logged: (...words) =>
      waitFor(
        `the log has ${words.join(', ')}`,
        () =>
          log()
            .slice(from)
            .split('\n')
            .find((line) => words.every((word) => line.includes(word))),
        { timeoutMs: 30_000 }
      ),
    forget: () => {
      from = log().length
    },
    trayItem,
    click,
    quit: async () => {
      // It may be gone before the panel has said that its menu is closed.
      await desktop.tray.click(await trayItem(), ['Quit']).catch(() => undefined)
      await waitFor('the app has quit', () => (processes().length === 0 ? true : undefined))
    },
    processes,
    report: () => log().trimEnd().split('\n').slice(-60).join('\n')
  }
}
