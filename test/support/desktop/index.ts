// A whole virtual desktop of one user: display, session bus, window manager, panel with tray, notification daemon. Starts no application.
import type { ChildProcess } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connectBus, monitorBus } from './bus.ts'
import { desktopConfig, type DesktopPaths, notificationDaemon, writeConfig } from './config.ts'
import { outputOf } from './exec.ts'
import { createNotifications, NOTIFICATION_RULES, type Notifications } from './notifications.ts'
import { createProcesses, logPath, type Processes } from './processes.ts'
import { createScreen, type Screen } from './screen.ts'
import { createTray, type Tray, TRAY_RULES } from './tray.ts'
import { waitFor } from './wait.ts'

/** How to start a desktop. */
export interface DesktopOptions {
  /** Everything runs as this user (needs root); default: whoever runs us. */
  user?: string
  /** Pixels; default 1280 × 800. */
  size?: { width: number; height: number }
  /** Where home, configuration and logs are kept; must be reachable for the user. Default: a new folder, removed at the end. */
  dir?: string
}

/** A running desktop. */
export interface Desktop extends Screen {
  /** The whole environment of a program on this desktop: pass it as it is, not on top of one's own. */
  readonly env: Record<string, string>
  /** X's name of the display, like ":99". */
  readonly display: string
  readonly busAddress: string
  readonly dir: string
  readonly home: string
  readonly logs: string
  readonly tray: Tray
  readonly notifications: Notifications
  /** The desktop's processes: to run an application as the desktop's user and have it ended with the desktop. */
  readonly processes: Processes
  /** A program file that runs `command` as the desktop's user, for launchers that take nothing but a path. */
  launcher: (command: string) => string
  /** Ends everything that was started on the desktop. Safe to call twice. */
  stop: () => Promise<void>
}

const DEFAULT_SIZE = { width: 1280, height: 800 }
const NAMES = ['org.freedesktop.Notifications', 'org.kde.StatusNotifierWatcher', 'org.a11y.atspi.Registry']

function makePaths(processes: Processes, dir: string, runtime: string): DesktopPaths {
  const at = (name: string): string => join(dir, name)
  const paths = { home: at('home'), config: at('config'), services: at('services'), logs: at('logs'), runtime }
  writeConfig(desktopConfig(paths))
  for (const path of [dir, ...Object.values(paths)]) processes.folder(path)
  for (const path of ['xfce4', 'xfce4/xfconf', 'xfce4/xfconf/xfce-perchannel-xml'])
    processes.folder(join(paths.config, path))
  return paths
}

