// One command from its words to what is printed and the exit code. What it needs from the system is handed in, since it
// runs in the program itself, in a thread of it, and in a script of the repository.
import { catalogue, type Catalogue, type Locale } from '../../common/i18n/index.ts'
import type { Command, CommandAnswer } from '../../common/protocol/command.ts'
import { unreachable } from '../../common/result.ts'
import { secondMs } from '../../common/time.ts'
import type { Asking } from './ask.ts'
import { readWords } from './words.ts'

/** 0 done, 1 refused, 2 wrong use, 3 the app does not run. */
export type Printed = { readonly code: 0 | 1 | 2 | 3; readonly out: string; readonly err: string }

export type RunDeps = {
  /** What follows the program. */
  readonly args: readonly string[]
  /** As it is typed. */
  readonly program: string
  readonly version: string
  readonly locale: Locale
  readonly ask: (command: Command, withinMs?: number) => Promise<Asking>
  /** Starts the app beside this process; null where that is not wanted. */
  readonly start: (() => void) | null
  readonly wait: (ms: number) => Promise<void>
}

/** A cold start on a slow machine, and signing in; the app itself waits for its connection for less. */
const startTries = 150
const betweenTriesMs = 200
export const joinWithinMs = 20 * secondMs

/** Names come from elsewhere: what could steer a terminal is left out of them. */
const harmless = (text: string): string => text.replace(/[^\P{Cc}\n]/gu, '')

const done = (out: string): Printed => ({ code: 0, out: harmless(out), err: '' })
const wrongly = (err: string): Printed => ({ code: 2, out: '', err: harmless(err) })
const refused = (err: string): Printed => ({ code: 1, out: '', err: harmless(err) })

const told = (answer: CommandAnswer, json: boolean, words: Catalogue['command']): Printed => {
  switch (answer.outcome) {
    case 'done':
      return done(json && answer.status !== null ? JSON.stringify(answer.status) : answer.text)
    case 'refused':
      return refused(answer.text)
    case 'starting':
      return refused(words.starting)
    case 'unknown':
      return refused(words.notUnderstood)
    default:
      return unreachable(answer)
  }
}

/** It does not run, or not whole yet. */
const isNotThere = (asking: Asking): boolean =>
  asking.kind === 'absent' || (asking.kind === 'answer' && asking.answer.outcome === 'starting')

/** Null where the words are no command. Never rejects. */
export const runCommand = async (deps: RunDeps): Promise<Printed | null> => {
  const { program, ask, start } = deps
  const words = catalogue(deps.locale).command

  const tell = (asking: Asking, json: boolean): Printed => {
    switch (asking.kind) {
      case 'answer':
        return told(asking.answer, json, words)
      case 'silent':
        return refused(words.noAnswer)
      case 'absent':
        return { code: 3, out: '', err: words.notRunning }
      default:
        return unreachable(asking)
    }
  }

  const dialOnceThere = async (dial: Command & { name: 'dial' }): Promise<Printed> => {
    for (let tries = 0; tries < startTries; tries += 1) {
      await deps.wait(betweenTriesMs)
      const asking = await ask({ ...dial, patient: true }, joinWithinMs + 5 * secondMs)
      if (!isNotThere(asking)) return tell(asking, false)
    }
    return refused(words.notStarted)
  }

  const asked = readWords(deps.args)
  switch (asked.kind) {
    case 'app':
      return null
    case 'help':
      return done(words.help(program))
    case 'version':
      return done(deps.version)
    case 'wrong':
      return wrongly(
        {
          unknown: words.unknown(asked.word, program),
          unexpected: words.unexpected(asked.word, program),
          noNumber: words.noNumber(program),
          notDialable: words.notDialable
        }[asked.why]
      )
    case 'command': {
      const { command, json } = asked
      const asking = await ask(command)
      if (command.name !== 'dial' || start === null || !isNotThere(asking)) return tell(asking, json)
      if (asking.kind === 'absent') start()
      return dialOnceThere(command)
    }
    default:
      return unreachable(asked)
  }
}
