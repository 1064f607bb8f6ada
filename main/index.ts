// The main process put together: the only file that knows all parts. Decides nothing that a part could decide.
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import path from 'node:path'
import { app, nativeTheme, protocol, session as electronSession } from 'electron'
import { isLive } from '../common/call/status.ts'
import { catalogue } from '../common/i18n/index.ts'
import type { Logger } from '../common/log.ts'
import type { AppSnapshot } from '../common/snapshot.ts'
import { secondMs } from '../common/time.ts'
import { createPhone } from './call/phone.ts'
import { createClock, wallTime } from './clock.ts'
import { devPresets, signInForDevelopment } from './dev.ts'
import { createDoorman } from './ipc/doorman.ts'
import { electronIpc } from './ipc/electron.ts'
import { createHandlers } from './ipc/handlers.ts'
import { createLogger, errorText, levelFrom } from './log.ts'
import { createArrivals, type Arrivals } from './links/arrivals.ts'
import { createLinks } from './links/links.ts'
import { createModel } from './model.ts'
import { createSignalingSession } from './session/session.ts'
import { createActions } from './shell/actions.ts'
import { createAlerts } from './shell/alerts.ts'
import { setAppMenu } from './shell/app-menu.ts'
import { beginApp, followFaults } from './shell/begin.ts'
import { coalesce } from './shell/coalesce.ts'
import { createSystemNotifier } from './shell/notifier/index.ts'
import { wantedNotifications } from './shell/notifier/wanted.ts'
import { createPagePresence } from './shell/page-presence.ts'
import { createPower } from './shell/power.ts'
import { createCarefulQuit } from './shell/quit-question.ts'
import { createQuitter } from './shell/quit.ts'
import { ringView } from './shell/ring-view.ts'
import { createRingWindow } from './shell/ring-window.ts'
import { createSaveFile } from './shell/save-file.ts'
import { isOwnUrl, registerScheme, serveScheme } from './shell/scheme.ts'
import { securePages, secureSession } from './shell/security.ts'
import { openSessionBus } from './shell/session-bus.ts'
import { claimSingleInstance, onOpenUrl, onSecondInstance } from './shell/single-instance.ts'
import { createTrayHost, systemTrayHost } from './shell/tray-host.ts'
import { createTray } from './shell/tray.ts'
import { createMainWindow } from './shell/window.ts'
import { writeAtomically } from './store/atomic-file.ts'
import { createKeyring } from './store/keyring.ts'
import { createLists } from './store/lists.ts'
import { followSetting } from './store/settings.ts'
import { openStores } from './store/stores.ts'

/** How long ending the calls may take when signing out or quitting, and quitting as a whole. */
const endCallsMs = 2 * secondMs
const quitBoundMs = 4 * secondMs

// The bundle is dist/main/index.cjs; in a package the same folders stand beside it.
const root = path.join(__dirname, '../..')
const inRoot = (...parts: string[]): string => path.join(root, ...parts)
const icon = inRoot('build/icons/256x256.png')

