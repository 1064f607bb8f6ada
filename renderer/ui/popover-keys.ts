// Moving among the buttons of a popover by arrows, as people try in a menu. Tab goes the same way, and a group of radios
// has its own keys.

/** Handles a key press while the popover is open: from its opener into it, up and down around, Home and End to its ends. */
export const popoverKeys = (event: KeyboardEvent, popover: Element, opener: Element | null): void => {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
  const buttons = [...popover.querySelectorAll('button')].filter(({ disabled }) => !disabled)
  const isOnOpener = event.target === opener
  const index = buttons.findIndex((button) => button === event.target)
  if (buttons.length === 0 || (index === -1 && !isOnOpener)) return
  // The only one: its keys are those of what is read beside it, which may be scrolled.
  if (buttons.length === 1 && index === 0) return
  const last = buttons.length - 1
  const next = new Map([
    ['ArrowDown', index === last ? 0 : index + 1],
    ['ArrowUp', index <= 0 ? last : index - 1],
    ...(isOnOpener
      ? []
      : ([
          ['Home', 0],
          ['End', last]
        ] as const))
  ]).get(event.key)
  if (next === undefined) return
  event.preventDefault()
  buttons[next]?.focus()
}
