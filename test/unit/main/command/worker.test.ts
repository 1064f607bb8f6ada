// The thread of a command, as a real one in a process of its own: what goes wrong in it is told, and the terminal is free.
import { spawnSync } from 'node:child_process'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'

const worker = path.join(import.meta.dirname, '../../../../main/command/worker.ts')
/** Starts the thread from its source, waits as the program does, and ends with what the thread has left. */
const program = `
  import { Worker } from 'node:worker_threads'
  const { line, file } = JSON.parse(process.argv[1])
  const ended = new Int32Array(new SharedArrayBuffer(4))
  new Worker(file, { workerData: { ...line, ended }, execArgv: [] })
  await Atomics.waitAsync(ended, 0, 0, 20_000).value
  process.exit(Atomics.load(ended, 0) - 1)
`
const run = (line: object) =>
  spawnSync(process.execPath, ['--input-type=module', '-e', program, JSON.stringify({ line, file: worker })], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' }
  })
const line = { program: 'tamas', version: '1.2.3', userData: path.join(os.tmpdir(), 'tamas-nobody'), start: null }

it('ends with what the command printed, and its code', () => {
  const { status, stdout, stderr } = run({ ...line, args: ['--version'] })
  expect([status, stdout, stderr]).toEqual([0, '1.2.3\n', ''])
  expect(run({ ...line, args: ['hangup'] }).status).toBe(3)
})

it('ends with a fault of ours, too', () => {
  // No words: thrown while it works.
  const { status, stdout, stderr } = run({ ...line, args: null })
  expect([status, stdout]).toEqual([1, ''])
  expect(stderr).toMatch(/^TypeError/)
})
