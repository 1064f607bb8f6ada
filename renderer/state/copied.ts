// What is put on the clipboard where somebody copies from a page. Pure.
import { latinDigits } from '../../common/fold.ts'

/** Marks that only order a line of both directions: invisible, and no number that has one can be dialled elsewhere. */
const marks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** The selected text without marks of direction; of a number, also in the digits that everything can dial. */
export const copied = (selected: string, isNumber: boolean): string => {
  const plain = selected.replace(marks, '')
  return isNumber ? latinDigits(plain).trim() : plain
}
