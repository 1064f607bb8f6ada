// Moving through a list by keys: up and down between rows, along the line between a row's buttons. Rows carry `data-row`.

const rowsOf = (list: HTMLElement): HTMLElement[] => [...list.querySelectorAll<HTMLElement>('[data-row]')]
const controlsOf = (row: HTMLElement): HTMLElement[] => [...row.querySelectorAll<HTMLElement>('button')]

const focusRow = (rows: readonly HTMLElement[], index: number, column: number): boolean => {
  const row = rows[index]
  if (row === undefined) return false
  const controls = controlsOf(row)
  const control = controls[Math.min(column, controls.length - 1)]
  control?.focus()
  return control !== undefined
}

/** Puts the focus on the first row's first button; false where the list is empty. */
export const focusFirstRow = (list: HTMLElement): boolean => focusRow(rowsOf(list), 0, 0)

/** Handles a key press inside the list. `beforeFirst` is asked when Up is pressed on the first row. */
export const listKeys = (event: KeyboardEvent, list: HTMLElement, beforeFirst?: () => void): void => {
  if (event.ctrlKey || event.metaKey || event.altKey || !(event.target instanceof HTMLElement)) return
  const rows = rowsOf(list)
  const row = event.target.closest<HTMLElement>('[data-row]')
  if (row === null) return
  const index = rows.indexOf(row)
  const controls = controlsOf(row)
  const column = controls.findIndex((control) => control === event.target)
  const forward = getComputedStyle(list).direction === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  const backward = forward === 'ArrowLeft' ? 'ArrowRight' : 'ArrowLeft'
  switch (event.key) {
    case 'ArrowDown':
      focusRow(rows, index + 1, column)
      break
    case 'ArrowUp':
      if (index === 0) beforeFirst?.()
      else focusRow(rows, index - 1, column)
      break
    case 'Home':
      focusRow(rows, 0, column)
      break
    case 'End':
      focusRow(rows, rows.length - 1, column)
      break
    case forward:
      controls[column + 1]?.focus()
      break
    case backward:
      controls[column - 1]?.focus()
      break
    default:
      return
  }
  event.preventDefault()
}

/** The index of the row that holds an element, or -1: for a roving tab stop. */
export const rowIndexOf = (list: HTMLElement, target: EventTarget | null): number => {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null
  return row === null ? -1 : rowsOf(list).indexOf(row)
}
