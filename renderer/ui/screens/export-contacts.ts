// The own contacts as a file: written in the page, saved by main where the person says.
import type { FileToSave } from '../../../common/ipc.ts'
import type { Contact } from '../../../common/types.ts'

/** `name` is without its ending. The writers are fetched when they are wanted. */
export const contactsFile = async (
  kind: 'vcard' | 'csv',
  name: string,
  contacts: readonly Contact[]
): Promise<FileToSave> => {
  if (kind === 'vcard') {
    const { writeVcards } = await import('../../files/vcard-write.ts')
    return { kind, name: `${name}.vcf`, text: writeVcards(contacts) }
  }
  const { writeCsv } = await import('../../files/csv-write.ts')
  return { kind, name: `${name}.csv`, text: writeCsv(contacts) }
}
