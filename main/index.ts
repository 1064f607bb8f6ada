// The main process put together: the only file that knows all parts. Decides nothing that a part could decide.
import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import path from 'node:path'
import { app, protocol, session as electronSession } from 'electron'
import { catalogue } from '../common/i18n/index.ts'
import type { Logger } from '../common/log.ts'
import { secondMs } from '../common/time.ts'
import { createAbout } from './about.ts'
import { createPhone } from './call/phone.ts'
import { createCommandGate, type CommandGate } from './command/gate.ts'
import { listenForCommands, type CommandListener } from './command/listen.ts'
import { createObey } from './command/obey.ts'
import { createClock, wallTime } from './clock.ts'
import { devPresets, signInForDevelopment } from './dev.ts'
import { createCrashNotes, type CrashNotes } from './diagnostics/crash-notes.ts'
import { followCrashes, keepDumps } from './diagnostics/follow-crashes.ts'
import { aboutLine, createExportLogs } from './diagnostics/export-logs.ts'
import { knownPeople } from './diagnostics/known-people.ts'
import { createReadLog } from './diagnostics/read-log.ts'
import { createDoorman } from './ipc/doorman.ts'
import { electronIpc } from './ipc/electron.ts'
import { createHandlers } from './ipc/handlers.ts'
import { createLogger, errorText, levelFrom } from './log.ts'
import { createArrivals, type Arrivals } from './links/arrivals.ts'
import { createLinks } from './links/links.ts'
import { createModel } from './model.ts'
import { createServerCheck } from './session/server-check.ts'
import { createSignalingSession } from './session/session.ts'
import { beginApp } from './shell/begin.ts'
import { chooseHeadset } from './shell/choose-headset.ts'
import { desktopKeys, isWayland } from './shell/desktop-keys.ts'
import { createGlobalKeys } from './shell/global-keys.ts'
import { allowHeadsets } from './shell/hid-access.ts'
import { systemPhoneLinks } from './shell/phone-links-system.ts'
import { createQuitter } from './shell/quit.ts'
import { isOwnUrl, registerScheme, serveScheme } from './shell/scheme.ts'
import { securePages, secureSession } from './shell/security.ts'
import { createShell } from './shell/shell.ts'
import { claimSingleInstance, onOpenUrl, onSecondInstance } from './shell/single-instance.ts'
import { createKeyring } from './store/keyring.ts'
import { createContacts } from './store/contacts.ts'
import { createLists } from './store/lists.ts'
import { createRecents } from './store/recents.ts'
import { followSetting } from './store/settings.ts'
import { openStores } from './store/stores.ts'
import { systemUpdates } from './update/installation.ts'
import { createUpdates } from './update/updates.ts'

/** How long ending the calls may take when signing out or quitting, and quitting as a whole. */
const endCallsMs = 2 * secondMs
const quitBoundMs = 4 * secondMs

// The bundle is dist/main/index.cjs; in a package the same folders stand beside it.
const root = path.join(__dirname, '../..')
const inRoot = (...parts: string[]): string => path.join(root, ...parts)

type Begun = {
  readonly userData: string
  readonly arrivals: Arrivals
  readonly commands: CommandListener & CommandGate
  readonly crashes: CrashNotes
  readonly log: Logger
}

