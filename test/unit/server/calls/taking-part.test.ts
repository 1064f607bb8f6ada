// Which part a device had in a call, for those who keep what it tells of the talk: only one that talks or talked in it.
import { beforeEach, expect, it } from 'vitest'
import { createWorld, sessionOf, type FakeWorld } from './fakes.ts'
import { ringIn, talkIn } from './talk.ts'

let world: FakeWorld
beforeEach(async () => {
  world = createWorld()
  for (const device of ['ali-1', 'sara-1', 'sara-2', 'omid-1']) await world.online(device)
})
const partOf = async (deviceId: string, callId: string) => {
  const part = await world.calls.partOf(callId, sessionOf(deviceId))
  return part.ok ? part.value : part.error.code
}

it('is the own side of a talk, while it goes on and when it is over', async () => {
  const id = await talkIn(world)
  expect(await partOf('ali-1', id)).toMatchObject({ side: 'caller', endedAt: null })
  expect(await partOf('sara-1', id)).toMatchObject({ side: 'receptor', endedAt: null })
  await world.does('sara-1', 'hangup', id)
  const end = world.clock.now()
  await world.clock.advance(1_000)
  expect(await partOf('ali-1', id)).toMatchObject({ side: 'caller', endedAt: end })
  expect(await partOf('sara-1', id)).toMatchObject({ side: 'receptor', endedAt: end })
})

it('is none of another person, of a device that only rang, or with a sign-in for another call', async () => {
  const id = await talkIn(world)
  expect(await partOf('omid-1', id)).toBe('access_denied')
  expect(await partOf('sara-2', id)).toBe('access_denied')
  expect(await partOf('ali-1', 'n1.none')).toBe('invalid_call')
  const scoped = { ...sessionOf('ali-1'), scope: { callId: 'n1.other' } }
  expect(await world.calls.partOf(id, scoped)).toMatchObject({ error: { code: 'access_denied' } })
  await world.does('ali-1', 'hangup', id)
  expect(await partOf('omid-1', id)).toBe('access_denied')
  expect(await partOf('sara-2', id)).toBe('access_denied')
})

it('knows that nobody has talked yet', async () => {
  const id = await ringIn(world)
  expect(await partOf('ali-1', id)).toMatchObject({ startedAt: null })
  expect(await partOf('sara-1', id)).toBe('access_denied')
})

it('is asked for again later where the record of a call cannot be read now', async () => {
  const id = await talkIn(world)
  await world.does('ali-1', 'hangup', id)
  const journal = {
    ...world.journal,
    findEnded: () => Promise.reject(new Error('the database is away'))
  }
  const later = createWorld(undefined, world.clock, journal)
  expect(await later.calls.partOf(id, sessionOf('ali-1'))).toMatchObject({ error: { code: 'unavailable' } })
  expect(await later.calls.partOf('n1.none', sessionOf('ali-1'))).toMatchObject({ error: { code: 'unavailable' } })
})
