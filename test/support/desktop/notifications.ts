// Overhears the notifications of a desktop and clicks their drawn buttons with the mouse. Sends and withdraws none itself.
import type { Message } from '@jellybrick/dbus-next'
import { type Accessible, accessibleTree, centre, type Rect, rectOf } from './accessible.ts'
import { type Bus, connectBus, unwrap } from './bus.ts'
import type { Screen } from './screen.ts'
import { monotonicNow, waitFor, type WaitOptions } from './wait.ts'

/** A notification as its daemon took it. `at` of all events: monotonic milliseconds (see `monotonicNow`). */
export interface ShownNotification {
  kind: 'shown'
  id: number
  at: number
  /** Process that sent it. */
  pid: number
  app: string
  icon: string
  summary: string
  body: string
  actions: { key: string; label: string }[]
  hints: Record<string, unknown>
  /** 0 = never, -1 = as the daemon likes, else milliseconds. */
  expireMs: number
  replaces: number
}

/** Why a notification went away, as the daemon says. */
export type CloseReason = 'expired' | 'dismissed' | 'withdrawn' | 'undefined'

/** Everything that can be overheard. `fromDaemon` is false for a forgery. */
export type NotificationEvent =
  | ShownNotification
  | { kind: 'closed'; id: number; at: number; reason: CloseReason; fromDaemon: boolean }
  | { kind: 'invoked'; id: number; at: number; action: string; fromDaemon: boolean }
type Of<K extends NotificationEvent['kind']> = Extract<NotificationEvent, { kind: K }>

/** The notifications of one desktop. */
export interface Notifications {
  /** All events so far, oldest first. */
  events: () => readonly NotificationEvent[]
  /** What is on the screen now. */
  shown: () => ShownNotification[]
  /** The first notification on the screen, now or later, that `predicate` takes. */
  waitForShown: (predicate?: (n: ShownNotification) => boolean, wait?: WaitOptions) => Promise<ShownNotification>
  waitForClosed: (id: number, wait?: WaitOptions) => Promise<Of<'closed'>>
  waitForInvoked: (id: number, wait?: WaitOptions) => Promise<Of<'invoked'>>
  /** Where the button of an action is drawn; rejects when it does not appear. */
  buttonOf: (notification: ShownNotification, action: string, wait?: WaitOptions) => Promise<Rect>
  /** Clicks the drawn button with the mouse and waits until the daemon has said so. */
  clickAction: (notification: ShownNotification, action: string) => Promise<Of<'invoked'>>
  /**
   * Sends the daemon's signal from a connection which is not the daemon's: what no program may believe.
   * With `to` (a unique bus name) it arrives there whatever signals that program subscribed to.
   */
  forge: (signal: 'ActionInvoked' | 'NotificationClosed', id: number, value: string | number, to?: string) => void
  /** @internal */
  hear: (message: Message) => void
  close: () => void
}

const IFACE = 'org.freedesktop.Notifications'
const PATH = '/org/freedesktop/Notifications'
const REASONS: Record<number, CloseReason> = { 1: 'expired', 2: 'dismissed', 3: 'withdrawn' }
const METHOD_CALL = 1
const METHOD_RETURN = 2
const SIGNAL = 4

/** What a monitor has to let through for this file. */
export const NOTIFICATION_RULES = [
  `type='method_call',interface='${IFACE}',member='Notify'`,
  `type='signal',interface='${IFACE}'`,
  "type='method_return'"
]

/** The daemon's text as it draws it: without markup. */
export function plainText(markup: string): string {
  const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }
  return markup.replace(/<[^>]*>/g, '').replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name] ?? '')
}

/** Reads the arguments of a Notify call. */
export function readNotify(body: unknown[]): Omit<ShownNotification, 'id' | 'at' | 'pid' | 'kind'> {
  const [app, replaces, icon, summary, text, flat, hints, expireMs] = body.map(unwrap)
  const words = flat as string[]
  const actions = words.flatMap((key, i) => (i % 2 === 0 ? [{ key, label: words[i + 1] ?? '' }] : []))
  return {
    app: String(app),
    icon: String(icon),
    summary: String(summary),
    body: String(text),
    actions,
    hints: hints as Record<string, unknown>,
    expireMs: Number(expireMs),
    replaces: Number(replaces)
  }
}

/** The last drawn window of the tree that shows the notification's summary, as its own list of elements. */
function popupOf(tree: readonly Accessible[], { summary, body }: ShownNotification): Accessible[] {
  const popups: Accessible[][] = []
  for (const element of tree) {
    if (element.role === 'frame' || element.role === 'window') popups.push([])
    popups.at(-1)?.push(element)
  }
  const texts = [summary, ...(body === '' ? [] : [plainText(body)])]
  const shows = (popup: Accessible[], text: string): boolean => popup.some((e) => e.role === 'label' && e.name === text)
  return popups.filter((popup) => texts.every((text) => shows(popup, text))).at(-1) ?? []
}