const start = async ({ userData, arrivals, commands, crashes, log }: Begun): Promise<void> => {
  const clock = createClock()
  const dev = devPresets(process.env, app.isPackaged)
  const { isPackaged } = app
  const [stores, engine] = await Promise.all([
    openStores(userData, { keyring: createKeyring(), presetServer: process.env['TAMAS_SERVER'] ?? '', log }),
    systemUpdates({ manifest: inRoot('package.json'), resources: process.resourcesPath, isPackaged, log }),
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
  const recents = createRecents({ session, cache: stores.recentsCache, names: () => contacts.names(), clock, log })
  const contacts = createContacts({ session, cache: stores.contactsCache, clock, log })
  const phone = createPhone({
    session,
    clock,
    newId: randomUUID,
    log: log.with({ part: 'phone' }),
    findPeer: (username) => lists.get().directory.find((entry) => entry.username === username) ?? null
  })
  const links = createLinks({ session, phone, clock, newId: randomUUID, log: log.with({ part: 'links' }) })
  const keys = createGlobalKeys({
    port: desktopKeys,
    lasting: isWayland(process.platform, process.env),
    clock,
    log: log.with({ part: 'keys' })
  })
  const updates = createUpdates({ engine, phone, quit: () => quitter.quit(), clock, log: log.with({ part: 'update' }) })
  const model = createModel({
    version: app.getVersion(),
    languages: app.getPreferredSystemLanguages(),
    session,
    isRemembered: () => dev.signIn !== null || signIn.remembered(), // What is preset comes again at the next start.
    phone,
    settings,
    lists,
    recents,
    contacts,
    links,
    keys,
    updates,
    clock,
    log
  })

  // ── the windows and what they may ask ──
  const about = createAbout({ inRoot, userData, versions: process.versions, log })
  allowHeadsets({
    session: electronSession.defaultSession,
    given: stores.headsets,
    choose: (names) => chooseHeadset(names, catalogue(model.snapshot().locale).headset),
    log: log.with({ part: 'headsets' })
  })
  const logs = {
    folder: path.join(userData, 'logs'),
    people: async () => knownPeople(lists.get().directory, (await contacts.load()).contacts)
  }
  const doorman = createDoorman({
    ipc: electronIpc,
    isOwnUrl,
    log: log.with({ part: 'doorman' }),
    handlers: createHandlers({
      session,
      phone,
      model,
      lists,
      recents,
      contacts,
      links,
      phoneLinks: systemPhoneLinks(() => model.snapshot().locale, log),
      settings,
      keys,
      updates,
      readLog: createReadLog({ ...logs, log }),
      saveLogs: createExportLogs({
        ...logs,
        about: async () => aboutLine(app.getVersion(), await about.facts()),
        crashes: crashes.read,
        save: (file) => shell.saveFile(file),
        log
      }),
      checkServer: createServerCheck({
        session,
        fetch: (url, init) => fetch(url, init),
        clock,
        steady: () => performance.now(),
        wallTime,
        log
      }),
      about,
      crashes,
      shell: () => shell,
      signOut: async () => {
        await phone.endAll(endCallsMs)
        return session.signOut()
      },
      answer: ({ session: key, others }) => {
        const answered = phone.answer(key, others)
        if (answered.ok) shell.showAnswered(key)
        return answered
      }
    })
  })
  // Before the shell hears of it, which takes longer to show it than the page.
  model.onChanged(({ patch }) => doorman.announce('app.changed', patch))
  const shell = createShell({
    inRoot,
    phone,
    model,
    doorman,
    stores,
    keys,
    openLink: (text) => links.open(text),
    startBounds: dev.bounds ?? stores.remembered,
    restAfterMs: dev.restAfterMs,
    setDoNotDisturb: (doNotDisturb) => lists.setPreferences({ ...lists.get().preferences, doNotDisturb }),
    missedSeen: () => recents.markSeen(),
    network: { nudge: () => session.nudge(), moved: () => session.moved() },
    quit: () => quitter.quit(),
    isQuitting: () => quitter.isQuitting(),
    clock,
    log
  })
  const quitter = createQuitter({
    steps: [
      { name: 'calls', run: () => phone.endAll(endCallsMs) },
      { name: 'session', run: () => session.close() },
      { name: 'stores', run: () => stores.settled() },
      // Last: a call that was ended just now may have left a word.
      { name: 'notifications', run: () => shell.closeNotifications() }
    ],
    boundMs: quitBoundMs,
    exit: () => {
      commands.close()
      for (const part of [doorman, shell, lists, recents, contacts, model, updates]) part.close()
      updates.atTheEnd()
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
  followSetting(settings, 'keepSignInWithoutKeyring', () => void signIn.keepAgain().then(model.refresh))

  onSecondInstance(arrivals.startedAgain)
  app.on('before-quit', (event) => {
    event.preventDefault()
    quitter.quit()
  })
  await session.resume()
  if (dev.signIn !== null) await signInForDevelopment(session, dev.signIn, log)
  // Now that it is known who is signed in. A link leads to a question, which is asked in the window.
  arrivals.listen((link) => {
    if (link !== null) links.open(link)
    shell.showWindow()
  })
  commands.open(
    createObey({
      phone,
      model,
      showWindow: () => shell.showWindow(),
      answered: (key) => shell.showAnswered(key),
      quit: () => quitter.quit(),
      clock
    })
  )
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
  const { electron, chrome, node } = process.versions
  const crashes = createCrashNotes({
    folder: path.join(userData, 'crashes'),
    about: aboutLine(app.getVersion(), { electron, chrome, node }),
    wallTime,
    log
  })
  followCrashes(crashes, log)
  keepDumps(crashes)
  const gate = createCommandGate()
  const listener = listenForCommands({ userData, obey: gate.obey, log: log.with({ part: 'commands' }) })
  const arrivals = createArrivals(process.argv)
  onOpenUrl(arrivals.arrived)
  registerScheme(protocol)
  securePages(log)
  start({ userData, arrivals, commands: { ...gate, ...listener }, crashes, log }).catch((error: unknown) => {
    log.error('the app could not start', { error: errorText(error) })
    listener.close()
    crashes.add({ what: 'app', reason: 'could not start', stack: errorText(error) })
    app.exit(1)
  })
}

run()
