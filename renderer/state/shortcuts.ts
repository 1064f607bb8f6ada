// The keys of the main window as one table: which key each has, how people write it, and what a key press means. Pure; who
// asks decides what is possible now.
import { readPress } from '../../common/accelerator.ts'

/** In the order in which the overview names them. */
export const shortcutGroups = {
  ringing: ['answer', 'decline'],
  talk: ['mute', 'hold', 'next', 'keypad', 'transfer', 'hangUp'],
  calling: ['find', 'redial', 'disturb'],
  window: ['contacts', 'recents', 'settings', 'overview']
} as const
export type ShortcutGroup = keyof typeof shortcutGroups
export type Shortcut = (typeof shortcutGroups)[ShortcutGroup][number]

export type KeyPress = Pick<
  KeyboardEvent,
  'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'repeat' | 'isComposing'
>

type Combination = {
  /** The key by its place: on a Persian keyboard the same key gives another letter. */
  readonly code: string
  /** The key by what it gives, where that is the same on all keyboards or matters more. */
  readonly key?: string
  readonly shown: string
  readonly shift: boolean
  /** Also while a dialog is open: what is done with calls does not wait for it. */
  readonly overDialogs: boolean
}

const letter = (of: string, overDialogs: boolean): Combination => ({
  code: `Key${of}`,
  shown: of,
  shift: true,
  overDialogs
})
const plain = (code: string, shown: string, key?: string): Combination => ({
  code,
  shown,
  shift: false,
  overDialogs: false,
  ...(key === undefined ? {} : { key })
})

/**
 * All have Ctrl (⌘ on a Mac), so that nobody answers or declines by typing, and none has Alt, which writes letters on many
 * keyboards and belongs to screen readers on a Mac. Left alone besides: what edits texts, digits with Ctrl and Shift
 * (half-spaces and marks of direction on Persian keyboards), and Ctrl+Shift with E, F or U (input methods).
 */
const table: Readonly<Record<Shortcut, Combination>> = {
  answer: { code: 'Enter', key: 'Enter', shown: 'Enter', shift: false, overDialogs: true },
  decline: { code: 'Enter', key: 'Enter', shown: 'Enter', shift: true, overDialogs: true },
  mute: letter('M', true),
  hold: letter('P', true),
  next: letter('S', true),
  keypad: letter('K', false),
  transfer: letter('T', false),
  hangUp: letter('H', true),
  find: plain('KeyK', 'K'),
  redial: letter('R', false),
  disturb: letter('D', true),
  contacts: plain('Digit1', '1'),
  recents: plain('Digit2', '2'),
  settings: plain('Comma', ',', ','),
  overview: plain('Slash', '/', '/')
}
const all = Object.entries(table) as readonly (readonly [Shortcut, Combination])[]

/** Whose keys these are, written as those of the whole desktop are; null where they are nobody's. */
export const shortcutWithKeys = (accelerator: string, mac: boolean): Shortcut | null => {
  const found = all.find(([, { code, shift }]) => {
    const press = readPress({ code, ctrlKey: !mac, metaKey: mac, shiftKey: shift, altKey: false })
    return press.ok && press.accelerator === accelerator
  })
  return found?.[0] ?? null
}

/** Which shortcut a key press means, or null. */
export const shortcutOf = (press: KeyPress, mac: boolean): Shortcut | null => {
  const control = mac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey
  if (!control || press.altKey || press.repeat || press.isComposing) return null
  const found = all.find(
    ([, { code, key, shift }]) =>
      // A key that is known by what it gives may need Shift for that.
      (press.code === code && press.shiftKey === shift) ||
      (key !== undefined && press.key === key && (press.shiftKey === shift || key.length === 1))
  )
  return found?.[0] ?? null
}

/** A question mark alone asks which keys there are: for whoever asks it where nobody types. */
export const isQuestionMark = (press: KeyPress): boolean =>
  (press.key === '?' || press.key === '؟') &&
  !press.ctrlKey &&
  !press.metaKey &&
  !press.altKey &&
  !press.repeat &&
  !press.isComposing

export const worksOverDialogs = (shortcut: Shortcut): boolean => table[shortcut].overDialogs

/** The keys as people write them. */
export const keysOf = (shortcut: Shortcut, mac: boolean): readonly string[] => {
  const { shown, shift } = table[shortcut]
  return [mac ? '⌘' : 'Ctrl', ...(shift ? [mac ? '⇧' : 'Shift'] : []), shown]
}

/** The keys as `aria-keyshortcuts` names them. */
export const ariaKeysOf = (shortcut: Shortcut, mac: boolean): string => {
  const { shown, shift } = table[shortcut]
  return [mac ? 'Meta' : 'Control', ...(shift ? ['Shift'] : []), shown].join('+')
}
