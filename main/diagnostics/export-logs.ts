// The logs as one text to be handed to whoever looks for a fault: what the app did and what its calls' delegate heard, the
// newest part of it, without secrets, and without people where the person wants that. Sends nothing anywhere.
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { About } from '../../common/about.ts'
import type { FileToSave, InvocationValue } from '../../common/ipc.ts'
import type { Logger } from '../../common/log.ts'
import { fail, type Result } from '../../common/result.ts'
import { createRedactor, withoutSecrets, type KnownPerson } from './redact.ts'

/** Oldest first, of each kind. */
const files = ['main.old.log', 'main.log', 'calls.jsonl.1', 'calls.jsonl'] as const
/** Of each: more than anybody reads, and less than a file may have. */
const mostChars = 2 * 1024 * 1024

export type ExportLogsDeps = {
  readonly folder: string
  /** Whom this phone knows, by all their names and numbers. */
  readonly people: () => Promise<readonly KnownPerson[]>
  /** What this copy of the app is. */
  readonly about: () => Promise<string>
  /** What is noted of crashes, the oldest first. */
  readonly crashes: () => readonly string[]
  readonly save: (file: FileToSave) => Promise<Result<InvocationValue<'file.save'>>>
  readonly log: Logger
}

/** What wrote the logs, and on what. */
export const aboutLine = (
  version: string,
  { electron, chrome, node }: Pick<About, 'electron' | 'chrome' | 'node'>
): string =>
  `tamas ${version} electron=${electron} chromium=${chrome} node=${node} system=${process.platform}-${process.arch}`

/** The end of it, from the beginning of a line. */
const newest = (text: string): string => {
  const end = text.slice(-mostChars)
  return end.length < text.length ? end.slice(end.indexOf('\n') + 1) : end
}

export type ExportLogs = (asked: { readonly people: boolean }) => Promise<Result<InvocationValue<'file.save'>>>

export const createExportLogs = (deps: ExportLogsDeps): ExportLogs => {
  const { folder, log } = deps
  const read = async (name: string): Promise<string> => {
    try {
      return newest(await readFile(path.join(folder, name), 'utf8'))
    } catch {
      // It is not there before something was written, or moved on.
      return ''
    }
  }

  return async ({ people }) => {
    const logs = await Promise.all(files.map(async (name) => ({ name, text: await read(name) })))
    const parts = [{ name: 'crashes', text: deps.crashes().join('\n') }, ...logs]
    if (parts.every(({ text }) => text === '')) return fail('not_found')
    const redact = people ? withoutSecrets : createRedactor(await deps.people())
    const sections = parts
      .filter(({ text }) => text !== '')
      .map(({ name, text }) => [`── ${name}`, ...text.trimEnd().split('\n').map(redact)].join('\n'))
    log.info('the logs are exported', { people })
    return deps.save({
      kind: 'log',
      name: 'tamas.log',
      text: [await deps.about(), ...sections, ''].join('\n\n')
    })
  }
}
