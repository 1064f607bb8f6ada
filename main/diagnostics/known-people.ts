// Whom this phone knows, by all the names and numbers that they could have in a log. Pure.
import type { Contact, DirectoryEntry } from '../../common/types.ts'
import type { KnownPerson } from './redact.ts'

/** Own contacts of somebody in the directory are that person. */
export const knownPeople = (
  directory: readonly DirectoryEntry[],
  contacts: readonly Contact[]
): readonly KnownPerson[] => [
  ...directory.map(({ username, names }) => [username, names.en, names.fa]),
  ...contacts.map(({ name, numbers }) => [...numbers.map(({ value }) => value), name])
]
