// electron-updater behind a port of values: asks the address, downloads and checks, puts in place. Never by itself, and what
// it makes of the answers is only which fault it was; when any of it is to be done is decided in updates.ts.
import type { AppUpdater } from 'electron-updater'
import type { UpdateFault, UpdateWay } from '../../common/updates.ts'
import type { Logger } from '../../common/log.ts'
import { errorText } from '../log.ts'

export type Downloaded =
  | { readonly ok: true; readonly way: UpdateWay }
  | { readonly ok: false; readonly fault: UpdateFault }
  /** It was given up on request. */
  | { readonly ok: false; readonly fault: null }

export type UpdateEngine = {
  /** The newer version; null where there is none. */
  readonly check: () => Promise<
    { readonly ok: true; readonly version: string | null } | { readonly ok: false; readonly fault: UpdateFault }
  >
  /** What the last check has found. */
  readonly download: (onPercent: (percent: number) => void, stop: AbortSignal) => Promise<Downloaded>
  /** Puts what was downloaded in the place of what runs, and starts it if wanted; the app ends right after. */
  readonly install: (start: boolean) => void
}

/** The part of electron-updater's updaters that is used. */
export type Updater = Pick<
  AppUpdater,
  'autoDownload' | 'autoInstallOnAppQuit' | 'logger' | 'checkForUpdates' | 'downloadUpdate' | 'quitAndInstall' | 'on'
> & { install?(isSilent: boolean, isForceRunAfter: boolean): boolean }

type Token = NonNullable<Parameters<AppUpdater['downloadUpdate']>[0]>
type Coded = { readonly code?: unknown }
const notSaved = ['ENOSPC', 'EACCES', 'EROFS', 'EPERM', 'EDQUOT']

/** Pure. */
export const faultOf = (error: unknown): UpdateFault => {
  const code = typeof error === 'object' && error !== null ? (error as Coded).code : undefined
  if (typeof code !== 'string') return 'unreachable'
  if (notSaved.includes(code)) return 'not_saved'
  // What it calls so: another hash or size than announced, or an announcement that is none.
  return /CHECKSUM_MISMATCH|^ERR_UPDATER_(INVALID|NO_CHECKSUM|NO_FILES|ASSET)/.test(code) ? 'damaged' : 'unreachable'
}

/** One word of a shell's command line, as it is. Pure. */
const quoted = (word: string): string => (/^[\w./~-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`)

export type EngineDeps = {
  readonly updater: Updater
  /** The program that installs a downloaded file with the system's packages; null where the app replaces itself. */
  readonly packageCommand: readonly string[] | null
  readonly log: Logger
}

export const createUpdateEngine = ({ updater, packageCommand, log }: EngineDeps): UpdateEngine => {
  updater.autoDownload = false
  updater.autoInstallOnAppQuit = false
  updater.logger = {
    info: (message: unknown) => log.debug(String(message)),
    warn: (message: unknown) => log.debug(String(message)),
    error: (message: unknown) => log.debug(String(message))
  }
  let tellPercent = (_percent: number): void => undefined
  updater.on('download-progress', ({ percent }) => tellPercent(Math.floor(percent)))
  // Each failure comes by its promise as well.
  updater.on('error', () => undefined)
  const failed = (what: string, error: unknown): UpdateFault => {
    const fault = faultOf(error)
    log.warn(what, { fault, error: errorText(error) })
    return fault
  }
  /** It gives one token with each answer, and a token that was used to give up is good for nothing more. */
  let token: Token | null = null
  const ask = async (): Promise<string | null> => {
    const found = await updater.checkForUpdates()
    token = found?.cancellationToken ?? null
    return found?.isUpdateAvailable === true ? found.updateInfo.version : null
  }
  return {
    check: async () => {
      try {
        return { ok: true, version: await ask() }
      } catch (error) {
        return { ok: false, fault: failed('no answer about updates', error) }
      }
    },
    download: async (onPercent, stop) => {
      tellPercent = onPercent
      const giveUp = (): void => {
        token?.cancel()
        token = null
      }
      stop.addEventListener('abort', giveUp, { once: true })
      try {
        if (token === null) await ask()
        const [file] = await updater.downloadUpdate(token ?? undefined)
        if (packageCommand === null) return { ok: true, way: { by: 'restart' } }
        return { ok: true, way: { by: 'command', command: [...packageCommand, quoted(file ?? '')].join(' ') } }
      } catch (error) {
        if (stop.aborted) return { ok: false, fault: null }
        return { ok: false, fault: failed('an update did not come', error) }
      } finally {
        stop.removeEventListener('abort', giveUp)
      }
    },
    install: (start) => {
      try {
        // Where the system does it (macOS), it wants to end the app itself.
        if (updater.install === undefined) updater.quitAndInstall(true, start)
        else updater.install(true, start)
      } catch (error) {
        log.error('an update could not be put in place', { error: errorText(error) })
      }
    }
  }
}
