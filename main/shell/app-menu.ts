// The application's menu: macOS takes the editing keys from it, elsewhere it would only hide behind Alt. A packed app has
// no developer tools in it.
import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { Catalogue } from '../../common/i18n/index.ts'

export type AppMenuOptions = {
  readonly platform: string
  readonly words: Catalogue['shell']
  readonly isPackaged: boolean
  readonly quit: () => void
  /** Shows which keys there are. */
  readonly showShortcuts: () => void
}

/** Null where there shall be none. Pure. */
export const appMenuTemplate = ({
  platform,
  words,
  isPackaged,
  quit,
  showShortcuts
}: AppMenuOptions): MenuItemConstructorOptions[] | null => {
  if (platform !== 'darwin') return null
  const { menu } = words
  const separator: MenuItemConstructorOptions = { type: 'separator' }
  return [
    {
      label: words.appName,
      submenu: [
        { role: 'about', label: menu.about },
        separator,
        { role: 'hide', label: menu.hide },
        { role: 'hideOthers', label: menu.hideOthers },
        { role: 'unhide', label: menu.showAll },
        separator,
        // No role: that would quit without the question.
        { label: words.quit, accelerator: 'CommandOrControl+Q', click: quit }
      ]
    },
    {
      label: menu.edit,
      submenu: [
        { role: 'undo', label: menu.undo },
        { role: 'redo', label: menu.redo },
        separator,
        { role: 'cut', label: menu.cut },
        { role: 'copy', label: menu.copy },
        { role: 'paste', label: menu.paste },
        { role: 'selectAll', label: menu.selectAll }
      ]
    },
    {
      label: menu.window,
      submenu: [
        { role: 'minimize', label: menu.minimize },
        { role: 'close', label: menu.close },
        ...(isPackaged ? [] : ([separator, { role: 'reload' }, { role: 'toggleDevTools' }] as const))
      ]
    },
    // No accelerator: the keys are the page's.
    { label: menu.help, role: 'help', submenu: [{ label: menu.shortcuts, click: showShortcuts }] }
  ]
}

export const setAppMenu = (options: AppMenuOptions): void => {
  const template = appMenuTemplate(options)
  Menu.setApplicationMenu(template === null ? null : Menu.buildFromTemplate(template))
}
