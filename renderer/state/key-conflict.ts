// Whether keys that are chosen for the whole desktop are keys of something else already. Pure.
import { globalShortcuts, keysFor, type GlobalShortcut } from '../../common/global-shortcuts.ts'
import type { Catalogue } from '../../common/i18n/index.ts'
import type { Settings } from '../../common/types.ts'
import { shortcutWithKeys, type Shortcut } from './shortcuts.ts'

/** The same in the window as everywhere. */
const sameInWindow: Readonly<Record<GlobalShortcut, Shortcut | null>> = {
  answer: 'answer',
  decline: 'decline',
  mute: 'mute',
  hangUp: 'hangUp',
  dial: null
}

/** What it is that has these keys, in words; null where they are free. */
export const keyConflict = (
  accelerator: string,
  chosenFor: GlobalShortcut,
  settings: Settings,
  mac: boolean,
  { global, names }: Catalogue['shortcuts']
): string | null => {
  const other = globalShortcuts.find((one) => one !== chosenFor && keysFor(settings, one) === accelerator)
  if (other !== undefined) return global.names[other]
  const inWindow = shortcutWithKeys(accelerator, mac)
  return inWindow === null || inWindow === sameInWindow[chosenFor] ? null : names[inWindow]
}
