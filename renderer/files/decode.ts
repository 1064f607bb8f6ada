// The text of a file whose encoding nobody told: Unicode with or without its mark, or what Windows writes in Persian and
// in Western countries. Pure.

const startsWith = (bytes: Uint8Array, ...mark: readonly number[]): boolean =>
  mark.every((byte, index) => bytes[index] === byte)

const decodeAs = (encoding: string, bytes: Uint8Array): string => new TextDecoder(encoding).decode(bytes)

/** Null where the bytes are not of that encoding. */
const decodeStrictly = (encoding: string, bytes: Uint8Array): string | null => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return null
  }
}

const probe = 4_096

/** Every second byte of Latin letters in UTF-16 is zero; a text in another encoding has none. */
const utf16 = (bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  const zeros = [0, 0]
  const length = Math.min(bytes.length, probe)
  for (let index = 0; index < length; index += 1) {
    if (bytes[index] === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1
  }
  const [even = 0, odd = 0] = zeros
  if (odd > length / 8 && even === 0) return 'utf-16le'
  return even > length / 8 && odd === 0 ? 'utf-16be' : null
}

const arabicLetters = /[\u0621-\u06d2]/g
const accented = /[\u00c0-\u00ff]/g
const count = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0

/** In one of the two encodings nearly every byte means something: the one with words of its letters is meant. */
const windows = (bytes: Uint8Array): string => {
  const arabic = decodeAs('windows-1256', bytes)
  const western = decodeAs('windows-1252', bytes)
  // A word of accented letters alone is rare; one of Arabic letters is how Persian is written.
  const isArabic = /[\u0621-\u06d2]{2}/.test(arabic) && count(arabic, arabicLetters) * 2 >= count(western, accented)
  return isArabic ? arabic : western
}

/** Never fails: what cannot be read stands there as U+FFFD. */
export const decode = (bytes: Uint8Array): string => {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return decodeAs('utf-8', bytes)
  if (startsWith(bytes, 0xff, 0xfe)) return decodeAs('utf-16le', bytes)
  if (startsWith(bytes, 0xfe, 0xff)) return decodeAs('utf-16be', bytes)
  const wide = utf16(bytes)
  if (wide !== null) return decodeAs(wide, bytes)
  return decodeStrictly('utf-8', bytes) ?? windows(bytes)
}
