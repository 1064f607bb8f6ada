// Where a popover goes: under its button, inside the window. Pixels of the window.

const margin = 12
const gap = 6

/** Its far edge with the button's, as far as there is room. */
export const placeBelow = (
  button: HTMLElement,
  wanted: number
): { readonly left: number; readonly top: number; readonly width: number } => {
  const around = button.getBoundingClientRect()
  const width = Math.min(wanted, innerWidth - 2 * margin)
  const end = getComputedStyle(button).direction === 'rtl' ? around.left : around.right - width
  return { width, left: Math.min(Math.max(margin, end), innerWidth - width - margin), top: around.bottom + gap }
}
