// How a fake world comes to a call of ali and sara, for tests that begin in the middle of one, and how such a call ended.
// Both must be online.
import type { CallId, DeviceId } from '../../../../common/ids.ts'
import type { CallEnd } from '../../../../common/types.ts'
import type { FakeWorld } from './fakes.ts'

/** ali calls sara, whose first phone rings. */
export const ringIn = async (world: FakeWorld): Promise<CallId> => {
  const { id } = await world.dial('ali-1', 'sara')
  await world.does('sara-1', 'ringing', id)
  return id
}

/** They talk. */
export const talkIn = async (world: FakeWorld): Promise<CallId> => {
  const id = await ringIn(world)
  await world.does('sara-1', 'accept', id)
  await world.connect('ali-1', id)
  await world.connect('sara-1', id)
  return id
}

/** The end a device was told, without its time. */
export const endOf = (world: FakeWorld, deviceId: DeviceId, callId: CallId): Omit<CallEnd, 'at'> | undefined => {
  const end = world.pushed(deviceId, callId).at(-1)?.end
  if (end === undefined) return undefined
  const { at: _at, ...rest } = end
  return rest
}
