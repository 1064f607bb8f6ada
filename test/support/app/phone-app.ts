// One real phone under test: the built app on a virtual desktop, signed in, with what a test wants to see of it.
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'
import { electronPath } from '../../../scripts/provision/paths.ts'
import type { InvocationValue } from '../../../common/ipc.ts'
import type { Result } from '../../../common/result.ts'
import type { Settings } from '../../../common/types.ts'
import type { AppSnapshot } from '../../../common/snapshot.ts'
import type { PhoneAudio } from '../audio/index.ts'
import type { Desktop } from '../desktop/index.ts'
import type { TrayItem } from '../desktop/tray.ts'
import { waitFor, type WaitOptions } from '../desktop/wait.ts'
import { placeHold, userDataFolder } from './built-app.ts'
import { followDelegate, type DelegateFollower } from './delegate-follower.ts'

/** How a phone is started. */
export interface PhoneAppOptions {
  readonly desktop: Desktop
  readonly audio: PhoneAudio
  /** Who is signed in: 101, 102, 103. */
  readonly user: string
  /** The folder of the app; see `placeApp`. Absent for a packed app, which is its own executable. */
  readonly appFolder?: string
  readonly executable?: string
  /** Names the folder of its data; must be new. */
  readonly name: string
  /** The call server to sign in at without asking; null leaves the phone signed out. */
  readonly server: string | null
  readonly settings?: Partial<Settings>
  /** What else stands on its command line, such as a link. */
  readonly args?: readonly string[]
  /** What else stands in its environment. */
  readonly env?: Readonly<Record<string, string>>
  /** Has never been told anything, as at the very first start. */
  readonly newcomer?: boolean
  readonly bounds?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

/** A phone that runs. */
export interface PhoneApp {
  readonly user: string
  readonly app: ElectronApplication
  /** The main window's page, as long as its first renderer lives. */
  readonly page: Page
  readonly pid: number
  readonly audio: PhoneAudio
  readonly delegate: DelegateFollower
  readonly userData: string
  /** What the page knows, by the preload's own function. */
  readonly snapshot: () => Promise<AppSnapshot>
  readonly waitForSnapshot: (
    what: string,
    predicate: (snapshot: AppSnapshot) => boolean,
    wait?: WaitOptions
  ) => Promise<AppSnapshot>
  readonly waitUntilJoined: () => Promise<void>
  readonly trayItem: () => Promise<TrayItem>
  /** Closes the window as a person does, and waits until it is off the screen. */
  readonly hideToTray: () => Promise<void>
  /** The ring window's page, once it is there. */
  readonly ringPage: () => Promise<Page>
  /** The lines of the app's own log that contain this text. */
  readonly logLines: (text: string) => readonly string[]
  /** For the message of a failed test: what the delegate heard and the log's end. */
  readonly report: () => string
  readonly close: () => Promise<void>
}

const launchMs = 20_000
const closeMs = 6_000
const actionMs = 10_000
const password = (user: string): string => `demo-${user}`

const read = (file: string): string => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

const isPage =
  (name: string) =>
  (page: Page): boolean =>
    page.url().endsWith(`/${name}`)

/** Starts a phone. Resolves when its page is there; with a server, when it has joined. */
export const startPhoneApp = async (options: PhoneAppOptions): Promise<PhoneApp> => {
  const {
    desktop,
    audio,
    user,
    appFolder,
    executable,
    name,
    server,
    settings,
    args = [],
    env = {},
    newcomer = false,
    bounds
  } = options
  const userData = userDataFolder(desktop, name)
  const keep = (name: string, value: unknown): void => {
    const file = path.join(userData, name)
    writeFileSync(file, JSON.stringify(value))
    desktop.processes.give(file)
  }
  // Several phones share this screen: the small windows of all that are not in front would cover what tests click at.
  keep('settings.json', { miniWindow: false, ...settings })
  if (!newcomer) keep('hints.json', ['hidden', 'minimized'])
  const app = await _electron.launch({
    executablePath: desktop.launcher(executable ?? electronPath()),
    // Playwright would turn the sandbox off otherwise.
    chromiumSandbox: true,
    // No emulation: what the page sees is the system's.
    colorScheme: null,
    timeout: launchMs,
    // A packed app takes no modules.
    args: [
      ...(appFolder === undefined ? [] : ['-r', placeHold(desktop), appFolder]),
      `--user-data-dir=${userData}`,
      ...args
    ],
    cwd: desktop.home,
    env: {
      ...desktop.env,
      ...audio.env,
      TAMAS_LOG: 'debug',
      ...env,
      ...(server === null ? {} : { TAMAS_DEV_SIGN_IN: [server, user, password(user)].join('|') }),
      ...(bounds === undefined ? {} : { TAMAS_DEV_BOUNDS: [bounds.x, bounds.y, bounds.width, bounds.height].join(',') })
    }
  })
  // Playwright forgets the process when it is over.
  const child = app.process()
  const pid = child.pid ?? 0
  let output = ''
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString()
  })
  const logFile = path.join(userData, 'logs/main.log')
  const delegate = followDelegate(path.join(userData, 'logs/calls.jsonl'))
  const report = (): string =>
    [
      `── phone ${user}: delegate`,
      delegate
        .events()
        .map(({ at, word, peer }) => `${new Date(at).toISOString().slice(17, 23)} ${word} (${peer})`)
        .join('\n'),
      `── phone ${user}: log`,
      read(logFile).trimEnd().split('\n').slice(-60).join('\n'),
      `── phone ${user}: output`,
      output.trimEnd().split('\n').slice(-10).join('\n')
    ].join('\n')

  const close = async (): Promise<void> => {
    const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null
    if (isOver()) return
    const closed = app.close().catch(() => undefined)
    await Promise.race([
      closed,
      waitFor('the app has quit', () => (isOver() ? true : undefined), { timeoutMs: closeMs }).catch(() => undefined)
    ])
    if (!isOver()) process.kill(pid, 'SIGKILL')
  }
  const pageOf = (file: string): Promise<Page> =>
    waitFor(`the page ${file}`, () => app.windows().find(isPage(file)), { timeoutMs: 15_000 })

  try {
    const page = await pageOf('index.html')
    page.setDefaultTimeout(actionMs)
    const snapshot = async (): Promise<AppSnapshot> => {
      const loaded = await Promise.race([
        page.evaluate<Result<InvocationValue<'app.load'>>>('window.tamas.load({})'),
        // Evaluations have no limit of their own.
        delay(actionMs, null, { ref: false })
      ])
      if (loaded === null) throw new Error(`the page of phone ${user} does not answer`)
      if (!loaded.ok) throw new Error(loaded.error.code)
      return loaded.value.snapshot
    }
    const waitForSnapshot: PhoneApp['waitForSnapshot'] = (what, predicate, wait) =>
      waitFor(
        `phone ${user}: ${what}`,
        async () => {
          const now = await snapshot()
          return predicate(now) ? now : undefined
        },
        { timeoutMs: 10_000, ...wait }
      )
    const waitUntilJoined = async (): Promise<void> => {
      await waitForSnapshot('joined', ({ link }) => link.state === 'joined', { timeoutMs: 20_000 })
    }
    if (server !== null) await waitUntilJoined()
    // A window that comes up later would take the focus from whatever the test is doing.
    await desktop.waitForWindow(`of phone ${user}`, (w) => w.pid === pid && w.visible)
    return {
      user,
      app,
      page,
      pid,
      audio,
      delegate,
      userData,
      snapshot,
      waitForSnapshot,
      waitUntilJoined,
      trayItem: () => desktop.tray.waitForItem((item) => item.pid === pid),
      hideToTray: async () => {
        const isGone = async (): Promise<true | undefined> => ((await desktop.isVisible(pid)) ? undefined : true)
        const window = await desktop.waitForWindow(`of phone ${user}`, (w) => w.pid === pid && w.visible)
        await desktop.close(window)
        // The first key pressed on a new desktop is sometimes lost on its way: nobody was asked to close anything.
        const wasAsked = (): true | undefined => (read(logFile).includes('the window was closed') ? true : undefined)
        await waitFor('the key arrives', wasAsked, { timeoutMs: 3_000 }).catch(() => desktop.close(window))
        await waitFor(`the window of phone ${user} is off the screen`, isGone)
      },
      ringPage: () => pageOf('ring.html'),
      logLines: (text) =>
        read(logFile)
          .split('\n')
          .filter((line) => line.includes(text)),
      report,
      close
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    await close()
    throw new Error(`${message}\n${report()}`, { cause: error })
  }
}
