// Keys of the whole desktop as Electron writes them (`Control+Alt+A`): made of a key press, checked, and shown to people.
// Pure; who takes them from the desktop is main/shell.

/** A key press as pages hear of it. */
export type PressedKey = {
  readonly code: string
  readonly ctrlKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
  readonly metaKey: boolean
}

/** In the order in which they are written, so that the same keys are the same text. */
const modifiers = ['Control', 'Alt', 'Shift', 'Super'] as const
type Modifier = (typeof modifiers)[number]

/** What a key is called by its place; letters, digits and F1 to F24 are as they are. */
const named: Readonly<Record<string, string>> = {
  Enter: 'Return',
  Space: 'Space',
  ArrowUp: 'Up',
  ArrowDown: 'Down',
  ArrowLeft: 'Left',
  ArrowRight: 'Right',
  Home: 'Home',
  End: 'End',
  PageUp: 'PageUp',
  PageDown: 'PageDown',
  Insert: 'Insert',
  Comma: ',',
  Period: '.',
  Slash: '/',
  Semicolon: ';',
  Quote: "'",
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Minus: '-',
  Equal: '=',
  NumpadAdd: 'numadd',
  NumpadSubtract: 'numsub',
  NumpadMultiply: 'nummult',
  NumpadDivide: 'numdiv',
  NumpadDecimal: 'numdec',
  MediaPlayPause: 'MediaPlayPause',
  MediaStop: 'MediaStop',
  MediaTrackNext: 'MediaNextTrack',
  MediaTrackPrevious: 'MediaPreviousTrack'
}
const isFunctionKey = (key: string): boolean => /^F([1-9]|1[0-9]|2[0-4])$/.test(key)
const isMediaKey = (key: string): boolean => key.startsWith('Media')
const isKey = (key: string): boolean =>
  /^[A-Z0-9]$/.test(key) || /^num[0-9]$/.test(key) || isFunctionKey(key) || Object.values(named).includes(key)

const keyOf = (code: string): string | null => {
  const plain = /^(?:Key([A-Z])|Digit([0-9]))$/.exec(code)
  if (plain !== null) return plain[1] ?? plain[2] ?? null
  const pad = /^Numpad([0-9])$/.exec(code)
  if (pad !== null) return `num${pad[1] ?? ''}`
  return isFunctionKey(code) ? code : (named[code] ?? null)
}

/**
 * Whether a key may be taken from all other programs: keys made for that, those with the key of the system, and those with
 * two others. With Ctrl alone every program copies and saves, with Alt alone it opens its menus, with Shift one writes.
 */
const isFree = (held: readonly Modifier[], key: string): boolean =>
  isFunctionKey(key) || isMediaKey(key) || held.includes('Super') || held.length >= 2

export type ReadPress =
  | { readonly ok: true; readonly accelerator: string }
  /** `waiting`: only keys that are held with others; the one that counts is still to come. */
  | { readonly ok: false; readonly fault: 'waiting' | 'unknown' | 'plain' }

const isHeldKey = (code: string): boolean =>
  /^(Control|Alt|Shift|Meta|OS)(Left|Right)?$/.test(code) || code === 'AltGraph'

export const readPress = (press: PressedKey): ReadPress => {
  if (isHeldKey(press.code)) return { ok: false, fault: 'waiting' }
  const key = keyOf(press.code)
  if (key === null) return { ok: false, fault: 'unknown' }
  const isHeld: Readonly<Record<Modifier, boolean>> = {
    Control: press.ctrlKey,
    Alt: press.altKey,
    Shift: press.shiftKey,
    Super: press.metaKey
  }
  const held = modifiers.filter((one) => isHeld[one])
  return isFree(held, key) ? { ok: true, accelerator: [...held, key].join('+') } : { ok: false, fault: 'plain' }
}

const partsOf = (text: string): { readonly held: readonly string[]; readonly key: string } => {
  const parts = text.split('+')
  return { held: parts.slice(0, -1), key: parts.at(-1) ?? '' }
}

/** Whether a text is what `readPress` makes. */
export const isAccelerator = (text: string): boolean => {
  const { held, key } = partsOf(text)
  const known = modifiers.filter((one) => held.includes(one))
  return known.join('+') === held.join('+') && isKey(key) && isFree(known, key)
}

export type Keyboard = 'mac' | 'windows' | 'other'

const heldNames: Readonly<Record<Keyboard, Readonly<Record<string, string>>>> = {
  mac: { Control: '⌃', Alt: '⌥', Shift: '⇧', Super: '⌘' },
  windows: { Control: 'Ctrl', Super: 'Win' },
  other: { Control: 'Ctrl' }
}
const keyNames: Readonly<Record<string, string>> = {
  Return: 'Enter',
  Up: '↑',
  Down: '↓',
  Left: '←',
  Right: '→',
  PageUp: 'Page Up',
  PageDown: 'Page Down',
  numadd: 'Num +',
  numsub: 'Num −',
  nummult: 'Num ×',
  numdiv: 'Num ÷',
  numdec: 'Num .',
  MediaPlayPause: 'Play/Pause',
  MediaStop: 'Stop',
  MediaNextTrack: 'Next Track',
  MediaPreviousTrack: 'Previous Track'
}

/** The keys as people write them. */
export const acceleratorKeys = (accelerator: string, keyboard: Keyboard): readonly string[] => {
  const { held, key } = partsOf(accelerator)
  const shown = keyNames[key] ?? key.replace(/^num(?=[0-9])/, 'Num ')
  return [...held.map((one) => heldNames[keyboard][one] ?? one), shown]
}
