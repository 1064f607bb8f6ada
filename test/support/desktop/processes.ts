// Starts programs, as another user if asked, and guarantees that none of them outlives its owner. Knows no particular program.
import { type ChildProcess, spawn, type StdioOptions } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chownSync, closeSync, mkdirSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { outputOf } from './exec.ts'
import { waitFor } from './wait.ts'

/** A user of this machine. */
export interface UnixUser {
  name: string
  uid: number
  gid: number
}

/** What a daemon needs besides its command line. */
export interface DaemonOptions {
  env: NodeJS.ProcessEnv
  /** Where its output goes; the folder must exist. */
  logFile: string
  /** Hands the daemon a pipe as file descriptor 3, to be read from `child.stdio[3]`. */
  pipe?: boolean
  /** Runs before others, as far as we may: for what has to keep time, like a sound server. */
  urgent?: boolean
}

/** What a short-lived tool needs besides its command line. */
export interface RunOptions {
  env: NodeJS.ProcessEnv
  /** Default 10 000. */
  timeoutMs?: number
}

/** A set of processes with one owner and one end. */
export interface Processes {
  /** Whom they run as; `undefined` is whoever runs us. */
  readonly user: UnixUser | undefined
  /** Marks every process of the set, so that even a strayed grandchild is found again. Part of each environment. */
  readonly marker: NodeJS.ProcessEnv
  /** The command line that runs `command` as the set's user and ends it with us. */
  wrap: (command: string, args: readonly string[]) => [string, string[]]
  daemon: (command: string, args: readonly string[], options: DaemonOptions) => ChildProcess
  /** Runs a tool to its end and gives its output; rejects when it fails. */
  run: (command: string, args: readonly string[], options: RunOptions) => Promise<string>
  /** Makes a folder that belongs to the set's user. */
  folder: (path: string, mode?: number) => string
  /** Gives a file or folder to the set's user. */
  give: (path: string) => void
  /** Ends every process of the set, whatever became of it. Safe to call twice. */
  stop: () => Promise<void>
}

const MARKER = 'TAMAS_PROCESS_SET'
const POLITE_MS = 400

/** Looks a user up in /etc/passwd. @throws when there is none of that name. */
export function findUser(name: string): UnixUser {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [login, , uid, gid] = line.split(':')
    if (login === name) return { name, uid: Number(uid), gid: Number(gid) }
  }
  throw new Error(`This machine has no user "${name}"`)
}

/** The process and all it descends from: those must survive any clean-up it does. */
function ancestry(): Set<number> {
  const found = new Set<number>()
  let pid = process.pid
  while (pid > 0 && !found.has(pid)) {
    found.add(pid)
    try {
      pid = Number(/^PPid:\s*(\d+)/m.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1] ?? 0)
    } catch {
      pid = 0
    }
  }
  return found
}

function marked(id: string): number[] {
  const spared = ancestry()
  const needle = `${MARKER}=${id}\0`
  return readdirSync('/proc').flatMap((entry) => {
    const pid = Number(entry)
    if (!Number.isInteger(pid) || spared.has(pid)) return []
    try {
      return readFileSync(`/proc/${entry}/environ`, 'latin1').includes(needle) ? [pid] : []
    } catch {
      return []
    }
  })
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Gone by itself, which is what was wanted.
  }
}

/**
 * Makes an empty set of processes.
 * @param userName run everything as this user; needs root unless it is ourselves.
 */
export function createProcesses(userName?: string): Processes {
  const named = userName === undefined ? undefined : findUser(userName)
  const user = named?.uid === process.getuid?.() ? undefined : named
  if (user !== undefined && process.getuid?.() !== 0) throw new Error(`Only root can run programs as ${user.name}`)
  const root = process.getuid?.() === 0
  const id = randomUUID()
  const marker = { [MARKER]: id }
  const daemons: ChildProcess[] = []

  const wrap = (command: string, args: readonly string[]): [string, string[]] => {
    const identity = user ? [`--reuid=${String(user.uid)}`, `--regid=${String(user.gid)}`, '--init-groups'] : []
    return ['setpriv', [...identity, '--pdeathsig=KILL', '--', command, ...args]]
  }
  const give = (path: string): void => {
    if (user) chownSync(path, user.uid, user.gid)
  }

  return {
    user,
    marker,
    wrap,
    give,
    daemon: (command, args, { env, logFile, pipe = false, urgent = false }) => {
      const log = openSync(logFile, 'a')
      const stdio: StdioOptions = ['ignore', log, log, ...(pipe ? ['pipe' as const] : [])]
      // A session of its own: Ctrl-C in the terminal must reach only the owner, who ends the set in order.
      const [program, words] = wrap(command, args)
      const line: [string, string[]] = urgent && root ? ['nice', ['-n', '-11', program, ...words]] : [program, words]
      const child = spawn(...line, { env: { ...env, ...marker }, stdio, detached: true })
      closeSync(log)
      child.on('error', () => undefined)
      daemons.push(child)
      return child
    },
    run: async (command, args, { env, timeoutMs = 10_000 }) =>
      (await outputOf(...wrap(command, args), { env: { ...env, ...marker }, timeoutMs })).toString(),
    folder: (path, mode = 0o755) => {
      mkdirSync(path, { recursive: true, mode })
      give(path)
      return path
    },
    stop: async () => {
      const alive = (): ChildProcess[] =>
        daemons.filter(({ exitCode, signalCode, pid }) => pid !== undefined && exitCode === null && signalCode === null)
      for (const { pid } of alive().reverse()) if (pid !== undefined) signal(pid, 'SIGTERM')
      const polite = async (): Promise<void> => {
        await waitFor('programs that end when asked', () => (marked(id).length === 0 ? true : undefined), {
          timeoutMs: POLITE_MS,
          everyMs: 10
        })
      }
      await polite().catch(() => undefined)
      await waitFor('every program of the set ended', () => {
        const left = marked(id)
        for (const pid of left) signal(pid, 'SIGKILL')
        return left.length === 0 && alive().length === 0 ? true : undefined
      })
    }
  }
}

/** A file's path inside a set's log folder. */
export function logPath(folder: string, program: string): string {
  return join(folder, `${program}.log`)
}
