// Runs one command to its end, for the development scripts. Long-running children are started by their own scripts.
import { spawn, type SpawnOptions } from 'node:child_process'
import path from 'node:path'

/** The repository's root. */
export const root = path.resolve(import.meta.dirname, '../..')

/** What a command came to: `code` is 1 where it could not be started or was ended by a signal. */
export type Outcome = { readonly code: number; readonly output: string }

export type RunOptions = {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
  /** Show what it prints as it prints it; otherwise only `Outcome.output` has it. */
  readonly show?: boolean
  /** Ends it after so long; none by default. */
  readonly timeoutMs?: number
  /** Called for each piece of output, shown or not. */
  readonly onOutput?: (text: string) => void
}

// Tools look at their own output, which is a pipe here: whether there is a terminal at its end only this script knows.
const colour = (): NodeJS.ProcessEnv => {
  const { FORCE_COLOR, NO_COLOR } = process.env
  if (FORCE_COLOR !== undefined || NO_COLOR !== undefined) return {}
  return process.stdout.isTTY ? { FORCE_COLOR: '1' } : { NO_COLOR: '1' }
}

/** The environment with the project's own programs first on the PATH, as npm scripts have it. */
export const projectEnv = (extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv => ({
  ...process.env,
  ...colour(),
  PATH: `${path.join(root, 'node_modules/.bin')}${path.delimiter}${process.env['PATH'] ?? ''}`,
  ...extra
})

/** Runs `command` without a shell and without stdin. Never rejects. */
export const run = (command: string, args: readonly string[], options: RunOptions = {}): Promise<Outcome> =>
  new Promise((resolve) => {
    let output = ''
    const spawnOptions: SpawnOptions = {
      cwd: options.cwd ?? root,
      env: options.env ?? projectEnv(),
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs })
    }
    const child = spawn(command, args, spawnOptions)
    const take = (stream: NodeJS.WriteStream) => (chunk: Buffer) => {
      const text = chunk.toString()
      output += text
      options.onOutput?.(text)
      if (options.show === true) stream.write(text)
    }
    child.stdout?.on('data', take(process.stdout))
    child.stderr?.on('data', take(process.stderr))
    child.on('error', (error) => {
      resolve({ code: 1, output: `${output}${error.message}\n` })
    })
    child.on('close', (code) => {
      resolve({ code: code ?? 1, output })
    })
  })

/** Runs one of the project's own scripts or tools on the Node that runs this. */
export const runNode = (args: readonly string[], options: RunOptions = {}): Promise<Outcome> =>
  run(process.execPath, args, options)

/** The path of an npm package's command, to be run by `runNode`. */
export const tool = (relative: string): string => path.join(root, 'node_modules', relative)
