// Notifications through org.freedesktop.Notifications, with buttons. Falls back where the desktop has no buttons.
//
// A notification's life, for one key:
//
//   wanted ──Notify──▶ up (id) ──Notify with its id──▶ up, other content
//          └─ no answer in time ──▶ missing ──its late answer──▶ up if it is still the newest, else closed
//                        │ withdrawn here: CloseNotification     │ daemon: NotificationClosed
//                        ▼                                       ▼
//                     closing (clicks still count as late) ──▶ gone
//
// A new owner of the name knows none of our ids: all is forgotten, and what is wanted is shown again.
import type { Logger } from '../../../common/log.ts'
import { variant, type BusSignal, type SessionBus } from '../session-bus.ts'
import type { Presenter, PresenterEvents } from './notifier.ts'
import type { WantedNotification } from './wanted.ts'

const service = {
  destination: 'org.freedesktop.Notifications',
  path: '/org/freedesktop/Notifications',
  interface: 'org.freedesktop.Notifications'
}
const callDeadlineMs = 2_000
const categories: Readonly<Record<WantedNotification['kind'], string | null>> = {
  incoming: 'call.incoming',
  missed: 'call.unanswered',
  hint: null
}
/** A daemon that dies of what it is shown is not fed for ever. */
const mostRestorals = 5

export type LinuxPresenterDeps = {
  /** Connects anew at each call. `onClosed` hears that the connection was lost. */
  readonly openBus: (onClosed: () => void) => Promise<SessionBus>
  /** For desktops whose daemon has no buttons or that have no daemon. */
  readonly fallback: Presenter
  readonly events: PresenterEvents
  /** Shown beside the text: a file's path. */
  readonly icon: string
  readonly log: Logger
}

/** Daemons with `body-markup` read the body as markup: a name must stay a name. */
export const escapeMarkup = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** `not_here`: this daemon can't, the fallback may. */
type Taken = 'yes' | 'no' | 'not_here'
type Daemon = { readonly bus: SessionBus; readonly actions: boolean; readonly markup: boolean }

