// What a person is found by, and the words of a query: the same on the server, on the phone and in the page. Pure.
import { fold } from './fold.ts'
import type { Names } from './protocol/values.ts'

/** Number and names folded; then once more without blanks, since Persian words are written apart, together or half apart. */
export const searchText = ({ username, names }: { readonly username: string; readonly names: Names }): string => {
  const folded = fold(`${username} ${names.en} ${names.fa}`)
  return `${folded} ${folded.replaceAll(' ', '')}`
}

/** The folded words of what was typed; a number is one word, however it was divided. */
export const searchWords = (query: string): readonly string[] => {
  const folded = fold(query)
  const number = /^[+\d*#\s()/.-]+$/.test(folded) ? folded.replace(/[\s()/.-]/g, '') : ''
  return number === '' ? folded.split(' ').filter((word) => word !== '') : [number]
}

/** Whether every word stands in the text, which is folded; no words stand in every text. */
export const holdsWords = (text: string, words: readonly string[]): boolean =>
  words.every((word) => text.includes(word))
