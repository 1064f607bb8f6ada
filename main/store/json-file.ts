// One JSON file: read once, parsed, written whole and atomically. A file that can't be understood is kept aside, not lost.
import { readdir, readFile, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { fileErrorCode, writeAtomically } from './atomic-file.ts'

export type JsonFile<T> = {
  /** The stored value, or the fallback where there is none or it can't be understood. Never rejects. */
  readonly load: () => Promise<T>
  /** One write at a time, the newest value last. Fails with `storage_failed`. */
  readonly save: (value: T) => Promise<Result<Record<never, never>>>
  /** Resolves when what was to be saved is on the disk, or could not be put there. */
  readonly settled: () => Promise<void>
}

export type JsonFileOptions<T> = {
  readonly file: string
  /** Makes a value of what stood in the file. Throws if it can't. */
  readonly parse: (stored: unknown) => T
  readonly fallback: T
  /** What stood in the file is put aside; the fallback is used. */
  readonly onDamaged?: () => void
  readonly log: Logger
}

const id = /^[0-9a-f-]{36}\.tmp$/

/** Removes what a crash between writing and renaming left beside the file. */
const removeLeftovers = async (file: string): Promise<void> => {
  const folder = path.dirname(file)
  const begin = `${path.basename(file)}.`
  const names = await readdir(folder).catch(() => [])
  const left = names.filter((name) => name.startsWith(begin) && id.test(name.slice(begin.length)))
  await Promise.all(left.map((name) => rm(path.join(folder, name), { force: true }).catch(() => undefined)))
}

export const createJsonFile = <T>({ file, parse, fallback, onDamaged, log }: JsonFileOptions<T>): JsonFile<T> => {
  const name = path.basename(file)
  let writing: Promise<unknown> = Promise.resolve()

  const keepAside = async (error: unknown): Promise<void> => {
    const aside = `${file}.damaged`
    log.error('a stored file could not be understood; it is kept aside', { name, aside, error: String(error) })
    await rename(file, aside).catch((failed: unknown) => {
      log.error('it could not be kept aside', { name, error: fileErrorCode(failed) })
    })
  }

  return {
    load: async () => {
      // Before the next save, whose own file would look like one of them; whoever reads need not wait.
      writing = writing.then(() => removeLeftovers(file))
      let text: string
      try {
        text = await readFile(file, 'utf8')
      } catch (error) {
        if (fileErrorCode(error) !== 'ENOENT')
          log.error('a stored file could not be read', { name, error: fileErrorCode(error) })
        return fallback
      }
      try {
        return parse(JSON.parse(text))
      } catch (error) {
        await keepAside(error)
        onDamaged?.()
        return fallback
      }
    },
    save: (value) => {
      const saved = writing.then(async () => {
        try {
          await writeAtomically(file, `${JSON.stringify(value, null, 2)}\n`)
          return ok({})
        } catch (error) {
          log.error('a file could not be saved', { name, error: fileErrorCode(error) })
          return fail('storage_failed', fileErrorCode(error))
        }
      })
      writing = saved
      return saved
    },
    settled: async () => {
      await writing
    }
  }
}
