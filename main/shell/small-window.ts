// A window that accompanies the main one: small, frameless, above all others, and up without ever taking the focus. When it
// is wanted, where, and what becomes of it is for those who open it (ring-window.ts, mini-window.ts).
import { BrowserWindow, type WebContents } from 'electron'
import type { Logger } from '../../common/log.ts'
import type { Bounds } from './bounds.ts'
import { safePreferences } from './pages.ts'
import { pageUrl } from './scheme.ts'

/** What all small windows need of the app. */
export type SmallWindowDeps = {
  readonly preload: string
  readonly icon: string
  readonly title: () => string
  readonly onPage: (page: WebContents) => void
  /** How large words are to be, times the usual. */
  readonly textSize: () => number
  readonly log: Logger
}

type Small = {
  /** For the log. */
  readonly name: string
  readonly page: 'ring.html' | 'mini.html'
  readonly place: Bounds
  /** What X11's window managers are told that it is: how they place it, and whether they keep their hands off it. */
  readonly linuxType: 'notification' | 'toolbar'
  readonly level: 'screen-saver' | 'floating'
  /** Whether it is still the one that is wanted; what happens to one of before is nothing any more. */
  readonly isCurrent: (window: BrowserWindow) => boolean
  readonly shown: () => void
  /** Its page is gone. */
  readonly broken: () => void
  /** Closed by the person, by the window manager's means. */
  readonly closed: () => void
}

/** Opens it; it is up when its page is drawn. */
export const openSmallWindow = (deps: SmallWindowDeps, small: Small): BrowserWindow => {
  const { log } = deps
  const { name, isCurrent } = small
  const made = new BrowserWindow({
    ...small.place,
    title: deps.title(),
    icon: deps.icon,
    show: false,
    frame: false,
    resizable: false,
    minimizable: false,
    maximizable: false,
    fullscreenable: false,
    skipTaskbar: true,
    alwaysOnTop: true,
    ...(process.platform === 'linux' ? { type: small.linuxType } : {}),
    acceptFirstMouse: true,
    webPreferences: safePreferences(deps.preload)
  })
  deps.onPage(made.webContents)
  made.once('ready-to-show', () => {
    if (!isCurrent(made)) return
    made.showInactive()
    // X11 forgets these of a window that is not mapped yet.
    made.setAlwaysOnTop(true, small.level)
    made.setVisibleOnAllWorkspaces(true)
    small.shown()
  })
  made.on('page-title-updated', (event) => {
    event.preventDefault()
  })
  made.webContents.on('render-process-gone', (_event, { reason }) => {
    log.warn(`the ${name} window went away`, { reason })
    if (isCurrent(made)) small.broken()
  })
  made.on('closed', () => {
    if (isCurrent(made)) small.closed()
  })
  made.loadURL(pageUrl(small.page)).catch((error: unknown) => {
    // Over before it was loaded: it is gone, and nothing is wrong.
    if (!isCurrent(made)) return
    log.warn(`the ${name} window could not be loaded`, { error: String(error) })
  })
  return made
}
