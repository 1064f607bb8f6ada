// What Linux says of processes: who descends from whom, their memory and their CPU time. Starts and ends none.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs'

const read = (pid: number, file: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    // It has ended meanwhile.
    return ''
  }
}

/** The fields of /proc/…/stat behind the name, which may hold blanks itself. */
const stat = (pid: number): readonly string[] => read(pid, 'stat').split(') ').at(-1)?.split(' ') ?? []

/** The process and everything that descends from it. */
export const processTree = (root: number): readonly number[] => {
  const all = readdirSync('/proc').map(Number).filter(Number.isInteger)
  const parents = new Map(all.map((pid) => [pid, Number(stat(pid)[1] ?? 0)]))
  const grow = (found: readonly number[]): readonly number[] => {
    const more = all.filter((pid) => !found.includes(pid) && found.includes(parents.get(pid) ?? 0))
    return more.length === 0 ? found : grow([...found, ...more])
  }
  return grow([root])
}

const ticksPerSecond = 100

/** CPU time so far in milliseconds, user and system, of these processes. Resolution: 10 ms. */
export const cpuMs = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    const fields = stat(pid)
    return sum + ((Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * 1000) / ticksPerSecond
  }, 0)

/** Proportional set size in MiB: shared pages are divided among those who share them. */
export const pssMiB = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => sum + Number(/^Pss:\s+(\d+)/m.exec(read(pid, 'smaps_rollup'))?.[1] ?? 0) / 1024, 0)

/** How many processes run this program, whoever's they are. */
export const countOf = (program: string): number =>
  readdirSync('/proc').filter((entry) => {
    try {
      return readlinkSync(`/proc/${entry}/exe`) === program
    } catch {
      return false
    }
  }).length

/** The name that a process runs under, as `ps` shows it. */
export const nameOf = (pid: number): string => read(pid, 'comm').trim()

/** How many pages an Electron app has: each is a process of its own. */
export const pagesOf = (root: number): number =>
  processTree(root).filter((pid) => read(pid, 'cmdline').includes('--type=renderer')).length
