// Long-running programs that a script has started, and their certain end: each leads a process group of its own, so that
// Ctrl-C reaches the script alone, which ends them in order and leaves nothing behind.
import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Interrupted } from './interrupt.ts'
import { projectEnv, root } from './run.ts'

/** How a program ended: with a code, or by a signal. A program that could not be started has neither. */
export type Exit = { readonly code: number | null; readonly signal: NodeJS.Signals | null }

export type Child = {
  readonly name: string
  /** Resolves when it has ended. */
  readonly ended: Promise<Exit>
  readonly isRunning: () => boolean
  /** Asks it to end, and makes it end where it does not within so long; 5 s by default. */
  readonly stop: (politeMs?: number) => Promise<void>
}

export type ChildOptions = {
  readonly env?: NodeJS.ProcessEnv
  /** Where its output goes; begun anew by the first that writes to it. */
  readonly logFile: string
}

export type Children = {
  /** Throws Interrupted once all are being ended: what was on its way then starts nothing that stays behind. */
  readonly start: (name: string, command: string, args: readonly string[], options: ChildOptions) => Child
  /** Ends all of them for good, the last started first. */
  readonly stopAll: (politeMs?: number) => Promise<void>
}

const defaultPoliteMs = 5_000
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

/** "exit code 1", "signal SIGKILL". */
export const exitText = ({ code, signal }: Exit): string => {
  if (signal !== null) return `signal ${signal}`
  return code === null ? 'it could not be started' : `exit code ${code}`
}

export const createChildren = (): Children => {
  const children: Child[] = []
  const logs = new Set<string>()
  let isOver = false
  const start: Children['start'] = (name, command, args, { env, logFile }) => {
    if (isOver) throw new Interrupted()
    mkdirSync(path.dirname(logFile), { recursive: true })
    // What the one before it said last is the reason why this one is started again.
    const log = openSync(logFile, logs.has(logFile) ? 'a' : 'w')
    logs.add(logFile)
    const program = spawn(...tethered(command, args), {
      cwd: root,
      env: env ?? projectEnv(),
      stdio: ['ignore', log, log],
      detached: !isWindows
    })
    closeSync(log)
    let running = true
    const ended = new Promise<Exit>((resolve) => {
      const end = (exit: Exit): void => {
        running = false
        resolve(exit)
      }
      program.on('error', () => {
        end({ code: null, signal: null })
      })
      program.on('exit', (code, signal) => {
        end({ code, signal })
      })
    })
    const stop = async (politeMs = defaultPoliteMs): Promise<void> => {
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
    stopAll: async (politeMs) => {
      isOver = true
      for (const child of children.splice(0).reverse()) await child.stop(politeMs)
    }
  }
}
