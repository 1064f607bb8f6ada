// What a list lets its owner do with the focus.
export type ListHandle = {
  /** Puts the focus on the first row; false where the list is empty. */
  readonly focusFirst: () => boolean
  /** Puts the focus on a row, or, where that is gone, on what stands where the focus was last; false in an empty list. */
  readonly focusKey: (key: string) => boolean
  /** Back to the beginning: another list is shown. */
  readonly toStart: () => void
}
