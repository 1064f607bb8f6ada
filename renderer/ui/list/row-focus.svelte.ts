// The focus within a list's rows: their buttons in order, the arrow keys' directions, and that it survives rows that go.
import { untrack } from 'svelte'

/** The buttons of a row, in the order of reading. */
export const controlsOf = (row: HTMLElement | null): HTMLElement[] =>
  row === null ? [] : [...row.querySelectorAll<HTMLElement>('button')]

const isRightToLeft = (list: HTMLElement): boolean => getComputedStyle(list).direction === 'rtl'

/** Whether the key goes on along the line of reading. */
export const isForward = (event: KeyboardEvent, list: HTMLElement): boolean =>
  event.key === (isRightToLeft(list) ? 'ArrowLeft' : 'ArrowRight')
export const isBackward = (event: KeyboardEvent, list: HTMLElement): boolean =>
  event.key === (isRightToLeft(list) ? 'ArrowRight' : 'ArrowLeft')

/**
 * Calls `restore` where a change of `what` has taken the focus from an element in `list`: it went, or was moved. Within a component's
 * initialisation only.
 */
export const followAfter = (what: () => unknown, list: () => HTMLElement | undefined, restore: () => void): void => {
  let had: Element | null = null
  $effect.pre(() => {
    what()
    const focused = document.activeElement
    had = untrack(list)?.contains(focused) === true ? focused : null
  })
  $effect(() => {
    what()
    if (had === null || document.activeElement === had) return
    // Somebody else may have taken it meanwhile.
    if (document.activeElement !== null && document.activeElement !== document.body) return
    untrack(restore)
  })
}
