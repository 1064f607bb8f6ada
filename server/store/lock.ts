// The lock file of a data folder: one server at a time. It locks nothing by itself; the embedded database asks first.
import { randomBytes } from 'node:crypto'
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'

const owner = z.object({
  pid: z.number().int().positive(),
  /** Tells this process from a later one with the same id (in containers ids repeat at once). */
  started: z.string(),
  nonce: z.string()
})
type Owner = z.infer<typeof owner>

/** Another live process has the folder. The message is a sentence for the operator. */
export class FolderInUse extends Error {
  override readonly name = 'FolderInUse'
}

const read = (file: string): string | null => {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** When a process began: the machine's boot and the clock ticks since. Empty where the system does not tell. */
const startOf = (pid: number): string => {
  const stat = read(`/proc/${pid}/stat`)
  const boot = read('/proc/sys/kernel/random/boot_id')
  // The second field is the program's name in brackets and may itself hold spaces and brackets.
  const ticks = stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
  return ticks === undefined ? '' : `${boot?.trim() ?? ''}/${ticks}`
}

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // Somebody else's process is a process too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

const parse = (text: string | null): Owner | null => {
  if (text === null) return null
  try {
    return owner.parse(JSON.parse(text))
  } catch {
    return null
  }
}

const holds = (held: Owner | null): held is Owner => {
  if (held === null || !isAlive(held.pid)) return false
  const now = startOf(held.pid)
  return now === '' || held.started === '' || now === held.started
}

export type FolderLock = { readonly release: () => void }

// Longer than anybody takes from finding a stale lock to writing its own.
const settleMs = 150

/**
 * Takes the folder, or takes it over from a process that is no more. The returned function gives it back.
 * Throws FolderInUse.
 */
export const lockFolder = async (folder: string): Promise<FolderLock> => {
  const file = path.join(folder, 'lock')
  const mine: Owner = { pid: process.pid, started: startOf(process.pid), nonce: randomBytes(12).toString('hex') }
  const text = JSON.stringify(mine)
  const refuse = (held: Owner | null): never => {
    const who = held === null ? 'another process' : `the process ${held.pid}`
    throw new FolderInUse(`The data folder ${folder} is in use by ${who}. End it first, or choose another folder.`)
  }
  const release = (): void => {
    if (read(file) === text) rmSync(file, { force: true })
  }
  // Written beside it and then put in its place: nobody ever sees a lock that does not yet say whose it is.
  const own = `${file}.${mine.nonce}`
  writeFileSync(own, text, { mode: 0o600 })
  try {
    linkSync(own, file)
    rmSync(own)
    return { release }
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) {
      rmSync(own, { force: true })
      throw error
    }
  }
  const held = parse(read(file))
  if (holds(held)) {
    rmSync(own, { force: true })
    return refuse(held)
  }
  // Two processes may find the same stale lock. Both put theirs in its place; the one whose lock is there after a
  // moment has the folder, and the other sees so.
  renameSync(own, file)
  await wait(settleMs)
  if (read(file) !== text) return refuse(parse(read(file)))
  return { release }
}
