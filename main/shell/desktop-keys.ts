// Where the keys of the whole desktop come from: Electron's `globalShortcut`. On Wayland a portal asks the person about
// them, once for each; so they are taken once and for all there.
import { globalShortcut } from 'electron'
import type { KeyPort } from './global-keys.ts'

export const desktopKeys: KeyPort = {
  register: (accelerator, pressed) => globalShortcut.register(accelerator, pressed),
  unregister: (accelerator) => globalShortcut.unregister(accelerator)
}

export const isWayland = (platform: string, env: NodeJS.ProcessEnv): boolean =>
  platform === 'linux' && env['XDG_SESSION_TYPE'] === 'wayland'
