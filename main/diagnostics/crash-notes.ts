// What stopped unexpectedly, kept as small text files on this machine, the newest few; nothing is ever sent. Written at
// once and synchronously: whoever crashes has no later. Who notices a crash is follow-crashes.ts.
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Logger } from '../../common/log.ts'
import { minuteMs } from '../../common/time.ts'
import { withoutSecrets } from './redact.ts'

/**
 * `app`: it ended. `page`: the main window's page went away, and came back. `fault`: an error that nobody caught, and
 * that ended nothing. `process`: another of the app's processes. The person is told of the first two.
 */
export type CrashKind = 'app' | 'page' | 'fault' | 'process'
export type Crash = {
  readonly what: CrashKind
  /** What is known of it in a few words. */
  readonly reason: string
  readonly stack?: string
}
export type Told = { readonly at: number; readonly what: 'app' | 'page' }

export type CrashNotes = {
  readonly add: (crash: Crash) => void
  /** What the person has not been told of yet, the newest of it; after that it is told. */
  readonly tell: () => Told | null
  /** All that are kept, the oldest first. */
  readonly read: () => readonly string[]
  /** Takes native dumps for what they are, crashes that no note tells of, and removes old ones. */
  readonly adoptDumps: (folder: string) => void
}

const most = 10
/** Something that fails again and again leaves the earlier notes alone. */
const mostPerMinute = 3
/** A dump is written a little before or after the note of its crash. */
const sameCrashMs = minuteMs
const noteName = /^(\d{13})-(app|page|fault|process)\.txt$/

type Note = { readonly at: number; readonly what: CrashKind; readonly name: string }

const noteOf = (name: string): readonly Note[] => {
  const [, at, what] = noteName.exec(name) ?? []
  return at === undefined ? [] : [{ at: Number(at), what: what as CrashKind, name }]
}

/** The dumps in the folders of the folder, whose names are not the same on all systems; the oldest first. */
const dumpsIn = (folder: string): readonly { readonly file: string; readonly at: number }[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((below) => below.isDirectory())
    .flatMap((below) => readdirSync(path.join(folder, below.name)).map((name) => path.join(folder, below.name, name)))
    .filter((file) => file.endsWith('.dmp'))
    .map((file) => ({ file, at: Math.round(statSync(file).mtimeMs) }))
    .sort((one, other) => one.at - other.at)

export const createCrashNotes = (options: {
  readonly folder: string
  /** What this copy of the app is, as one line. */
  readonly about: string
  readonly wallTime: () => number
  readonly log: Logger
}): CrashNotes => {
  const { folder, wallTime, log } = options
  const toldFile = path.join(folder, 'told')
  /** A crash must not be followed by another one for want of a disk. */
  const attempt = <T>(what: string, run: () => T, otherwise: T): T => {
    try {
      return run()
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT'))
        log.warn(`${what} failed`, { error: String(error) })
      return otherwise
    }
  }
  const list = (): readonly Note[] =>
    attempt('listing the crash notes', () => readdirSync(folder).sort().flatMap(noteOf), [])
  const toldUntil = (): number => attempt('reading what was told', () => Number(readFileSync(toldFile, 'utf8')) || 0, 0)

  const write = (at: number, { what, reason, stack }: Crash): void => {
    const lines = [options.about, `time ${new Date(at).toISOString()}`, `what ${what}`, `reason ${reason}`]
    const text = [...lines, ...(stack === undefined ? [] : stack.split('\n'))].map(withoutSecrets).join('\n')
    attempt(
      'writing a crash note',
      () => {
        mkdirSync(folder, { recursive: true, mode: 0o700 })
        writeFileSync(path.join(folder, `${String(at)}-${what}.txt`), `${text}\n`, { mode: 0o600 })
        for (const { name } of list().slice(0, -most)) rmSync(path.join(folder, name), { force: true })
      },
      undefined
    )
  }

  return {
    add: (crash) => {
      const now = wallTime()
      // Either way: a clock that was set back must keep no note away.
      if (list().filter(({ at }) => Math.abs(now - at) < minuteMs).length < mostPerMinute) write(now, crash)
    },
    tell: () => {
      const since = toldUntil()
      const untold = list().flatMap(({ at, what }) =>
        at > since && (what === 'app' || what === 'page') ? [{ at, what }] : []
      )
      const newest = untold.at(-1) ?? null
      if (newest !== null)
        attempt('noting what was told', () => writeFileSync(toldFile, String(newest.at), { mode: 0o600 }), undefined)
      return newest
    },
    read: () =>
      list().map(({ name }) =>
        attempt('reading a crash note', () => readFileSync(path.join(folder, name), 'utf8'), '')
      ),
    adoptDumps: (dumpFolder) => {
      attempt(
        'looking at the native dumps',
        () => {
          const dumps = dumpsIn(dumpFolder)
          const notes = list()
          const known = Math.max(toldUntil(), ...notes.map(({ at }) => at), 0)
          for (const { file } of dumps.slice(0, -most)) rmSync(file, { force: true })
          const newest = dumps.at(-1)
          if (newest !== undefined && newest.at > known + sameCrashMs)
            write(newest.at, { what: 'app', reason: `native, see ${path.basename(newest.file)}` })
        },
        undefined
      )
    }
  }
}
