// Who is told of new favourites, preferences and block lists, and of what was seen or taken away in the history.
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '../../../../common/protocol/rest.ts'
import { fail, ok } from '../../../../common/result.ts'
import type { Push } from '../../../../common/protocol/socket.ts'
import type { History, Lists } from '../../../../server/ports.ts'
import { withHistoryNews, withListsNews } from '../../../../server/socket/lists-news.ts'
import { sessionOf } from './support.ts'

const setUp = (isStored: boolean) => {
  const told: unknown[] = []
  const users: Record<string, string[]> = { u1: ['d1', 'd2', 'd4'], u2: ['d3'] }
  const lists: Lists = {
    directory: async () => [],
    favourites: async () => ({ usernames: [] }),
    setFavourites: async (_, favourites) => (isStored ? ok(favourites) : fail('unavailable')),
    preferences: async () => defaultPreferences,
    setPreferences: async (_, preferences) => (isStored ? ok(preferences) : fail('unavailable')),
    blocked: async () => ({ usernames: [] }),
    setBlocked: async (_, blocked) => (isStored ? ok(blocked) : fail('unavailable'))
  }
  const marks = { seenAt: 1, missed: 0, edition: 1 }
  const answer = async () => (isStored ? ok(marks) : fail('unavailable'))
  const changed = async () => (isStored ? ok({ ...marks, changed: 1 }) : fail('unavailable'))
  const history: History = {
    page: async () => ok({ result: [], next: null, marks }),
    details: async () => ok({ device: null, timeline: [], quality: { mine: null, theirs: null }, rating: null }),
    remove: changed,
    restore: changed,
    clear: answer,
    seen: answer
  }
  const presence = {
    online: (userId: string) => users[userId] ?? [],
    push: (deviceId: string, { name, data }: Push) => {
      told.push([deviceId, name, data])
    }
  }
  return { told, lists: withListsNews(lists, presence), history: withHistoryNews(history, presence) }
}

const changes: readonly (readonly [string, (lists: Lists) => Promise<unknown>, unknown])[] = [
  ['favourites', (lists) => lists.setFavourites(sessionOf('d1'), { usernames: ['102'] }), { usernames: ['102'] }],
  ['blocked', (lists) => lists.setBlocked(sessionOf('d1'), { usernames: ['103'] }), { usernames: ['103'] }],
  ['preferences', (lists) => lists.setPreferences(sessionOf('d1'), defaultPreferences), defaultPreferences]
]

describe.each(changes)('news of %s', (name, change, value) => {
  it("goes to the user's other devices", async () => {
    const { told, lists } = setUp(true)
    expect(await change(lists)).toEqual(ok(value))
    const news = ['lists.changed', { lists: [name] }]
    expect(told).toEqual([
      ['d2', ...news],
      ['d4', ...news]
    ])
  })

  it('is not told where it was not stored', async () => {
    const { told, lists } = setUp(false)
    await change(lists)
    expect(told).toEqual([])
  })
})

const historyChanges: readonly (readonly [string, (history: History) => Promise<unknown>])[] = [
  ['removed', (history) => history.remove(sessionOf('d1'), ['c1'])],
  ['brought back', (history) => history.restore(sessionOf('d1'), ['c1'])],
  ['cleared', (history) => history.clear(sessionOf('d1'), 1)],
  ['seen', (history) => history.seen(sessionOf('d1'), 1)]
]

describe.each(historyChanges)('what was %s', (_, change) => {
  it("is news to the user's other devices, once it is stored", async () => {
    const stored = setUp(true)
    await change(stored.history)
    const news = ['lists.changed', { lists: ['history'] }]
    expect(stored.told).toEqual([
      ['d2', ...news],
      ['d4', ...news]
    ])
    const lost = setUp(false)
    await change(lost.history)
    expect(lost.told).toEqual([])
  })
})

it('to read the history is no news', async () => {
  const { told, history } = setUp(true)
  await history.page(sessionOf('d1'), { limit: 1 })
  await history.details(sessionOf('d1'), 'c1')
  expect(told).toEqual([])
})
