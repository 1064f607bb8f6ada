// The call server as a process of its own, for tests that end it hard and start it again. Real database, real worker.
import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { silentLogger } from '../../common/log.ts'
import { workerPath } from '../../scripts/provision/paths.ts'
import { freePort } from '../../scripts/support/ports.ts'
import { root } from '../../scripts/support/run.ts'
import { createClock } from '../../server/clock.ts'
import { createPasswords } from '../../server/identity/passwords.ts'
import { createStore } from '../../server/store/index.ts'

export type TestServer = {
  readonly url: string
  readonly mediaPort: number
  readonly pid: () => number
  /** kill -9: no goodbye to anybody. */
  readonly kill: () => Promise<void>
  /** SIGTERM: an orderly end, which keeps the data. */
  readonly terminate: () => Promise<void>
  /** Starts again on the same ports and data. Resolves once it answers. */
  readonly start: () => Promise<void>
  readonly stop: () => Promise<void>
  /** Everything it has printed so far, for the message of a failed test. */
  readonly output: () => string
}

const readyMs = 90_000
const scryptLogN = 10

/** The n-th of the people that a test server can have beside those of the demo; from 1. */
export const personOf = (n: number): string => String(200 + n)

/** Users 201, 202 and so on, each with the password of a demo's user. The server must not run yet. */
const addPeople = async (
  count: number,
  config: { dataDir: string; databaseUrl: string | undefined }
): Promise<void> => {
  const store = await createStore(config, { log: silentLogger, clock: createClock() })
  const passwords = createPasswords(scryptLogN)
  try {
    for (let n = 1; n <= count; n += 1) {
      const username = personOf(n)
      const password = await passwords.hash(`demo-${username}`)
      const names = { en: `Person ${username}`, fa: '' }
      await store.admin.add({ applicationId: 'demo', username, names, kind: 'person', password })
    }
  } finally {
    await store.close()
  }
}

/** `env` holds settings such as TAMAS_CALL_RINGING_MS: tests shorten the limits they wait for. */
export const startTestServer = async (
  env: Readonly<Record<string, string>> = {},
  { people = 0 }: { readonly people?: number } = {}
): Promise<TestServer> => {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'tamas-server-'))
  const port = await freePort(20_000 + Math.floor(Math.random() * 10_000))
  const mediaPort = await freePort(port + 1)
  const url = `http://${env['TAMAS_HOST'] ?? '127.0.0.1'}:${port}`
  let output = ''
  let child: ChildProcess | undefined
  let exited: Promise<void> = Promise.resolve()

  const healthy = async () => {
    try {
      return (await fetch(`${url}/healthz`)).ok
    } catch {
      return false
    }
  }

  const end = async (signal: NodeJS.Signals) => {
    child?.kill(signal)
    await exited
  }

  const start = async () => {
    // Tethered: where the test run is killed, its server goes too.
    const started = spawn('setpriv', ['--pdeathsig=KILL', '--', process.execPath, 'server/index.ts'], {
      cwd: root,
      env: {
        ...process.env,
        // Whoever runs the tests may have a database of their own in the environment: it is not for tests.
        DATABASE_URL: '',
        MEDIASOUP_WORKER_BIN: workerPath(),
        TAMAS_PORT: String(port),
        TAMAS_MEDIA_PORT: String(mediaPort),
        TAMAS_MEDIA_WORKERS: '1',
        TAMAS_DATA_DIR: dataDir,
        TAMAS_DEMO: '1',
        // Sign-in of many test phones from one address is no attack.
        TAMAS_SIGN_IN_ADDRESS_BURST: '1000',
        TAMAS_SIGN_IN_USER_BURST: '1000',
        TAMAS_SCRYPT_LOG_N: String(scryptLogN),
        ...env
      },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    const take = (chunk: Buffer) => {
      output += chunk.toString()
    }
    started.stdout.on('data', take)
    started.stderr.on('data', take)
    exited = new Promise((resolve) => {
      started.once('exit', () => {
        resolve()
      })
    })
    child = started
    const deadline = Date.now() + readyMs
    while (!(await healthy())) {
      if (started.exitCode !== null || Date.now() > deadline) {
        await end('SIGKILL')
        throw new Error(`the server does not answer:\n${output.slice(-4_000)}`)
      }
      await delay(20)
    }
  }

  if (people > 0) await addPeople(people, { dataDir, databaseUrl: env['DATABASE_URL'] })
  await start()
  return {
    url,
    mediaPort,
    pid: () => child?.pid ?? 0,
    kill: () => end('SIGKILL'),
    terminate: () => end('SIGTERM'),
    start,
    stop: async () => {
      await end('SIGTERM')
      await rm(dataDir, { recursive: true, force: true })
    },
    output: () => output
  }
}
