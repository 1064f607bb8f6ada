// Where in a headset's reports its buttons and lights are (HID Usage Tables, pages 0x0B and 0x08), from the descriptor as
// WebHID has parsed it. Pure; what they mean for calls is not known here.
import type { HidCollection, HidItem, HidReport } from './hid.ts'

export const telephonyPage = 0x0b
const ledPage = 0x08
const usage = (page: number, id: number): number => page * 0x1_0000 + id

const buttonUsages = {
  hook: usage(telephonyPage, 0x20),
  flash: usage(telephonyPage, 0x21),
  drop: usage(telephonyPage, 0x26),
  mute: usage(telephonyPage, 0x2f)
} as const
export type ButtonName = keyof typeof buttonUsages
const lightUsages = {
  mute: usage(ledPage, 0x09),
  offHook: usage(ledPage, 0x17),
  ring: usage(ledPage, 0x18),
  hold: usage(ledPage, 0x20)
} as const
export type LightName = keyof typeof lightUsages

/**
 * How a button tells: `state` holds its value (on the hook or off it), `press` is 1 for as long as it is pressed and says
 * nothing of a state, `onOff` sends 1 for on and -1 for off, `array` sends which of several buttons is pressed.
 */
export type ButtonForm =
  | { readonly form: 'state' | 'press' | 'onOff' }
  /** `value` means this button. */
  | { readonly form: 'array'; readonly value: number }

export type Place = { readonly reportId: number; readonly bit: number; readonly size: number }
export type Button = Place & ButtonForm & { readonly name: ButtonName }
export type Light = Place & { readonly name: LightName }
export type Telephony = {
  readonly buttons: readonly Button[]
  readonly lights: readonly Light[]
  /** The bytes of each report with a light in it. */
  readonly outputBytes: ReadonlyMap<number, number>
}

/** The usage of one field of an item: the last one counts for all that come after. */
const usageAt = ({ isRange, usages = [], usageMinimum = 0, usageMaximum = 0 }: HidItem, at: number): number =>
  isRange ? Math.min(usageMinimum + at, usageMaximum) : (usages[Math.min(at, usages.length - 1)] ?? 0)

/** A hook that is absolute is a state; a mute button that springs back says only that it is pressed. */
const formOf = (name: ButtonName, item: HidItem): 'state' | 'press' | 'onOff' => {
  if (!item.isAbsolute) return item.logicalMinimum < 0 ? 'onOff' : 'press'
  if (name === 'hook') return 'state'
  return name === 'mute' && !item.hasPreferredState ? 'state' : 'press'
}

const named = <N extends string>(names: Readonly<Record<N, number>>, wanted: number): N | null => {
  const found = (Object.keys(names) as N[]).find((name) => names[name] === wanted)
  return found ?? null
}

const bitsOf = ({ items }: HidReport): number =>
  items.reduce((sum, { reportSize, reportCount }) => sum + reportSize * reportCount, 0)

/** Each field with what it is for and where it begins. */
const fieldsOf = ({ reportId, items }: HidReport) => {
  let bit = 0
  return items.flatMap((item) =>
    Array.from({ length: item.reportCount }, (_, at) => {
      const field = { item, at, reportId, bit, size: item.reportSize }
      bit += item.reportSize
      return field
    })
  )
}

const buttonsOf = (report: HidReport): readonly Button[] =>
  fieldsOf(report).flatMap(({ item, at, ...place }) => {
    if (item.isConstant) return []
    if (!item.isArray) {
      const name = named(buttonUsages, usageAt(item, at))
      return name === null ? [] : [{ ...place, name, form: formOf(name, item) }]
    }
    const count = Math.min(item.logicalMaximum - item.logicalMinimum + 1, 256)
    return Array.from({ length: Math.max(0, count) }, (_, value) => value).flatMap((value): Button[] => {
      if (!item.isRange && value >= (item.usages?.length ?? 0)) return []
      const name = named(buttonUsages, usageAt(item, value))
      return name === null ? [] : [{ ...place, name, form: 'array', value: item.logicalMinimum + value }]
    })
  })

const lightsOf = (report: HidReport): readonly Light[] =>
  fieldsOf(report).flatMap(({ item, at, ...place }) => {
    const name = item.isConstant || item.isArray ? null : named(lightUsages, usageAt(item, at))
    return name === null ? [] : [{ ...place, name }]
  })

/** The first of each name: some headsets have a second one that is never sent. */
const firstOfEach = <T extends { readonly name: string }>(all: readonly T[]): readonly T[] =>
  all.filter((one, at) => all.findIndex(({ name }) => name === one.name) === at)

/** Null where there is neither a hook nor a mute button: then it is no telephone. */
export const telephonyOf = (collections: readonly HidCollection[]): Telephony | null => {
  const own = collections.filter(({ usagePage }) => usagePage === telephonyPage)
  // A top collection's reports hold those of the collections in it.
  const inputs = own.flatMap(({ inputReports }) => inputReports)
  const outputs = own.flatMap(({ outputReports }) => outputReports)
  const buttons = firstOfEach(inputs.flatMap(buttonsOf))
  if (!buttons.some(({ name }) => name === 'hook' || name === 'mute')) return null
  const lights = firstOfEach(outputs.flatMap(lightsOf))
  const lit = outputs.filter(({ reportId }) => lights.some((light) => light.reportId === reportId))
  return {
    buttons,
    lights,
    outputBytes: new Map(lit.map((report) => [report.reportId, Math.ceil(bitsOf(report) / 8)]))
  }
}
