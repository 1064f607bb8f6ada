// Where a popover goes: under its button or over it, inside the window. Pixels of the window.

const margin = 12
const gap = 6

export type Place = { readonly left: number; readonly width: number; readonly top?: number; readonly bottom?: number }

const inWindow = (left: number, width: number): number => Math.min(Math.max(margin, left), innerWidth - width - margin)

/** Its far edge with the button's, as far as there is room. */
export const placeBelow = (button: HTMLElement, widest: number): Place => {
  const around = button.getBoundingClientRect()
  const width = Math.min(widest, innerWidth - 2 * margin)
  const end = getComputedStyle(button).direction === 'rtl' ? around.left : around.right - width
  return { width, left: inWindow(end, width), top: around.bottom + gap }
}

/** Its middle over the button's, as far as there is room. */
export const placeAbove = (button: HTMLElement, widest: number): Place => {
  const around = button.getBoundingClientRect()
  const width = Math.min(widest, innerWidth - 2 * margin)
  const centred = around.left + around.width / 2 - width / 2
  return { width, left: inWindow(centred, width), bottom: innerHeight - around.top + 2 * gap }
}
