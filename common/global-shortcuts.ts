// What can be done by keys of the whole desktop, and which setting holds the keys of each. Names only.
import type { Settings } from './types.ts'

export const globalShortcuts = ['answer', 'decline', 'mute', 'hangUp', 'dial'] as const
export type GlobalShortcut = (typeof globalShortcuts)[number]

/** The setting is empty where there are no keys for it. */
export const keySettings = {
  answer: 'keysAnswer',
  decline: 'keysDecline',
  mute: 'keysMute',
  hangUp: 'keysHangUp',
  dial: 'keysDial'
} as const satisfies Record<GlobalShortcut, keyof Settings>

export const keysFor = (settings: Settings, shortcut: GlobalShortcut): string => settings[keySettings[shortcut]]