function environment({ home, config, runtime }: DesktopPaths, user: string): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '/usr/local/bin:/usr/bin:/bin',
    LANG: 'C.UTF-8',
    HOME: home,
    USER: user,
    LOGNAME: user,
    XDG_RUNTIME_DIR: runtime,
    XDG_CONFIG_HOME: config,
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_CURRENT_DESKTOP: 'XFCE',
    XDG_SESSION_TYPE: 'x11',
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${join(runtime, 'bus')}`,
    GSETTINGS_BACKEND: 'memory',
    GIO_USE_VFS: 'local'
  }
}

async function startDisplay(
  processes: Processes,
  paths: DesktopPaths,
  size: { width: number; height: number }
): Promise<string> {
  const screen = `${String(size.width)}x${String(size.height)}x24`
  const args = ['-displayfd', '3', '-screen', '0', screen, '-nolisten', 'tcp', '-noreset', '-dpi', '96']
  const child = processes.daemon('Xvfb', args, { env: {}, logFile: logPath(paths.logs, 'xvfb'), pipe: true })
  const pipe = child.stdio[3]
  let text = ''
  pipe?.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  return waitFor(`Xvfb listens (${logPath(paths.logs, 'xvfb')})`, () => {
    const display = /^(\d+)\n/.exec(text)?.[1]
    return display === undefined ? undefined : `:${display}`
  })
}

async function screenshot(processes: Processes, env: NodeJS.ProcessEnv, path: string): Promise<void> {
  const [command, args] = processes.wrap('import', ['-silent', '-window', 'root', 'png:-'])
  writeFileSync(path, await outputOf(command, args, { env }))
}

/**
 * Starts a desktop and resolves when it can be used: panel drawn, tray and notification daemon on the bus.
 * @throws when a program is missing or does not come up; nothing is left running then.
 */
export async function startDesktop({ user, size = DEFAULT_SIZE, dir }: DesktopOptions = {}): Promise<Desktop> {
  const processes = createProcesses(user)
  const runtime = mkdtempSync(join(tmpdir(), 'tamas-run-'))
  processes.give(runtime)
  const root = processes.folder(dir ?? mkdtempSync(join(tmpdir(), 'tamas-desktop-')))
  const closers: (() => void)[] = []
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0)) close()
    await processes.stop()
    rmSync(runtime, { recursive: true, force: true })
    if (dir === undefined) rmSync(root, { recursive: true, force: true })
  }
  try {
    const paths = makePaths(processes, root, runtime)
    const bare = environment(paths, user ?? process.env['USER'] ?? 'root')
    const address = bare['DBUS_SESSION_BUS_ADDRESS'] ?? ''
    // One bus serves the accessibility tree too. Only the desktop's own programs take part in it.
    const drawn = { ...bare, AT_SPI_BUS_ADDRESS: address }
    const start = (program: string, env: NodeJS.ProcessEnv, args: string[] = [], name = program): ChildProcess =>
      processes.daemon(program, args, { env, logFile: logPath(paths.logs, name) })
    const displayUp = startDisplay(processes, paths, size)
    start('dbus-daemon', drawn, ['--nofork', '--nopidfile', `--config-file=${join(paths.config, 'bus.conf')}`])
    const display = await displayUp
    const env = { ...bare, ...processes.marker, DISPLAY: display, NO_AT_BRIDGE: '1' } as Record<string, string>
    const bus = await connectBus(address)
    closers.push(bus.close)
    const shown = { ...drawn, DISPLAY: display }
    start('openbox', env)
    const startPanel = (): ChildProcess => start('xfce4-panel', shown, ['--disable-wm-check'])
    const firstPanel = startPanel()
    start(notificationDaemon(), shown, [], 'notifyd')
    const screen = createScreen(
      async (command, args) => processes.run(command, args, { env }),
      async (path) => screenshot(processes, env, path)
    )
    const servicesUp = async (): Promise<unknown> =>
      waitFor(`panel and notification daemon on the bus (see ${paths.logs})`, async () =>
        (await Promise.all(NAMES.map(bus.hasOwner))).every(Boolean) ? true : undefined
      )
    await servicesUp()
    const panelDrawn = async (timeoutMs: number): Promise<unknown> =>
      waitFor(`the panel drawn (see ${paths.logs})`, async () => screen.rectOfClass('xfce4-panel', size.width), {
        timeoutMs
      })
    // Once in some hundred starts xfce4-panel comes up on the bus and never draws itself; the next one does.
    await panelDrawn(4_000).catch(async () => {
      firstPanel.kill()
      await waitFor('the panel gone', () => firstPanel.exitCode ?? firstPanel.signalCode ?? undefined)
      startPanel()
      await servicesUp()
      await panelDrawn(20_000)
    })
    const tray = await createTray(bus, screen)
    const notifications = await createNotifications(bus, address, screen)
    closers.push(notifications.close)
    const unhear = await monitorBus(address, [...NOTIFICATION_RULES, ...TRAY_RULES], (message) => {
      notifications.hear(message)
      tray.hear(message)
    })
    closers.push(unhear)
    return {
      ...screen,
      env,
      display,
      busAddress: address,
      dir: root,
      home: paths.home,
      logs: paths.logs,
      tray,
      notifications,
      processes,
      launcher: (command) => {
        const path = join(runtime, `run-${createHash('sha256').update(command).digest('hex').slice(0, 8)}`)
        const [program, args] = processes.wrap(command, [])
        const words = [program, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
        if (!existsSync(path)) writeFileSync(path, `#!/bin/sh\nexec ${words} "$@"\n`, { mode: 0o755 })
        return path
      },
      stop
    }
  } catch (error) {
    await stop()
    throw error
  }
}
