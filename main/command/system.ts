// A command with what this system gives it: the socket, the person's language, standard output. For whatever process runs it.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { chooseLocale, type Locale } from '../../common/i18n/index.ts'
import { readSettings } from '../../common/protocol/settings.ts'
import { askRunning } from './ask.ts'
import { runCommand, type Printed } from './run.ts'

export type CommandLine = {
  /** What follows the program. */
  readonly args: readonly string[]
  /** As it is typed. */
  readonly program: string
  readonly version: string
  /** The folder of the app's data. */
  readonly userData: string
  /** How the app is started that is to dial; null where it is not started from here. */
  readonly start: { readonly program: string; readonly args: readonly string[] } | null
}

/** `fa_IR.UTF-8` is `fa-IR`. */
const systemLanguages = ({ LC_ALL, LC_MESSAGES, LANG }: NodeJS.ProcessEnv): readonly string[] => {
  const set = [LC_ALL, LC_MESSAGES, LANG].find((value) => value !== undefined && value !== '')
  return [set?.split(/[.@]/)[0]?.replace('_', '-') ?? Intl.DateTimeFormat().resolvedOptions().locale]
}

/** The language that the person has chosen in the app; one that can't be read is the system's. */
const localeOf = (userData: string): Locale => {
  const stored = ((): unknown => {
    try {
      return JSON.parse(readFileSync(path.join(userData, 'settings.json'), 'utf8'))
    } catch {
      return null
    }
  })()
  return chooseLocale(readSettings(stored).language, systemLanguages(process.env))
}

/**
 * Chromium leaves files open for its children that Node hands on to this one: with them the new app would keep the helpers
 * of this process alive, and those its output, for which whoever reads it would wait in vain. The shell ends at once and
 * leaves the app to itself: a thread that ends with a child of its own takes the process down now and then (SIGABRT).
 */
const withoutOurFiles =
  'for file in /proc/self/fd/*; do n=${file##*/}; [ "$n" -gt 2 ] && eval "exec $n>&-"; done 2>/dev/null; setsid "$@" &'
const shell = '/bin/bash' // Plain sh closes no files above the ninth.

const startApart = ({ program, args }: { readonly program: string; readonly args: readonly string[] }): void => {
  if (process.platform === 'linux' && existsSync(shell)) {
    spawnSync(shell, ['-c', withoutOurFiles, 'tamas', program, ...args], { stdio: 'ignore' })
  } else spawn(program, args, { detached: true, stdio: 'ignore' }).unref()
}

export const runHere = ({ args, program, version, userData, start }: CommandLine): Promise<Printed | null> =>
  runCommand({
    args,
    program,
    version,
    locale: localeOf(userData),
    ask: (command, withinMs) => askRunning(userData, command, withinMs),
    start: start === null ? null : () => startApart(start),
    wait: (ms) => delay(ms)
  })

const write = (to: 1 | 2, text: string): void => {
  if (text === '') return
  try {
    writeSync(to, `${text}\n`)
  } catch {
    // Whoever reads is gone already, as behind `| head`.
  }
}

export const print = ({ out, err }: Printed): void => {
  write(1, out)
  write(2, err)
}
