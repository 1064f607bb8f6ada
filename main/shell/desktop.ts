// What the app is told by the desktop as a whole, and tells it: that it is started at signing in, that it is wanted, that it
// goes on without a window, and that it can be reached where it was started hidden.
import { app } from 'electron'
import type { Logger } from '../../common/log.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import { followSetting, type SettingsStore } from '../store/settings.ts'
import { systemAutostart } from './autostart-system.ts'
import type { MainWindow } from './window.ts'

export type DesktopDeps = {
  readonly settings: SettingsStore
  readonly window: Pick<MainWindow, 'show' | 'showMinimized'>
  readonly hasTray: () => Promise<boolean>
  readonly startHidden: boolean
  readonly clock: Clock
  readonly log: Logger
}

/** So long a desktop may need at signing in until it has a place for tray icons. */
const trayWithinMs = 15 * secondMs

/** Follows it until the returned function is called. */
export const followDesktop = ({ settings, window, hasTray, startHidden, clock, log }: DesktopDeps): (() => void) => {
  const autostart = systemAutostart({ app, platform: process.platform, env: process.env, log })
  if (settings.get().startAtLogin) void autostart.renew()
  followSetting(settings, 'startAtLogin', () => void autostart.set(settings.get().startAtLogin))
  app.on('activate', () => window.show())
  app.on('window-all-closed', () => undefined) // The phone goes on without a window.
  return clock.at(clock.now() + trayWithinMs, () => {
    // Started hidden where nothing shows that it runs: it is put where windows are.
    if (startHidden) void hasTray().then((there) => (there ? undefined : window.showMinimized()))
  })
}
