// Long-running programs that a script has started, and their certain end: each leads a process group of its own, so that
// Ctrl-C reaches the script alone, which ends them in order and leaves nothing behind.
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { projectEnv, root } from './run.ts'

export type Child = {
  readonly name: string
  /** Resolves when it has ended, with its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>
  readonly isRunning: () => boolean
  /** Asks it to end, and makes it end where it does not within a few seconds. */
  readonly stop: () => Promise<void>
}

export type ChildOptions = {
  readonly env?: NodeJS.ProcessEnv
  /** Where its output goes; begun anew with each start. */
  readonly logFile: string
}

export type Children = {
  readonly start: (name: string, command: string, args: readonly string[], options: ChildOptions) => Child
  /** Ends all of them, the last started first. */
  readonly stopAll: () => Promise<void>
}

const politeMs = 5_000
const isWindows = process.platform === 'win32'

// Even where the script itself is killed, its programs end: Linux can tell them.
const tether = '/usr/bin/setpriv'
const tethered = (command: string, args: readonly string[]): readonly [string, readonly string[]] =>
  process.platform === 'linux' && existsSync(tether)
    ? [tether, ['--pdeathsig=TERM', '--', command, ...args]]
    : [command, args]

/** Ends a whole group at once; where it is gone, that is what was wanted. */
const killGroup = (child: ChildProcess): void => {
  if (child.pid === undefined) return
  if (isWindows) {
    child.kill()
    return
  }
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // No such group any more.
  }
}

export const createChildren = (): Children => {
  const children: Child[] = []
  const start: Children['start'] = (name, command, args, { env, logFile }) => {
    mkdirSync(path.dirname(logFile), { recursive: true })
    const log = openSync(logFile, 'w')
    const program = spawn(...tethered(command, args), {
      cwd: root,
      env: env ?? projectEnv(),
      stdio: ['ignore', log, log],
      detached: !isWindows
    })
    closeSync(log)
    let running = true
    const ended = new Promise<number | null>((resolve) => {
      const end = (code: number | null) => (): void => {
        running = false
        resolve(code)
      }
      program.on('error', end(1))
      program.on('exit', (code) => {
        end(code)()
      })
    })
    const stop = async (): Promise<void> => {
      // The leader alone: it knows in which order its own helpers have to end.
      program.kill('SIGTERM')
      await Promise.race([ended, delay(politeMs, undefined, { ref: false })])
      // Also what outlived its leader: a group exists as long as one member does.
      killGroup(program)
      await ended
    }
    const child: Child = { name, ended, isRunning: () => running, stop }
    children.push(child)
    return child
  }
  return {
    start,
    stopAll: async () => {
      for (const child of children.splice(0).reverse()) await child.stop()
    }
  }
}
