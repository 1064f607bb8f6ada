import { expect, it, vi } from 'vitest'
import { createNetworkWatch, outsideAddresses, type NetworkChange } from '../../../../main/shell/network-watch.ts'
import { createFakeClock } from './fixtures.ts'

it('looks all the time while wanted, and tells addresses that are gone from more of them', () => {
  const clock = createFakeClock()
  let addresses = ['a']
  const changed = vi.fn<(change: NetworkChange) => void>()
  const watch = createNetworkWatch({ clock, addresses: () => addresses, changed })
  watch.run(true)
  watch.run(true)
  clock.advance(3_000)
  expect(changed).not.toHaveBeenCalled()
  addresses = ['b', 'a']
  clock.advance(500)
  addresses = ['a', 'b']
  clock.advance(500)
  expect(changed.mock.calls).toEqual([['grown']])
  addresses = ['b', 'c']
  clock.advance(500)
  addresses = []
  clock.advance(500)
  expect(changed.mock.calls).toEqual([['grown'], ['moved'], ['moved']])
  watch.run(false)
  addresses = ['d']
  clock.advance(5_000)
  expect(changed).toHaveBeenCalledTimes(3)
})

it('looks at no address by which no server is reached', () => {
  const one = (address: string, internal = false) => {
    const rest = { netmask: '', mac: '', internal, cidr: null }
    return address.includes(':')
      ? ({ address, family: 'IPv6', scopeid: 0, ...rest } as const)
      : ({ address, family: 'IPv4', ...rest } as const)
  }
  const eth0 = [one('192.0.2.1'), one('2001:db8::1'), one('fe80::1')]
  expect(outsideAddresses({ lo: [one('127.0.0.1', true), one('::1', true)], eth0, veth0: [one('FE80::2')] })).toEqual([
    '192.0.2.1',
    '2001:db8::1'
  ])
})
