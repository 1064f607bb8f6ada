// When the link must not take its time to return: while a call lives, and while the server has still to hear of one.
import { expect, it } from 'vitest'
import { dial, only, ring, start } from './two-phones.ts'

it('returns soon until the server has heard of a hang-up, since the other phone rings until then', async () => {
  const all = start()
  const { world, caller } = all
  expect(caller.isUrgent()).toBe(false)
  await dial(all)
  await ring(all)
  expect(caller.isUrgent()).toBe(true)
  caller.disconnect()
  caller.phone.hangUp(only(caller).session)
  await world.flow()
  expect(only(caller).end).not.toBeNull()
  expect(caller.isUrgent()).toBe(true)
  caller.connect()
  await world.flow()
  expect(all.receptor.heard).toContainEqual(expect.objectContaining({ kind: 'onCallFinished', reason: 'hangup' }))
  expect(caller.isUrgent()).toBe(false)
})
