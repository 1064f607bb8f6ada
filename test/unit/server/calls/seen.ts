// What a fake world did and told, for tests of several calls: commands as the gateway gives them, and what devices were
// shown since.
import type { CallCommand } from '../../../../server/ports.ts'
import { sessionOf, settled, type FakeWorld } from './fakes.ts'

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** `world`: the one of now, which a restart replaces. */
export const seen = (world: () => FakeWorld) => {
  const last = (deviceId: string, callId: string) => world().pushed(deviceId, callId).at(-1)
  const planOf = (callId: string) => world().media.plans.get(callId)
  return {
    does: async (deviceId: string, callId: string, command: Without<CallCommand, 'deviceId'>) => {
      const answer = await world().calls.dispatch(callId, sessionOf(deviceId), { ...command, deviceId })
      await settled()
      return answer
    },
    last,
    endOf: (deviceId: string, callId: string) => last(deviceId, callId)?.end,
    /** The newest call of which this device was told and that is none of `known`. */
    newCall: (deviceId: string, ...known: string[]): string => {
      const ids = world().presence.pushes.flatMap(({ deviceId: to, push }) =>
        to === deviceId && push.name === 'call.changed' && !known.includes(push.data.call.id) ? [push.data.call.id] : []
      )
      return ids.at(-1) ?? 'none'
    },
    planOf,
    /** Who may speak and hear, leg by leg. */
    flows: (callId: string): readonly boolean[] =>
      planOf(callId)?.legs.flatMap(({ speaks, hears }) => [speaks, hears]) ?? []
  }
}
