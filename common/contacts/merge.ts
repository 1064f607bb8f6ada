// Which contacts are the same person, and one contact of several. Pure. Rather two entries of one person than one of two:
// only what nobody would tell apart is taken for the same, and a merge loses nothing.
//
// Two contacts are the same person if
// - their names are the same (folded) and they have a number or an e-mail address in common, or
// - their names are the same, and one of them has neither number nor e-mail address, and no other company, or
// - they have a number or an e-mail address in common, and one of them has no name but a number or an address.
// A number and two names stay two contacts: families and offices share theirs.
import { fold } from '../fold.ts'
import type { Contact } from '../types.ts'
import { contactLimits } from './limits.ts'
import { isNumber, isSameNumber, numberKey, numberTail } from './number.ts'

/** A contact that is not kept yet, as a file has it. */
export type NewContact = Omit<Contact, 'id'>

const addressShape = /^\S+@\S+$/
/** What the name of a contact is, where somebody saved a number and gave it no name. */
const kindOfName = (name: string): 'name' | 'number' | 'address' =>
  name.length <= contactLimits.number && isNumber(numberKey(name))
    ? 'number'
    : addressShape.test(name.trim())
      ? 'address'
      : 'name'

/** What a contact is compared by; a name that is a number or an address is one of them. */
type Traits = {
  readonly name: string
  readonly hasName: boolean
  readonly company: string
  readonly numbers: readonly string[]
  readonly emails: readonly string[]
}

const traitsOf = ({ name, company, numbers, emails }: NewContact): Traits => {
  const kind = kindOfName(name)
  return {
    name: fold(name),
    hasName: kind === 'name',
    company: fold(company),
    numbers: [...numbers.map(({ value }) => value), ...(kind === 'number' ? [name] : [])].map(numberKey),
    emails: [...emails, ...(kind === 'address' ? [name] : [])].map(fold)
  }
}

const shareNumber = (a: Traits, b: Traits): boolean =>
  a.numbers.some((one) => b.numbers.some((other) => isSameNumber(one, other)))
const shareEmail = (a: Traits, b: Traits): boolean => a.emails.some((one) => b.emails.includes(one))
const areLinked = (a: Traits, b: Traits): boolean => shareNumber(a, b) || shareEmail(a, b)
/** Nothing is known of one but a name, and perhaps the other's company. */
const isBareOf = (one: Traits, other: Traits): boolean =>
  one.numbers.length === 0 && one.emails.length === 0 && (one.company === '' || one.company === other.company)

const areSame = (a: Traits, b: Traits): boolean =>
  a.name === b.name ? areLinked(a, b) || isBareOf(a, b) || isBareOf(b, a) : !(a.hasName && b.hasName) && areLinked(a, b)

/** Whether both are the same person, by the rules above. */
export const isSamePerson = (a: NewContact, b: NewContact): boolean => areSame(traitsOf(a), traitsOf(b))

type Numbers = Contact['numbers']
const mergeNumbers = (a: Numbers, b: Numbers): Numbers => {
  const merged = [...a]
  for (const number of b) {
    const at = merged.findIndex(({ value }) => numberKey(value) === numberKey(number.value))
    const known = merged[at]
    if (known === undefined) merged.push(number)
    else if (known.label === 'other') merged[at] = { ...known, label: number.label }
  }
  return merged
}

const mergeEmails = (a: readonly string[], b: readonly string[]): string[] => {
  const merged = new Map<string, string>()
  for (const email of [...a, ...b]) if (!merged.has(fold(email))) merged.set(fold(email), email)
  return [...merged.values()]
}

/** No number and no address twice. */
const tidy = (contact: NewContact): NewContact => ({
  ...contact,
  numbers: mergeNumbers([], contact.numbers),
  emails: mergeEmails([], contact.emails)
})

/** One text of several; of two that say the same, the one that says more. */
const joinLines = (...texts: readonly string[]): string => {
  const holds = (text: string, part: string): boolean => {
    const lines = new Set(text.split('\n'))
    return part.split('\n').every((line) => lines.has(line))
  }
  let joined = ''
  for (const text of texts) {
    if (text === '' || holds(joined, text)) continue
    joined = joined === '' || holds(text, joined) ? text : `${joined}\n${text}`
  }
  return joined
}

/**
 * One contact of two: `a`'s name and company, where it has one; all numbers, addresses and notes of both. A name or a
 * company that is not kept as such is kept in the note. Null where it would hold more than a contact may.
 */
export const mergeTwo = <C extends NewContact>(a: C, b: NewContact): C | null => {
  const [first, second] = [traitsOf(a), traitsOf(b)]
  const [name, otherName] = !first.hasName && second.hasName ? [b.name, a.name] : [a.name, b.name]
  const lost = (kind: 'name' | 'number' | 'address'): string[] =>
    first.name !== second.name && kindOfName(otherName) === kind ? [otherName] : []
  const lostCompany = a.company !== '' && first.company !== second.company ? b.company : ''
  const merged: C = {
    ...a,
    name,
    company: a.company === '' ? b.company : a.company,
    numbers: mergeNumbers(a.numbers, [
      ...b.numbers,
      ...lost('number').map((value) => ({ label: 'other' as const, value }))
    ]),
    emails: mergeEmails(a.emails, [...b.emails, ...lost('address')]),
    note: joinLines(a.note, b.note, ...lost('name'), lostCompany)
  }
  const { numbers, emails, note } = contactLimits
  const fits = merged.numbers.length <= numbers && merged.emails.length <= emails && merged.note.length <= note
  return fits ? merged : null
}

