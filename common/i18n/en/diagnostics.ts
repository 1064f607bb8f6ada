// English: what stopped unexpectedly, and the logs to look at.

import type { LogLevel } from '../../log.ts'
import { plural } from './plural.ts'

const levels: Record<LogLevel, string> = { debug: 'All', info: 'Info', warn: 'Warnings', error: 'Errors' }

export const diagnosticsEn = {
  /** The app ended. */
  appStopped: (when: string) => `Tamas stopped unexpectedly (${when}). A note of it is kept on this device only.`,
  /** The window's page went away and is back. */
  pageStopped: (when: string) =>
    `This window stopped unexpectedly and was opened again (${when}). A note of it is kept on this device only.`,
  show: 'Show',
  log: {
    open: 'Look at the log…',
    /** In the details of a past call. */
    ofCall: 'Show what happened',
    title: 'Log',
    callTitle: 'Log of this call',
    search: 'Search the log',
    levelsLabel: 'From which level',
    levels,
    follow: 'Follow',
    followHint: 'Keep the newest line in sight',
    lines: 'Lines of the log',
    /** The one that was pressed last, as a whole. */
    line: 'The whole line',
    found: (count: number, written: string) =>
      plural(count, { one: `${written} line found`, other: `${written} lines found` }),
    copyShown: 'Copy what is shown',
    copyChosen: (count: number, written: string) =>
      plural(count, { one: `Copy ${written} line`, other: `Copy ${written} lines` }),
    copied: (count: number, written: string) =>
      plural(count, { one: `${written} line was copied.`, other: `${written} lines were copied.` }),
    copyFailed: 'The lines could not be copied. Try again, or save the logs as a file in Settings, About Tamas.',
    widen: 'Show all lines',
    none: {
      empty: { title: 'Nothing is in the log yet', text: 'What Tamas does will stand here.' },
      found: { title: 'No line fits', text: 'Try other words, or a level with more lines.' },
      failed: {
        title: 'The log could not be read',
        text: 'Try again. If that does not help, look at the file itself: its place is in Settings, About Tamas.'
      },
      gone: {
        title: 'The log of that time is gone',
        text: 'The log keeps the newest lines only, and this call was before them.'
      },
      notHere: {
        title: 'Nothing of this call is in the log',
        text: 'It was on another of your devices, or never reached this one.'
      }
    }
  }
}
