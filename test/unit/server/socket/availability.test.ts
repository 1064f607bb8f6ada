// Who is told that somebody can be called, and when.
import { describe, expect, it } from 'vitest'
import { createEmitter } from '../../../../common/emitter.ts'
import { silentLogger } from '../../../../common/log.ts'
import { defaultPreferences } from '../../../../common/protocol/rest.ts'
import { ok } from '../../../../common/result.ts'
import type { Push } from '../../../../common/protocol/socket.ts'
import type { Calls, Lists, Wishes } from '../../../../server/ports.ts'
import { createAvailabilityNews, withComings, withWishes } from '../../../../server/socket/availability.ts'
import { createFakeClock } from '../calls/fakes.ts'
import { sessionOf } from './support.ts'

const setUp = () => {
  const clock = createFakeClock()
  const talk = createEmitter<string>(() => undefined)
  const talking = new Set<string>()
  const wishes = new Map<string, Wishes>()
  let told: [string, unknown][] = []
  let reading = Promise.resolve()
  const news = createAvailabilityNews({
    calls: { talks: (userId) => talking.has(userId), onTalk: talk.on },
    screening: {
      wishes: async (userId) => {
        const read = wishes.get(userId) ?? { preferences: defaultPreferences, blocked: new Set<string>() }
        await reading
        return read
      }
    },
    presence: {
      push: (deviceId: string, { data }: Push) => {
        told.push([deviceId, data])
      }
    },
    clock,
    log: silentLogger
  })
  return {
    ...{ clock, news, wishes },
    /** Reading wishes takes until what is returned is called. */
    hold: () => {
      let release: () => void = () => undefined
      reading = new Promise((resolve) => {
        release = resolve
      })
      return () => release()
    },
    talks: (userId: string, talksNow: boolean) => {
      if (talksNow) talking.add(userId)
      else talking.delete(userId)
      talk.emit(userId)
    },
    /** What was told since the last time, after `ms`. */
    after: async (ms: number) => {
      await clock.advance(ms)
      const taken = told
      told = []
      return taken
    }
  }
}
type FakeCalls = Pick<Calls, 'deviceOnline' | 'deviceOffline'>

const a = sessionOf('a1', 'ua')
const b = sessionOf('b1', 'ub')
const whole = (...users: readonly (readonly [string, string])[]) => ({
  whole: true,
  users: users.map(([userId, is]) => ({ userId, is }))
})
const change = (userId: string, is: string) => ({ whole: false, users: [{ userId, is }] })

describe('availability', () => {
  it('is told whole to who comes, and as a change to those who are there', async () => {
    const { news, after } = setUp()
    news.come(a)
    expect(await after(300)).toEqual([['a1', whole()]])
    news.come(b)
    expect(await after(300)).toEqual([
      ['b1', whole(['ua', 'available'])],
      ['a1', change('ub', 'available')]
    ])
  })

  it('follows talks, gathered: what is over at once is told to nobody', async () => {
    const { news, after, talks } = setUp()
    news.come(a)
    news.come(b)
    await after(300)
    talks('ua', true)
    expect(await after(300)).toEqual([['b1', change('ua', 'in_call')]])
    talks('ua', false)
    talks('ua', true)
    expect(await after(300)).toEqual([])
  })

  it('says offline only where nobody came back in a moment, and with the last device', async () => {
    const { news, after } = setUp()
    news.come(a)
    news.come(sessionOf('a2', 'ua'))
    news.come(b)
    await after(300)
    news.leave(a)
    expect(await after(10_000)).toEqual([])
    news.leave(sessionOf('a2', 'ua'))
    expect(await after(2_000)).toEqual([])
    news.come(a)
    expect(await after(10_000)).toEqual([['a1', whole(['ub', 'available'])]])
    news.leave(a)
    expect(await after(10_000)).toEqual([['b1', change('ua', 'offline')]])
  })

  it('says do not disturb, and shows who is blocked nobody', async () => {
    const { news, after, wishes } = setUp()
    const lists = withWishes(
      {
        setPreferences: async () => ok(defaultPreferences),
        setBlocked: async () => ok({ usernames: [] })
      } as Partial<Lists> as Lists,
      news
    )
    news.come(a)
    news.come(b)
    await after(300)
    const preferences = { ...defaultPreferences, doNotDisturb: 'silent' } as const
    wishes.set('ua', { preferences, blocked: new Set<string>() })
    await lists.setPreferences(a, preferences)
    expect(await after(300)).toEqual([['b1', change('ua', 'do_not_disturb')]])
    wishes.set('ua', { preferences: defaultPreferences, blocked: new Set(['ub']) })
    await lists.setBlocked(a, { usernames: ['ub'] })
    expect(await after(300)).toEqual([['b1', change('ua', 'offline')]])
    const again = sessionOf('b2', 'ub')
    news.come(again)
    expect(await after(300)).toEqual([['b2', whole()]])
  })

  it('tells whoever is blocked nothing at all: not that somebody comes, talks or goes', async () => {
    const { news, after, wishes, talks } = setUp()
    wishes.set('ua', { preferences: defaultPreferences, blocked: new Set(['ub']) })
    news.come(b)
    await after(300)
    news.come(a)
    expect((await after(300)).map(([device]) => device)).toEqual(['a1'])
    talks('ua', true)
    expect(await after(300)).toEqual([])
    talks('ua', false)
    expect(await after(300)).toEqual([])
    news.leave(a)
    expect(await after(10_000)).toEqual([])
  })

  it('stays within an application, going too, and leaves out who came for one call', async () => {
    const { news, after } = setUp()
    const stranger = { ...b, applicationId: 'other' }
    news.come(stranger)
    news.come({ ...sessionOf('g1', 'ug'), scope: { callId: 'n1.c' } })
    await after(300)
    news.come(a)
    expect(await after(300)).toEqual([['a1', whole()]])
    news.leave(stranger)
    expect(await after(10_000)).toEqual([])
  })

  it('goes by wishes that changed while older ones were being read', async () => {
    const { news, after, wishes, hold } = setUp()
    news.come(b)
    await after(300)
    news.come(a)
    const release = hold()
    await after(300)
    wishes.set('ua', { preferences: { ...defaultPreferences, doNotDisturb: 'busy' }, blocked: new Set<string>() })
    news.wishesChanged('ua')
    release()
    await after(0)
    expect((await after(300)).filter(([device]) => device === 'b1')).toEqual([['b1', change('ua', 'do_not_disturb')]])
  })

  it('hears of devices from the calls, which say whether a device was welcomed', async () => {
    const { news, after } = setUp()
    let known: [] | null = null
    const calls = withComings<FakeCalls>({ deviceOnline: async () => known, deviceOffline: () => undefined }, news)
    await calls.deviceOnline(a, [])
    expect(await after(300)).toEqual([])
    known = []
    await calls.deviceOnline(a, [])
    expect(await after(300)).toEqual([['a1', whole()]])
    calls.deviceOffline(a, 'lost')
    news.come(b)
    expect(await after(6_000)).toEqual([
      ['b1', whole(['ua', 'available'])],
      ['b1', change('ua', 'offline')]
    ])
  })
})
