// How every page of ours is made: sandboxed, isolated, without Node. One place, so that no window is less safe.
import type { WebPreferences } from 'electron'

export const safePreferences = (preload: string): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
  // It rings and talks while it is hidden.
  backgroundThrottling: false,
  // Tones start without a click: the call is the reason.
  autoplayPolicy: 'no-user-gesture-required'
})
