// The tray icons of a desktop: reads them and their menus over D-Bus and clicks them, over D-Bus or with the mouse. Draws none.
import type { Message } from '@jellybrick/dbus-next'
import { centre, childrenOf, type Rect, rectOf, roleOf, stateOf } from './accessible.ts'
import { type Bus, unwrap, variant } from './bus.ts'
import type { Screen } from './screen.ts'
import { findPath, type MenuStep, readLayout, type TrayMenuItem } from './tray-menu.ts'
import { waitFor, type WaitOptions } from './wait.ts'

/** A tray icon (StatusNotifierItem). */
export interface TrayItem {
  pid: number
  /** Unique name of its connection, and its object on it. */
  owner: string
  path: string
  id: string
  title: string
  toolTip: string
  status: string
  iconName: string
  /** The icon as it is drawn, 32 bit ARGB in network order, the largest there is. */
  pixmap: { width: number; height: number; data: Buffer } | undefined
  menuPath: string
}

/** The tray of one desktop. */
export interface Tray {
  items: () => Promise<TrayItem[]>
  waitForItem: (predicate: (item: TrayItem) => boolean, wait?: WaitOptions) => Promise<TrayItem>
  /** The root of an icon's menu as it is now. */
  menu: (item: TrayItem) => Promise<TrayMenuItem>
  /** The menu as soon as `predicate` takes it. */
  waitForMenu: (item: TrayItem, predicate: (root: TrayMenuItem) => boolean, wait?: WaitOptions) => Promise<TrayMenuItem>
  /** Clicks a menu entry, named by the labels that lead to it, through dbusmenu as the panel does. */
  click: (item: TrayItem, labels: readonly string[]) => Promise<void>
  /** Clicks the icon itself (the left button), through StatusNotifierItem. */
  activate: (item: TrayItem) => Promise<void>
  /** Opens the menu on the icon in the panel and clicks the entry, all with the real mouse. */
  clickWithMouse: (item: TrayItem, labels: readonly string[]) => Promise<void>
  /** @internal */
  hear: (message: Message) => void
}

const WATCHER = 'org.kde.StatusNotifierWatcher'
const ITEM = 'org.kde.StatusNotifierItem'
const MENU = 'com.canonical.dbusmenu'
const PANEL_PLUGIN_CLASS = 'Wrapper-2.0'
const RIGHT_BUTTON = 3

/** What a monitor has to let through for this file. */
export const TRAY_RULES = [
  `type='method_call',interface='${MENU}'`,
  "type='signal',interface='org.a11y.atspi.Event.Object',member='StateChanged'"
]

/** Splits what the watcher lists: "owner/object/path", or an owner alone. */
export function splitItemName(name: string): { owner: string; path: string } {
  const slash = name.indexOf('/')
  return slash < 0
    ? { owner: name, path: '/StatusNotifierItem' }
    : { owner: name.slice(0, slash), path: name.slice(slash) }
}

function largestPixmap(list: unknown): TrayItem['pixmap'] {
  const all = (list as [number, number, Buffer][] | undefined) ?? []
  const [width = 0, height = 0, data] = [...all].sort((a, b) => b[0] - a[0])[0] ?? []
  return data ? { width, height, data: Buffer.from(data) } : undefined
}

/** A menu that the panel has just drawn. */
type DrawnMenu = [destination: string, path: string]

