// The number that was copied, and that one that was done with is not offered again, whichever page asks.
import { expect, it } from 'vitest'
import { createCopiedNumber } from '../../../../main/shell/copied-number.ts'
import { snapshotOf } from './fixtures.ts'

const setUp = () => {
  const snapshot = snapshotOf()
  const world = { copied: '101', isInFront: true, offer: true }
  const number = createCopiedNumber({
    snapshot: () => ({ ...snapshot, settings: { ...snapshot.settings, offerCopied: world.offer } }),
    isInFront: () => world.isInFront,
    clipboardText: async () => Promise.resolve(world.copied)
  })
  return { world, number }
}

it('is read where that is wanted, at the window alone', async () => {
  const { world, number } = setUp()
  world.copied = '09123456789'
  expect(await number.look()).toBe('09123456789')
  world.isInFront = false
  expect(await number.look()).toBeNull()
  world.isInFront = true
  world.offer = false
  expect(await number.look()).toBeNull()
})

it('once done with comes back only after another was copied', async () => {
  const { world, number } = setUp()
  world.copied = '104'
  expect(await number.look()).toBe('104')
  number.settle('104')
  expect(await number.look()).toBeNull()
  expect(await number.look()).toBeNull()
  // Somebody looks in between while it can't be seen what was copied.
  world.isInFront = false
  expect(await number.look()).toBeNull()
  world.isInFront = true
  expect(await number.look()).toBeNull()
  world.copied = '105'
  expect(await number.look()).toBe('105')
  world.copied = '104'
  expect(await number.look()).toBe('104')
})
