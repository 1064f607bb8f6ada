// Runs a command to its end before this returns, in a thread of its own. As long as the main thread does not go on,
// Electron opens no display, starts no process and shows nothing: a command is quick, and works where there is no display.
import { readFileSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { minuteMs } from '../../common/time.ts'
import type { CommandLine } from './system.ts'
import type { CommandWork } from './worker.ts'

/** Longer than any command takes, so that a terminal is never stuck. */
const mostMs = 2 * minuteMs

/** `worker` is the file of worker.ts as it was built. Gives the exit code. */
export const runBeside = (worker: string, line: CommandLine): number => {
  const ended = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT))
  const work: CommandWork = { ...line, ended }
  // By its text: a file in a package is none for a thread.
  new Worker(readFileSync(worker, 'utf8'), { eval: true, workerData: work })
  Atomics.wait(ended, 0, 0, mostMs)
  const code = Atomics.load(ended, 0) - 1
  return code < 0 ? 1 : code
}
