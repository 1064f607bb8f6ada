// An app started as a user starts it, without a debugger, for what a debugger would change: time to start and memory.
// Measures nothing itself.
import { spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { electronPath } from '../../scripts/provision/paths.ts'
import type { Settings } from '../../common/types.ts'
import { userDataFolder } from '../support/app/built-app.ts'
import type { Desktop } from '../support/desktop/index.ts'
import { waitFor } from '../support/desktop/wait.ts'

export type PlainApp = {
  readonly pid: number
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** When its window was ready to be shown: milliseconds since the epoch. */
  readonly readyAt: () => Promise<number>
  readonly stop: () => Promise<void>
}

export type PlainAppOptions = {
  readonly desktop: Desktop
  readonly folder: string
  /** The folder with marks.cjs. */
  readonly bareFolder: string
  /** Names the folder of its data. */
  readonly name: string
  readonly env?: Readonly<Record<string, string>>
  readonly settings?: Partial<Settings>
}

let runs = 0

export const startPlainApp = ({ desktop, folder, bareFolder, name, env, settings }: PlainAppOptions): PlainApp => {
  runs += 1
  const userData = userDataFolder(desktop, name)
  if (settings !== undefined) {
    const file = path.join(userData, 'settings.json')
    writeFileSync(file, JSON.stringify(settings))
    desktop.processes.give(file)
  }
  const marks = path.join(userData, `marks-${runs}`)
  const startedAt = Date.now()
  const child = spawn(desktop.launcher(electronPath()), [folder, `--user-data-dir=${userData}`], {
    cwd: desktop.home,
    env: {
      ...desktop.env,
      ...env,
      BENCH_MARKS: marks,
      NODE_OPTIONS: `--require=${path.join(bareFolder, 'marks.cjs')}`
    },
    stdio: 'ignore'
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
  })
  return {
    pid: child.pid ?? 0,
    startedAt,
    readyAt: () =>
      waitFor(
        `${name} is ready to be shown`,
        () => {
          const found = /ready (\d+)/.exec(readFileSync(marks, 'utf8'))
          return found === null ? undefined : Number(found[1])
        },
        { timeoutMs: 20_000 }
      ),
    stop: async () => {
      child.kill('SIGTERM')
      await ended
    }
  }
}
