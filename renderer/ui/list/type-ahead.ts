// Letters typed on a list lead to the row that begins with them. Knows no rows' elements; the clock is handed in.
import { fold } from '../../../common/fold.ts'

/** A pause this long begins a new word. */
const pauseMs = 900

/** Takes letters one by one and says which row they lead to. */
export type TypeAhead = {
  /** The row to go to from `current`, or null; `foldedOf` gives a row's words as `fold` does. The same letter again goes on to the next that begins with it. */
  readonly type: (letter: string, current: number, count: number, foldedOf: (row: number) => string) => number | null
  /** Whether a word has been begun: then a blank belongs to it. */
  readonly isTyping: () => boolean
}

/** `now` gives milliseconds. */
export const createTypeAhead = (now: () => number): TypeAhead => {
  let typed = ''
  let last = Number.NEGATIVE_INFINITY
  const isTyping = () => typed !== '' && now() - last < pauseMs
  return {
    isTyping,
    type: (letter, current, count, foldedOf) => {
      typed = isTyping() ? typed + letter : letter
      last = now()
      const whole = fold(typed)
      if (whole === '') return null
      // One letter several times over means: on to the next.
      const [first = ''] = whole
      const word = whole.replaceAll(first, '') === '' ? first : whole
      const start = word === first ? current + 1 : current
      for (let step = 0; step < count; step += 1) {
        const row = (start + step) % count
        if (foldedOf(row).startsWith(word)) return row
      }
      return null
    }
  }
}
