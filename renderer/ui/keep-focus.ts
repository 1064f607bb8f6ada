// What has the focus may go: a button puts another in its place, a row is taken away. Then the focus goes to what stands
// there now, and never to nowhere, from where keys lead back to the beginning of the page.
import { tick } from 'svelte'
import type { Attachment } from 'svelte/attachments'

const focusable = [
  ...['button', 'input:not([hidden])', 'select', 'textarea'].map((control) => `${control}:not([disabled])`),
  'summary',
  'a[href]',
  '[tabindex="0"]'
].join()

const isNowhere = (): boolean => document.activeElement === null || document.activeElement === document.body

/** The first that takes keys in an element; what says of itself that it comes next (`data-next`) before others. */
const firstIn = (element: Element): HTMLElement | null => {
  const all = [...element.querySelectorAll<HTMLElement>(focusable)].filter((one) => one.closest('[inert]') === null)
  return all.find((one) => one.dataset['next'] !== undefined) ?? all[0] ?? null
}

/** The first that takes keys where an element stood, or as near to that as can be within `box`. */
const nextIn = (box: HTMLElement, place: Element): HTMLElement => {
  for (let around: Element | null = place; around !== null; around = around.parentElement) {
    const found = firstIn(around)
    if (found !== null) return found
    if (around === box) break
  }
  // Nothing to press for now: it waits here for what comes.
  box.tabIndex = -1
  box.addEventListener('blur', () => box.removeAttribute('tabindex'), { once: true })
  return box
}

/**
 * For an element in which the focus shall stay when what has it is taken away. `otherwise` puts it elsewhere, after all
 * who have their own idea of where it goes.
 */
export const keepsFocus =
  (otherwise?: () => void): Attachment<HTMLElement> =>
  (box) => {
    let last: EventTarget | null = null
    const onfocusin = ({ target }: FocusEvent) => {
      last = target
    }
    // Who leaves by their own will leaves it whole.
    const onfocusout = ({ target }: FocusEvent) =>
      queueMicrotask(() => {
        if (target === last && target !== document.activeElement && box.contains(target as Node)) last = null
      })
    const follow = (place: Element) => {
      if (!isNowhere() && document.activeElement !== box) return
      nextIn(box, place).focus()
    }
    const observer = new MutationObserver((records) => {
      const gone = last instanceof Node ? last : null
      if (gone === null || (gone !== box && box.contains(gone))) return
      last = gone === box ? box : null
      if (otherwise !== undefined) {
        void tick()
          .then(tick)
          .then(() => isNowhere() && otherwise())
        return
      }
      const removal = records.find(({ removedNodes }) => [...removedNodes].some((node) => node.contains(gone)))
      const place = removal?.target
      follow(place instanceof Element && box.contains(place) ? place : box)
    })
    box.addEventListener('focusin', onfocusin)
    box.addEventListener('focusout', onfocusout)
    observer.observe(box, { childList: true, subtree: true })
    return () => {
      observer.disconnect()
      box.removeEventListener('focusin', onfocusin)
      box.removeEventListener('focusout', onfocusout)
    }
  }
