// Commands of README and CONTRIBUTING, typed as they stand there, on ports and in folders of their own.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { workerPath } from '../../scripts/provision/paths.ts'
import { freePort } from '../../scripts/support/ports.ts'
import { root } from '../../scripts/support/run.ts'
import { commandsOf } from '../support/docs-commands.ts'

let folder = ''
let env: NodeJS.ProcessEnv = {}
const running: ChildProcess[] = []

beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), 'tamas-commands-'))
  await writeFile(path.join(folder, 'file-with-the-password'), 'a password that is long\n')
  const port = await freePort(20_000 + Math.floor(Math.random() * 10_000))
  env = {
    ...process.env,
    MEDIASOUP_WORKER_BIN: workerPath(),
    DATABASE_URL: '',
    TAMAS_DATA_DIR: path.join(folder, 'server'),
    TAMAS_PORT: String(port),
    TAMAS_MEDIA_PORT: String(await freePort(port + 1)),
    TAMAS_MEDIA_WORKERS: '1'
  }
})
afterEach(async () => {
  for (const child of running.splice(0)) await stop(child)
  await rm(folder, { recursive: true, force: true })
})

/** A terminal of its own, in which Ctrl-C reaches all that was begun there. */
const type = (command: string): ChildProcess & { readonly heard: () => string } => {
  const child = spawn('bash', ['-c', command.replaceAll('file-with', `${folder}/file-with`)], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Nobody looks at colours.
    env: { ...env, NO_COLOR: '1' }
  })
  running.push(child)
  let heard = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      heard += chunk.toString()
    })
  }
  return Object.assign(child, { heard: () => heard })
}
const stop = async (child: ChildProcess): Promise<void> => {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  process.kill(-child.pid, 'SIGINT')
  await ended
}
const run = async (command: string): Promise<string> => {
  const child = type(command)
  await once(child, 'close')
  expect(child.exitCode, `${command}\n${child.heard()}`).toBe(0)
  return child.heard()
}

const typed = (document: string, begin: string): readonly string[] =>
  commandsOf(document)
    .map(({ text }) => text)
    .filter((text) => text.startsWith(begin))

const isUp = async (port: string): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/healthz`)
    .then(({ ok }) => ok)
    .catch(() => false)

it('README, “Running the server”: people, applications and a server that answers', async () => {
  const admin = typed('README.md', 'npx node server/admin.ts')
  expect(admin.length).toBeGreaterThan(3)
  for (const command of admin) {
    // It wants to know whose.
    expect(await run(command.endsWith('add-application') ? `${command} shop` : command)).not.toBe('')
  }
  for (const command of typed('README.md', 'npm run server')) {
    const port = String(await freePort(Number(env['TAMAS_PORT']) + 100))
    const server = type(command.replace('7400', port))
    const at = command.includes('--port') ? port : (env['TAMAS_PORT'] ?? '')
    await expect.poll(() => isUp(at), { timeout: 90_000 }).toBe(true)
    await stop(server)
    expect(await isUp(at)).toBe(false)
  }
}, 240_000)

it('README and CONTRIBUTING: what a build needs is told, and where it is', async () => {
  for (const command of typed('CONTRIBUTING.md', 'npm run provision')) {
    const said = await run(command)
    if (command.endsWith('--where')) expect(said).toContain(workerPath())
  }
}, 240_000)

it('CONTRIBUTING, “Working on Tamas”: the narrow loops find the tests that they name', async () => {
  const loops = typed('CONTRIBUTING.md', 'npm run test:unit -- ')
  const seeded = commandsOf('CONTRIBUTING.md')
    .map(({ text }) => text)
    .filter((text) => /^(SEED|RUNS)=\d+ npm run test:unit/.test(text))
    // As many as say whether it runs.
    .map((text) => `RUNS=20 ${text.replace(/RUNS=\d+ /, '')}`)
  expect(loops.length + seeded.length).toBeGreaterThan(3)
  for (const command of [...loops, ...seeded]) expect(await run(command)).toMatch(/\d+ passed/)
}, 240_000)

it('README: the bench measures and prints a table', async () => {
  // A few rounds of its quickest part: as a whole it takes seven minutes.
  expect(await run('npm run bench -- --quick --only setup')).toMatch(/call set-ups, durable records +\d/)
}, 240_000)
