// Reads a file of contacts, whatever it is called: vCards or a table, in any encoding. Pure; loaded when a file is chosen.
import type { ReadContacts } from './contact-file.ts'
import { readCsv } from './csv-read.ts'
import { decode } from './decode.ts'
import { readVcards } from './vcard-read.ts'

/** Null where it is neither. Never throws. */
export const readContactFile = (bytes: Uint8Array): ReadContacts | null => {
  const text = decode(bytes)
  if (/^\s*BEGIN:VCARD\s*$/im.test(text)) return readVcards(text)
  // A picture, or a program.
  return text.includes('\u0000') || text.trim() === '' ? null : readCsv(text)
}
