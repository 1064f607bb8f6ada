// Which headset's buttons a page may have: those the person has chosen, for our own page, and no other device.
import { describe, expect, it, vi } from 'vitest'
import type { HIDDevice } from 'electron'
import { silentLogger } from '../../../../common/log.ts'
import { allowHeadsets, mayOpen, toChooseFrom } from '../../../../main/shell/hid-access.ts'
import type { GivenHeadset, GivenHeadsets } from '../../../../main/store/headsets.ts'
import { settle } from './fixtures.ts'

const collectionsOf = (...pages: readonly number[]) =>
  pages.map((usagePage) => ({ usagePage })) as unknown as HIDDevice['collections']
const device = (part: Partial<HIDDevice> = {}): HIDDevice => ({
  deviceId: 'd1',
  name: 'Jabra EVOLVE LINK MS',
  vendorId: 0x0b0e,
  productId: 0x0307,
  serialNumber: 'A1',
  collections: collectionsOf(0x0c, 0x0b),
  ...part
})
const given: GivenHeadset = { vendorId: 0x0b0e, productId: 0x0307, serialNumber: 'A1' }
const own = { deviceType: 'hid', origin: 'app://tamas', device: device() }

describe('a page may open', () => {
  it.each<[string, Partial<typeof own>, boolean]>([
    ['a headset that was chosen', {}, true],
    ['also where it is asked by URL', { origin: 'app://tamas/index.html' }, true],
    ['none from elsewhere', { origin: 'https://example.org' }, false],
    ['no other kind of device', { deviceType: 'usb' }, false],
    ['no other of that model', { device: device({ serialNumber: 'B2' }) }, false],
    ['nothing without telephony', { device: device({ collections: collectionsOf(0x01, 0x0c) }) }, false],
    ['no other model', { device: device({ productId: 1 }) }, false]
  ])('%s', (_what, part, may) => {
    expect(mayOpen([given], { ...own, ...part })).toBe(may)
    expect(mayOpen([], { ...own, ...part })).toBe(false)
  })
})

it('what is no telephone is not offered', () => {
  expect(toChooseFrom([device({ collections: collectionsOf(0x01) })])).toEqual([])
})

it('what has several interfaces is asked for once', () => {
  const all = [device(), device({ deviceId: 'd2' }), device({ deviceId: 'd3', serialNumber: 'B2' })]
  expect(toChooseFrom(all).map(({ deviceId }) => deviceId)).toEqual(['d1', 'd3'])
})

describe('a page that asks for a headset', () => {
  const setUp = (chosen: number | null) => {
    const on = new Map<string, (...args: never[]) => void>()
    const list: GivenHeadset[] = []
    const store: GivenHeadsets = {
      list: () => list,
      add: (headset) => list.push(headset),
      remove: (headset) =>
        list.splice(
          list.findIndex((one) => one.serialNumber === headset.serialNumber),
          1
        ),
      settled: async () => undefined
    }
    const choose = vi.fn(async (_names: readonly string[]) => chosen)
    const session = {
      on: (name: string, listener: (...args: never[]) => void) => on.set(name, listener),
      setDevicePermissionHandler: () => undefined
    }
    allowHeadsets({ session: session as never, given: store, choose, log: silentLogger })
    const ask = async (frame: unknown, deviceList: readonly HIDDevice[] = [device()]) => {
      const answer = vi.fn()
      on.get('select-hid-device')?.(
        ...([{ preventDefault: () => undefined }, { deviceList, frame }, answer] as never[])
      )
      await settle()
      return answer.mock.calls
    }
    return { on, list, choose, ask }
  }
  const frame = { url: 'app://tamas/index.html', parent: null }

  it('gets the one that the person chooses, from then on', async () => {
    const { ask, list, choose } = setUp(0)
    expect(await ask(frame)).toEqual([['d1']])
    expect(choose).toHaveBeenCalledWith(['Jabra EVOLVE LINK MS'])
    expect(list).toEqual([given])
  })
  it('gets none where they choose none', async () => {
    const { ask, list } = setUp(null)
    expect(await ask(frame)).toEqual([[null]])
    expect(list).toEqual([])
  })
  it.each([
    ['where there is none', frame, []],
    ['from another page', { url: 'https://example.org/', parent: null }, [device()]],
    ['from a frame', { url: 'app://tamas/index.html', parent: {} }, [device()]],
    ['from a page that is gone', null, [device()]]
  ])('is not asked back %s', async (_what, from, devices) => {
    const { ask, choose } = setUp(0)
    expect(await ask(from, devices)).toEqual([[null]])
    expect(choose).not.toHaveBeenCalled()
  })
  it('loses it where it forgets it', async () => {
    const { ask, list, on } = setUp(0)
    await ask(frame)
    on.get('hid-device-revoked')?.(...([{}, { device: device() }] as never[]))
    expect(list).toEqual([])
  })
})