function same(a: Rect | undefined, b: Rect): boolean {
  return a !== undefined && a.x === b.x && a.y === b.y && a.width === b.width && a.height === b.height
}

/** Makes the notifications' side of a desktop. */
export async function createNotifications(bus: Bus, address: string, screen: Screen): Promise<Notifications> {
  const forger = await connectBus(address)
  const daemon = await bus.owner(IFACE)
  const daemonPid = await bus.pidOf(IFACE)
  const events: NotificationEvent[] = []
  const asked = new Map<string, { body: unknown[]; pid: Promise<number> }>()
  // Who sent a notification has to be asked; order of events must not suffer from that.
  let queue = Promise.resolve()
  const publish = (make: () => Promise<NotificationEvent> | NotificationEvent): void => {
    queue = queue.then(async () => {
      events.push(await make())
    })
  }

  const hear = (message: Message): void => {
    const at = monotonicNow()
    const { type, member, sender, body } = message
    if (type === METHOD_CALL && message.interface === IFACE && member === 'Notify') {
      const pid = bus.pidOf(sender).catch(() => 0)
      asked.set(`${sender} ${String(message.serial)}`, { body, pid })
    } else if (type === METHOD_RETURN && sender === daemon) {
      const key = `${message.destination} ${String(message.replySerial)}`
      const call = asked.get(key)
      if (!call) return
      asked.delete(key)
      publish(async () => ({ kind: 'shown', id: Number(body[0]), at, pid: await call.pid, ...readNotify(call.body) }))
    } else if (type === SIGNAL && message.interface === IFACE) {
      const common = { id: Number(body[0]), at, fromDaemon: sender === daemon }
      if (member === 'ActionInvoked') publish(() => ({ kind: 'invoked', action: String(body[1]), ...common }))
      if (member === 'NotificationClosed') {
        publish(() => ({ kind: 'closed', reason: REASONS[Number(body[1])] ?? 'undefined', ...common }))
      }
    }
  }

  const real = <K extends 'closed' | 'invoked'>(kind: K, id: number): Of<K> | undefined =>
    events.findLast((e): e is Of<K> => e.kind === kind && e.id === id && 'fromDaemon' in e && e.fromDaemon)
  const shown = (): ShownNotification[] => {
    const open = new Map<number, ShownNotification>()
    for (const event of events) {
      if (event.kind === 'shown') open.set(event.id, event)
      else if (event.kind === 'closed' && event.fromDaemon) open.delete(event.id)
    }
    return [...open.values()]
  }
  const buttonOf: Notifications['buttonOf'] = async (notification, action, wait) => {
    const label = notification.actions.find(({ key }) => key === action)?.label
    if (label === undefined) throw new Error(`Notification ${String(notification.id)} has no action "${action}"`)
    let before: Rect | undefined
    return waitFor(
      `button "${label}" of notification "${notification.summary}"`,
      async () => {
        const popup = popupOf(await accessibleTree(bus, daemonPid), notification)
        const button = popup.find((e) => e.role === 'push button' && e.name === label && e.showing)
        if (!button) return undefined
        const rect = await rectOf(bus, button.at)
        // Drawn and at rest: a popup is laid out before it is moved to its corner.
        const settled = same(before, rect) && rect.x > 0 && rect.width > 1
        before = rect
        return settled ? rect : undefined
      },
      wait
    )
  }
  const waitForInvoked: Notifications['waitForInvoked'] = async (id, wait) =>
    waitFor(`an action of notification ${String(id)} invoked`, () => real('invoked', id), { everyMs: 5, ...wait })

  return {
    events: () => events,
    shown,
    waitForShown: async (predicate = () => true, wait = {}) =>
      waitFor('a notification shown', () => shown().find(predicate), { everyMs: 5, ...wait }),
    waitForClosed: async (id, wait) =>
      waitFor(`notification ${String(id)} closed`, () => real('closed', id), { everyMs: 5, ...wait }),
    waitForInvoked,
    buttonOf,
    clickAction: async (notification, action) => {
      const { id } = notification
      await screen.click(centre(await buttonOf(notification, action)))
      const invoked = await waitForInvoked(id, { timeoutMs: 2000 })
      if (invoked.action !== action) throw new Error(`Clicked "${action}", the daemon says "${invoked.action}"`)
      return invoked
    },
    forge: (signal, id, value, to) => {
      forger.emit(PATH, IFACE, signal, signal === 'ActionInvoked' ? 'us' : 'uu', [id, value], to)
    },
    hear,
    close: () => {
      forger.close()
    }
  }
}
