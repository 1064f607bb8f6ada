// Brings texts that people take for the same to one form: letters and digits of both scripts, case, marks, joiners.
// Two forms, since a search may find too much and a sign-in may not. Pure; finds nothing by itself.

const zeros = [0x0660, 0x06f0]

/** Persian and Arabic digits as Latin ones; the rest stays. */
export const latinDigits = (text: string): string =>
  text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => {
    const code = digit.charCodeAt(0)
    const zero = zeros.find((start) => code >= start && code < start + 10) ?? code
    return String(code - zero)
  })

/**
 * By what a username is told from others: `۱۰۱`, `١٠١` and `101` are one number, `Sara` and `sara` one name, and so are
 * `علي` and `علی`; `é` and `e` are not. Usernames are stored in this form: a change here needs a migration of theirs.
 */
export const usernameKey = (username: string): string =>
  latinDigits(
    username
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[يى]/g, 'ی')
      .replace(/ك/g, 'ک')
      // Marks that are typed or left out at will: harakat, tatweel, joiners and direction marks.
      .replace(/[\u064b-\u0652\u0640\u200c-\u200f]/g, '')
  )

const oneLetter: Readonly<Record<string, string>> = {
  ي: 'ی',
  ى: 'ی',
  ې: 'ی',
  ك: 'ک',
  ڪ: 'ک',
  ة: 'ه',
  ە: 'ه',
  ھ: 'ه',
  ہ: 'ه',
  ٱ: 'ا'
}
const manyLetters = new RegExp(`[${Object.keys(oneLetter).join('')}]`, 'gu')

const onlyAscii = /^[\x20-\x7e]*$/

/**
 * By what things are found, the same on the server and on the phone: ي/ی, ك/ک, ة/ه, hamza, vowel marks and accents,
 * half-spaces and tatweel, digits, case and runs of blanks make no difference.
 */
export const fold = (text: string): string => {
  const isPlain = onlyAscii.test(text)
  const folded = isPlain
    ? text.toLowerCase()
    : latinDigits(text.normalize('NFKD').toLowerCase())
        .replace(manyLetters, (letter) => oneLetter[letter] ?? letter)
        // Marks (hamza, madda, vowels, accents), the tatweel, and the invisible joiners between letters.
        .replace(/[\p{M}\u0640\u200b-\u200f\u2066-\u2069]/gu, '')
  return folded.replace(/\s+/g, ' ').trim()
}
