// A call server and phones on this machine, for `npm start` and `npm run dev`: started, restarted, and ended as one.
// Everything it keeps is below .tamas/ in the repository.
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { electronRuntime, isRoot, workerPath } from '../provision/paths.ts'
import { ProvisionError } from '../provision/report.ts'
import { createChildren, exitText, type Child, type Exit } from './children.ts'
import { openDisplay, type Display } from './display.ts'
import { home, makeFolder } from './home.ts'
import { Interrupted } from './interrupt.ts'
import { freePort } from './ports.ts'
import { projectEnv, root } from './run.ts'
import { afterEnd } from './upkeep.ts'

export type Phone = { readonly user: string; readonly debugPort: number }

/** How a stage can be over by itself. */
export type Ending = { readonly what: 'quit' } | { readonly what: 'server-ended'; readonly exit: Exit }

export type Stage = {
  /** The call server's address. */
  readonly server: string
  readonly display: Display
  readonly phones: () => readonly Phone[]
  /** Restarts these, at the same time where it can be. Throws Interrupted where the stage is ended meanwhile. */
  readonly restart: (what: { readonly server: boolean; readonly phones: boolean }) => Promise<void>
  /** Resolves once every phone was quit, other than by a restart, or the server has ended by itself. */
  readonly over: Promise<Ending>
  /** Within three seconds, also amid a restart. */
  readonly stop: () => Promise<void>
}

export type StageOptions = {
  /** The user names of the phones, from left to right. */
  readonly users: readonly string[]
  /** Opens a debugging port for each phone, by which its pages are reloaded. */
  readonly debug?: boolean
  /** The stage is ended when this resolves, also while it is being opened. */
  readonly until: Promise<unknown>
}

const logFile = (name: string): string => path.join(home, 'logs', `${name}.log`)
/** Where a phone keeps what it knows, its logs among it. */
export const phoneFolder = (user: string): string => path.join(home, 'phones', user)

const defaultPort = 7300
const defaultMediaPort = 7310
const defaultDebugPort = 7390
const startServerMs = 60_000
// Together under three seconds. Each ends in a fraction of that, where nothing is wrong with it.
const phonesEndMs = 1_500
const serverEndMs = 1_000
const demoPassword = (user: string): string => `demo-${user}`

const window = { width: 430, height: 700, left: 40, top: 60, gap: 20 }

const lastLines = (file: string): string =>
  existsSync(file) ? readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n') : ''

const isHealthy = async (server: string): Promise<boolean> => {
  try {
    return (await fetch(`${server}/healthz`, { signal: AbortSignal.timeout(1_000) })).ok
  } catch {
    return false
  }
}

const waitHealthy = async (server: string, child: Child): Promise<void> => {
  const deadline = Date.now() + startServerMs
  while (!(await isHealthy(server))) {
    if (child.isRunning() && Date.now() < deadline) {
      await delay(100)
      continue
    }
    const why = child.isRunning() ? 'did not answer within a minute' : `ended at once (${exitText(await child.ended)})`
    throw new ProvisionError(
      `The call server ${why}. The end of ${logFile('server')}:\n${lastLines(logFile('server'))}`
    )
  }
}

/** The environment of a phone that signs itself in: only unpackaged builds, and only loopback servers, heed it. */
const signIn = (server: string, user: string, index: number): NodeJS.ProcessEnv => ({
  TAMAS_DEV_SIGN_IN: [server, user, demoPassword(user)].join('|'),
  TAMAS_DEV_BOUNDS: [window.left + index * (window.width + window.gap), window.top, window.width, window.height].join(
    ','
  )
})

/**
 * Starts the server, waits until it answers, and opens the phones. Leaves nothing running where it fails. Throws
 * Interrupted where `until` resolves first. A phone that ends unasked is named, and started again unless it has only
 * just been started.
 */
