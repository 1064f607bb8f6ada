// Whether a key press belongs to what has the focus rather than to the window.

/** Escape closes a dialog or an open list first, and whoever types in a field types there. */
export const isMeantFor = (target: EventTarget | null, key: string): boolean =>
  target instanceof HTMLElement &&
  target.closest(`select, dialog, [popover]${key === 'Escape' ? '' : ', input, textarea'}`) !== null

/** Whether a dialog has the window to itself. */
export const isDialogOpen = (): boolean => document.querySelector('dialog[open]') !== null
