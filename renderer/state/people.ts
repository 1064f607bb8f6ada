// How people are shown: initials, their colour, and the order of the list. Pure.
import { nameIn, type Locale } from '../../common/i18n/index.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { Availability, DirectoryEntry, Names, Peer } from '../../common/types.ts'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
/** A letter with nothing that belongs to it: nearly all of them, and to take others apart costs much in a long list. */
const plainLetter = /^[\p{L}\p{N}](?![\p{M}\p{Cf}])/u
const firstLetter = (word: string): string => {
  const plain = plainLetter.exec(word)
  if (plain !== null) return plain[0]
  for (const { segment } of graphemes.segment(word)) return segment
  return ''
}

/** One or two letters for an avatar. Letters of joined scripts would read as a word: there one is enough. */
export const initials = (name: string): string => {
  const words = name
    .trim()
    .split(/\s+/)
    .filter((word) => /^[\p{L}\p{N}]/u.test(word))
  const first = firstLetter(words[0] ?? '')
  const last = words.length > 1 ? firstLetter(words.at(-1) ?? '') : ''
  return /\p{Script=Arabic}/u.test(first) ? first : `${first}${last}`.toUpperCase()
}

export const hueCount = 8

/** The same person has the same colour everywhere: a number from 0 to 7. */
export const hueOf = (key: string): number => {
  let hash = 7
  for (const character of key) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 4_294_967_291
  return hash % hueCount
}

/** The name to show for somebody; who has none is shown by the number. */
export const shownName = (locale: Locale, person: { readonly names: Names; readonly username: string }): string =>
  nameIn(locale, person.names) || person.username

/** How somebody is now; null where nobody knows. Echo is always there. */
export const availabilityOf = (
  known: AppSnapshot['availability'],
  person: Peer | DirectoryEntry
): Availability | null => {
  if ('kind' in person && person.kind === 'echo') return null
  return known === null ? null : (known[person.userId] ?? 'offline')
}

/** A number inside a sentence: kept left to right and apart from the words around it (Unicode isolates). */
export const isolated = (text: string): string => `\u2066${text}\u2069`
/** Words inside a line, in their own direction, so that they leave the order around them alone. */
export const apart = (text: string): string => `\u2068${text}\u2069`

/** The list of favourites with one of them added at the end, or taken out. */
export const toggled = (favourites: readonly string[], username: string): readonly string[] =>
  favourites.includes(username) ? favourites.filter((one) => one !== username) : [...favourites, username]
