// The keys of a telephone: how they lie, what stands under the digits, and which one a key press means. Pure.
import { latinDigits } from '../../common/fold.ts'
import type { KeyPress } from './shortcuts.ts'

export type PadKey = { readonly digit: string; readonly letters: string }

/** Row by row, left to right in every language. */
export const pad: readonly PadKey[] = [
  { digit: '1', letters: '' },
  { digit: '2', letters: 'ABC' },
  { digit: '3', letters: 'DEF' },
  { digit: '4', letters: 'GHI' },
  { digit: '5', letters: 'JKL' },
  { digit: '6', letters: 'MNO' },
  { digit: '7', letters: 'PQRS' },
  { digit: '8', letters: 'TUV' },
  { digit: '9', letters: 'WXYZ' },
  { digit: '*', letters: '' },
  { digit: '0', letters: '+' },
  { digit: '#', letters: '' }
]

/** The key that a press means, on Latin, Persian and Arabic keyboards and number pads; null for every other. */
export const digitOf = (press: Pick<KeyPress, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'repeat'>): string | null => {
  if (press.ctrlKey || press.metaKey || press.altKey || press.repeat) return null
  const digit = latinDigits(press.key)
  return pad.some((key) => key.digit === digit) ? digit : null
}
