// The app's command in a terminal (`tamas dial 101`), as the desktop's user types it. Knows nothing of what it does.
import { execFile } from 'node:child_process'
import { electronPath } from '../../../scripts/provision/paths.ts'
import type { Desktop } from '../desktop/index.ts'

export type CommandOutcome = {
  /** Its exit code, or the signal that ended it. */
  readonly code: number | string
  readonly out: string
  readonly err: string
  readonly ms: number
}

export type CommandOptions = {
  readonly desktop: Desktop
  readonly appFolder: string
  readonly userData: string
  readonly env: NodeJS.ProcessEnv
}

const mostMs = 60_000

/** Runs it to its end, whatever that is. */
export const runCommand = (
  { desktop: { processes, home }, appFolder, userData, env }: CommandOptions,
  ...words: readonly string[]
): Promise<CommandOutcome> => {
  const startedAt = performance.now()
  const [program, args] = processes.wrap(electronPath(), [appFolder, `--user-data-dir=${userData}`, ...words])
  const settings = { env: { ...env, ...processes.marker }, cwd: home, timeout: mostMs }
  return new Promise((resolve) => {
    execFile(program, args, settings, (error, out, err) => {
      const code = error === null ? 0 : (error.code ?? error.signal ?? 'ended')
      resolve({ code, out: out.trimEnd(), err, ms: performance.now() - startedAt })
    })
  })
}
