// Comparing numbers that people have typed in their own ways. Pure; what is stored or dialled stays as it was typed.
import { latinDigits, usernameKey } from '../fold.ts'

const separators = /[\s()/.\u00ad\u200b-\u200f\u202a-\u202e\u2010-\u2015\u2066-\u2069\ufeff-]/gu
const onlyAscii = /^[\x20-\x7e]*$/
const numberShape = /^\+?[0-9*#]+$/

/** Whether two of these are the same is whether the texts are: digits of all scripts are one, separators are none, `00` is `+`. */
export const numberKey = (typed: string): string => {
  const latin = onlyAscii.test(typed) ? typed : latinDigits(typed.normalize('NFKC'))
  const digits = latin.replace(separators, '')
  // A username, or a SIP address: no number to take apart.
  if (!numberShape.test(digits)) return usernameKey(typed).trim()
  return digits.replace(/^00(?=[1-9])/, '+')
}

/** Whether a key is that of a number, not of a username. */
export const isNumber = (key: string): boolean => numberShape.test(key)

/** How many of its last digits a number is looked up by: those of two spellings of one number are the same. */
const tailLength = 7

/** The same for all numbers that `isSameNumber` takes for one; also for others. */
export const numberTail = (key: string): string => (isNumber(key) ? key.slice(-tailLength) : key)

// Shorter ones are extensions, and an extension may begin with a zero too.
const leastNational = 8
/** Without the zero that is dialled before it within the country; null where it is no such number. */
const withinCountry = (key: string): string | null => {
  const rest = /^0([1-9][0-9]*)$/.exec(key)?.[1] ?? ''
  return rest.length >= leastNational ? rest : null
}
const endsWith = (international: string, national: string): boolean => {
  const rest = withinCountry(national)
  if (rest === null || !international.startsWith('+') || !international.endsWith(rest)) return false
  const country = international.length - 1 - rest.length
  return country >= 1 && country <= 3
}

/** Whether two keys mean one number: `0912 345 6789` is `+98 912 345 6789`, since that one says all that the other does. */
export const isSameNumber = (one: string, other: string): boolean =>
  one === other || endsWith(one, other) || endsWith(other, one)
