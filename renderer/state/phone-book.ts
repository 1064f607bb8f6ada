// Everybody one can call, as the list shows them: the directory and the own contacts as one, by name, with what they are
// found by, in sections by letter. Pure.
import { isSameNumber, numberKey, numberTail } from '../../common/contacts/number.ts'
import { fold } from '../../common/fold.ts'
import type { Locale } from '../../common/i18n/index.ts'
import type { Contact, DirectoryEntry, NumberLabel, Peer } from '../../common/types.ts'
import { searchKeyOf, type SearchKey } from './find.ts'
import type { Section } from './list-window.ts'
import { shownName } from './people.ts'
import { dialTarget } from '../../common/dial-target.ts'

/** One row of the list: somebody of the directory, an own contact, or both in one, where a number is the same. */
export type Person = {
  readonly key: string
  /** As it is shown: what one has called them oneself comes first. */
  readonly name: string
  /** What a call goes to; null where there is no number. */
  readonly number: string | null
  /** Everything that reaches them, as it is dialled, `number` first. */
  readonly numbers: readonly string[]
  readonly entry: DirectoryEntry | null
  readonly own: Contact | null
  /** Which colour they have. */
  readonly hue: string
  readonly search: SearchKey
  /** The name folded, for letters that are typed and for its section. */
  readonly folded: string
}

const numbersOf = (contact: Contact): readonly string[] =>
  contact.numbers.flatMap(({ value }) => dialTarget(value) ?? [])

const person = (entry: DirectoryEntry | null, own: Contact | null, locale: Locale): Person => {
  const name = own?.name ?? (entry === null ? '' : shownName(locale, entry))
  const numbers = [...new Set([...(entry === null ? [] : [entry.username]), ...(own === null ? [] : numbersOf(own))])]
  const texts = [name, ...(entry === null ? [] : [entry.names.en, entry.names.fa]), own?.company ?? '']
  return {
    key: entry?.userId ?? `own:${own?.id ?? ''}`,
    name,
    number: numbers[0] ?? null,
    numbers,
    entry,
    own,
    hue: entry?.userId ?? own?.id ?? '',
    search: searchKeyOf(texts, numbers),
    folded: fold(name)
  }
}

/** All, sorted by name as the language sorts. Folds each once: for when the lists change, not for each key. */
export const phoneBook = (
  entries: readonly DirectoryEntry[],
  contacts: readonly Contact[],
  locale: Locale,
  compare: (a: string, b: string) => number
): readonly Person[] => {
  const byTail = new Map<string, { readonly key: string; readonly entry: DirectoryEntry }[]>()
  for (const entry of entries) {
    const key = numberKey(entry.username)
    const tail = numberTail(key)
    byTail.set(tail, [...(byTail.get(tail) ?? []), { key, entry }])
  }
  const joined = new Set<DirectoryEntry>()
  const own = contacts.map((contact) => {
    const entry = contact.numbers
      .map(({ value }) => numberKey(value))
      .flatMap((key) => (byTail.get(numberTail(key)) ?? []).filter((one) => isSameNumber(one.key, key)))
      .find((one) => !joined.has(one.entry))?.entry
    if (entry !== undefined) joined.add(entry)
    return person(entry ?? null, contact, locale)
  })
  const others = entries.filter((entry) => !joined.has(entry)).map((entry) => person(entry, null, locale))
  return [...own, ...others].sort((a, b) => compare(a.name, b.name))
}

/** A contact that has just been saved, until it comes back with the others. */
export const saved = (contact: Contact, locale: Locale): Person => person(null, contact, locale)

/** Somebody who is in neither list, as a call names them. */
export const stranger = (peer: Peer, locale: Locale): Person => {
  const name = shownName(locale, peer)
  return {
    key: peer.userId,
    name,
    number: peer.username,
    numbers: [peer.username],
    entry: null,
    own: null,
    hue: peer.userId,
    search: searchKeyOf([name], [peer.username]),
    folded: fold(name)
  }
}

/** A way to call somebody: which number it is (null: the server's own), as it is dialled, and as it was written. */
export type Way = { readonly label: NumberLabel | null; readonly number: string; readonly written: string }

/** Each number once, the directory's first. */
export const reachedBy = ({ entry, own, number }: Person): readonly Way[] => {
  const ways = new Map<string, Way>()
  if (entry !== null) ways.set(entry.username, { label: null, number: entry.username, written: entry.username })
  for (const { label, value } of own?.numbers ?? []) {
    const dialled = dialTarget(value)
    if (dialled !== null && !ways.has(dialled)) ways.set(dialled, { label, number: dialled, written: value })
  }
  if (ways.size === 0 && number !== null) ways.set(number, { label: null, number, written: number })
  return [...ways.values()]
}

/** Where names that begin with no letter stand: last. */
const noLetter = '#'
/** Fewer need no letters between them. */
const fewest = 16

const letterOf = ({ folded }: Person): string => {
  const [letter = ''] = folded
  return /\p{L}/u.test(letter) ? letter.toUpperCase() : noLetter
}

const byLetter = (people: readonly Person[]): readonly Section<Person>[] => {
  const letters = new Map<string, Person[]>()
  for (const one of people) {
    const letter = letterOf(one)
    const group = letters.get(letter)
    if (group === undefined) letters.set(letter, [one])
    else group.push(one)
  }
  const sections = [...letters].map(([letter, rows]) => ({ key: `letter-${letter}`, title: letter, rows }))
  return [...sections.filter(({ title }) => title !== noLetter), ...sections.filter(({ title }) => title === noLetter)]
}

export const favouritesKey = 'favourites'

/** The favourites among them, in their own order. */
export const starredOf = (people: readonly Person[], favourites: readonly string[]): readonly Person[] => {
  const wanted = new Set(favourites)
  const byNumber = new Map(people.flatMap((one) => (wanted.has(one.entry?.username ?? '') ? [[one.number, one]] : [])))
  return favourites.flatMap((number) => byNumber.get(number) ?? [])
}

/** Favourites first, then the rest by letter, or all together where they are few. */
export const inSections = (
  people: readonly Person[],
  favourites: readonly string[],
  titles: { readonly favourites: string; readonly everyone: string }
): readonly Section<Person>[] => {
  const starred = starredOf(people, favourites)
  const known = new Set(starred)
  const rest = people.filter((one) => !known.has(one))
  const sections: readonly Section<Person>[] = [
    { key: favouritesKey, title: titles.favourites, rows: starred },
    ...(rest.length < fewest ? [{ key: 'everyone', title: titles.everyone, rows: rest }] : byLetter(rest))
  ]
  return sections.filter(({ rows }) => rows.length > 0)
}

/** One of a list put where another one is; those that are not shown keep their neighbours. */
export const reordered = (list: readonly string[], one: string, target: string): readonly string[] => {
  const [from, to] = [list.indexOf(one), list.indexOf(target)]
  if (from === -1 || to === -1 || from === to) return list
  const rest = list.filter((other) => other !== one)
  return rest.toSpliced(rest.indexOf(target) + (to > from ? 1 : 0), 0, one)
}
