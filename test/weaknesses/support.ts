// Scripted calls between the product's phones and the product's calls of the server, over the simulated world of the
// property tests, with steady lines: for the named tests of what call systems get wrong.
import { expect } from 'vitest'
import type { CallView } from '../../common/snapshot.ts'
import type { AppRun } from '../property/app-run.ts'
import { short } from '../property/rules.ts'
import { createWorld } from '../property/world.ts'

export const begin = async (devices: readonly string[] = ['ali-1', 'sara-1', 'sara-2', 'omid-1']) => {
  const world = createWorld({ seed: 1, devices, jitterMs: 0, isTold: true })
  const { clock } = world
  await world.startServer()
  for (const device of devices) world.startApp(device)
  await clock.pass(500)

  const app = (device: string): AppRun => {
    const run = world.app(device)
    if (run === null) throw new Error(`${device} does not run`)
    return run
  }
  /** The newest call of a device. */
  const call = (device: string): CallView => {
    const last = app(device).phone.calls().at(-1)
    if (last === undefined) throw new Error(`${device} has no call`)
    return last
  }
  const heard = (device: string, session?: string): readonly string[] =>
    app(device)
      .heard.filter((event) => event.kind !== 'onMediaStateChanged' && session !== event.kind)
      .filter((event) => session === undefined || event.call.session === session)
      .map(short)

  const dial = async (device: string, to: string, waitMs = 1_000): Promise<void> => {
    expect(app(device).dial(to).ok).toBe(true)
    await clock.pass(waitMs)
  }
  const answer = async (device: string, waitMs = 1_000): Promise<void> => {
    const { session } = call(device)
    app(device).consents.add(session)
    expect(app(device).phone.answer(session).ok).toBe(true)
    await clock.pass(waitMs)
  }
  const hangUp = async (device: string, waitMs = 1_000): Promise<void> => {
    app(device).endedHere.add(call(device).session)
    expect(app(device).phone.hangUp(call(device).session).ok).toBe(true)
    await clock.pass(waitMs)
  }
  return {
    world,
    app,
    call,
    heard,
    dial,
    answer,
    hangUp,
    pass: clock.pass,
    /** A talk between two devices. */
    talk: async (from: string, to: string): Promise<void> => {
      await dial(from, to.split('-')[0] ?? '')
      await answer(to)
      expect(call(from).status).toBe('conversation')
    },
    /** The record of a device's newest call. */
    record: (callId: string | null) => (callId === null ? null : world.disk.last(callId)),
    /** No rule was broken on the way. */
    done: () => {
      for (const run of world.apps()) run.kill()
      expect(world.wrong(), world.story.join('\n')).toBeNull()
    }
  }
}
