// The keys of the main window as one function of a key press. Pure; who asks decides what is possible now.

export type Shortcut = 'answer' | 'decline' | 'mute' | 'find'

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'repeat'>

/**
 * All have Ctrl (⌘ on a Mac), so that nobody answers or declines by typing. `code` is used for letters: on a Persian
 * keyboard the same key gives another letter.
 */
export const shortcutOf = (press: KeyPress, mac: boolean): Shortcut | null => {
  const control = mac ? press.metaKey && !press.ctrlKey : press.ctrlKey && !press.metaKey
  if (!control || press.altKey || press.repeat) return null
  if (press.key === 'Enter') return press.shiftKey ? 'decline' : 'answer'
  if (press.code === 'KeyM' && press.shiftKey) return 'mute'
  if (press.code === 'KeyK' && !press.shiftKey) return 'find'
  return null
}

/** The keys as people write them. */
export const keysOf = (shortcut: Shortcut, mac: boolean): readonly string[] => {
  const control = mac ? '⌘' : 'Ctrl'
  const shift = mac ? '⇧' : 'Shift'
  switch (shortcut) {
    case 'answer':
      return [control, 'Enter']
    case 'decline':
      return [control, shift, 'Enter']
    case 'mute':
      return [control, shift, 'M']
    case 'find':
      return [control, 'K']
  }
}
