// Whether there is a place for tray icons, asked over a fake session bus: the answer waits for the desktop's, not for ever.
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import type { SessionBus } from '../../../../main/shell/session-bus.ts'
import { createTrayHost } from '../../../../main/shell/tray-host.ts'
import { createFakeClock, settle } from './fixtures.ts'

const start = (openBus: () => Promise<SessionBus>, appeared: () => void = () => undefined) => {
  const clock = createFakeClock()
  const host = createTrayHost({ openBus, appeared, clock, log: silentLogger })
  const answers: boolean[] = []
  void host.isThere().then((there) => answers.push(there))
  return { clock, answers }
}

const busWith = (owner: string | null, asked: Promise<void>): SessionBus =>
  ({
    watchOwner: async (_name: string, listener: (owner: string | null) => void) => {
      await asked
      listener(owner)
    },
    close: () => undefined
  }) as unknown as SessionBus

describe('the place for tray icons', () => {
  it.each([
    [':1.7', true],
    [null, false]
  ])('owner %s: %s, once the desktop has said so', async (owner, there) => {
    let say: () => void = () => undefined
    const asked = new Promise<void>((resolve) => (say = resolve))
    const { answers } = start(() => Promise.resolve(busWith(owner, asked)))
    await settle()
    expect(answers).toEqual([])
    say()
    await settle()
    expect(answers).toEqual([there])
  })

  it('there is none where there is no bus, or where nobody answers', async () => {
    const without = start(() => Promise.reject(new Error('no bus')))
    await settle()
    expect(without.answers).toEqual([false])
    const silent = start(() => new Promise(() => undefined))
    silent.clock.advance(1_000)
    await settle()
    expect(silent.answers).toEqual([false])
  })

  it('one that comes later is told once, one that was there from the beginning is not', async () => {
    let say: (owner: string | null) => void = () => undefined
    const bus = {
      watchOwner: async (_name: string, listener: (owner: string | null) => void) => {
        say = listener
        listener(null)
      },
      close: () => undefined
    } as unknown as SessionBus
    let appeared = 0
    start(
      () => Promise.resolve(bus),
      () => (appeared += 1)
    )
    await settle()
    expect(appeared).toBe(0)
    say(':1.4')
    expect(appeared).toBe(1)
    say(null)
    say(':1.9')
    expect(appeared).toBe(1)
    start(
      () => Promise.resolve(busWith(':1.7', Promise.resolve())),
      () => (appeared += 1)
    )
    await settle()
    expect(appeared).toBe(1)
  })
})
