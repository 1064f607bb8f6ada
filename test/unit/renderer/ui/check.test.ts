// @vitest-environment happy-dom
// The page that checks calls: refused in a call, ended by one, its own talk on no screen and in no list, and the report.
import { afterEach, describe, expect, it, vi } from 'vitest'
import { ok } from '../../../../common/result.ts'
import type { MediaProbe } from '../../../../renderer/preflight/ports.ts'
import { fakeProbe } from '../../../support/ui-gallery/fake-sound.ts'
import { lines } from '../../../support/ui-gallery/lines.ts'
import { snapshotOf, type StateName } from '../../../support/ui-gallery/states.ts'
import { asks, button, close, open, settle } from './page.ts'

afterEach(() => {
  close()
  vi.useRealTimers()
  vi.restoreAllMocks()
})

const words = () => document.querySelector('.settings .page')?.textContent ?? ''
const openCheck = async (probe: Partial<MediaProbe> = {}, state: StateName = 'settings') => {
  vi.useFakeTimers()
  const follow = vi.fn()
  const page = await open(state, {
    wide: true,
    sound: {
      follow,
      level: () => 0.6,
      probe: async () => Promise.resolve({ ...fakeProbe, ...probe }),
      onQuality: (listener) => {
        const look = setTimeout(() => listener(lines.good), 2_000)
        return () => clearTimeout(look)
      }
    }
  })
  document.querySelectorAll<HTMLButtonElement>('nav button')[2]?.click()
  await settle()
  document.querySelector<HTMLButtonElement>('[data-page=check]')?.click()
  await settle()
  return { ...page, follow }
}
const pass = async (ms: number) => {
  await vi.advanceTimersByTimeAsync(ms)
  await settle()
}
const [talking] = snapshotOf('talking-echo', 'en', 'light', 0).calls
const [ringing] = snapshotOf('incoming', 'en', 'light', 0).calls
if (talking === undefined || ringing === undefined) throw new Error('the gallery has no calls')
const talk = { session: 's1', status: 'conversation' } as const

/** All of the media gets through, by any way. */
const through: Partial<MediaProbe> = {
  offer: () => ({ udp: 40_000, tcp: 40_000, relay: false }),
  look: async () => Promise.resolve({ connected: true, protocols: ['udp', 'udp'], jitterMs: 3 })
}

/** Begun, and as far as its talk with Echo. */
const intoTalk = async (probe: Partial<MediaProbe> = through) => {
  const page = await openCheck(probe)
  button('Check now').click()
  await pass(300)
  expect(asks(page.bridge, 'dialCheck')).toEqual([{ to: '100' }])
  page.bridge.change({ check: talk })
  await pass(100)
  return page
}

describe('a check', () => {
  it('goes through all and ends with the mark of a talk that is nowhere to be seen', async () => {
    const { bridge } = await intoTalk()
    await pass(12_000)
    expect(document.querySelector('.stage')).toBeNull()
    expect(words()).toContain('Good sound: 4.3 of 5.')
    expect(words()).toContain('Your calls should go well.')
    expect(asks(bridge, 'hangUp')).toEqual([{ session: 's1' }])
  })

  it('says which port is blocked, and what calls do then', async () => {
    let path = 'any'
    await intoTalk({
      ...through,
      use: (next) => {
        path = next
      },
      look: async () => Promise.resolve({ connected: path !== 'udp', protocols: [], jitterMs: null })
    })
    await pass(20_000)
    expect(words()).toContain('allow UDP to port 40000')
    expect(words()).toContain('1 thing needs your attention.')
  })

  it('is refused in a call, with a sentence', async () => {
    const { bridge } = await openCheck()
    bridge.change({ calls: [talking] })
    await settle()
    button('Check now').click()
    await settle()
    expect(words()).toContain('You are in a call. End it first, then check.')
  })

  it('is ended at once by a call that comes in, which is shown and rings', async () => {
    const { bridge, follow } = await intoTalk()
    bridge.change({ calls: [{ ...ringing, session: 's2' }], tone: 'ringingSoftly' })
    await settle()
    expect(asks(bridge, 'hangUp')).toEqual([{ session: 's1' }])
    expect(document.querySelector('.stage')?.textContent).toContain(ringing.peer.names.en)
    expect(follow).toHaveBeenLastCalledWith(expect.objectContaining({ tone: 'ringingSoftly' }))
  })

  it('ends with its page, and lets go of everything', async () => {
    const used: string[] = []
    const { bridge } = await intoTalk({ ...through, use: (path) => used.push(path) })
    document.querySelectorAll<HTMLButtonElement>('nav button')[0]?.click()
    await pass(100)
    expect(asks(bridge, 'hangUp')).toEqual([{ session: 's1' }])
    expect(used.at(-1)).toBe('any')
  })

  it('asks whoever did not hear the speaker by the microphone', async () => {
    await openCheck({ hearBack: async () => Promise.resolve(ok({ heard: false, overDb: 0 })) })
    button('Check now').click()
    await pass(300)
    expect(words()).toContain('Did you hear a few notes?')
    button('No').click()
    await pass(100)
    expect(words()).toContain('You did not hear')
  })

  it('has a report to copy, and says that it was copied', async () => {
    const written: string[] = []
    vi.spyOn(navigator.clipboard, 'writeText').mockImplementation(async (text) => {
      written.push(text)
      return Promise.resolve()
    })
    await intoTalk()
    button('Stop the check').click()
    await pass(100)
    button('Copy the report').click()
    await pass(100)
    expect(words()).toContain('The report was copied.')
    expect(written.join()).toContain('server     well')
    expect(written.join()).not.toMatch(/example|Kian|102/)
  })
})
