// The append-only file that call records wait in while the database is away. Each line is one commit; knows no database.
import { mkdir, open, type FileHandle } from 'node:fs/promises'
import path from 'node:path'
import type { CallRecord } from '../ports.ts'

export type SpilledChunk = {
  readonly commits: readonly (readonly CallRecord[])[]
  /** Lines that cannot be read, as they stand. */
  readonly unreadable: readonly string[]
  /** Where the next chunk begins. */
  readonly end: number
}

export type Spill = {
  /** Bytes that wait, from 0. */
  readonly size: () => number
  /** Resolves once the lines are on the disk. After an error the file is as it was before. */
  readonly append: (commits: readonly (readonly CallRecord[])[]) => Promise<void>
  /** Whole lines from `start`, about a megabyte; `end` equals `start` where there are none. */
  readonly read: (start: number) => Promise<SpilledChunk>
  /** Forgets everything. */
  readonly clear: () => Promise<void>
  readonly close: () => Promise<void>
}

const chunkBytes = 1024 * 1024
const newline = 0x0a

// Written by this program; whether a line is whole is seen by its newline, so its shape is taken as it was written.
const parseLine = (line: string): readonly CallRecord[] | null => {
  try {
    const value: unknown = JSON.parse(line)
    return Array.isArray(value) ? (value as readonly CallRecord[]) : null
  } catch {
    return null
  }
}

const readAt = async (file: FileHandle, start: number, bytes: number): Promise<Buffer> => {
  const buffer = Buffer.alloc(bytes)
  let filled = 0
  while (filled < bytes) {
    const { bytesRead } = await file.read(buffer, filled, bytes - filled, start + filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return buffer.subarray(0, filled)
}

/** Where the last whole line ends: what comes after was being written when the process died, and was never acked. */
const endOfLastLine = async (file: FileHandle, size: number): Promise<number> => {
  for (let end = size; end > 0; end -= Math.min(end, chunkBytes)) {
    const start = Math.max(0, end - chunkBytes)
    const at = (await readAt(file, start, end - start)).lastIndexOf(newline)
    if (at >= 0) return start + at + 1
  }
  return 0
}

/** Opens `file`, which is made if it is not there; a torn last line is cut off. */
export const openSpill = async (file: string): Promise<Spill> => {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 })
  await (await open(file, 'a', 0o600)).close()
  const handle = await open(file, 'r+')
  let size = await endOfLastLine(handle, (await handle.stat()).size)
  await handle.truncate(size)
  // A new file's name must last as well; not every system lets a folder be opened for that.
  const folder = await open(path.dirname(file), 'r').catch(() => null)
  await folder?.sync().catch(() => undefined)
  await folder?.close()

  return {
    size: () => size,
    append: async (commits) => {
      const bytes = Buffer.from(commits.map((records) => `${JSON.stringify(records)}\n`).join(''))
      try {
        let written = 0
        while (written < bytes.length) {
          const { bytesWritten } = await handle.write(bytes, written, bytes.length - written, size + written)
          written += bytesWritten
        }
        await handle.datasync()
        size += bytes.length
      } catch (error) {
        await handle.truncate(size).catch(() => undefined)
        throw error
      }
    },
    read: async (start) => {
      for (let bytes = chunkBytes; ; bytes *= 2) {
        const buffer = await readAt(handle, start, Math.min(bytes, size - start))
        const end = buffer.lastIndexOf(newline) + 1
        if (end === 0 && start + buffer.length < size) continue
        const lines = buffer.toString('utf8', 0, end).split('\n').slice(0, -1)
        const parsed = lines.map((line) => ({ line, records: parseLine(line) }))
        return {
          commits: parsed.flatMap(({ records }) => (records === null ? [] : [records])),
          unreadable: parsed.flatMap(({ line, records }) => (records === null ? [line] : [])),
          end: start + end
        }
      }
    },
    clear: async () => {
      await handle.truncate(0)
      await handle.datasync()
      size = 0
    },
    close: () => handle.close()
  }
}
