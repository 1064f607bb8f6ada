// Whether what was copied is a number or a link that can be called: then as the link that it would be. Pure; the question
// that follows is the one of every link.
import { isNumber, numberKey } from '../../common/contacts/number.ts'
import { isLink, longestLink } from '../../common/links.ts'
import { readLink } from './read-link.ts'

/** Longer ones are no numbers of any country. */
const longestNumber = 32

/** Null where there is no number: a text in which one stands somewhere is none. */
export const clipboardLink = (copied: string): string | null => {
  if (copied.length > longestLink) return null
  if (isLink(copied)) return copied.trim()
  const text = copied.trim()
  // Two numbers below one another are not one.
  if (/[\r\n\t]/.test(text)) return null
  const key = numberKey(text)
  return isNumber(key) && key.length <= longestNumber ? `tel:${key.replaceAll('#', '%23')}` : null
}

/** The number alone, as it is dialled: a link that asks for something else is none. */
export const copiedNumber = (copied: string): string | null => {
  const read = readLink(clipboardLink(copied) ?? '')
  return read.ok && read.target.kind === 'dial' && isNumber(read.target.to) ? read.target.to : null
}
