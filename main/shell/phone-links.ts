// Which program of the desktop opens phone links, and making that Tamas, where the person wants it. On Linux by the files
// and the tool that all desktops share; on macOS and Windows by Electron. What a link asks for is read in links/.
import type { App } from 'electron'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locale } from '../../common/i18n/index.ts'
import type { Logger } from '../../common/log.ts'
import type { PhoneLinksStanding } from '../../common/phone-links.ts'
import { fail, ok, type Result } from '../../common/result.ts'

export type PhoneLinks = {
  /** Asks the system each time, since other programs change it too. Never rejects. */
  readonly standing: () => Promise<PhoneLinksStanding>
  /** Fails with `links_not_taken`, also where the system took the word and goes on as before. */
  readonly take: () => Promise<Result<Record<never, never>>>
}

/** Those that other programs want to open as well. */
export const phoneSchemes = ['tel', 'callto', 'sip', 'sips'] as const
/** All that are Tamas's when it takes them. */
export const takenSchemes = [...phoneSchemes, 'tamas'] as const

/** How it stands, by whether each kind of link is ours. Pure. */
export const standingOf = (areOurs: readonly boolean[], program: string | null): PhoneLinksStanding =>
  areOurs.every(Boolean) ? { at: 'here' } : { at: areOurs.some(Boolean) ? 'partly' : 'elsewhere', program }

/** Where desktop files are, what comes first before what comes later. Pure. */
export const applicationFolders = (
  env: Readonly<Record<string, string | undefined>>,
  home: string
): readonly string[] =>
  [env['XDG_DATA_HOME'] || path.join(home, '.local/share'), env['XDG_DATA_DIRS'] || '/usr/local/share:/usr/share']
    .flatMap((list) => list.split(':'))
    // The standard passes over what is relative.
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, 'applications'))

/** What a program calls itself in its desktop file, in this language if it does. Pure. */
export const programName = (entry: string, locale: Locale): string | null => {
  // Its actions have names as well, in groups of their own.
  const group = entry.split(/^\[/m).find((text) => /^Desktop Entry]/.test(text)) ?? ''
  const value = (key: string): string | undefined =>
    new RegExp(`^${key}[ \\t]*=[ \\t]*(\\S.*?)\\s*$`, 'm').exec(group)?.[1]
  return value(`Name\\[${locale}\\]`) ?? value('Name') ?? null
}

/** The same for every system: one thing after the other, so that what is asked after a taking is told what it has done. */
const createPhoneLinks = (
  {
    look,
    give
  }: { readonly look: () => PhoneLinksStanding | Promise<PhoneLinksStanding>; readonly give: () => unknown },
  log: Logger
): PhoneLinks => {
  let doing: Promise<unknown> = Promise.resolve()
  const inTurn = <Value>(run: () => Value | Promise<Value>): Promise<Value> => {
    const done = doing.then(run)
    doing = done.catch(() => undefined)
    return done
  }
  return {
    standing: async () => {
      try {
        const standing = await inTurn(look)
        log.debug('who opens phone links', { at: standing.at })
        return standing
      } catch (error) {
        log.warn('it is not known who opens phone links', { error: String(error) })
        return { at: 'unknown' }
      }
    },
    take: async () => {
      try {
        const { at } = await inTurn(async () => {
          await give()
          return look()
        })
        log.info('the system was told to open phone links here', { at })
        return at === 'here' ? ok({}) : fail('links_not_taken', at)
      } catch (error) {
        log.warn('phone links could not be taken', { error: String(error) })
        return fail('links_not_taken')
      }
    }
  }
}

const ownFile = 'tamas.desktop'
/** Of a program that was there and ended by itself; one that is not there has a word in its place. */
const isExitCode = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && typeof error.code === 'number'
const typeOf = (scheme: string): string => `x-scheme-handler/${scheme}`

export const createLinuxPhoneLinks = (deps: {
  readonly folders: readonly string[]
  /** Runs `xdg-mime` with these words and gives what it says; rejects where it fails, is not there, or takes too long. */
  readonly xdgMime: (...words: readonly string[]) => Promise<string>
  readonly locale: () => Locale
  readonly log: Logger
}): PhoneLinks => {
  const { folders, xdgMime, locale, log } = deps
  /** The text of a desktop file; null where there is none. */
  const entryOf = async (file: string): Promise<string | null> => {
    if (file === '' || path.basename(file) !== file) return null
    const texts = await Promise.all(
      folders.map((folder) => readFile(path.join(folder, file), 'utf8').catch(() => null))
    )
    return texts.find((text) => text !== null) ?? null
  }
  /** The desktop file that opens them; '' where none does, for which some desktops' tools end with a code. */
  const openerOf = async (scheme: string): Promise<string> => {
    try {
      return (await xdgMime('query', 'default', typeOf(scheme))).trim()
    } catch (error) {
      if (isExitCode(error)) return ''
      throw error
    }
  }
  const look = async (): Promise<PhoneLinksStanding> => {
    if ((await entryOf(ownFile)) === null) return { at: 'unknown' }
    const openers = await Promise.all(phoneSchemes.map(openerOf))
    const other = await entryOf(openers.find((file) => file !== ownFile && file !== '') ?? '')
    return standingOf(
      openers.map((file) => file === ownFile),
      other === null ? null : programName(other, locale())
    )
  }
  return createPhoneLinks({ look, give: () => xdgMime('default', ownFile, ...takenSchemes.map(typeOf)) }, log)
}

/** What Electron's app does about it on macOS and Windows. Not seen there: this project has been run on Linux only. */
export type ProtocolClients = Pick<
  App,
  'isDefaultProtocolClient' | 'setAsDefaultProtocolClient' | 'getApplicationNameForProtocol'
>

export const createSystemPhoneLinks = (app: ProtocolClients, isPackaged: boolean, log: Logger): PhoneLinks => {
  const look = (): PhoneLinksStanding => {
    // A bare Electron is not what links should open.
    if (!isPackaged) return { at: 'unknown' }
    const areOurs = phoneSchemes.map((scheme) => app.isDefaultProtocolClient(scheme))
    const other = phoneSchemes[areOurs.indexOf(false)]
    return standingOf(areOurs, other === undefined ? null : app.getApplicationNameForProtocol(`${other}:`) || null)
  }
  const give = (): void => {
    for (const scheme of takenSchemes) app.setAsDefaultProtocolClient(scheme)
  }
  return createPhoneLinks({ look, give }, log)
}
