// Reads the app's own log again for the window that shows it: the newest lines, those that came since, those of a call.
// Secrets are taken out before a line leaves here, and people, where they are not wanted, before one is copied.
import { open } from 'node:fs/promises'
import path from 'node:path'
import { mostLogLines, type CallLines, type LogEnd } from '../../common/log-lines.ts'
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { begunAt, linesOfCall, parseLog, shownLine } from './log-lines.ts'
import { createRedactor, withoutSecrets, type KnownPerson } from './redact.ts'

/** Of the log's end: thousands of lines, and no wait. */
const endBytes = 1024 * 1024
/** A whole file, which is turned when it has half of that. */
const wholeBytes = 4 * 1024 * 1024
const newline = 0x0a

export type ReadLogDeps = {
  readonly folder: string
  /** Whom this phone knows, by all their names and numbers. */
  readonly people: () => Promise<readonly KnownPerson[]>
  readonly log: Logger
}

export type ReadLog = {
  /** What came after `after`, which is `next` of the answer before; null: the newest there are. */
  readonly end: (asked: { readonly after: number | null }) => Promise<Result<LogEnd>>
  readonly ofCall: (asked: { readonly callId: string }) => Promise<Result<CallLines>>
  /** Lines as they may be given to somebody else. */
  readonly redact: (asked: {
    readonly lines: readonly string[]
    readonly people: boolean
  }) => Promise<Result<{ text: string }>>
}

/** `file` is which one it was, whatever its name is by then. */
type Part = {
  readonly text: string
  readonly from: number
  readonly next: number
  readonly anew: boolean
  readonly file: number | null
}
type Place = { readonly file: number | null; readonly after: number | null }
const nothing: Part = { text: '', from: 0, next: 0, anew: true, file: null }
const anywhere: Place = { file: null, after: null }

const isAbsent = (error: unknown): boolean => error instanceof Error && 'code' in error && error.code === 'ENOENT'

/** The whole lines of a file after a place, or, where that is too long ago or no longer there, of its end. */
const readPart = async (name: string, { file, after }: Place, mostBytes: number): Promise<Part> => {
  const handle = await open(name).catch((error: unknown) => {
    // Nothing was written yet, or it is being turned just now.
    if (isAbsent(error)) return null
    throw error
  })
  if (handle === null) return nothing
  try {
    const { size, ino } = await handle.stat()
    const isOther = file !== null && file !== ino
    const anew = after === null || isOther || after > size || size - after > mostBytes
    const from = anew ? Math.max(0, size - mostBytes) : after
    const buffer = Buffer.alloc(size - from)
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, from)
    const read = buffer.subarray(0, bytesRead)
    const end = read.lastIndexOf(newline) + 1
    const begin = anew && from > 0 ? Math.min(read.indexOf(newline) + 1, end) : 0
    return { text: read.toString('utf8', begin, end), from, next: from + end, anew, file: ino }
  } finally {
    await handle.close()
  }
}

export const createReadLog = ({ folder, people, log }: ReadLogDeps): ReadLog => {
  const current = path.join(folder, 'main.log')
  const before = path.join(folder, 'main.old.log')
  /** Which file was read last: another one may be as long by now as that was. */
  let followed: number | null = null
  const safely = async <T>(read: () => Promise<T>): Promise<Result<T>> => {
    try {
      return ok(await read())
    } catch (error) {
      log.warn('the log could not be read', { error: String(error) })
      return fail('unavailable')
    }
  }

  return {
    end: ({ after }) =>
      safely(async () => {
        const { text, from, next, anew, file } = await readPart(current, { file: followed, after }, endBytes)
        followed = file
        const older = anew && from === 0 ? (await readPart(before, anywhere, endBytes)).text : ''
        return {
          lines: parseLog(older + text)
            .slice(-mostLogLines)
            .map(shownLine),
          next,
          anew
        }
      }),
    ofCall: ({ callId }) =>
      safely(async () => {
        const [older, newer] = await Promise.all([before, current].map((file) => readPart(file, anywhere, wholeBytes)))
        const text = `${older?.text ?? ''}${newer?.text ?? ''}`
        return { lines: linesOfCall(text, callId).slice(-mostLogLines).map(shownLine), since: begunAt(text) }
      }),
    redact: async ({ lines, people: named }) => {
      const redact = named ? withoutSecrets : createRedactor(await people())
      return ok({ text: lines.join('\n').split('\n').map(redact).join('\n') })
    }
  }
}
