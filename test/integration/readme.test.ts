// The commands of README's section for back ends, run as they stand there (on free ports), and what they lead to.
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { callOrdered, callsAnswer } from '../../common/protocol/back-end.ts'
import { joinAnswer } from '../../common/protocol/rest.ts'
import { workerPath } from '../../scripts/provision/paths.ts'
import { freePort } from '../../scripts/support/ports.ts'
import { root } from '../../scripts/support/run.ts'

let dataDir: string
let port: number
let server: ChildProcess | undefined
let shell: ChildProcess | undefined
let output = ''

const commandsOf = async (title: string): Promise<readonly string[]> => {
  const readme = await readFile(path.join(root, 'README.md'), 'utf8')
  const section = readme.split(/^## /m).find((part) => part.startsWith(`${title}\n`)) ?? ''
  return [...section.matchAll(/^```sh\n([^]*?)^```$/gm)].map(([, text]) => text ?? '')
}

const isUp = async (): Promise<boolean> => {
  try {
    return (await fetch(`http://127.0.0.1:${port}/healthz`)).ok
  } catch {
    return false
  }
}

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'tamas-readme-'))
  port = await freePort(20_000 + Math.floor(Math.random() * 10_000))
  const mediaPort = await freePort(port + 1)
  const pagePort = await freePort(mediaPort + 1)
  const env = { ...process.env, MEDIASOUP_WORKER_BIN: workerPath(), DATABASE_URL: '', TAMAS_LOG_LEVEL: 'error' }
  // As `npm start` does.
  const ports = ['--port', String(port), '--media-port', String(mediaPort), '--media-workers', '1']
  server = spawn(process.execPath, ['server/index.ts', '--demo', ...ports, '--data-dir', dataDir], {
    cwd: root,
    stdio: 'ignore',
    env
  })
  while (!(await isUp())) await delay(50)
  const script = (await commandsOf('For back ends'))
    .join('\n')
    .replaceAll('.tamas/server', dataDir)
    .replaceAll(':7300', `:${port}`)
    .replaceAll(':8080', `:${pagePort}`)
  // What it starts in the background is one group with it, and ends with it.
  shell = spawn('bash', ['-euo', 'pipefail', '-c', script], {
    cwd: root,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...env, TAMAS_URL: `http://127.0.0.1:${port}`, PORT: String(pagePort) }
  })
  const take = (chunk: Buffer): void => {
    output += chunk.toString()
  }
  shell.stdout?.on('data', take)
  shell.stderr?.on('data', take)
  const [code] = (await once(shell, 'exit')) as [number | null]
  if (code !== 0) throw new Error(`the commands end with ${String(code)}:\n${output}`)
  // npm and npx begin several processes, which takes its time on a machine that has other things to do.
}, 180_000)
afterAll(async () => {
  if (shell?.pid !== undefined) process.kill(-shell.pid, 'SIGTERM')
  if (server?.exitCode === null) {
    server.kill()
    await once(server, 'exit')
  }
  await rm(dataDir, { recursive: true, force: true })
})

it('make a call, with a link that lets its caller in once', async () => {
  expect(output).toMatch(/HTTP\/1\.1 303/)
  const link = new URL(/^location: (tamas:\/\/join\?\S+)/im.exec(output)?.[1] ?? 'tamas://none')
  expect(link.searchParams.get('server')).toBe(`http://127.0.0.1:${port}`)
  const join = async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/v1/joins`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({
        callId: link.searchParams.get('call'),
        code: link.searchParams.get('code'),
        device: { name: 'browser', platform: 'test' }
      })
    })
    return joinAnswer.parse(await answer.json())
  }
  expect(await join()).toMatchObject({ result: 'success', role: 'caller', user: { username: '101' } })
  expect(await join()).toEqual({ result: 'access_denied' })
  expect((await commandsOf('For back ends')).join('').length).toBeGreaterThan(500)
})

it('ask for the same by hand, and list both calls', () => {
  // Answers come without a line end, and what runs in the background prints in between.
  const answer = (pattern: RegExp): unknown => JSON.parse(pattern.exec(output)?.[0] ?? 'null')
  const made = callOrdered.parse(answer(/\{"id":.*?"joinCodesExpireAt":"[^"]*"\}/))
  const listed = callsAnswer.parse(answer(/\{"page":.*\]\}/))
  expect(made).toMatchObject({ status: 'new', caller: { username: '101' }, receptor: { username: '102' } })
  expect(listed.page.total).toBe(2)
  expect(listed.result[0]?.id).toBe(made.id)
})
