// The phone's views: what does not change for the eye stays the very same value, so that no window is told of it.
import { expect, it } from 'vitest'
import { createFakeWorld } from './fake-world.ts'

it('what does not change for the eye stays the very same list', async () => {
  const world = createFakeWorld()
  const a = world.add('a-1', '101')
  world.add('b-1', '102')
  a.connect()
  await world.flow()
  expect(a.phone.calls()).toBe(a.phone.calls())
  const dialled = a.phone.dial('102')
  if (!dialled.ok) throw new Error('not dialled')
  const before = a.phone.calls()
  expect(before).toHaveLength(1)
  expect(a.phone.calls()).toBe(before)
  // Nothing to see: the page reports what is no trouble.
  a.phone.mediaFact(dialled.value.session, 1, { kind: 'recovered' })
  expect(a.phone.calls()).toBe(before)
  a.phone.hangUp(dialled.value.session)
  expect(a.phone.calls()).not.toBe(before)
})