export const openStage = async ({ users, debug = false, until }: StageOptions): Promise<Stage> => {
  const children = createChildren()
  let serverChild: Child | undefined
  let phones: (Phone & { readonly child: Child })[] = []
  let display: Display | undefined
  let restarting = false
  let stopping: Promise<void> | undefined
  let end: (how: Ending) => void = () => undefined
  const over = new Promise<Ending>((resolve) => {
    end = resolve
  })

  const stopAll = async (): Promise<void> => {
    await Promise.all(phones.map(({ child }) => child.stop(phonesEndMs)))
    await children.stopAll(serverEndMs)
    await display?.stop()
  }
  const stop = (): Promise<void> => (stopping ??= stopAll())
  const throwIfStopping = (): void => {
    if (stopping !== undefined) throw new Interrupted()
  }
  void until.then(stop)

  const port = await freePort(defaultPort)
  const mediaPort = await freePort(defaultMediaPort)
  const server = `http://127.0.0.1:${port}`

  const startServer = async (): Promise<void> => {
    throwIfStopping()
    const args = ['--demo', '--port', String(port), '--media-port', String(mediaPort), '--media-workers', '1']
    const data = ['--data-dir', path.join(home, 'server')]
    const env = projectEnv({ MEDIASOUP_WORKER_BIN: workerPath() })
    const child = children.start('server', process.execPath, ['server/index.ts', ...args, ...data], {
      env,
      logFile: logFile('server')
    })
    serverChild = child
    void child.ended.then((exit) => {
      if (!restarting && stopping === undefined) end({ what: 'server-ended', exit })
    })
    // What is being ended does not come up any more, and that is no failure to be told.
    await waitHealthy(server, child).finally(throwIfStopping)
  }

  const startPhone = async (on: Display, user: string, index: number): Promise<void> => {
    const debugPort = debug ? await freePort(defaultDebugPort + index * 10) : 0
    const args = [
      root,
      `--user-data-dir=${phoneFolder(user)}`,
      // Chromium's sandbox refuses root. Only this script gives the switch; the app never does.
      ...(isRoot ? ['--no-sandbox'] : []),
      ...(debug ? [`--remote-debugging-port=${debugPort}`] : [])
    ]
    const env = { ...(await on.envFor(user)), ...signIn(server, user, index) }
    throwIfStopping()
    const child = children.start(`phone ${user}`, electronRuntime().path, args, {
      env,
      logFile: logFile(`phone-${user}`)
    })
    const startedAt = Date.now()
    const phone = { user, debugPort, child }
    phones = [...phones.filter((other) => other.user !== user), phone]
    void child.ended.then(async (exit) => {
      if (restarting || stopping !== undefined) return
      const { say, startAgain } = afterEnd({ user, exit, upMs: Date.now() - startedAt })
      console.log(say)
      if (startAgain) await startPhone(on, user, index).catch(() => undefined)
      if (phones.every((other) => !other.child.isRunning())) end({ what: 'quit' })
    })
  }

  const startPhones = async (on: Display): Promise<void> => {
    for (const [index, user] of users.entries()) await startPhone(on, user, index)
  }

  try {
    makeFolder(path.join(home, 'logs'))
    throwIfStopping()
    const opened = await openDisplay()
    display = opened
    console.log('Starting the call server and the phones…')
    await startServer()
    await startPhones(opened)
    return {
      server,
      display: opened,
      phones: () => phones,
      over,
      stop,
      restart: async (what) => {
        restarting = true
        try {
          const running = what.phones ? phones.map(({ child }) => child) : []
          if (what.server && serverChild !== undefined) running.push(serverChild)
          await Promise.all(running.map((child) => child.stop()))
          if (what.server) await startServer()
          if (what.phones) await startPhones(opened)
        } finally {
          restarting = false
        }
      }
    }
  } catch (error) {
    await stop()
    // Where the display came up only after the rest had been ended.
    await display?.stop()
    throw error
  }
}