export const createLinuxPresenter = ({ openBus, fallback, events, icon, log }: LinuxPresenterDeps): Presenter => {
  let connection: Promise<SessionBus> | null = null
  let owner: string | null = null
  let daemon: Promise<Daemon> | null = null
  let isClosed = false
  let restorals = 0
  /** What is wanted now, whether the daemon has it or not. */
  const wantedNow = new Map<string, WantedNotification>()
  /** Ids of the present owner, including those that are being withdrawn. */
  const byId = new Map<number, WantedNotification>()
  const idOf = new Map<string, number>()
  /** Wanted, but not with the present owner. */
  const missing = new Set<string>()
  /** One message after the other, so that a replacement knows the id that it replaces. */
  let queue: Promise<unknown> = Promise.resolve()

  const forget = (): void => {
    byId.clear()
    idOf.clear()
    daemon = null
    for (const key of wantedNow.keys()) missing.add(key)
  }

  const ownerChanged = (next: string | null): void => {
    if (next === owner) return
    const hadOwner = owner !== null
    owner = next
    if (hadOwner) forget()
    if (missing.size === 0 || restorals >= mostRestorals) return
    // Without an owner too: asking starts a daemon that the bus can start.
    restorals += 1
    events.lost()
  }

  const signalled = ({ sender, member, body }: BusSignal): void => {
    const [id, what] = body
    // Anybody can send a signal that looks like this; only the daemon's word about our own notifications counts.
    if (sender !== owner || typeof id !== 'number') return
    const wanted = byId.get(id)
    if (wanted === undefined) return
    if (member === 'NotificationClosed') {
      byId.delete(id)
      if (idOf.get(wanted.key) === id) idOf.delete(wanted.key)
    }
    if (member === 'ActionInvoked' && typeof what === 'string') {
      events.clicked(wanted, what === 'default' ? null : what)
    }
  }

  const connect = (): Promise<SessionBus> => {
    connection ??= openBus(() => {
      log.warn('the session bus is gone')
      connection = null
      owner = null
      forget()
    }).then(async (bus) => {
      await bus.onSignal(service, signalled)
      await bus.watchOwner(service.destination, ownerChanged)
      return bus
    })
    const mine = connection
    mine.catch(() => {
      if (connection === mine) connection = null
    })
    return mine
  }

  const meet = (): Promise<Daemon> => {
    daemon ??= connect().then(async (bus) => {
      const [names] = await bus.call({ ...service, member: 'GetCapabilities' }, callDeadlineMs)
      const has = (name: string): boolean => Array.isArray(names) && names.includes(name)
      return { bus, actions: has('actions'), markup: has('body-markup') }
    })
    const mine = daemon
    mine.catch(() => {
      if (daemon === mine) daemon = null
    })
    return mine
  }

  const closeId = async (id: number): Promise<void> => {
    const bus = await connect()
    await bus.call({ ...service, member: 'CloseNotification', signature: 'u', body: [id] }, callDeadlineMs)
  }

  const isUp = (id: number, wanted: WantedNotification): void => {
    byId.set(id, wanted)
    idOf.set(wanted.key, id)
    missing.delete(wanted.key)
  }

  /** The daemon has shown it after all, when nobody waited any more. */
  const shownLate = (id: unknown, wanted: WantedNotification, by: string | null): void => {
    // Another daemon's ids say nothing about this one's; and a replacement has the same id.
    if (typeof id !== 'number' || by !== owner || isClosed || idOf.get(wanted.key) === id) return
    if (wantedNow.get(wanted.key) === wanted && !idOf.has(wanted.key)) {
      fallback.withdraw(wanted.key)
      isUp(id, wanted)
      return
    }
    log.info('a notification that came late is withdrawn', { kind: wanted.kind, session: wanted.session ?? undefined })
    void inTurn(async () => {
      await closeId(id)
      return 'yes'
    })
  }

  const notify = async ({ bus, markup }: Daemon, wanted: WantedNotification): Promise<void> => {
    const by = owner
    const actions = wanted.buttons.flatMap(({ key, label }) => [key, label])
    const isIncoming = wanted.kind === 'incoming'
    const category = categories[wanted.kind]
    const hints = {
      urgency: variant('y', isIncoming ? 2 : 1),
      ...(category === null ? {} : { category: variant('s', category) }),
      'desktop-entry': variant('s', 'tamas'),
      ...(wanted.sound
        ? { 'sound-name': variant('s', 'phone-incoming-call') }
        : { 'suppress-sound': variant('b', true) })
    }
    const [id] = await bus.call(
      {
        ...service,
        member: 'Notify',
        signature: 'susssasa{sv}i',
        body: [
          'Tamas',
          idOf.get(wanted.key) ?? 0,
          icon,
          wanted.title,
          markup ? escapeMarkup(wanted.body) : wanted.body,
          ['default', '', ...actions],
          hints,
          isIncoming ? 0 : -1
        ]
      },
      callDeadlineMs,
      ([late]) => {
        shownLate(late, wanted, by)
      }
    )
    if (typeof id !== 'number') throw new Error('the daemon gave no id')
    isUp(id, wanted)
  }

  const inTurn = (run: () => Promise<Taken>): Promise<Taken> => {
    const done = queue.then(run).catch((error: unknown): Taken => {
      log.warn('the notification daemon did not do it', { error: String(error) })
      return 'no'
    })
    queue = done
    return done
  }

  const show = async (wanted: WantedNotification): Promise<Taken> => {
    if (isClosed || wantedNow.get(wanted.key) !== wanted) return 'no'
    let met: Daemon
    try {
      met = await meet()
    } catch (error) {
      log.warn('no notification daemon was met', { error: String(error) })
      missing.add(wanted.key)
      return 'not_here'
    }
    if (!met.actions) return 'not_here'
    // Withdrawn while the daemon was being met.
    if (wantedNow.get(wanted.key) !== wanted) return 'no'
    missing.add(wanted.key)
    fallback.withdraw(wanted.key)
    await notify(met, wanted)
    return 'yes'
  }

  // Met in advance: when it rings there is no time for it.
  void meet().catch(() => undefined)

  return {
    show: (wanted) => {
      wantedNow.set(wanted.key, wanted)
      return inTurn(() => show(wanted)).then((taken) => {
        if (taken !== 'not_here') return taken === 'yes'
        // To find that there is no daemon takes time, in which the call may be over.
        return !isClosed && wantedNow.get(wanted.key) === wanted ? fallback.show(wanted) : false
      })
    },
    withdraw: (key) => {
      wantedNow.delete(key)
      missing.delete(key)
      if (wantedNow.size === 0) restorals = 0
      fallback.withdraw(key)
      void inTurn(async () => {
        const id = idOf.get(key)
        // Shown again meanwhile, or never up.
        if (id === undefined || wantedNow.has(key)) return 'no'
        idOf.delete(key)
        await closeId(id)
        return 'yes'
      })
    },
    close: () => {
      isClosed = true
      void fallback.close() // Has nothing to wait for.
      // After what is in the queue, so that withdrawals reach the daemon before the connection ends.
      return inTurn(async () => {
        if (connection !== null) (await connection).close()
        connection = null
        return 'yes'
      })
    }
  }
}
