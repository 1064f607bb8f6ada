// Buttons and lights of real headsets, found in their own report descriptors; reports read and made by that.
import { describe, expect, it } from 'vitest'
import type { HidItem } from '../../../../renderer/headset/hid.ts'
import { lightReports, readReport, type Lights } from '../../../../renderer/headset/reports.ts'
import { dark } from '../../../../renderer/headset/sync.ts'
import { telephonyOf, type Telephony } from '../../../../renderer/headset/telephony.ts'
import { descriptors } from '../../../support/headset/descriptors.ts'
import { parseDescriptor } from '../../../support/headset/parse-descriptor.ts'

const of = (hex: string): Telephony => {
  const found = telephonyOf(parseDescriptor(hex))
  if (found === null) throw new Error('this is no telephone')
  return found
}
const bytes = (...given: number[]): DataView => new DataView(new Uint8Array(given).buffer)
const where = (hex: string) =>
  of(hex).buttons.map(({ name, reportId, bit, form }) => `${name} ${String(reportId)}.${String(bit)} ${form}`)
const lightsAt = (hex: string) =>
  of(hex)
    .lights.map(({ name, reportId, bit }) => `${name} ${String(reportId)}.${String(bit)}`)
    .sort()

describe('buttons', () => {
  it.each([
    ['jabraEvolveLink', ['hook 2.0 state', 'mute 2.2 press', 'flash 2.3 press']],
    ['jabraBiz2400', ['hook 2.0 state', 'mute 2.2 press', 'flash 2.3 press']],
    ['plantronicsC5220', ['mute 8.0 press', 'hook 8.1 state', 'flash 8.2 press']],
    ['sennheiserSc660', ['mute 8.0 press', 'hook 8.1 state', 'flash 8.3 press', 'drop 8.4 press']],
    ['eposImpactDw', ['hook 2.2 state', 'flash 2.3 press', 'mute 2.5 press', 'drop 2.6 press']],
    ['yealinkWh66', ['hook 2.0 state', 'mute 2.2 press', 'flash 2.3 press']]
  ] as const)('of %s', (name, expected) => {
    expect(where(descriptors[name])).toEqual(expected)
  })
  it('there are none on a headset that has only volume keys', () => {
    expect(telephonyOf(parseDescriptor(descriptors.logitechG535))).toBeNull()
  })
})

describe('lights', () => {
  it.each([
    ['jabraEvolveLink', ['hold 2.3', 'mute 2.1', 'offHook 2.0', 'ring 2.2'], [[2, 2]]],
    [
      'plantronicsC5220',
      ['hold 32.0', 'mute 9.0', 'offHook 23.0', 'ring 24.0'],
      [
        [9, 1],
        [23, 1],
        [24, 1],
        [32, 1]
      ]
    ],
    ['eposImpactDw', ['hold 3.6', 'mute 3.4', 'offHook 3.1', 'ring 3.3'], [[3, 1]]],
    ['yealinkWh66', ['hold 2.3', 'mute 2.1', 'offHook 2.0', 'ring 2.2'], [[2, 2]]]
  ] as const)('of %s', (name, expected, sizes) => {
    expect(lightsAt(descriptors[name])).toEqual(expected)
    expect([...of(descriptors[name]).outputBytes]).toEqual(sizes)
  })
  const lights: Lights = { ...dark, offHook: true, mute: true }
  const sent = (hex: string) => lightReports(of(hex), lights).map(({ reportId, data }) => [reportId, ...data])
  it('are sent whole: in one report, or in one each', () => {
    expect(sent(descriptors.jabraEvolveLink)).toEqual([[2, 0b11, 0]])
    expect(sent(descriptors.plantronicsC5220)).toEqual([
      [9, 1],
      [23, 1],
      [24, 0],
      [32, 0]
    ])
    expect(sent(descriptors.eposImpactDw)).toEqual([[3, 0b10010]])
  })
})

describe('a report', () => {
  it('says how the hook is and which keys are pressed', () => {
    const jabra = of(descriptors.jabraEvolveLink)
    expect(readReport(jabra, 2, bytes(0b0101, 0))).toEqual([
      { name: 'hook', kind: 'is', on: true },
      { name: 'mute', kind: 'pressed', on: true },
      { name: 'flash', kind: 'pressed', on: false }
    ])
    expect(readReport(jabra, 1, bytes(0xff, 0xff))).toEqual([])
  })
  it('that is shorter than it should be has no more bits', () => {
    expect(readReport(of(descriptors.jabraEvolveLink), 2, bytes()).every(({ on }) => !on)).toBe(true)
  })
})

describe('other forms', () => {
  const item = (part: Partial<HidItem>): HidItem => ({
    isAbsolute: true,
    isArray: false,
    isConstant: false,
    isRange: false,
    hasPreferredState: true,
    usages: [],
    reportSize: 1,
    reportCount: 1,
    logicalMinimum: 0,
    logicalMaximum: 1,
    ...part
  })
  const withItems = (...items: HidItem[]): Telephony | null =>
    telephonyOf([
      { usagePage: 0x0b, usage: 5, children: [], inputReports: [{ reportId: 0, items }], outputReports: [] }
    ])
  const read = (telephony: Telephony | null, ...given: number[]) =>
    telephony === null ? [] : readReport(telephony, 0, bytes(...given))

  it('mute that keeps its state says it; a hook that is relative is pressed', () => {
    const found = withItems(
      item({ usages: [0xb_002f], hasPreferredState: false }),
      item({ usages: [0xb_0020], isAbsolute: false })
    )
    expect(read(found, 0b11)).toEqual([
      { name: 'mute', kind: 'is', on: true },
      { name: 'hook', kind: 'pressed', on: true }
    ])
  })
  it('on and off may be asked for by one and minus one', () => {
    const found = withItems(item({ usages: [0xb_002f], isAbsolute: false, reportSize: 2, logicalMinimum: -1 }))
    expect(read(found, 0b01)).toEqual([{ name: 'mute', kind: 'asked', on: true }])
    expect(read(found, 0b11)).toEqual([{ name: 'mute', kind: 'asked', on: false }])
    expect(read(found, 0)).toEqual([])
  })
  it('an array names the one that is pressed, counted from its least value', () => {
    const found = withItems(
      item({ isArray: true, usages: [0xb_0020, 0xb_002f], reportSize: 8, logicalMinimum: 1, logicalMaximum: 2 })
    )
    expect(read(found, 2)).toEqual([
      { name: 'hook', kind: 'pressed', on: false },
      { name: 'mute', kind: 'pressed', on: true }
    ])
  })
  it('a range names its fields one after the other; constants only take room', () => {
    const found = withItems(
      item({ isConstant: true, reportSize: 3 }),
      item({ isRange: true, usageMinimum: 0xb_001f, usageMaximum: 0xb_0021, reportCount: 3 })
    )
    expect(found?.buttons.map(({ name, bit }) => [name, bit])).toEqual([
      ['hook', 4],
      ['flash', 5]
    ])
  })
})
