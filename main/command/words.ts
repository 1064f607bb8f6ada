// Reads the words of a command line: which command they are, or what is wrong with them. Pure. A link is never a word: what
// stands after `--`, where desktops put it, is not looked at here.
import { dialTarget } from '../../common/dial-target.ts'
import { isLink } from '../../common/links.ts'
import type { Change, Command } from '../../common/protocol/command.ts'
import { readLink } from '../links/read-link.ts'

export type Asked =
  /** No command: the app itself is wanted, or a link is brought. */
  | { readonly kind: 'app' }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'command'; readonly command: Command; readonly json: boolean }
  | {
      readonly kind: 'wrong'
      readonly why: 'unknown' | 'unexpected' | 'noNumber' | 'notDialable'
      readonly word: string
    }

/**
 * What follows the program on its command line. In development that is Electron, with the app's folder among its own
 * arguments: `resolved` makes of an argument what `appPath` is written as.
 */
export const argumentsAfter = (
  commandLine: readonly string[],
  appPath: string | null,
  resolved: (argument: string) => string
): readonly string[] => {
  if (appPath === null) return commandLine.slice(1)
  return commandLine.slice(commandLine.findIndex((argument) => resolved(argument) === appPath) + 1)
}

const isSwitch = (word: string): boolean => word.startsWith('-')

/** Where the words begin: behind the program's own switches. The length where there is no word. */
export const firstWord = (args: readonly string[]): number => {
  const at = args.findIndex(
    (arg) => !isSwitch(arg) || arg === '--' || arg === '-h' || arg === '--help' || arg === '--version'
  )
  return at === -1 ? args.length : at
}

const wrong = (why: (Asked & { kind: 'wrong' })['why'], word = ''): Asked => ({ kind: 'wrong', why, word })

const isChange = (word: string): word is Change => word === 'on' || word === 'off' || word === 'toggle'

/** A number, a name, or a link that asks for a call to one, copied from somewhere. */
const target = (text: string): string | null => {
  if (!isLink(text)) return dialTarget(text)
  const link = readLink(text)
  return link.ok && link.target.kind === 'dial' ? link.target.to : null
}

const dial = (words: readonly string[]): Asked => {
  // `tamas dial 0912 345 6789` is one number.
  const text = words.join(' ')
  if (text.trim() === '') return wrong('noNumber')
  const to = target(text)
  return to === null
    ? wrong('notDialable')
    : { kind: 'command', command: { name: 'dial', to, patient: false }, json: false }
}

/** `args` is what follows the program, and in development the app's folder. */
export const readWords = (args: readonly string[]): Asked => {
  const [word, ...rest] = args.slice(firstWord(args))
  // A link without the hyphens is brought by hand: the app asks about it.
  if (word === undefined || word === '--' || isLink(word)) return { kind: 'app' }
  if (word === '--help' || word === '-h' || word === 'help') return { kind: 'help' }
  if (word === '--version' || word === 'version') return { kind: 'version' }
  if (rest.some((other) => other === '--help' || other === '-h')) return { kind: 'help' }
  const plain = (command: Command): Asked => {
    const [extra] = rest
    return extra === undefined ? { kind: 'command', command, json: false } : wrong('unexpected', extra)
  }
  switch (word) {
    case 'dial':
      return dial(rest)
    case 'answer':
    case 'decline':
    case 'hangup':
    case 'show':
    case 'quit':
      return plain({ name: word })
    case 'mute':
    case 'hold': {
      const [which = 'toggle', extra] = rest
      if (!isChange(which)) return wrong('unexpected', which)
      return extra === undefined
        ? { kind: 'command', command: { name: word, change: which }, json: false }
        : wrong('unexpected', extra)
    }
    case 'status': {
      const extra = rest.find((other) => other !== '--json')
      return extra === undefined
        ? { kind: 'command', command: { name: 'status' }, json: rest.length > 0 }
        : wrong('unexpected', extra)
    }
    default:
      return wrong('unknown', word)
  }
}
