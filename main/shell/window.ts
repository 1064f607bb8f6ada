// The main window: shown when it is drawn, hidden to the tray when closed, made again when its page dies. It holds the
// media, so whoever lets it go tells the phone. Decides nothing about calls.
import { BrowserWindow, dialog, nativeImage, screen, type WebContents } from 'electron'
import type { Logger } from '../../common/log.ts'
import { minuteMs, secondMs, type Clock } from '../../common/time.ts'
import { fitBounds, type Bounds } from './bounds.ts'
import type { ClosingMeaning } from './closing.ts'
import { logPageErrors } from './page-errors.ts'
import { safePreferences } from './pages.ts'
import type { QuitQuestion } from './quit-question.ts'
import type { AskWhereToSave } from './save-file.ts'
import { pageUrl } from './scheme.ts'

export type MainWindow = {
  /** Brings it to the front, made anew if need be. */
  readonly show: () => void
  /** Whether the person is at it, or at a question of the app's own over it. */
  readonly isInFront: () => boolean
  /** Whether it is on the screen, or minimized, where it can be looked at. */
  readonly isSeen: () => boolean
  /** Makes it, hidden, where it was let go. */
  readonly ensure: () => void
  /** Lets it go with its page, until it is shown or ensured. */
  readonly letGo: () => void
  /** Puts it among the windows without opening it. */
  readonly showMinimized: () => void
  /** Brings it to the front once the call that was just answered has its sound, if that is `wanted` then. */
  readonly showAfterAnswer: (wanted: () => boolean) => void
  /** Brings it to the front and asks over it: a dialog of its own may be opened behind other windows. */
  readonly ask: (question: QuitQuestion, over: AbortSignal) => Promise<boolean>
  /** Asks over it where to save a file. */
  readonly askWhereToSave: AskWhereToSave
  /** Puts a picture over its button in the task bar of Windows, with words for who can't see it; null takes it away. */
  readonly mark: (icon: string, words: string | null) => void
  /** The title may be another: the language has changed. */
  readonly retitle: () => void
  /** Lets it go for good. */
  readonly close: () => void
}

export type MainWindowDeps = {
  readonly preload: string
  readonly icon: string
  readonly title: () => string
  readonly startHidden: boolean
  readonly startBounds: Bounds | null
  /** A page was made: the doorman lets it in. */
  readonly onPage: (page: WebContents) => void
  /** The page with the media engine went away. */
  readonly onPageGone: () => void
  readonly onBoundsChanged: (bounds: Bounds) => void
  /** What closing means now. */
  readonly onClose: () => Promise<ClosingMeaning>
  /** Whether it is in front may be another. */
  readonly onFront: (isInFront: boolean) => void
  readonly quit: () => void
  readonly clock: Clock
  readonly log: Logger
}

/**
 * The voice goes first: mapping and drawing a window holds this process, through which the answer and the permission
 * for the microphone go, for 50 to 120 ms. The window is for muting and hanging up, which nobody does sooner.
 */
const showAfterAnswerMs = 300

const size = { width: 420, height: 700 }
const smallest = { minWidth: 360, minHeight: 520 }
/** A page that dies again and again is not made again at once for ever. */
const patience = { deaths: 3, withinMs: minuteMs, pauseMs: 5 * secondMs }