/** Contacts by what may make them the same person, so that ten thousand are not held against ten thousand. */
const createIndex = <C extends NewContact>() => {
  const byTrait = new Map<string, Set<C>>()
  const traits = new Map<C, Traits>()
  const tagsOf = ({ name, numbers, emails }: Traits): readonly string[] => [
    `name:${name}`,
    ...numbers.map((key) => `number:${numberTail(key)}`),
    ...emails.map((email) => `email:${email}`)
  ]
  return {
    add: (contact: C): void => {
      const own = traitsOf(contact)
      traits.set(contact, own)
      for (const tag of tagsOf(own)) {
        const tagged = byTrait.get(tag) ?? new Set()
        byTrait.set(tag, tagged.add(contact))
      }
    },
    remove: (contact: C): void => {
      const own = traits.get(contact)
      if (own === undefined) return
      traits.delete(contact)
      for (const tag of tagsOf(own)) byTrait.get(tag)?.delete(contact)
    },
    /** Those that are the same person, in the order they were added. */
    same: (contact: NewContact): readonly C[] => {
      const own = traitsOf(contact)
      const found = new Set(tagsOf(own).flatMap((tag) => [...(byTrait.get(tag) ?? [])]))
      return [...found].filter((other) => {
        const theirs = traits.get(other)
        return other !== contact && theirs !== undefined && areSame(own, theirs)
      })
    },
    all: (): readonly C[] => [...traits.keys()]
  }
}

const isEqual = (a: NewContact, b: NewContact): boolean =>
  JSON.stringify([a.name, a.company, a.numbers, a.emails, a.note]) ===
  JSON.stringify([b.name, b.company, b.numbers, b.emails, b.note])

export type ImportPlan = {
  /** What must be saved, new ones and changed ones; nothing else changes. */
  readonly save: readonly Contact[]
  readonly added: number
  /** How many of `known` are changed by it. */
  readonly changed: number
  /** How many of the incoming are no contact of their own: they are in one that was known, or in another of them. */
  readonly merged: number
  /** How many of those are in a contact that was known, and say nothing new. */
  readonly same: number
  /** How many of those are there again: in one of the incoming, or with no more than those before have said already. */
  readonly repeated: number
}

type Found = { readonly old: Contact; readonly both: Contact }

/** Whom a contact can be merged into: first somebody who says all of it already. */
const createMerging = () => {
  const index = createIndex<Contact>()
  return {
    ...index,
    find: (contact: NewContact): Found | null => {
      let first: Found | null = null
      for (const old of index.same(contact)) {
        const both = mergeTwo(old, contact)
        if (both === null) continue
        if (isEqual(old, both)) return { old, both }
        first ??= { old, both }
      }
      return first
    }
  }
}

/** What an import of `incoming` changes: whoever is known gets what is new about them. The same file again changes nothing. */
export const planImport = (
  known: readonly Contact[],
  incoming: readonly NewContact[],
  newId: () => string
): ImportPlan => {
  const book = createMerging()
  for (const contact of known) book.add(contact)
  const isKnown = new Set(known.map(({ id }) => id))
  const changed = new Set<string>()
  const added = new Set<string>()
  let same = 0
  let repeated = 0
  for (const contact of incoming.map(tidy)) {
    const found = book.find(contact)
    if (found === null) {
      const id = newId()
      added.add(id)
      book.add({ ...contact, id })
      continue
    }
    const isNew = !isEqual(found.old, found.both)
    if (added.has(found.old.id) || (!isNew && changed.has(found.old.id))) repeated += 1
    else if (!isNew) same += 1
    if (isNew) {
      book.remove(found.old)
      book.add(found.both)
      if (isKnown.has(found.old.id)) changed.add(found.old.id)
    }
  }
  const save = book.all().filter(({ id }) => added.has(id) || changed.has(id))
  return { save, added: added.size, changed: changed.size, merged: incoming.length - added.size, same, repeated }
}

export type MergePlan = { readonly save: readonly Contact[]; readonly remove: readonly string[] }

/** What makes one contact of each person that is there several times; the one that comes first is kept. */
export const planMerge = (contacts: readonly Contact[]): MergePlan => {
  const book = createMerging()
  const saved = new Set<string>()
  const gone = new Set<string>()
  for (const contact of contacts) {
    let kept = contact
    // What were two so far may be one by what this one adds.
    for (let found = book.find(kept); found !== null; found = book.find(kept)) {
      book.remove(found.old)
      gone.add(kept.id)
      saved.add(found.old.id)
      kept = found.both
    }
    book.add(kept)
  }
  return { save: book.all().filter(({ id }) => saved.has(id)), remove: [...gone] }
}
