// What Enter in the dial field would call. Finding people by what was typed is find.ts's. Pure.
import { dialTarget, isNumber } from '../../common/dial-target.ts'

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
