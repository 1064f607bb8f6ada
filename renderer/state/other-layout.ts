// What the same keys type with the other keyboard: who forgot to switch it between Persian and English is found what they
// meant. The keys are those of the Persian standard ISIRI 9147, and what Windows' older layout has elsewhere. Pure.

const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,"
const persian = 'ضصثقفغعهخحجچشسیبلاتنمکگظطزرذدپو'

const pairs = Array.from(latin, (key, at): readonly [string, string] => [key, persian.charAt(at)])
const toPersian: ReadonlyMap<string, string> = new Map([...pairs, ['\\', 'پ']])
const toLatin: ReadonlyMap<string, string> = new Map([
  ...pairs.map(([key, letter]): readonly [string, string] => [letter, key]),
  ['ئ', 'm'],
  ['آ', 'h'],
  ['ژ', 'c'],
  // An Arabic keyboard.
  ['ي', 'd'],
  ['ك', ';']
])

const isLatin = (text: string): boolean => /[a-z]/.test(text)
const isPersian = (text: string): boolean => /\p{Script=Arabic}/u.test(text.replace(/\p{N}/gu, ''))

/** Null where it is of both scripts, or of none, as numbers are. */
export const onOtherLayout = (typed: string): string | null => {
  const text = typed.toLowerCase()
  if (isLatin(text) === isPersian(text)) return null
  if (isPersian(text)) return Array.from(text, (sign) => toLatin.get(sign) ?? sign).join('')
  // Of what is typed with the shift key only this one is a letter of its own; all in capitals the shift is locked.
  const isLocked = typed === typed.toUpperCase()
  return Array.from(typed, (sign) =>
    sign === 'C' && !isLocked ? 'ژ' : (toPersian.get(sign.toLowerCase()) ?? sign)
  ).join('')
}
