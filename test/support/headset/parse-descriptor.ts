// Raw bytes of a HID report descriptor (Device Class Definition for HID 1.11, 6.2.2) as WebHID gives them: collections with
// their reports, a collection's own and those of the collections in it. For tests alone: in the app the browser does it.
import type { HidCollection, HidItem, HidReport } from '../../../renderer/headset/hid.ts'

type Mutable = {
  usagePage: number
  usage: number
  children: Mutable[]
  inputs: Map<number, HidItem[]>
  outputs: Map<number, HidItem[]>
}
type Global = { page: number; min: number; max: number; size: number; count: number; id: number }

const hexBytes = (hex: string): number[] => (hex.match(/[0-9a-f]{2}/gi) ?? []).map((byte) => Number.parseInt(byte, 16))

const unsigned = (bytes: readonly number[]): number => bytes.reduce((sum, byte, at) => sum + byte * 256 ** at, 0)
const signed = (bytes: readonly number[]): number => {
  const value = unsigned(bytes)
  const range = 256 ** bytes.length
  return bytes.length > 0 && value >= range / 2 ? value - range : value
}

const finished = ({ usagePage, usage, children, inputs, outputs }: Mutable): HidCollection => {
  const reports = (all: Mutable['inputs']): HidReport[] => [...all].map(([reportId, items]) => ({ reportId, items }))
  return {
    usagePage,
    usage,
    children: children.map(finished),
    inputReports: reports(inputs),
    outputReports: reports(outputs)
  }
}

export const parseDescriptor = (hex: string): readonly HidCollection[] => {
  const bytes = hexBytes(hex)
  const top: Mutable[] = []
  const open: Mutable[] = []
  const kept: Global[] = []
  let global: Global = { page: 0, min: 0, max: 0, size: 0, count: 0, id: 0 }
  let usages: number[] = []
  let range: { min: number; max: number } = { min: 0, max: 0 }
  let isRange = false
  const whole = (data: readonly number[]): number =>
    data.length === 4 ? unsigned(data) : global.page * 0x1_0000 + unsigned(data)
  const add = (kind: 'inputs' | 'outputs', flags: number): void => {
    const item: HidItem = {
      isConstant: (flags & 1) !== 0,
      isArray: (flags & 2) === 0,
      isAbsolute: (flags & 4) === 0,
      hasPreferredState: (flags & 0x20) === 0,
      isRange,
      reportSize: global.size,
      reportCount: global.count,
      logicalMinimum: global.min,
      logicalMaximum: global.max,
      ...(isRange ? { usageMinimum: range.min, usageMaximum: range.max } : { usages })
    }
    for (const collection of open) {
      const reports = collection[kind]
      reports.set(global.id, [...(reports.get(global.id) ?? []), item])
    }
  }
  for (let at = 0; at < bytes.length;) {
    const prefix = bytes[at] ?? 0
    const size = (prefix & 3) === 3 ? 4 : prefix & 3
    const data = bytes.slice(at + 1, at + 1 + size)
    at += 1 + size
    const value = unsigned(data)
    switch (prefix & 0xfc) {
      case 0x04:
        global = { ...global, page: value }
        break
      case 0x14:
        global = { ...global, min: signed(data) }
        break
      case 0x24:
        global = { ...global, max: global.min < 0 ? signed(data) : value }
        break
      case 0x74:
        global = { ...global, size: value }
        break
      case 0x84:
        global = { ...global, id: value }
        break
      case 0x94:
        global = { ...global, count: value }
        break
      case 0xa4:
        kept.push(global)
        break
      case 0xb4:
        global = kept.pop() ?? global
        break
      case 0x08:
        usages = [...usages, whole(data)]
        break
      case 0x18:
        range = { ...range, min: whole(data) }
        isRange = true
        break
      case 0x28:
        range = { ...range, max: whole(data) }
        isRange = true
        break
      case 0x80:
      case 0x90:
        add((prefix & 0xfc) === 0x80 ? 'inputs' : 'outputs', value)
        break
      case 0xa0: {
        const [usage = 0] = usages
        const made: Mutable = {
          usagePage: Math.floor(usage / 0x1_0000),
          usage: usage % 0x1_0000,
          children: [],
          inputs: new Map(),
          outputs: new Map()
        }
        ;(open.at(-1)?.children ?? top).push(made)
        open.push(made)
        break
      }
      case 0xc0:
        open.pop()
        break
      default:
    }
    // What is local is so to one main item.
    const isMain = (prefix & 0x0c) === 0
    if (isMain) {
      usages = []
      isRange = false
    }
  }
  return top.map(finished)
}
