// Runs a program to its end and hands back the bytes it wrote. Decides nothing about users and ends nothing early.
import { execFile } from 'node:child_process'

const MAXIMUM_OUTPUT = 256 * 1024 * 1024

/** What the program wrote to its output. @throws with what it wrote to its error output when it fails. */
export async function outputOf(
  command: string,
  args: readonly string[],
  options: { env?: NodeJS.ProcessEnv; timeoutMs?: number } = {}
): Promise<Buffer> {
  const { env = process.env, timeoutMs = 30_000 } = options
  return new Promise((resolve, reject) => {
    const settings = { env, timeout: timeoutMs, maxBuffer: MAXIMUM_OUTPUT, encoding: 'buffer' as const }
    execFile(command, args, settings, (error, stdout, stderr) => {
      if (!error) resolve(stdout)
      else
        reject(
          new Error(`${command} ${args.join(' ')}: ${stderr.toString().trim() || error.message}`, { cause: error })
        )
    })
  })
}
