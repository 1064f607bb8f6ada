import { expect, it, vi } from 'vitest'
import { createNetworkWatch, type NetworkChange } from '../../../../main/shell/network-watch.ts'
import { createFakeClock } from './fixtures.ts'

it('looks twice a second while wanted, and tells addresses that are gone from more of them', () => {
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
