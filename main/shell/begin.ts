// What Electron must be told before anything else: who this app is, that it has no menu yet, and where its data are.
import path from 'node:path'
import { app, Menu } from 'electron'
import { isWayland } from './desktop-keys.ts'

/** Returns the folder of the app's data. */
export const beginApp = (): string => {
  app.setName('Tamas')
  // Before Electron makes its own, which has developer tools.
  Menu.setApplicationMenu(null)
  app.setAppUserModelId('app.tamas.phone')
  if (process.platform === 'linux') app.setDesktopName('tamas.desktop')
  if (isWayland(process.platform, process.env)) {
    // Without it no key of the desktop can be had there. A second switch would take the place of the first.
    const given = app.commandLine.getSwitchValue('enable-features')
    app.commandLine.appendSwitch('enable-features', [given, 'GlobalShortcutsPortal'].filter(Boolean).join(','))
  }
  // Older Electrons do not follow the switch by themselves.
  const asked = app.commandLine.getSwitchValue('user-data-dir')
  if (asked !== '') app.setPath('userData', path.resolve(asked))
  return app.getPath('userData')
}
