// A caller and a receptor in a fake world, and the steps of a call between them. For tests that tell a call as a story.
import type { CallRole } from '../../../../common/call/end.ts'
import type { Logger } from '../../../../common/log.ts'
import { createFakeWorld, type FakePhone } from './fake-world.ts'

export const start = (log?: Logger) => {
  const world = createFakeWorld(log)
  const caller = world.add('a', '101')
  const receptor = world.add('b', '102')
  caller.connect()
  receptor.connect()
  return { world, caller, receptor }
}
type World = ReturnType<typeof start>

export const only = ({ phone }: FakePhone) => {
  const [call] = phone.calls()
  if (call === undefined) throw new Error('there is no call')
  return call
}

export const dial = async ({ world, caller }: World) => {
  const dialled = caller.phone.dial('102')
  if (!dialled.ok) throw new Error(dialled.error.code)
  await world.flow()
}
export const ring = async ({ world, receptor }: World) => {
  receptor.phone.alertShown(only(receptor).session)
  await world.flow()
}
export const answer = async ({ world, receptor }: World) => {
  receptor.phone.answer(only(receptor).session)
  await world.flow()
}
export const media = async ({ world }: World, side: CallRole, state: 'connected' | 'disconnected') => {
  const call = world.server.calls[0]
  if (call !== undefined) world.server.media(call, side, state)
  await world.flow()
}
export const talk = async (all: World) => {
  await dial(all)
  await ring(all)
  await answer(all)
  await media(all, 'caller', 'connected')
  await media(all, 'receptor', 'connected')
}