const start = async (userData: string, arrivals: Arrivals, log: Logger): Promise<void> => {
  const clock = createClock()
  const dev = devPresets(process.env, app.isPackaged)
  const [stores] = await Promise.all([
    openStores(userData, { keyring: createKeyring(), presetServer: process.env['TAMAS_SERVER'] ?? '', log }),
    app.whenReady()
  ])
  const { settings, signIn } = stores
  serveScheme(protocol, inRoot('dist/renderer'))
  secureSession(electronSession.defaultSession, log)

  // ── the parts ──
  const session = createSignalingSession({
    clock,
    random: Math.random,
    newId: randomUUID,
    log: log.with({ part: 'session' }),
    store: signIn,
    fetch: (url, init) => fetch(url, init),
    client: { name: 'tamas', version: app.getVersion(), platform: process.platform },
    deviceName: hostname()
  })
  const lists = createLists({ session, cache: stores.listsCache, clock, log })
  const phone = createPhone({
    session,
    clock,
    newId: randomUUID,
    log: log.with({ part: 'phone' }),
    findPeer: (username) => lists.get().directory.find((entry) => entry.username === username) ?? null
  })
  const links = createLinks({ session, phone, clock, newId: randomUUID, log: log.with({ part: 'links' }) })
  const model = createModel({
    version: app.getVersion(),
    languages: app.getPreferredSystemLanguages(),
    session,
    isRemembered: () => dev.signIn !== null || signIn.remembered(), // What is preset comes again at the next start.
    phone,
    settings,
    lists,
    links,
    clock,
    log
  })
  const words = () => catalogue(model.snapshot().locale).shell
  const relabel = (): void => {
    setAppMenu({ platform: process.platform, words: words(), isPackaged: app.isPackaged, quit: quitCarefully })
    window.retitle()
  }

  // ── the shell ──
  const quitCarefully = createCarefulQuit(model, { ask: (it, over) => window.ask(it, over), quit: () => quitter.quit() })
  const act = createActions({
    phone,
    setDoNotDisturb: (doNotDisturb) => lists.setPreferences({ ...lists.get().preferences, doNotDisturb }),
    showWindow: () => window.show(),
    answered: (key) => showAnswered(key),
    refused: (code) => doorman.announce('shell.refused', { code }),
    quit: quitCarefully,
    log
  })
  const showAnswered = (key: string): void =>
    window.showAfterAnswer(() => phone.calls().some(({ session: each, status }) => each === key && isLive(status)))
  const doorman = createDoorman({
    ipc: electronIpc,
    isOwnUrl,
    log: log.with({ part: 'doorman' }),
    handlers: createHandlers({
      session,
      phone,
      model,
      lists,
      links,
      settings,
      ringView: () => ringView(model.snapshot()),
      saveFile: createSaveFile({
        ask: (question) => window.askWhereToSave(question),
        folder: () => app.getPath('documents'),
        words,
        write: writeAtomically,
        log
      }),
      engineAttached: () => {
        presence.attached()
        if (settings.tellDamage()) doorman.announce('shell.refused', { code: 'settings_damaged' })
      },
      signOut: async () => {
        await phone.endAll(endCallsMs)
        return session.signOut()
      },
      answer: ({ session: key, others }) => {
        const answered = phone.answer(key, others)
        if (answered.ok) showAnswered(key)
        return answered
      }
    })
  })
  const window = createMainWindow({
    preload: inRoot('dist/preload/index.cjs'),
    icon,
    title: () => words().appName,
    startHidden: app.commandLine.hasSwitch('hidden'),
    startBounds: dev.bounds ?? stores.remembered,
    onPage: (page) => doorman.admit(page, 'main'),
    onPageGone: () => {
      presence.gone()
      phone.engineGone()
    },
    onBoundsChanged: (bounds) => void stores.windowState.save(bounds), // A failure is logged there and costs only the place.
    onClose: async () => {
      if (!settings.get().closeToTray) return 'quit'
      return tray.exists() && (await trayHost.isThere()) ? 'hide' : 'minimize'
    },
    quit: quitCarefully,
    clock,
    log: log.with({ part: 'window' })
  })
  // After the window, whose page's process starts meanwhile.
  const trayHost =
    process.platform === 'linux' ? createTrayHost({ openBus: openSessionBus, clock, log }) : systemTrayHost
  const tray = createTray({ icons: inRoot('build/icons'), act, log })
  const ring = createRingWindow({
    preload: inRoot('dist/preload/ring.cjs'),
    icon,
    title: () => words().ringWindowTitle,
    onPage: (page) => doorman.admit(page, 'ring'),
    shown: (key) => alerts.shown(key),
    clock,
    log
  })
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
  const power = createPower({ nudge: () => session.nudge(), moved: () => session.moved(), clock, log })
  const quitter = createQuitter({
    steps: [
      { name: 'calls', run: () => phone.endAll(endCallsMs) },
      { name: 'session', run: () => session.close() },
      { name: 'stores', run: () => stores.settled() },
      // Last: a call that was ended just now may have left a word.
      { name: 'notifications', run: () => notifier.close() }
    ],
    boundMs: quitBoundMs,
    exit: () => {
      for (const part of [doorman, alerts, ring, presence, power, tray, trayHost, lists, model, window]) part.close()
      app.exit(0)
    },
    clock,
    log
  })

  // ── who hears what ──
  phone.onOrders((orders) => doorman.announce('media.orders', orders))
  phone.onMediaPush((pushed) => doorman.announce('media.pushed', pushed))
  phone.onSignalled((signalled) => doorman.announce('call.signalled', signalled))
  phone.onDelegate((event) => {
    doorman.announce('delegate.event', event)
    stores.callLog.add(wallTime(), event)
  })
  const showSlowly = coalesce(clock, (snapshot: AppSnapshot) => {
    // What comes last in a turn may come after the parts were closed.
    if (quitter.isQuitting()) return
    tray.update(snapshot)
    power.update(snapshot)
    app.setBadgeCount(snapshot.missed)
  })
  const notify = (snapshot: AppSnapshot): void => notifier.update(wantedNotifications(snapshot, presence.isAway()))
  const show = (snapshot: AppSnapshot): void => {
    notify(snapshot)
    alerts.update(snapshot)
    showSlowly(snapshot)
  }
  model.onChanged(({ snapshot, patch }) => {
    doorman.announce('app.changed', patch)
    doorman.announce('ring.changed', ringView(snapshot))
    if (patch.changed.locale !== undefined) relabel()
    if (patch.changed.settings !== undefined) nativeTheme.themeSource = snapshot.settings.theme
    show(snapshot)
  })
  relabel()
  nativeTheme.themeSource = settings.get().theme
  show(model.snapshot())
  followSetting(settings, 'keepSignInWithoutKeyring', () => void signIn.keepAgain().then(model.refresh))

  onSecondInstance(arrivals.startedAgain)
  app.on('activate', () => window.show())
  app.on('window-all-closed', () => undefined) // The phone goes on without a window.
  app.on('before-quit', (event) => {
    event.preventDefault()
    quitter.quit()
  })
  await session.resume()
  if (dev.signIn !== null) await signInForDevelopment(session, dev.signIn, log)
  // Now that it is known who is signed in. A link leads to a question, which is asked in the window.
  arrivals.listen((link) => {
    if (link !== null) links.open(link)
    window.show()
  })
  log.info('started', { version: app.getVersion(), electron: process.versions['electron'] })
}

const run = (): void => {
  const userData = beginApp()
  if (!claimSingleInstance()) {
    app.quit()
    return
  }
  const log = createLogger({
    file: path.join(userData, 'logs', 'main.log'),
    level: levelFrom(process.env['TAMAS_LOG'])
  })
  followFaults(log)
  const arrivals = createArrivals(process.argv)
  onOpenUrl(arrivals.arrived)
  registerScheme(protocol)
  securePages(log)
  start(userData, arrivals, log).catch((error: unknown) => {
    log.error('the app could not start', { error: errorText(error) })
    app.exit(1)
  })
}

run()
