// Brings texts that people take for the same to one form: case, width, Arabic and Persian letters and digits. Pure.

const sameLetters: readonly (readonly [RegExp, string])[] = [
  [/[يى]/g, 'ی'],
  [/ك/g, 'ک'],
  // Marks that are typed or left out at will: harakat, tatweel, joiners and direction marks.
  [/[\u064b-\u0652\u0640\u200c-\u200f]/g, '']
]

const zeros = [0x0660, 0x06f0]

/** `۱۰۱`, `١٠١` and `101` are one number, `Sara` and `sara` one name, and so are `علي` and `علی`. */
export const fold = (text: string): string => {
  let folded = text.normalize('NFKC').toLowerCase()
  for (const [letters, one] of sameLetters) folded = folded.replace(letters, one)
  return folded.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0)
    const zero = zeros.find((start) => code >= start && code < start + 10) ?? code
    return String(code - zero)
  })
}