/** Makes the tray's side of a desktop. */
export async function createTray(bus: Bus, screen: Screen): Promise<Tray> {
  // Toolkits tell what they draw only when someone has asked for it.
  await bus.call({
    destination: 'org.a11y.atspi.Registry',
    path: '/org/a11y/atspi/registry',
    interface: 'org.a11y.atspi.Registry',
    member: 'RegisterEvent',
    signature: 's',
    body: ['object:state-changed:showing']
  })
  let drawn: DrawnMenu[] = []
  let menuCalls: { to: string; member: string }[] = []
  const hear = (message: Message): void => {
    if (message.interface === MENU) menuCalls.push({ to: message.destination, member: message.member })
    else if (message.member === 'StateChanged' && message.body[0] === 'showing' && message.body[1] === 1) {
      drawn.push([message.sender, message.path])
    }
  }

  const readItem = async (name: string): Promise<TrayItem> => {
    const { owner, path } = splitItemName(name)
    const [properties, pid] = await Promise.all([bus.properties(owner, path, ITEM), bus.pidOf(owner)])
    const text = (key: string): string => (typeof properties[key] === 'string' ? properties[key] : '')
    const toolTip = properties['ToolTip'] as [icon: string, pixmaps: unknown, title: string] | undefined
    return {
      pid,
      owner: owner.startsWith(':') ? owner : await bus.owner(owner),
      path,
      id: text('Id'),
      title: text('Title'),
      toolTip: toolTip?.[2] ?? '',
      status: text('Status'),
      iconName: text('IconName'),
      pixmap: largestPixmap(properties['IconPixmap']),
      menuPath: text('Menu')
    }
  }
  const items = async (): Promise<TrayItem[]> => {
    const watcher = await bus.properties(WATCHER, '/StatusNotifierWatcher', WATCHER)
    const names = (watcher['RegisteredStatusNotifierItems'] as string[] | undefined) ?? []
    // An icon may go while it is being read.
    const read = await Promise.allSettled(names.map(readItem))
    return read.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  }
  const menuCall = async (item: TrayItem, member: string, signature: string, body: unknown[]): Promise<unknown[]> =>
    bus.call({ destination: item.owner, path: item.menuPath, interface: MENU, member, signature, body })
  const event = async (item: TrayItem, id: number, what: string): Promise<void> => {
    await menuCall(item, 'Event', 'isvu', [id, what, variant('i', 0), 0])
  }
  // Programs may not know the entry or not care; panels ask and go on either way.
  const aboutToShow = async (item: TrayItem, id: number): Promise<void> => {
    await menuCall(item, 'AboutToShow', 'i', [id]).catch(() => undefined)
  }
  const menu = async (item: TrayItem): Promise<TrayMenuItem> => {
    const [, layout] = await menuCall(item, 'GetLayout', 'iias', [0, -1, []])
    return readLayout(unwrap(layout))
  }

  const click: Tray['click'] = async (item, labels) => {
    await aboutToShow(item, 0)
    await event(item, 0, 'opened')
    const steps = findPath(await menu(item), labels)
    const clicked = steps.at(-1)
    if (!clicked) throw new Error('A click needs at least one label')
    for (const { item: parent } of steps.slice(0, -1)) {
      await aboutToShow(item, parent.id)
      await event(item, parent.id, 'opened')
    }
    await event(item, clicked.item.id, 'clicked')
    await event(item, 0, 'closed')
  }

  /** The context menu among what was drawn: the one that hangs on an icon, which is a button. */
  const contextMenu = async (): Promise<DrawnMenu | undefined> => {
    for (const candidate of drawn) {
      if ((await roleOf(bus, candidate)) !== 'menu') continue
      const parent = (await bus.properties(...candidate, 'org.a11y.atspi.Accessible'))['Parent'] as DrawnMenu
      if ((await roleOf(bus, parent)) === 'push button') return candidate
    }
    return undefined
  }
  /** Opens menus, icon by icon, until it is the wanted one: panels show icons in an order of their own. */
  const openMenu = async (item: TrayItem): Promise<DrawnMenu> => {
    const count = (await items()).length
    const bar = await waitFor(`the tray's icons in the panel`, async () => screen.rectOfClass(PANEL_PLUGIN_CLASS, 16))
    const cell = bar.width / Math.max(count, 1)
    for (let i = 0; i < count; i++) {
      drawn = []
      menuCalls = []
      await screen.click(
        { x: Math.round(bar.x + cell * (i + 0.5)), y: bar.y + Math.round(bar.height / 2) },
        RIGHT_BUTTON
      )
      const opened = await waitFor('a menu under the tray icon', contextMenu, { timeoutMs: 1500 }).catch(
        () => undefined
      )
      if (!opened) continue
      const owner = await waitFor('whose menu it is', () => menuCalls.find((c) => c.member.startsWith('About'))?.to)
      if (owner === item.owner || (owner.startsWith(':') ? owner : await bus.owner(owner)) === item.owner) return opened
      await screen.press('Escape')
      await gone(opened)
    }
    throw new Error(`None of the ${String(count)} icons in the panel has the menu of process ${String(item.pid)}`)
  }
  const gone = async (element: DrawnMenu): Promise<void> => {
    await waitFor('the tray menu closed', async () => ((await stateOf(bus, element)).showing ? undefined : true))
  }
  /** An entry's rectangle once it is drawn and lies still. */
  const entryRect = async (parent: DrawnMenu, { item, index }: MenuStep): Promise<{ at: DrawnMenu; rect: Rect }> => {
    let before = ''
    return waitFor(`menu entry "${item.label}" on the screen`, async () => {
      const at = (await childrenOf(bus, parent))[index]
      if (!at || !(await stateOf(bus, at)).showing) return undefined
      const rect = await rectOf(bus, at)
      const still = JSON.stringify(rect) === before && rect.width > 1
      before = JSON.stringify(rect)
      return still ? { at, rect } : undefined
    })
  }
  const clickWithMouse: Tray['clickWithMouse'] = async (item, labels) => {
    const steps = findPath(await menu(item), labels)
    const root = await openMenu(item)
    let parent = root
    for (const [depth, step] of steps.entries()) {
      const { at, rect } = await entryRect(parent, step)
      menuCalls = []
      if (depth < steps.length - 1) await screen.moveMouse(centre(rect))
      else await screen.click(centre(rect))
      parent = at
    }
    await waitFor('the panel told the program of the click', () =>
      menuCalls.some((c) => c.member.startsWith('Event')) ? true : undefined
    )
    await gone(root)
  }

  return {
    items,
    waitForItem: async (predicate, wait) =>
      waitFor('a tray icon', async () => (await items()).find(predicate), { everyMs: 30, ...wait }),
    menu,
    waitForMenu: async (item, predicate, wait) =>
      waitFor('a tray menu', async () => [await menu(item)].find(predicate), { everyMs: 30, ...wait }),
    click,
    activate: async ({ owner, path }) => {
      await bus.call({ destination: owner, path, interface: ITEM, member: 'Activate', signature: 'ii', body: [0, 0] })
    },
    clickWithMouse,
    hear
  }
}
