// Whose number it is, by the own contacts. Pure.
import type { Contact, Peer } from '../types.ts'
import { isSameNumber, numberKey, numberTail } from './number.ts'

/** The name of the own contact with this number or username; null where there is none, or where it is the number itself. */
export type NameBook = { readonly nameOf: (username: string) => string | null }

export const noNames: NameBook = { nameOf: () => null }

/** Where several contacts have the number, the one that has it exactly goes first, and then the one that comes first. */
export const createNameBook = (contacts: readonly Contact[]): NameBook => {
  const byTail = new Map<string, { readonly key: string; readonly name: string }[]>()
  for (const { name, numbers } of contacts) {
    for (const { value } of numbers) {
      const key = numberKey(value)
      if (key === numberKey(name)) continue
      const tail = numberTail(key)
      const entries = byTail.get(tail)
      if (entries === undefined) byTail.set(tail, [{ key, name }])
      else entries.push({ key, name })
    }
  }
  return {
    nameOf: (username) => {
      const wanted = numberKey(username)
      const found = byTail.get(numberTail(wanted)) ?? []
      const best = found.find(({ key }) => key === wanted) ?? found.find(({ key }) => isSameNumber(key, wanted))
      return best?.name ?? null
    }
  }
}

/** The same person under the name that this phone's owner has given them; the very same value where they have given none. */
export const nameFor = <P extends Pick<Peer, 'username' | 'names'>>(peer: P, { nameOf }: NameBook): P => {
  const name = nameOf(peer.username)
  if (name === null || (peer.names.en === name && peer.names.fa === name)) return peer
  return { ...peer, names: { en: name, fa: name } }
}
