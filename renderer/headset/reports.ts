// Reads what a headset sends, and makes what is sent to it: bits of reports, little-endian as HID lays them. Pure.
import type { Button, ButtonName, LightName, Place, Telephony } from './telephony.ts'

export type Lights = Readonly<Record<LightName, boolean>>

/** What one button of a report says. */
export type Reading =
  /** Where the button is a state. */
  | { readonly name: ButtonName; readonly kind: 'is'; readonly on: boolean }
  /** Whether it is pressed; what that does is not said. */
  | { readonly name: ButtonName; readonly kind: 'pressed'; readonly on: boolean }
  /** On or off was asked for. */
  | { readonly name: ButtonName; readonly kind: 'asked'; readonly on: boolean }

const readBits = (data: DataView, { bit, size }: Place): number => {
  let value = 0
  for (let at = 0; at < Math.min(size, 32); at += 1) {
    const index = bit + at
    if (index >> 3 >= data.byteLength) break
    if (((data.getUint8(index >> 3) >> (index & 7)) & 1) === 1) value += 2 ** at
  }
  return value
}

const readButton = (data: DataView, button: Button): Reading | null => {
  const { name } = button
  const value = readBits(data, button)
  switch (button.form) {
    case 'state':
      return { name, kind: 'is', on: value !== 0 }
    case 'press':
      return { name, kind: 'pressed', on: value !== 0 }
    case 'onOff':
      // Zero says that nothing is asked; the highest bit is the sign.
      return value === 0 ? null : { name, kind: 'asked', on: value < 2 ** (button.size - 1) }
    case 'array':
      return { name, kind: 'pressed', on: value === button.value }
  }
}

/** What a report says of the buttons that are in it; nothing where it is another report. */
export const readReport = ({ buttons }: Telephony, reportId: number, data: DataView): readonly Reading[] =>
  buttons
    .filter((button) => button.reportId === reportId)
    .flatMap((button) => {
      const reading = readButton(data, button)
      return reading === null ? [] : [reading]
    })

export type OutputReport = { readonly reportId: number; readonly data: Uint8Array<ArrayBuffer> }

/** All reports with a light in them, each whole. */
export const lightReports = ({ lights, outputBytes }: Telephony, wanted: Lights): readonly OutputReport[] =>
  [...outputBytes].map(([reportId, bytes]) => {
    const data = new Uint8Array(bytes)
    for (const { name, bit, reportId: its } of lights) {
      if (its !== reportId || !wanted[name]) continue
      data[bit >> 3] = (data[bit >> 3] ?? 0) | (1 << (bit & 7))
    }
    return { reportId, data }
  })
