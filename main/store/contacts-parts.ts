// Divides a change of contacts into such as the server takes at once. Pure.
import { contactLimits } from '../../common/contacts/limits.ts'
import type { Contact, ContactsChange } from '../../common/types.ts'

/** In UTF-16 units of JSON, of which none takes more than three bytes: below the megabyte that the server reads, ids besides. */
const longestPart = 300_000

/**
 * One part nearly always: only hundreds of contacts with the longest of notes are more. What is removed goes with the
 * last, since it may be what was merged into others: if it breaks off, there is something twice, and nothing lost.
 */
export const inParts = ({ save, remove, ...rest }: ContactsChange): readonly ContactsChange[] => {
  const parts: Contact[][] = []
  let part: Contact[] = []
  let length = 0
  for (const contact of save) {
    const own = JSON.stringify(contact).length
    if (part.length === contactLimits.batch || (part.length > 0 && length + own > longestPart)) {
      parts.push(part)
      part = []
      length = 0
    }
    part.push(contact)
    length += own
  }
  return [...parts.map((each) => ({ save: each, remove: [], ...rest })), { save: part, remove, ...rest }]
}
