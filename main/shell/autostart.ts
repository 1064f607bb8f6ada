// Starts the app, hidden, when the person signs in to the system, as the setting says. On Linux by a file of the desktop's
// own standard; on macOS and Windows by Electron, which keeps it in the system. Reads no setting itself.
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import { catalogue, locales } from '../../common/i18n/index.ts'
import type { Logger } from '../../common/log.ts'
import { fileErrorCode } from '../store/atomic-file.ts'

export type Autostart = {
  /** The setting has been changed. Never rejects: a failure is logged, and the next start tries again. */
  readonly set: (isOn: boolean) => Promise<void>
  /** The app has started with the setting on: the program may have moved since. */
  readonly renew: () => Promise<void>
}

/** What starts the app: a program and its arguments. */
export type Program = { readonly path: string; readonly args: readonly string[] }

export type ProgramFacts = {
  readonly execPath: string
  /** The file that the person has, where the program runs out of an image of it. */
  readonly appImage: string | undefined
  /** The app's folder, where a bare Electron is given it. */
  readonly appFolder: string
  readonly isPackaged: boolean
  /** The folder of the data, where this start was told another one than usual; empty otherwise. */
  readonly userDataSwitch: string
}

/**
 * The image that this program runs out of. Who was started by another image's program has inherited that one's variables.
 * Pure.
 */
export const ownAppImage = (
  execPath: string,
  { APPIMAGE, APPDIR }: { readonly [name: string]: string | undefined }
): string | undefined =>
  APPDIR !== undefined && execPath.startsWith(`${path.resolve(APPDIR)}${path.sep}`) ? APPIMAGE : undefined

/** How this very app is started hidden. Pure. */
export const hiddenStart = ({ execPath, appImage, appFolder, isPackaged, userDataSwitch }: ProgramFacts): Program => ({
  path: isPackaged ? (appImage ?? execPath) : execPath,
  args: [
    ...(isPackaged ? [] : [appFolder]),
    ...(userDataSwitch === '' ? [] : [`--user-data-dir=${path.resolve(userDataSwitch)}`]),
    '--hidden'
  ]
})

/**
 * One word of an Exec line: quoted, with what the quotes do not cover escaped, that once more for the value of a key, and
 * the percent signs that would be filled in. Pure.
 */
export const execWord = (word: string): string => {
  const quoted = `"${word.replace(/["`$\\]/g, (sign) => `\\${sign}`)}"`
  return quoted.replaceAll('\\', '\\\\').replaceAll('%', '%%')
}

/** The app's name in each language; the first one is for all the others. */
const names = locales.map((locale, at) => `${at === 0 ? 'Name' : `Name[${locale}]`}=${catalogue(locale).shell.appName}`)

/** The file's text. Pure. */
export const autostartEntry = ({ path: program, args }: Program): string =>
  [
    '[Desktop Entry]',
    'Type=Application',
    ...names,
    `Exec=${[program, ...args].map(execWord).join(' ')}`,
    // A desktop passes over what was removed since; here a backslash is all that has to be escaped.
    `TryExec=${program.replaceAll('\\', '\\\\')}`,
    'Icon=tamas',
    'Terminal=false',
    'StartupNotify=false',
    'X-GNOME-Autostart-enabled=true',
    ''
  ].join('\n')

/** Whether the person has turned it off by the desktop's own means, which leave the file. Pure. */
export const isTurnedOff = (entry: string): boolean => /^(Hidden=true|X-GNOME-Autostart-enabled=false)\s*$/m.test(entry)

export const createLinuxAutostart = (deps: {
  /** The folder of the person's settings, `~/.config`. */
  readonly configFolder: string
  readonly program: Program
  readonly write: (file: string, text: string) => Promise<void>
  readonly log: Logger
}): Autostart => {
  const { program, write, log } = deps
  const file = path.join(deps.configFolder, 'autostart', 'tamas.desktop')
  const entry = autostartEntry(program)
  /** One after the other: on and off in a hurry end as the last one said. */
  let doing: Promise<void> = Promise.resolve()
  const inTurn = (run: () => Promise<void>): Promise<void> => {
    doing = doing.then(run).catch((error: unknown) => {
      log.warn('the start at signing in could not be set', { code: fileErrorCode(error) })
    })
    return doing
  }
  return {
    set: (isOn) => inTurn(() => (isOn ? write(file, entry) : rm(file, { force: true }))),
    renew: () =>
      inTurn(async () => {
        const there = await readFile(file, 'utf8').catch(() => '')
        if (there === entry || isTurnedOff(there)) return
        await write(file, entry)
      })
  }
}

/** What Electron's app does about it on macOS and Windows. Not seen there: this project has been run on Linux only. */
export type LoginItems = {
  setLoginItemSettings(settings: { openAtLogin: boolean; openAsHidden: boolean; path: string; args: string[] }): void
}

export const createSystemAutostart = (items: LoginItems, { path: program, args }: Program): Autostart => {
  const set = (openAtLogin: boolean): Promise<void> => {
    items.setLoginItemSettings({ openAtLogin, openAsHidden: true, path: program, args: [...args] })
    return Promise.resolve()
  }
  // The system knows where the app is, and lets the person turn it off there: nothing is renewed.
  return { set, renew: () => Promise.resolve() }
}
