// What a file of contacts would change: read here in the page, where there is nothing to reach, and held against the
// contacts there are. Its readers are fetched with the first file.
import { planImport } from '../../common/contacts/merge.ts'
import type { Contact } from '../../common/types.ts'
import type { FileProblem, Looked } from '../state/contacts-import.svelte.ts'

/** Rejects where the file can't be read at all. */
export const lookAtFile = async (file: Blob, known: readonly Contact[]): Promise<Looked | FileProblem> => {
  const [bytes, { readContactFile }] = await Promise.all([file.arrayBuffer(), import('./read-contacts.ts')])
  const read = readContactFile(new Uint8Array(bytes))
  if (read === null) return 'unknown'
  if (read.contacts.length === 0 && read.bad.length === 0) return 'empty'
  return { file: read, plan: planImport(known, read.contacts, () => crypto.randomUUID()) }
}
