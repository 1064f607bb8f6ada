// Keeps in the log what a page complains of: without it, an error in a page that nobody looks at is lost.
import type { WebContents } from 'electron'
import type { Logger } from '../../common/log.ts'

const longest = 500

/** The complaint in the event's arguments: one value since Electron 35, a list of them before; null for lesser messages. */
export const complaintOf = (told: readonly unknown[]): string | null => {
  const [event, level, message] = told
  if (typeof message === 'string') return level === 3 ? message : null
  if (typeof event !== 'object' || event === null || !('level' in event) || !('message' in event)) return null
  return event.level === 'error' && typeof event.message === 'string' ? event.message : null
}

export const logPageErrors = (page: WebContents, log: Logger): void => {
  page.on('console-message', (...told: readonly unknown[]) => {
    const complaint = complaintOf(told)
    if (complaint !== null) log.error('the page complains', { message: complaint.slice(0, longest) })
  })
}
