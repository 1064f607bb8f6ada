// Finding people by what was typed: letters and digits of both scripts are folded, so that either keyboard finds all.
import { fold, latinDigits } from '../../common/fold.ts'
import type { DirectoryEntry } from '../../common/types.ts'

/** How well an entry fits a folded query: 0 = begins a word or the number, 1 = inside, null = not at all. */
export const fit = (entry: Pick<DirectoryEntry, 'names' | 'username'>, foldedQuery: string): 0 | 1 | null => {
  const text = fold(`${entry.username} ${entry.names.en} ${entry.names.fa}`)
  const words = foldedQuery.split(' ')
  if (words.every((word) => ` ${text}`.includes(` ${word}`))) return 0
  if (words.every((word) => text.includes(word))) return 1
  // Persian words are written apart, together or with a half-space.
  return text.replaceAll(' ', '').includes(foldedQuery.replaceAll(' ', '')) ? 1 : null
}

/**
 * Entries that fit, best first, otherwise in the order given. An empty query fits all.
 */
export const search = <E extends Pick<DirectoryEntry, 'names' | 'username'>>(
  entries: readonly E[],
  query: string
): readonly E[] => {
  const folded = fold(query)
  if (folded === '') return entries
  return entries
    .map((entry) => ({ entry, score: fit(entry, folded) }))
    .filter((found): found is { entry: E; score: 0 | 1 } => found.score !== null)
    .sort((a, b) => a.score - b.score)
    .map(({ entry }) => entry)
}

const dialable = /^[\p{L}\p{N}+*#._@-]{1,64}$/u

/** The number or username that the typed text means, or null where it can't be dialled. */
export const dialTarget = (typed: string): string | null => {
  const text = latinDigits(typed)
    .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/gu, '')
    .trim()
  const number = text.replace(/[\s()/.\u2010-\u2015-]/gu, '')
  if (/^\+?[0-9*#]+$/.test(number)) return number.length <= 64 ? number : null
  return dialable.test(text) ? text : null
}

/** Whom Enter in the dial field calls: a number as typed, else the best match, else the text as a username. */
export const enterTarget = (
  typed: string,
  matches: readonly Pick<DirectoryEntry, 'username'>[]
): { readonly to: string; readonly known: boolean } | null => {
  if (typed.trim() === '') return null
  const target = dialTarget(typed)
  const exact = matches.find((entry) => entry.username.toLowerCase() === target?.toLowerCase())
  if (exact) return { to: exact.username, known: true }
  const isNumber = target !== null && /^\+?[0-9*#]+$/.test(target)
  const first = matches[0]
  if (!isNumber && first) return { to: first.username, known: true }
  return target === null ? null : { to: target, known: false }
}
