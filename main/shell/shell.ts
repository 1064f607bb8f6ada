// The shell put together: windows, tray, notifications, alerts, power, and what the desktop is told. Decides nothing about
// calls; index.ts hands it the phone and the doorman.
import { app, clipboard, nativeTheme } from 'electron'
import { isLive } from '../../common/call/status.ts'
import type { ErrorCode } from '../../common/errors.ts'
import { catalogue } from '../../common/i18n/index.ts'
import type { FileToSave, InvocationValue } from '../../common/ipc.ts'
import type { Logger } from '../../common/log.ts'
import type { Result } from '../../common/result.ts'
import type { AppSnapshot, MiniView, RingView } from '../../common/snapshot.ts'
import type { Clock } from '../../common/time.ts'
import type { Preferences } from '../../common/types.ts'
import type { Doorman } from '../ipc/doorman.ts'
import type { Model, ModelChange } from '../model.ts'
import type { Phone } from '../ports.ts'
import { writeAtomically } from '../store/atomic-file.ts'
import type { Stores } from '../store/stores.ts'
import { createActions } from './actions.ts'
import { createAlerts } from './alerts.ts'
import { setAppMenu } from './app-menu.ts'
import type { Bounds } from './bounds.ts'
import { createCopiedNumber, type CopiedNumber } from './copied-number.ts'
import { createClosing } from './closing.ts'
import { createSystemBadge } from './badge.ts'
import { coalesce } from './coalesce.ts'
import type { GlobalKeys } from './global-keys.ts'
import { followKeys } from './key-presses.ts'
import { followDesktop } from './desktop.ts'
import { miniView, wantsMini } from './mini-view.ts'
import { createMiniWindow } from './mini-window.ts'
import { hintNotification } from './notifier/hint.ts'
import { createSystemNotifier } from './notifier/index.ts'
import { wantedNotifications } from './notifier/wanted.ts'
import { createPagePresence } from './page-presence.ts'
import { createPower } from './power.ts'
import { createCarefulQuit } from './quit-question.ts'
import { ringView } from './ring-view.ts'
import { createRingWindow } from './ring-window.ts'
import { createSaveFile } from './save-file.ts'
import { openSessionBus } from './session-bus.ts'
import { createTrayHost, systemTrayHost } from './tray-host.ts'
import { createTray } from './tray.ts'
import { createMainWindow } from './window.ts'
import { createWindowRest } from './window-rest.ts'
import { written } from './written.ts'

export type ShellDeps = {
  /** A file of the app's own folder. */
  readonly inRoot: (...parts: string[]) => string
  readonly phone: Phone
  readonly model: Model
  readonly doorman: Pick<Doorman, 'admit' | 'announce'>
  readonly stores: Stores
  readonly keys: GlobalKeys
  /** A link, as if it had come from outside. */
  readonly openLink: (text: string) => void
  readonly startBounds: Bounds | null
  /** How long the main window may be of no use before it is let go; null for the usual. */
  readonly restAfterMs: number | null
  /** Kept by the server, so it may fail. */
  readonly setDoNotDisturb: (way: Preferences['doNotDisturb']) => Promise<Result<unknown>>
  /** What was missed was seen, on all devices. */
  readonly missedSeen: () => void
  /** The network may be back, or is another one. */
  readonly network: { readonly nudge: () => void; readonly moved: () => void }
  /** Quits without a question. */
  readonly quit: () => void
  readonly isQuitting: () => boolean
  readonly clock: Clock
  readonly log: Logger
}

export type Shell = {
  readonly showWindow: () => void
  /** A call was answered: its window follows. */
  readonly showAnswered: (session: string) => void
  readonly saveFile: (file: FileToSave) => Promise<Result<InvocationValue<'file.save'>>>
  /** The number that was copied, where the person wants it offered and is at the window; else null. */
  readonly copiedNumber: CopiedNumber
  readonly ringView: () => RingView
  readonly miniView: () => MiniView
  /** Something stands in the main window's page that would be lost with it. */
  readonly keepWindow: (keep: boolean) => void
  /** The page with the media engine is there. */
  readonly pageAttached: () => void
  readonly closeNotifications: () => Promise<unknown>
  readonly close: () => void
}

