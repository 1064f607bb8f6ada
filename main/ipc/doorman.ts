// The doorman: the only file that touches ipcMain and webContents.send. Lets in what a window of ours may ask, in a
// shape that parses, and answers a Result whatever happens. It decides nothing about calls.
import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import {
  announcementRoles,
  channelOf,
  invocationRoles,
  type AnnouncementName,
  type Announcements,
  type InvocationData,
  type InvocationName,
  type InvocationValue,
  type WindowRole
} from '../../common/ipc.ts'
import type { Logger } from '../../common/log.ts'
import { invocationSchemas } from '../../common/protocol/ipc-schemas.ts'
import { fail, type Result } from '../../common/result.ts'

/** What main does for each invocation. The data has been parsed; a rejection becomes `internal`. */
export type Handlers = {
  readonly [N in InvocationName]: (
    data: InvocationData<N>
  ) => Result<InvocationValue<N>> | Promise<Result<InvocationValue<N>>>
}

/** The few things of Electron's that the doorman uses, so that tests can stand in for them. */
export type DoormanIpc = Pick<IpcMain, 'handle' | 'removeHandler'>
export type DoormanPage = Pick<WebContents, 'id' | 'mainFrame' | 'isDestroyed' | 'send' | 'getURL' | 'once'>
export type DoormanEvent = Pick<IpcMainInvokeEvent, 'sender' | 'senderFrame'>

export type DoormanDeps = {
  readonly ipc: DoormanIpc
  readonly handlers: Handlers
  /** Whether a URL is a page of ours (app://…). */
  readonly isOwnUrl: (url: string) => boolean
  readonly log: Logger
}

export type Doorman = {
  /** Lets a window in with a role, until its page is destroyed. */
  readonly admit: (page: DoormanPage, role: WindowRole) => void
  /** Says it to every window whose role may hear it. */
  readonly announce: <N extends AnnouncementName>(name: N, data: Announcements[N]) => void
  readonly close: () => void
}

const names = Object.keys(invocationRoles) as InvocationName[]

export const createDoorman = ({ ipc, handlers, isOwnUrl, log }: DoormanDeps): Doorman => {
  const pages = new Map<number, { readonly page: DoormanPage; readonly role: WindowRole }>()

  /** The reason to turn an invocation away, or null. Reads the frame at once: later it may have navigated away. */
  const refusal = (name: InvocationName, event: DoormanEvent): string | null => {
    const known = pages.get(event.sender.id)
    if (known === undefined) return 'not a window of ours'
    const frame = event.senderFrame
    if (frame === null) return 'its frame is gone'
    if (frame !== known.page.mainFrame) return 'not the top frame'
    if (!isOwnUrl(frame.url)) return 'not a page of ours'
    if (!invocationRoles[name].includes(known.role)) return `the role ${known.role} may not use it`
    return null
  }

  const answer = async <N extends InvocationName>(
    name: N,
    event: DoormanEvent,
    data: unknown
  ): Promise<Result<InvocationValue<N>>> => {
    try {
      const refused = refusal(name, event)
      if (refused !== null) {
        log.warn('an invocation was refused', { name, refused })
        return fail('access_denied', refused)
      }
      const parsed = invocationSchemas[name].safeParse(data)
      if (!parsed.success) {
        // Only where it does not fit: what was sent may hold a password.
        const at = parsed.error.issues.map(({ path, code }) => `${path.join('.') || '(whole)'}: ${code}`).join(', ')
        log.warn('an invocation did not parse', { name, at })
        return fail('bad_request', at)
      }
      return await handlers[name](parsed.data)
    } catch (error) {
      log.error('an invocation failed', { name, error: error instanceof Error ? (error.stack ?? error.message) : '?' })
      return fail('internal', name)
    }
  }

  for (const name of names) ipc.handle(channelOf(name), (event, data: unknown) => answer(name, event, data))

  return {
    admit: (page, role) => {
      const { id } = page
      pages.set(id, { page, role })
      page.once('destroyed', () => pages.delete(id))
    },
    announce: (name, data) => {
      for (const { page, role } of pages.values()) {
        if (!announcementRoles[name].includes(role)) continue
        try {
          if (!page.isDestroyed() && isOwnUrl(page.getURL())) page.send(channelOf(name), data)
        } catch (error) {
          // A page that is going away: it will ask for the whole when it is back.
          log.warn('an announcement was lost', { name, role, error: String(error) })
        }
      }
    },
    close: () => {
      for (const name of names) ipc.removeHandler(channelOf(name))
      pages.clear()
    }
  }
}
