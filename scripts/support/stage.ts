// A call server and phones on this machine, for `npm start` and `npm run dev`: started, restarted, and ended as one.
// Everything it keeps is below .tamas/ in the repository.
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { electronRuntime, isRoot, workerPath } from '../provision/paths.ts'
import { ProvisionError } from '../provision/report.ts'
import { createChildren, type Child } from './children.ts'
import { openDisplay, type Display } from './display.ts'
import { freePort } from './ports.ts'
import { projectEnv, root } from './run.ts'

export type Phone = { readonly user: string; readonly debugPort: number; readonly ended: Promise<number | null> }

/** How a stage can be over by itself. */
export type Ending = 'quit' | 'server-ended'

export type Stage = {
  /** The call server's address. */
  readonly server: string
  readonly display: Display
  readonly phones: () => readonly Phone[]
  readonly restartServer: () => Promise<void>
  readonly restartPhones: () => Promise<void>
  /** Resolves once every phone was quit, other than by a restart, or the server has ended by itself. */
  readonly over: Promise<Ending>
  readonly stop: () => Promise<void>
}

export type StageOptions = {
  /** The user names of the phones, from left to right. */
  readonly users: readonly string[]
  /** Opens a debugging port for each phone, by which its pages are reloaded. */
  readonly debug?: boolean
}

const home = path.join(root, '.tamas')
const logFile = (name: string): string => path.join(home, 'logs', `${name}.log`)

const defaultPort = 7300
const defaultMediaPort = 7310
const defaultDebugPort = 7390
const startServerMs = 60_000
const demoPassword = (user: string): string => `demo-${user}`

const window = { width: 430, height: 700, left: 40, top: 60, gap: 20 }

const lastLines = (file: string): string => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n')

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
    const why = child.isRunning() ? 'did not answer within a minute' : 'ended at once'
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

/** Starts the server, waits until it answers, and opens the phones. Leaves nothing running where it fails. */
export const openStage = async ({ users, debug = false }: StageOptions): Promise<Stage> => {
  const children = createChildren()
  const port = await freePort(defaultPort)
  const mediaPort = await freePort(defaultMediaPort)
  const server = `http://127.0.0.1:${port}`
  let restarting = false
  let serverChild: Child
  let phones: (Phone & { readonly child: Child })[] = []
  let end: (how: Ending) => void = () => undefined
  const over = new Promise<Ending>((resolve) => {
    end = resolve
  })

  const startServer = async (): Promise<void> => {
    const args = ['--demo', '--port', String(port), '--media-port', String(mediaPort), '--media-workers', '1']
    const data = ['--data-dir', path.join(home, 'server')]
    const env = projectEnv({ MEDIASOUP_WORKER_BIN: workerPath() })
    const child = children.start('server', process.execPath, ['server/index.ts', ...args, ...data], {
      env,
      logFile: logFile('server')
    })
    serverChild = child
    void child.ended.then(() => {
      if (!restarting) end('server-ended')
    })
    await waitHealthy(server, child)
  }

  const startPhone = async (display: Display, user: string, index: number): Promise<void> => {
    const debugPort = debug ? await freePort(defaultDebugPort + index * 10) : 0
    const args = [
      root,
      `--user-data-dir=${path.join(home, 'phones', user)}`,
      // Chromium's sandbox refuses root. Only this script gives the switch; the app never does.
      ...(isRoot ? ['--no-sandbox'] : []),
      ...(debug ? [`--remote-debugging-port=${debugPort}`] : [])
    ]
    const child = children.start(`phone ${user}`, electronRuntime().path, args, {
      env: { ...(await display.envFor(user)), ...signIn(server, user, index) },
      logFile: logFile(`phone-${user}`)
    })
    phones.push({ user, debugPort, ended: child.ended, child })
    void child.ended.then(() => {
      if (!restarting && phones.every((phone) => !phone.child.isRunning())) end('quit')
    })
  }

  const restart = async (work: () => Promise<void>): Promise<void> => {
    restarting = true
    try {
      await work()
    } finally {
      restarting = false
    }
  }

  const display = await openDisplay()
  const stop = async (): Promise<void> => {
    restarting = true
    await children.stopAll()
    await display.stop()
  }
  try {
    await startServer()
    for (const [index, user] of users.entries()) await startPhone(display, user, index)
  } catch (error) {
    await stop()
    throw error
  }
  return {
    server,
    display,
    phones: () => phones,
    over,
    stop,
    restartServer: () =>
      restart(async () => {
        await serverChild.stop()
        await startServer()
      }),
    restartPhones: () =>
      restart(async () => {
        await Promise.all(phones.map(({ child }) => child.stop()))
        phones = []
        for (const [index, user] of users.entries()) await startPhone(display, user, index)
      })
  }
}
