// Hears of everything of the app that stops unexpectedly, and has it noted. Whether anything is made again is the windows'.
import { app, crashReporter, type WebContents } from 'electron'
import type { Logger } from '../../common/log.ts'
import { errorText } from '../log.ts'
import type { CrashNotes } from './crash-notes.ts'

type Gone = { readonly reason: string; readonly exitCode: number }

/** The signals of a desktop session that ends, and of Ctrl+C: to all processes at once, in any order. */
const asked = [2, 15]
/** Pure. */
export const isUnexpected = ({ reason, exitCode }: Gone): boolean =>
  reason !== 'clean-exit' && !(reason === 'killed' && asked.includes(exitCode))

const words = ({ reason, exitCode }: Gone): string => `${reason} exitCode=${String(exitCode)}`
const isMain = (page: WebContents): boolean => page.getURL().endsWith('/index.html')

/** Native dumps stay in the app's folder: they are sent nowhere. Before Electron is ready. */
export const keepDumps = (notes: CrashNotes): void => {
  crashReporter.start({ uploadToServer: false })
  notes.adoptDumps(app.getPath('crashDumps'))
}

/** A fault in one part must not end the calls of the others; Electron's own dialog would stop everything. */
export const followCrashes = (notes: CrashNotes, log: Logger): void => {
  const fault = (how: 'uncaught' | 'unhandled', error: unknown): void => {
    log.error(how, { error: errorText(error) })
    notes.add({ what: 'fault', reason: how, stack: errorText(error) })
  }
  process.on('uncaughtException', (error) => fault('uncaught', error))
  process.on('unhandledRejection', (error) => fault('unhandled', error))
  let isLeaving = false
  app.once('before-quit', () => {
    isLeaving = true
  })
  app.on('render-process-gone', (_event, page, gone) => {
    if (isLeaving || !isUnexpected(gone)) return
    notes.add({ what: isMain(page) ? 'page' : 'process', reason: words(gone) })
  })
  app.on('child-process-gone', (_event, gone) => {
    if (isLeaving || !isUnexpected(gone)) return
    log.warn('a process went away', { type: gone.type, reason: gone.reason, exitCode: gone.exitCode })
    notes.add({ what: 'process', reason: `${gone.type} ${words(gone)}` })
  })
}
