// The tones of the keypad (ITU-T Q.23): each key is the sum of one low and one high frequency. Pure data; plays nothing.
import type { ToneShape } from './tone-shapes.ts'

const lows = [697, 770, 852, 941]
const highs = [1209, 1336, 1477, 1633]
/** The keys as they lie on the pad: rows are low frequencies, columns high ones. */
const pad = ['123A', '456B', '789C', '*0#D']

/** How long a key sounds, and the silence after it: within what receivers of ITU-T Q.24 want (40 ms at least). */
export const toneMs = 120
export const gapMs = 60
/** Of each of the two: together well below full scale. */
const gain = 0.14

/** The two frequencies of a key in Hz, or null for what is no key. */
export const frequenciesOf = (digit: string): readonly [number, number] | null => {
  const row = digit.length === 1 ? pad.findIndex((keys) => keys.includes(digit)) : -1
  const low = lows[row]
  const high = highs[pad[row]?.indexOf(digit) ?? -1]
  return low === undefined || high === undefined ? null : [low, high]
}

/** All of `digits` one after the other; what is no key is left out. */
export const digitShape = (digits: string): ToneShape => {
  const keys = Array.from(digits, frequenciesOf).filter((pair) => pair !== null)
  return {
    cycleMs: keys.length * (toneMs + gapMs),
    loop: false,
    notes: keys.flatMap((pair, index) =>
      pair.map((hz) => ({ atMs: index * (toneMs + gapMs), ms: toneMs, hz: [hz], gain }))
    )
  }
}
