// What a text that was typed, copied or given on a command line would call. Pure; finding people by it is the page's.
import { latinDigits } from './fold.ts'

/** Whether a text that can be dialled is a number and no username. */
export const isNumber = (target: string): boolean => /^\+?[0-9*#]+$/.test(target)

const dialable = /^[\p{L}\p{N}+*#._@-]{1,64}$/u

/** The number or username that the text means, or null where it can't be dialled. */
export const dialTarget = (typed: string): string | null => {
  const text = latinDigits(typed)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  const number = text.replace(/[\s()/.\u2010-\u2015-]/gu, '')
  if (isNumber(number)) return number.length <= 64 ? number : null
  return dialable.test(text) ? text : null
}
