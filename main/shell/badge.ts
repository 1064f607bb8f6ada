// How many calls were missed, on the app's own icon in dock or task bar. What is counted is the snapshot's.
//
// Linux: docks listen for the signals of Unity's launcher (com.canonical.Unity.LauncherEntry): KDE's task manager, GNOME's
// docks, Plank and others; nobody answers, so nothing is known of whether one shows it. The other two were written by
// their documentation and not yet seen on a Mac or on Windows.
import type { Logger } from '../../common/log.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import { variant, type SessionBus } from './session-bus.ts'

export type Badge = {
  /** 0 takes it away. */
  readonly show: (count: number) => void
  readonly close: () => void
}

const launcher = 'com.canonical.Unity.LauncherEntry'
const retryMs = 30 * secondMs

/** The entry's object: named after its desktop file by the hash that docks and toolkits use (djb2). */
export const entryPath = (uri: string): string => {
  let hash = 5381
  for (const byte of Buffer.from(uri)) hash = (Math.imul(hash, 33) + byte) >>> 0
  return `/com/canonical/unity/launcherentry/${String(hash)}`
}

export type UnityBadgeDeps = {
  readonly openBus: (onClosed: () => void) => Promise<SessionBus>
  /** The name of the app's desktop file. */
  readonly desktopFile: string
  readonly clock: Clock
  readonly log: Logger
}

export const createUnityBadge = ({ openBus, desktopFile, clock, log }: UnityBadgeDeps): Badge => {
  const uri = `application://${desktopFile}`
  let count = 0
  let isClosed = false
  let connection: Promise<SessionBus> | null = null
  let cancelRetry: (() => void) | null = null

  const emit = (bus: SessionBus): void =>
    bus.emit({
      path: entryPath(uri),
      interface: launcher,
      member: 'Update',
      signature: 'sa{sv}',
      body: [uri, { count: variant('x', BigInt(count)), 'count-visible': variant('b', count > 0) }]
    })
  const connect = (): Promise<SessionBus> =>
    (connection ??= openBus(() => {
      connection = null
      retry()
    }).then(async (bus) => {
      // A dock that comes later has heard nothing yet.
      await bus.watchOwner('com.canonical.Unity', (owner) => {
        if (owner !== null) emit(bus)
      })
      return bus
    }))
  const retry = (): void => {
    if (isClosed || count === 0) return
    cancelRetry?.()
    cancelRetry = clock.at(clock.now() + retryMs, tell)
  }
  const tell = (): void => {
    connect().then(emit, (error: unknown) => {
      log.info('there is no bus for the badge', { error: String(error) })
      connection = null
      retry()
    })
  }
  return {
    show: (next) => {
      // Who has missed nothing yet needs no connection for it.
      if (next === count || isClosed) return
      count = next
      tell()
    },
    close: () => {
      isClosed = true
      cancelRetry?.()
      const open = connection
      if (open === null) return
      // The count is not there any more where the app is not.
      count = 0
      void open.then(
        (bus) => {
          emit(bus)
          bus.close()
        },
        () => undefined
      ) // There is nothing to take away.
    }
  }
}

/** macOS: the dock draws the number. */
const createDockBadge = (app: { readonly setBadgeCount: (count: number) => boolean }): Badge => ({
  show: (count) => {
    app.setBadgeCount(count)
  },
  close: () => {
    app.setBadgeCount(0)
  }
})

/** Windows: a picture over the window's button, with words for screen readers. */
const createOverlayBadge = (mark: (count: number) => void): Badge => {
  let shown = 0
  return {
    show: (count) => {
      if (count === shown) return
      shown = count
      mark(count)
    },
    close: () => undefined // It goes with the window.
  }
}

export type SystemBadgeDeps = UnityBadgeDeps & {
  readonly platform: string
  readonly app: { readonly setBadgeCount: (count: number) => boolean }
  /** Puts a picture over the window's button in the task bar. */
  readonly mark: (count: number) => void
}

export const createSystemBadge = ({ platform, app, mark, ...deps }: SystemBadgeDeps): Badge => {
  if (platform === 'darwin') return createDockBadge(app)
  return platform === 'win32' ? createOverlayBadge(mark) : createUnityBadge(deps)
}
