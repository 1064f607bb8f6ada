// Finding among many by what was typed: what each is found by is folded once, a keystroke only compares. And which part
// of a shown text it was, to be marked. Pure.
import { fold } from '../../common/fold.ts'
import { dialTarget, isNumber } from '../../common/dial-target.ts'
import { onOtherLayout } from './other-layout.ts'

/** What one of a list is found by, folded: made once, when the list changes. */
export type SearchKey = {
  /** Its words, a blank before each. */
  readonly words: string
  /** The same without blanks: Persian words are written apart, together or with a half-space. */
  readonly together: string
  /** Its numbers as they are dialled, a blank before each. */
  readonly numbers: string
}

/** What was typed, folded. */
export type Query = {
  readonly words: readonly string[]
  /** The same words, each as it stands at the beginning of one. */
  readonly begins: readonly string[]
  readonly together: string
  /** As it is dialled, and as it stands in another's number; null where it is none. */
  readonly number: { readonly whole: string; readonly begins: string; readonly inside: string } | null
}

export const searchKeyOf = (texts: readonly string[], numbers: readonly string[]): SearchKey => {
  const words = fold([...numbers, ...texts].join(' '))
  return {
    words: ` ${words}`,
    together: words.replaceAll(' ', ''),
    numbers: numbers.map((number) => ` ${(dialTarget(number) ?? number).toLowerCase()}`).join('')
  }
}

/** Null where nothing was typed. */
export const queryOf = (typed: string): Query | null => {
  const folded = fold(typed)
  if (folded === '') return null
  const target = dialTarget(typed)
  const words = folded.split(' ')
  return {
    words,
    begins: words.map((word) => ` ${word}`),
    together: folded.replaceAll(' ', ''),
    number:
      target !== null && isNumber(target)
        ? // A number as it is dialled within the country is found under the country's code too.
          { whole: target, begins: ` ${target}`, inside: target.replace(/^0(?=\d{3})/, '') }
        : null
  }
}

/** How well it fits: 0 = begins its words or a number, 1 = is inside, null = not at all. */
export const fitOf = (key: SearchKey, { words, begins, together, number }: Query): 0 | 1 | null => {
  if (number !== null && key.numbers.includes(number.inside)) return key.numbers.includes(number.begins) ? 0 : 1
  const isTogether = key.together.includes(together)
  // Most of a long list end here.
  if (!isTogether && words.length === 1) return null
  if (begins.every((word) => key.words.includes(word))) return 0
  return isTogether || words.every((word) => key.words.includes(word)) ? 1 : null
}

/** Best first, otherwise in the order given. */
const sorted = <P extends { readonly search: SearchKey }>(list: readonly P[], query: Query) => {
  const [begin, inside]: [P[], P[]] = [[], []]
  const fitting: P[] = []
  for (const one of list) {
    const fit = fitOf(one.search, query)
    if (fit === null) continue
    fitting.push(one)
    if (fit === 0) begin.push(one)
    else inside.push(one)
  }
  return { fitting, found: inside.length === 0 ? begin : [...begin, ...inside] }
}

/** Those that fit, best first, otherwise in the order given; all of them where nothing was typed. */
export const findIn = <P extends { readonly search: SearchKey }>(list: readonly P[], typed: string): readonly P[] => {
  const query = queryOf(typed)
  return query === null ? list : sorted(list, query).found
}

/** Whether all that fits `after` fits `before` too, since that was only typed on. */
const isTypedOn = (before: Query, after: Query): boolean => {
  const last = before.words.length - 1
  return (
    after.together.startsWith(before.together) &&
    before.words.every((word, at) =>
      at === last ? after.words[at]?.startsWith(word) === true : after.words[at] === word
    ) &&
    (after.number === null || (before.number !== null && after.number.inside.startsWith(before.number.inside)))
  )
}

type Find<P> = (list: readonly P[], typed: string) => readonly P[]

