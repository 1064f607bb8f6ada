// A PostgreSQL cluster of Debian's for one test file: on a Unix socket in a folder of its own, stopped and removed afterwards.
import { execFile } from 'node:child_process'
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export type Postgres = {
  readonly url: string
  readonly start: () => Promise<void>
  /** As a crash would: clients are cut off in the middle of what they do. */
  readonly stop: () => Promise<void>
  readonly remove: () => Promise<void>
}

/** Where the newest PostgreSQL's programs are, or undefined where there is none. */
export const postgresPrograms = (): string | undefined =>
  globSync('/usr/lib/postgresql/*/bin/initdb')
    .sort((a, b) => a.localeCompare(b, 'en', { numeric: true }))
    .map((file) => path.dirname(file))
    .at(-1)

/** Makes and starts a cluster. PostgreSQL refuses to run as root, so root runs it as `postgres`. */
export const createPostgres = async (programs: string): Promise<Postgres> => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-pg-'))
  const data = path.join(folder, 'data')
  const isRoot = process.getuid?.() === 0
  const asOwner = async (program: string, ...args: string[]): Promise<string> => {
    const command = [path.join(programs, program), ...args]
    const [file = '', ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command
    return (await run(file, rest, { cwd: folder })).stdout
  }
  if (isRoot) {
    const [uid, gid] = await Promise.all(
      ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout))
    )
    chownSync(folder, uid ?? 0, gid ?? 0)
  }
  await asOwner('initdb', '-D', data, '-A', 'trust', '-U', 'tamas', '-E', 'UTF8', '--no-locale', '--no-sync')
  const stop = async (mode: string): Promise<void> => {
    await asOwner('pg_ctl', '-D', data, '-w', '-m', mode, 'stop')
  }
  const start = async (): Promise<void> => {
    const options = `-c listen_addresses='' -c unix_socket_directories='${folder}' -c fsync=off`
    await asOwner('pg_ctl', '-D', data, '-w', '-l', path.join(folder, 'log'), '-o', options, 'start')
  }
  await start()
  return {
    url: `postgresql://tamas@localhost/postgres?host=${encodeURIComponent(folder)}`,
    start,
    stop: () => stop('immediate'),
    remove: async () => {
      await stop('immediate').catch(() => undefined)
      rmSync(folder, { recursive: true, force: true })
    }
  }
}