export const createMainWindow = (deps: MainWindowDeps): MainWindow => {
  const { clock, log } = deps
  let window: BrowserWindow | null = null
  /** The one that was let go last: who did that has said so. */
  let released: BrowserWindow | null = null
  /** Made to be shown, once it is drawn. */
  let isToBeShown = false
  /** Where it was last, for when it is made again. */
  let bounds = deps.startBounds
  let isOver = false
  let deaths: readonly number[] = []
  let questions = 0
  let stopPause: (() => void) | null = null
  let stopShow: (() => void) | null = null

  const isInFront = (): boolean => questions > 0 || (window !== null && window.isVisible() && window.isFocused())
  const frontChanged = (): void => {
    if (!isOver) deps.onFront(isInFront())
  }
  /** Asks over the window, which stays in front for as long. */
  const asking = async <T>(ask: (owner: BrowserWindow | null) => Promise<T>): Promise<T> => {
    questions += 1
    try {
      return await ask(window)
    } finally {
      questions -= 1
      frontChanged()
    }
  }

  const load = (made: BrowserWindow): void => {
    made.loadURL(pageUrl('index.html')).catch((error: unknown) => {
      log.error('the page could not be loaded', { error: String(error) })
    })
  }

  const watchPage = (made: BrowserWindow): void => {
    const page = made.webContents
    logPageErrors(page, log)
    // Whether a page is there that may hold media: it is gone once, however many events say so.
    let isUp = false
    const gone = (why: string): void => {
      if (!isUp || isOver) return
      isUp = false
      if (made === released) return
      log.warn('the page went away', { why })
      deps.onPageGone()
    }
    page.on('dom-ready', () => {
      isUp = true
    })
    // Committed: a navigation that was denied takes nothing away. The first one finds no page to lose.
    page.on('did-navigate', () => {
      gone('reload')
    })
    page.on('render-process-gone', (_event, { reason }) => {
      gone(reason)
      if (isOver || made.isDestroyed()) return
      const now = clock.now()
      deaths = [...deaths.filter((at) => now - at < patience.withinMs), now]
      if (deaths.length <= patience.deaths) {
        load(made)
        return
      }
      stopPause?.()
      stopPause = clock.at(now + patience.pauseMs, () => {
        if (!made.isDestroyed()) load(made)
      })
    })
    page.on('unresponsive', () => {
      log.error('the page does not answer; it is made again')
      page.forcefullyCrashRenderer()
    })
    page.on('destroyed', () => gone('destroyed'))
  }

  const make = (startHidden: boolean): BrowserWindow => {
    const areas = screen.getAllDisplays().map(({ workArea }) => workArea)
    const made = new BrowserWindow({
      ...size,
      ...fitBounds(bounds, areas),
      ...smallest,
      title: deps.title(),
      icon: deps.icon,
      show: false,
      autoHideMenuBar: true,
      webPreferences: safePreferences(deps.preload)
    })
    window = made
    isToBeShown = !startHidden
    deps.onPage(made.webContents)
    watchPage(made)
    made.once('ready-to-show', () => {
      log.info('the window is drawn')
      if (!startHidden) made.show()
      isToBeShown = false
    })
    // The page's title is for the page's own tests and assistive technology; the window's is the app's.
    made.on('page-title-updated', (event) => event.preventDefault())
    const keepBounds = (): void => {
      bounds = made.getNormalBounds()
      deps.onBoundsChanged(bounds)
    }
    const moved = (): void => {
      if (made.isVisible() && !made.isMinimized()) keepBounds()
    }
    made.on('moved', moved)
    made.on('resized', moved)
    made.on('hide', moved)
    made.on('focus', frontChanged)
    made.on('blur', frontChanged)
    made.on('show', frontChanged)
    made.on('hide', frontChanged)
    made.on('minimize', frontChanged)
    // Whoever sends it away does not want it back for the call that was answered just now.
    made.on('minimize', () => stopShow?.())
    made.on('close', (event) => {
      if (isOver) return
      stopShow?.()
      if (made.isVisible()) keepBounds()
      event.preventDefault()
      void deps.onClose().then((meaning) => {
        log.info('the window was closed', { meaning })
        if (meaning === 'quit') deps.quit()
        else if (window === made && meaning === 'hide') made.hide()
        else if (window === made) made.minimize()
      })
    })
    made.on('closed', () => {
      if (window === made) window = null
    })
    load(made)
    return made
  }
  make(deps.startHidden)

  const show = (): void => {
    if (isOver) return
    if (window === null) {
      make(false)
      frontChanged()
      return
    }
    if (window.isMinimized()) window.restore()
    window.show()
    window.focus()
  }

  return {
    show,
    isInFront,
    isSeen: () => questions > 0 || (window !== null && (isToBeShown || window.isVisible() || window.isMinimized())),
    ensure: () => {
      if (window === null && !isOver) make(true)
    },
    letGo: () => {
      const gone = window
      if (gone === null) return
      log.info('the window is let go')
      window = null
      released = gone
      deps.onPageGone()
      gone.destroy()
    },
    showMinimized: () => {
      if (window === null || window.isVisible()) return
      window.showInactive()
      window.minimize()
    },
    showAfterAnswer: (wanted) => {
      stopShow?.()
      stopShow = clock.at(clock.now() + showAfterAnswerMs, () => {
        if (wanted()) show()
      })
    },
    ask: async ({ message, detail, quit, stay }, over) => {
      show()
      const buttons = [quit, stay]
      // Enter and Escape keep the call.
      const looks = { type: 'question' as const, message, detail, buttons, noLink: true }
      const options = { ...looks, defaultId: 1, cancelId: 1, signal: over }
      const { response } = await asking((owner) =>
        owner === null ? dialog.showMessageBox(options) : dialog.showMessageBox(owner, options)
      )
      return buttons[response] === quit
    },
    askWhereToSave: async (question) => {
      const options = { ...question, properties: ['showOverwriteConfirmation' as const] }
      const { canceled, filePath } = await asking((owner) =>
        owner === null ? dialog.showSaveDialog(options) : dialog.showSaveDialog(owner, options)
      )
      return canceled || filePath === '' ? null : filePath
    },
    retitle: () => window?.setTitle(deps.title()),
    mark: (icon, words) => {
      window?.setOverlayIcon(words === null ? null : nativeImage.createFromPath(icon), words ?? '')
    },
    close: () => {
      isOver = true
      stopPause?.()
      stopShow?.()
      window?.destroy()
    }
  }
}
