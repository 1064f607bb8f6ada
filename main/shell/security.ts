// What pages may do beyond drawing: almost nothing. Permissions by table, no navigation, no new windows, no remote content.
// Certificate errors are never overridden: there is no handler for them, on purpose.
import { app, type Session, type WebContents } from 'electron'
import type { Logger } from '../../common/log.ts'
import { appOrigin, isOwnOrigin, isOwnUrl } from './scheme.ts'

export type PermissionQuestion = {
  readonly permission: string
  /** URL or origin of who asks. */
  readonly requester: string
  readonly isMainFrame: boolean
  /** For `media`: what of it. Empty where Chromium does not say. */
  readonly media: readonly string[]
}

/**
 * The permission table: the microphone, the choice of a speaker and of a headset, and text to be copied, for our own
 * pages. Pure.
 */
export const isPermitted = ({ permission, requester, isMainFrame, media }: PermissionQuestion): boolean => {
  if (!isOwnOrigin(requester) || !isMainFrame) return false
  switch (permission) {
    case 'media':
      return media.length > 0 && media.every((kind) => kind === 'audio')
    case 'speaker-selection':
    case 'clipboard-sanitized-write': // Written, by somebody's press; never read.
      return true
    case 'hid':
      // To ask for one: which, the person says (hid-access).
      return true
    default:
      return false
  }
}

/** URLs that a page of ours may load: its own files, and what it made itself in memory. */
export const isLoadable = (url: string): boolean =>
  isOwnUrl(url) || url.startsWith(`blob:${appOrigin}/`) || url.startsWith('data:') || url.startsWith('devtools://')

const secureSession = (session: Session, log: Logger): void => {
  const decide = (how: string, question: PermissionQuestion): boolean => {
    const isGiven = isPermitted(question)
    if (!isGiven) {
      // Chromium checks some by itself, often; only what a page asks for is worth a warning.
      const level = how === 'request' ? 'warn' : 'debug'
      log[level]('a permission was denied', { how, permission: question.permission, requester: question.requester })
    }
    return isGiven
  }
  session.setPermissionRequestHandler((_page, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    answer(decide('request', { permission, requester: details.requestingUrl, isMainFrame: details.isMainFrame, media }))
  })
  session.setPermissionCheckHandler((_page, permission, requestingOrigin, details) => {
    const media = details.mediaType === undefined ? [] : [details.mediaType]
    const requester = details.requestingUrl ?? requestingOrigin
    return decide('check', { permission, requester, isMainFrame: details.isMainFrame, media })
  })
  session.webRequest.onBeforeRequest(({ url }, proceed) => {
    const isAllowed = isLoadable(url)
    if (!isAllowed) log.warn('remote content was refused', { scheme: url.split(':', 1)[0] ?? '' })
    proceed({ cancel: !isAllowed })
  })
  // Its dictionaries would come from the network.
  session.setSpellCheckerEnabled(false)
}

const securePage = (page: WebContents, log: Logger): void => {
  const deny = (what: string) => (event: { preventDefault: () => void }) => {
    event.preventDefault()
    log.warn('a page tried what it may not', { what })
  }
  // Our own pages are loaded by main only, which does not raise these events.
  page.on('will-navigate', deny('navigate'))
  page.on('will-frame-navigate', deny('navigate a frame'))
  page.on('will-redirect', deny('redirect'))
  page.on('will-attach-webview', deny('attach a webview'))
  page.setWindowOpenHandler(() => {
    log.warn('a page tried what it may not', { what: 'open a window' })
    return { action: 'deny' }
  })
}

/** Before the app is ready: every renderer in the sandbox, every page under the rules. */
export const securePages = (log: Logger): void => {
  // Chromium refuses to sandbox root's processes, and only the development script, run by root, gives this switch.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox()
  app.on('web-contents-created', (_event, page) => {
    securePage(page, log)
  })
}

/** Once the app is ready. */
export { secureSession }
