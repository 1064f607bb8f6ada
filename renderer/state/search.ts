// What a text that was typed would call. Finding people by it is find.ts's. Pure.
import { latinDigits } from '../../common/fold.ts'

/** Whether a text that can be dialled is a number and no username. */
export const isNumber = (target: string): boolean => /^\+?[0-9*#]+$/.test(target)

const dialable = /^[\p{L}\p{N}+*#._@-]{1,64}$/u

/** The number or username that the typed text means, or null where it can't be dialled. */
export const dialTarget = (typed: string): string | null => {
  const text = latinDigits(typed)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  const number = text.replace(/[\s()/.\u2010-\u2015-]/gu, '')
  if (isNumber(number)) return number.length <= 64 ? number : null
  return dialable.test(text) ? text : null
}

/** Whom Enter in the dial field calls: a number as typed, else the best match, else the text as a username. */
export const enterTarget = <P extends { readonly numbers: readonly string[] }>(
  typed: string,
  matches: readonly P[]
): { readonly to: string; readonly who: P | null } | null => {
  if (typed.trim() === '') return null
  const target = dialTarget(typed)
  const wanted = target?.toLowerCase()
  for (const who of matches) {
    // Nearly none is as long: of many thousand, few are looked at closely.
    const to = who.numbers.find((number) => number.length === target?.length && number.toLowerCase() === wanted)
    if (to !== undefined) return { to, who }
  }
  const who = matches.find(({ numbers }) => numbers.length > 0)
  const [to] = who?.numbers ?? []
  if (who !== undefined && to !== undefined && (target === null || !isNumber(target))) return { to, who }
  return target === null ? null : { to: target, who: null }
}
