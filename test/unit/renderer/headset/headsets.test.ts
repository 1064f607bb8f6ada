// Headsets as they come and go, with a fake of WebHID and the descriptor of a real one: opened, heard, lit, forgotten.
import { describe, expect, it, vi } from 'vitest'
import { createHeadsets } from '../../../../renderer/headset/headsets.ts'
import type { Hid, HidDevice, HidInput } from '../../../../renderer/headset/hid.ts'
import type { Deed } from '../../../../renderer/state/call-keys.ts'
import { descriptors } from '../../../support/headset/descriptors.ts'
import { parseDescriptor } from '../../../support/headset/parse-descriptor.ts'
import { snapshotOf, type StateName } from '../../../support/ui-gallery/states.ts'

const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve()
}

const createFakeDevice = (hex: string, opens = true) => {
  const listeners = new Set<(event: HidInput) => void>()
  const sent: number[][] = []
  let opened = false
  const forget = vi.fn(async () => undefined)
  const device: HidDevice = {
    get opened() {
      return opened
    },
    vendorId: 0x0b0e,
    productId: 0x0307,
    productName: 'Jabra EVOLVE LINK MS',
    collections: parseDescriptor(hex),
    open: async () => {
      if (!opens) throw new Error('NotAllowedError')
      opened = true
    },
    close: async () => {
      opened = false
    },
    forget,
    sendReport: async (reportId, data) => {
      sent.push([reportId, ...data])
    },
    addEventListener: (_type, listener) => listeners.add(listener),
    removeEventListener: (_type, listener) => listeners.delete(listener)
  }
  const says = (reportId: number, ...data: number[]): void => {
    for (const listener of [...listeners]) listener({ reportId, data: new DataView(new Uint8Array(data).buffer) })
  }
  return { device, sent, forget, says, listeners }
}

const setUp = async (known: readonly HidDevice[], chosen: readonly HidDevice[] = []) => {
  let devices = known
  const changes = new Set<() => void>()
  const hid: Hid = {
    getDevices: async () => devices,
    requestDevice: vi.fn(async () => chosen),
    addEventListener: (_type, listener) => changes.add(listener),
    removeEventListener: (_type, listener) => changes.delete(listener)
  }
  const done: Deed[] = []
  let now = 0
  const headsets = createHeadsets({ hid, now: () => now, act: (deed) => done.push(deed), onError: () => undefined })
  const stop = headsets.start()
  await settle()
  return {
    hid,
    headsets,
    done,
    stop,
    follow: (state: StateName) => headsets.follow(snapshotOf(state, 'en', 'light', 0)),
    later: (ms: number) => {
      now += ms
    },
    plug: async (next: readonly HidDevice[]) => {
      devices = next
      for (const changed of [...changes]) changed()
      await settle()
    }
  }
}

describe('a headset', () => {
  it('answers, is lit, mutes and hangs up', async () => {
    const { device, says, sent } = createFakeDevice(descriptors.jabraEvolveLink)
    const { headsets, done, follow, later } = await setUp([device])
    expect(headsets.list()).toEqual([{ id: '1', name: 'Jabra EVOLVE LINK MS', state: 'ready' }])
    follow('incoming')
    await settle()
    expect(sent.at(-1)).toEqual([2, 0b100, 0])
    says(2, 0b001, 0)
    follow('talking')
    await settle()
    expect(sent.at(-1)).toEqual([2, 0b001, 0])
    later(1_000)
    says(2, 0b101, 0)
    says(2, 0b001, 0)
    follow('muted')
    await settle()
    expect(sent.at(-1)).toEqual([2, 0b011, 0])
    says(2, 0b000, 0)
    expect(done).toEqual([
      { kind: 'answer', session: 's1' },
      { kind: 'mute', session: 's1', muted: true },
      { kind: 'hangUp', session: 's1' }
    ])
  })
  it('that was answered on the screen follows without ending the call', async () => {
    const { device, says } = createFakeDevice(descriptors.jabraEvolveLink)
    const { done, follow } = await setUp([device])
    follow('talking')
    says(2, 0b001, 0)
    follow('ended')
    says(2, 0b000, 0)
    expect(done).toEqual([])
  })
  it('whose button did nothing is told how things are', async () => {
    const { device, says, sent } = createFakeDevice(descriptors.jabraEvolveLink)
    const { done, follow } = await setUp([device])
    follow('contacts')
    await settle()
    const before = sent.length
    says(2, 0b001, 0)
    await settle()
    expect(done).toEqual([])
    expect(sent.slice(before)).toEqual([[2, 0, 0]])
  })
  it('is sent nothing as long as its lights stay as they are', async () => {
    const { device, sent } = createFakeDevice(descriptors.jabraEvolveLink)
    const { follow } = await setUp([device])
    for (let at = 0; at < 5; at += 1) follow('talking')
    await settle()
    expect(sent).toEqual([
      [2, 0, 0],
      [2, 1, 0]
    ])
  })
  it('that is plugged in is opened, and one that goes is heard no more', async () => {
    const { device, listeners } = createFakeDevice(descriptors.plantronicsC5220)
    const { headsets, plug } = await setUp([])
    await plug([device])
    expect(headsets.list()).toHaveLength(1)
    await plug([])
    expect(headsets.list()).toEqual([])
    expect(listeners.size).toBe(0)
  })
  it('that the system does not open is said to be so', async () => {
    const { device } = createFakeDevice(descriptors.jabraEvolveLink, false)
    const { headsets } = await setUp([device])
    expect(headsets.list()).toMatchObject([{ state: 'denied' }])
  })
  it('is asked for by its page of usages, and forgotten', async () => {
    const { device, forget, listeners } = createFakeDevice(descriptors.jabraEvolveLink)
    const { headsets, hid } = await setUp([], [device])
    expect(await headsets.connect()).toBe(true)
    expect(hid.requestDevice).toHaveBeenCalledWith({ filters: [{ usagePage: 0x0b }] })
    await headsets.forget('1')
    expect([forget.mock.calls.length, listeners.size, headsets.list()]).toEqual([1, 0, []])
  })
  it('that is no telephone is given back at once', async () => {
    const { device, forget } = createFakeDevice(descriptors.logitechG535)
    const { headsets } = await setUp([], [device])
    expect(await headsets.connect()).toBe(false)
    expect(forget).toHaveBeenCalledTimes(1)
  })
  it('is no longer heard once the page is done', async () => {
    const { device, listeners } = createFakeDevice(descriptors.jabraEvolveLink)
    const { stop } = await setUp([device])
    stop()
    expect(listeners.size).toBe(0)
  })
})

it('without WebHID there are none', async () => {
  const headsets = createHeadsets({ hid: null, now: () => 0, act: () => undefined, onError: () => undefined })
  headsets.start()
  expect([headsets.isThere, headsets.list(), await headsets.connect()]).toEqual([false, [], false])
})
