// How people are written in menus and notifications, where no markup can set the direction of a part. Pure.
import { catalogue, direction, nameIn, type Locale } from '../../common/i18n/index.ts'
import type { DirectoryEntry, Peer } from '../../common/types.ts'

/** Letters that are written from right to left. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/

/** A part whose own letters decide its direction, so that it can't disturb the line around it. */
export const isolate = (text: string): string => `\u2068${text}\u2069`
/** A number: always read from left to right. */
export const isolateNumber = (text: string): string => `\u2066${text}\u2069`

/** Name and number as one line of the interface's language; isolated only where both directions meet. */
export const personLabel = (locale: Locale, { username, names }: Pick<Peer, 'username' | 'names'>): string => {
  const name = nameIn(locale, names)
  const words = catalogue(locale).shell
  const isMixed = direction(locale) === 'rtl' || rightToLeft.test(name + username)
  if (!isMixed) return words.person(name, username)
  return words.person(name === '' ? '' : isolate(name), isolateNumber(username))
}

/** The name alone, or the number where there is no name. */
export const shortName = (locale: Locale, { username, names }: Pick<Peer, 'username' | 'names'>): string =>
  nameIn(locale, names) || isolateNumber(username)

/** The short name as a part of a line in the interface's language. */
export const personName = (locale: Locale, person: Pick<Peer, 'username' | 'names'>): string => {
  const name = shortName(locale, person)
  return direction(locale) === 'rtl' || rightToLeft.test(name) ? isolate(name) : name
}

/** The directory's entry of a username, or one without names. */
export const findPerson = (directory: readonly DirectoryEntry[], username: string): Pick<Peer, 'username' | 'names'> =>
  directory.find((entry) => entry.username === username) ?? { username, names: { en: '', fa: '' } }
