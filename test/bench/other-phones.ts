// Memory of other phones for the desktop, as Debian packs them, measured as Tamas is: the whole process tree after the same
// rest, nobody signed in. What is not installed is left out, and says so.
import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Desktop } from '../support/desktop/index.ts'
import type { Measure, PartResult } from './measure.ts'
import { nameOf, processTree, pssMiB } from './proc.ts'
import { rounded } from './stats.ts'

type OtherPhone = {
  readonly name: string
  readonly program: string
  /** Debian's package. */
  readonly from: string
  /** What belongs to it and has to run first: the bus of the virtual desktop starts no services of the system's. */
  readonly daemon: string | null
}

const others: readonly OtherPhone[] = [
  { name: 'Linphone', program: 'linphone', from: 'linphone-desktop', daemon: null },
  { name: 'Jami', program: 'jami', from: 'jami', daemon: '/usr/libexec/jamid' }
]

const findProgram = (name: string): string | null =>
  (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => {
      try {
        accessSync(file, constants.X_OK)
        return true
      } catch {
        return false
      }
    }) ?? null

const measureOne = async (
  desktop: Desktop,
  program: string,
  { name, daemon }: OtherPhone,
  restMs: number
): Promise<PartResult> => {
  const start = (file: string, ...args: readonly string[]) =>
    spawn(desktop.launcher(file), args, { cwd: desktop.home, env: desktop.env, stdio: 'ignore' })
  const server = daemon === null ? null : start(daemon, '-p')
  if (server !== null) await delay(2_000)
  const child = start(program)
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  try {
    await Promise.race([delay(restMs), ended])
    if (child.exitCode !== null || child.signalCode !== null)
      return { measures: [], notes: [`${name} ended by itself: left out.`] }
    const pids = [child, server].flatMap((one) => (one?.pid === undefined ? [] : processTree(one.pid)))
    const value = pssMiB(pids)
    // Gone, and waited for by nobody: what has no memory does not run.
    if (value === 0) return { measures: [], notes: [`${name} did not go on running: left out.`] }
    const measure: Measure = { name: `idle memory (PSS), ${name}, nobody signed in`, unit: 'MiB', value }
    const each = pids.map((pid) => `${nameOf(pid)} ${String(rounded(pssMiB([pid])))}`).join(', ')
    return { measures: [measure], notes: [`${name}: ${each}.`] }
  } finally {
    child.kill('SIGTERM')
    server?.kill('SIGTERM')
    await Promise.race([ended, delay(2_000)])
  }
}

/** `restMs` is how long each is left alone first. */
export const measureOthers = async (desktop: Desktop, restMs: number): Promise<PartResult> => {
  const results: PartResult[] = []
  for (const other of others) {
    const program = findProgram(other.program)
    results.push(
      program === null
        ? { measures: [], notes: [`${other.name} is not installed (apt-get install ${other.from}): left out.`] }
        : await measureOne(desktop, program, other, restMs)
    )
  }
  return { measures: results.flatMap(({ measures }) => measures), notes: results.flatMap(({ notes }) => notes) }
}