/** Finds as `findIn` does, and looks only through what fitted before while somebody types on. */
const createSteadyFinder = <P extends { readonly search: SearchKey }>(): Find<P> => {
  let last: { readonly list: readonly P[]; readonly query: Query; readonly fitting: readonly P[] } | null = null
  return (list, typed) => {
    const query = queryOf(typed)
    if (query === null) return list
    const among = last !== null && last.list === list && isTypedOn(last.query, query) ? last.fitting : list
    const { fitting, found } = sorted(among, query)
    last = { list, query, fitting }
    return found
  }
}

/** Who was found, and by what: by what was typed, or by what its keys type with the other keyboard. */
export type Found<P> = { readonly found: readonly P[]; readonly by: string }

const withEitherLayout =
  <P>(find: Find<P>, findOther: Find<P>) =>
  (list: readonly P[], typed: string): Found<P> => {
    const found = find(list, typed)
    const other = found.length === 0 ? onOtherLayout(typed) : null
    const foundOther = other === null ? [] : findOther(list, other)
    return other === null || foundOther.length === 0 ? { found, by: typed } : { found: foundOther, by: other }
  }

/** As `createFinder`'s, for lists that are short. */
export const findWithEither = <P extends { readonly search: SearchKey }>(list: readonly P[], typed: string): Found<P> =>
  withEitherLayout<P>(findIn, findIn)(list, typed)

/** Finds among many while somebody types; where that is nobody, by the other keyboard. */
export const createFinder = <P extends { readonly search: SearchKey }>() =>
  withEitherLayout<P>(createSteadyFinder(), createSteadyFinder())

/** A text in pieces, of which some fit what was typed. */
export type Piece = { readonly text: string; readonly fits: boolean }

/** A text folded letter by letter, and where in the text each folded letter is from. */
const foldedWithPlaces = (text: string): { readonly folded: string; readonly places: readonly number[] } => {
  let folded = ''
  const places: number[] = []
  let at = 0
  for (const character of text) {
    const isBlank = /\s/.test(character)
    const letters = isBlank ? (folded.endsWith(' ') ? '' : ' ') : fold(character)
    for (const letter of letters) {
      folded += letter
      places.push(at)
    }
    at += character.length
  }
  return { folded, places }
}

/** Where a word is: at the beginning of one if that can be. */
const placeOf = (folded: string, word: string): number => {
  const begin = ` ${folded}`.indexOf(` ${word}`)
  return begin === -1 ? folded.indexOf(word) : begin
}

/** The parts of a shown text that fit; for a number, whatever stands between its digits. */
export const marked = (text: string, typed: string): readonly Piece[] => {
  const query = queryOf(typed)
  if (query === null) return [{ text, fits: false }]
  const { folded, places } = foldedWithPlaces(text)
  const fits = new Set<number>()
  /** From one place in the text to another, with all that stands between. */
  const mark = (from: number | undefined, to: number | undefined) => {
    for (let at = from ?? 0; to !== undefined && at <= to; at += 1) fits.add(at)
  }
  for (const word of query.words) {
    const from = placeOf(folded, word)
    if (from !== -1) mark(places[from], places[from + word.length - 1])
  }
  if (fits.size === 0) {
    const bare = Array.from(folded).flatMap((letter, index) =>
      /[\s()/.-]/.test(letter) ? [] : [{ letter, at: places[index] }]
    )
    const wanted = query.number?.whole ?? query.together
    const from = bare
      .map(({ letter }) => letter)
      .join('')
      .indexOf(wanted)
    if (from !== -1) mark(bare[from]?.at, bare[from + wanted.length - 1]?.at)
  }
  return pieces(text, fits)
}

/** Neighbours together. What folds to nothing (a vowel mark, a half-space) belongs to the letter before it. */
const pieces = (text: string, fits: ReadonlySet<number>): readonly Piece[] => {
  const cut: { text: string; fits: boolean }[] = []
  let at = 0
  for (const character of text) {
    const last = cut.at(-1)
    const isMark = fold(character) === '' && !/\s/.test(character)
    const fit = isMark ? (last?.fits ?? false) : fits.has(at)
    if (last?.fits === fit) last.text += character
    else cut.push({ text: character, fits: fit })
    at += character.length
  }
  return cut
}