export const createShell = (deps: ShellDeps): Shell => {
  const { inRoot, phone, model, doorman, stores, clock, log } = deps
  const { settings } = stores
  const icon = inRoot('build/icons/256x256.png')
  const words = () => catalogue(model.snapshot().locale).shell
  const refused = (code: ErrorCode): void => presence.whenThere(() => doorman.announce('shell.refused', { code }))
  let isKept = false // As the page says of itself.
  const startHidden = app.commandLine.hasSwitch('hidden')

  const quitCarefully = createCarefulQuit(model, { ask: (...it) => window.ask(...it), quit: deps.quit })
  const showAnswered = (key: string): void =>
    window.showAfterAnswer(() => phone.calls().some(({ session, status }) => session === key && isLive(status)))
  // Electron 25 gives the text itself.
  const clipboardText = async (): Promise<string> => await clipboard.readText()
  const act = createActions({
    phone,
    setDoNotDisturb: deps.setDoNotDisturb,
    clipboardText,
    openLink: deps.openLink,
    showWindow: () => window.show(),
    showRecents: () => presence.whenThere(() => doorman.announce('shell.recents', {})),
    missedSeen: deps.missedSeen,
    answered: showAnswered,
    refused,
    quit: quitCarefully,
    log
  })
  const hasTray = async (): Promise<boolean> => tray.exists() && (await trayHost.isThere())
  const closing = createClosing({
    keepsRunning: () => settings.get().closeToTray,
    hasTray,
    ...stores.hints,
    changed: () => notify(model.snapshot()),
    log
  })

  // ── the windows ──
  const window = createMainWindow({
    preload: inRoot('dist/preload/index.cjs'),
    icon,
    title: () => words().appName,
    startHidden,
    startBounds: deps.startBounds,
    onPage: (page) => doorman.admit(page, 'main'),
    onPageGone: () => {
      presence.gone()
      isKept = false
      deps.keys.setChoosing(false)
      phone.engineGone()
    },
    onBoundsChanged: (bounds) => void stores.windowState.save(bounds), // A failure is logged there and costs only the place.
    onClose: closing.meaning,
    onFront: (isInFront) => {
      if (isInFront) closing.isBack()
      showMini(model.snapshot())
      rest.update()
    },
    quit: quitCarefully,
    clock,
    log: log.with({ part: 'window' })
  })
  // After the window, whose page's process starts meanwhile.
  const trayHost =
    process.platform === 'linux'
      ? createTrayHost({ openBus: openSessionBus, appeared: () => tray.remake(), clock, log })
      : systemTrayHost
  const badge = createSystemBadge({
    platform: process.platform,
    openBus: openSessionBus,
    desktopFile: 'tamas.desktop',
    app,
    mark: (count) =>
      window.mark(
        inRoot('build/icons/missed.png'),
        count > 0 ? words().missedCount(count, written(model.snapshot()).count(count)) : null
      ),
    clock,
    log
  })
  const tray = createTray({ icons: inRoot('build/icons'), act, log })
  const small = { icon, textSize: () => model.snapshot().settings.textSize, clock, log }
  const ring = createRingWindow({
    ...small,
    preload: inRoot('dist/preload/ring.cjs'),
    title: () => words().ringWindowTitle,
    onPage: (page) => doorman.admit(page, 'ring'),
    shown: (key) => alerts.shown(key)
  })
  const mini = createMiniWindow({
    ...small,
    preload: inRoot('dist/preload/mini.cjs'),
    title: () => words().miniWindowTitle,
    onPage: (page) => doorman.admit(page, 'mini'),
    place: stores.miniPlace.get,
    onMoved: stores.miniPlace.set
  })

  // ── what tells of calls ──
  const alerts = createAlerts({
    ring,
    raiseWindow: () => window.show(),
    alertShown: (key) => phone.alertShown(key),
    clock,
    log
  })
  const notifier = createSystemNotifier({
    platform: process.platform,
    openBus: openSessionBus,
    icon,
    act,
    shown: (key) => alerts.shown(key),
    log: log.with({ part: 'notifier' })
  })
  const presence = createPagePresence({ clock, changed: () => notify(model.snapshot()) })
  const rest = createWindowRest({
    snapshot: model.snapshot,
    window: {
      ...window,
      letGo: () => {
        window.letGo()
        presence.letGo()
      }
    },
    isKept: () => isKept,
    afterMs: deps.restAfterMs,
    clock
  })
  const power = createPower({ ...deps.network, clock, log })
  const notify = (snapshot: AppSnapshot): void =>
    notifier.update([
      ...wantedNotifications(snapshot, presence.isAway()),
      ...hintNotification(snapshot.locale, closing.hint())
    ])
  const showMini = (snapshot: AppSnapshot): void => mini.update(wantsMini(snapshot, window.isInFront()))
  const showSlowly = coalesce(clock, (snapshot: AppSnapshot) => {
    // What comes last in a turn may come after the parts were closed.
    if (deps.isQuitting()) return
    tray.update(snapshot)
    power.update(snapshot)
    badge.show(snapshot.missed)
  })
  const relabel = (): void => {
    setAppMenu({
      platform: process.platform,
      words: words(),
      isPackaged: app.isPackaged,
      quit: quitCarefully,
      showShortcuts: () => {
        window.show()
        presence.whenThere(() => doorman.announce('shell.shortcuts', {}))
      }
    })
    window.retitle()
  }
  const show = (snapshot: AppSnapshot): void => {
    notify(snapshot)
    alerts.update(snapshot)
    deps.keys.update(snapshot)
    showMini(snapshot)
    rest.update()
    showSlowly(snapshot)
  }
  const stopFollowing = model.onChanged(({ snapshot, patch }: ModelChange) => {
    doorman.announce('ring.changed', ringView(snapshot))
    doorman.announce('mini.changed', miniView(snapshot, clock.now()))
    if (patch.changed.locale !== undefined) relabel()
    if (patch.changed.settings !== undefined) nativeTheme.themeSource = snapshot.settings.theme
    show(snapshot)
  })
  const stopKeys = followKeys({ keys: deps.keys, snapshot: model.snapshot, act })
  relabel()
  nativeTheme.themeSource = settings.get().theme
  show(model.snapshot())

  // ── the desktop ──
  const stopDesktop = followDesktop({ settings, window, hasTray, startHidden, clock, log })

  return {
    showWindow: () => window.show(),
    showAnswered,
    saveFile: createSaveFile({
      ask: (question) => window.askWhereToSave(question),
      folder: () => app.getPath('documents'),
      words,
      write: writeAtomically,
      log
    }),
    keepWindow: (keep) => {
      isKept = keep
      rest.update()
    },
    copiedNumber: createCopiedNumber({ snapshot: model.snapshot, isInFront: window.isInFront, clipboardText }),
    ringView: () => ringView(model.snapshot()),
    miniView: () => miniView(model.snapshot(), clock.now()),
    pageAttached: () => {
      presence.attached()
      rest.attached()
      if (settings.tellDamage()) refused('settings_damaged')
    },
    closeNotifications: () => notifier.close(),
    close: () => {
      for (const stop of [stopFollowing, stopDesktop, stopKeys]) stop()
      const parts = [rest, deps.keys, alerts, ring, mini, presence, power, badge, tray, trayHost, window]
      for (const part of parts) part.close()
    }
  }
}
