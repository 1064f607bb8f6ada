// What a list lets its owner do with the focus.
export type ListHandle = {
  /** Puts the focus on the first row; false where the list is empty. */
  readonly focusFirst: () => boolean
  /** Puts the focus on a row; false where it is not in the list. */
  readonly focusKey: (key: string) => boolean
  /** Back to the beginning: another list is shown. */
  readonly toStart: () => void
}
