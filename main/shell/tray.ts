// The tray icon: draws what tray-menu.ts says and hands clicks back. Where there is no tray, nothing is shown and nothing fails.
import path from 'node:path'
import { Menu, nativeImage, Tray, type MenuItemConstructorOptions } from 'electron'
import type { Logger } from '../../common/log.ts'
import { unreachable } from '../../common/result.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { ShellAction } from './actions.ts'
import { trayIcon, trayMenu, trayTooltip, type TrayIcon, type TrayItem } from './tray-menu.ts'

export type TrayPort = {
  readonly update: (snapshot: AppSnapshot) => void
  /** The desktop has a place for icons only now: an icon of before is not in it. */
  readonly remake: () => void
  /** Whether the app can be reached without its window. */
  readonly exists: () => boolean
  readonly close: () => void
}

export type TrayOptions = {
  /** The folder of the icons, see `trayFile`. */
  readonly icons: string
  readonly act: (action: ShellAction) => void
  readonly log: Logger
}

/**
 * The file of an icon: macOS colours its menu bar's itself, from templates; Windows takes one file with all sizes; a larger
 * `@2x` beside a PNG is found by Electron. Pure.
 */
export const trayFile = (platform: string, name: TrayIcon): string => {
  if (platform === 'darwin') return `tray-${name}Template.png`
  return platform === 'win32' ? `tray-${name}.ico` : `tray-${name}.png`
}

/** Menus read a single & as the mark of a shortcut letter. */
const escapeLabel = (label: string): string => label.replaceAll('&', '&&')

/** Electron's template for a menu; clicks become actions. */
export const menuTemplate = (
  items: readonly TrayItem[],
  act: (action: ShellAction) => void
): MenuItemConstructorOptions[] =>
  items.map((item) => {
    switch (item.type) {
      case 'separator':
        return { type: 'separator' }
      case 'heading':
        return { id: item.id, label: escapeLabel(item.label), enabled: false }
      case 'action':
        return { id: item.id, label: escapeLabel(item.label), enabled: item.enabled, click: () => act(item.action) }
      case 'check':
      case 'radio':
        return {
          id: item.id,
          label: escapeLabel(item.label),
          type: item.type === 'check' ? 'checkbox' : 'radio',
          checked: item.checked,
          click: () => act(item.action)
        }
      case 'submenu':
        return { id: item.id, label: escapeLabel(item.label), submenu: menuTemplate(item.items, act) }
      default:
        return unreachable(item)
    }
  })

export const createTray = ({ icons, act, log }: TrayOptions): TrayPort => {
  const images = new Map<TrayIcon, Electron.NativeImage>()
  const image = (name: TrayIcon): Electron.NativeImage => {
    const known = images.get(name)
    if (known !== undefined) return known
    const made = nativeImage.createFromPath(path.join(icons, trayFile(process.platform, name)))
    if (process.platform === 'darwin') made.setTemplateImage(true)
    images.set(name, made)
    return made
  }
  const make = (): Tray | null => {
    try {
      const tray = new Tray(image('offline'))
      tray.on('click', () => act({ kind: 'open' }))
      return tray
    } catch (error) {
      log.warn('there is no tray', { error: String(error) })
      return null
    }
  }
  const nothing = { icon: '', menu: '', tooltip: '' }
  let tray = make()
  let drawn = nothing
  let last: AppSnapshot | null = null
  const update = (snapshot: AppSnapshot): void => {
    last = snapshot
    if (tray === null) return
    const items = trayMenu(snapshot)
    const next = { icon: trayIcon(snapshot), menu: JSON.stringify(items), tooltip: trayTooltip(snapshot) }
    if (next.icon !== drawn.icon) tray.setImage(image(next.icon))
    if (next.tooltip !== drawn.tooltip) tray.setToolTip(next.tooltip)
    // Linux shows a changed menu only once it was set again; an unchanged one would close under the mouse.
    if (next.menu !== drawn.menu) tray.setContextMenu(Menu.buildFromTemplate(menuTemplate(items, act)))
    drawn = next
  }
  return {
    update,
    remake: () => {
      tray?.destroy()
      tray = make()
      drawn = nothing
      if (last !== null) update(last)
    },
    exists: () => tray !== null && !tray.isDestroyed(),
    close: () => tray?.destroy()
  }
}
