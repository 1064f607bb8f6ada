// Saves a file that a page has made where the person says, readable by them alone. Knows no dialog of its own: one is
// handed to it. Reads nothing.
import path from 'node:path'
import type { FileFilter } from 'electron'
import type { Catalogue } from '../../common/i18n/index.ts'
import type { FileToSave, InvocationValue } from '../../common/ipc.ts'
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { fileErrorCode } from '../store/atomic-file.ts'

export type SaveQuestion = {
  readonly title: string
  /** The folder and the name to begin with. */
  readonly defaultPath: string
  readonly filters: FileFilter[]
}

/** Asks the person where to: the whole path, or null where they do not want to. */
export type AskWhereToSave = (question: SaveQuestion) => Promise<string | null>

export type SaveFileDeps = {
  readonly ask: AskWhereToSave
  /** The folder that people find their files in. May throw where the system names none. */
  readonly folder: () => string
  readonly words: () => Catalogue['shell']
  readonly write: (file: string, text: string) => Promise<void>
  readonly log: Logger
}

const endings: { readonly [K in FileToSave['kind']]: string } = { vcard: 'vcf', csv: 'csv', json: 'json', log: 'log' }

/** A name that is one on every system: no folder, no hidden file, nothing that does not show, and the right ending. */
export const suggestedName = (name: string, kind: FileToSave['kind']): string => {
  const ending = `.${endings[kind]}`
  const shown = name
    .replace(/[\p{Cc}\p{Cf}]/gu, (sign) => (sign === '\u200c' ? sign : ''))
    .replace(/[/\\:*?"<>|]/g, '-')
  const bare = shown.toLowerCase().endsWith(ending) ? shown.slice(0, -ending.length) : shown
  const trimmed = bare.replace(/^[\s.]+|[\s.]+$/g, '')
  return `${trimmed === '' ? 'tamas' : trimmed}${ending}`
}

/** One question at a time: while it is open, another is given up at once. */
export const createSaveFile = (
  deps: SaveFileDeps
): ((file: FileToSave) => Promise<Result<InvocationValue<'file.save'>>>) => {
  const { log } = deps
  let isAsking = false
  /** Where the last one went is where the next one belongs. */
  let lastFolder: string | null = null

  const firstFolder = (): string => {
    try {
      return deps.folder()
    } catch (error) {
      log.info('the system names no folder for documents', { error: String(error) })
      return ''
    }
  }
  const ask = async ({ kind, name }: FileToSave): Promise<string | null> => {
    const words = deps.words().saveFile
    isAsking = true
    try {
      return await deps.ask({
        title: words.title,
        defaultPath: path.join(lastFolder ?? firstFolder(), suggestedName(name, kind)),
        filters: [
          { name: words[kind], extensions: [endings[kind]] },
          { name: words.all, extensions: ['*'] }
        ]
      })
    } finally {
      isAsking = false
    }
  }

  return async (file) => {
    if (isAsking) return ok({ outcome: 'cancelled' })
    const chosen = await ask(file)
    if (chosen === null) return ok({ outcome: 'cancelled' })
    try {
      await deps.write(chosen, file.text)
    } catch (error) {
      const code = fileErrorCode(error)
      // Not where to: that is the person's.
      log.warn('a file could not be saved', { kind: file.kind, code })
      return fail('file_not_saved', code)
    }
    lastFolder = path.dirname(chosen)
    return ok({ outcome: 'saved' })
  }
}
