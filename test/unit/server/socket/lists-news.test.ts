// Who is told of new favourites, preferences and block lists.
import { describe, expect, it } from 'vitest'
import { defaultPreferences } from '../../../../common/protocol/rest.ts'
import { fail, ok } from '../../../../common/result.ts'
import type { Push } from '../../../../common/protocol/socket.ts'
import type { Lists } from '../../../../server/ports.ts'
import { withListsNews } from '../../../../server/socket/lists-news.ts'
import { sessionOf } from './support.ts'

const setUp = (isStored: boolean) => {
  const told: unknown[] = []
  const users: Record<string, string[]> = { u1: ['d1', 'd2', 'd4'], u2: ['d3'] }
  const lists: Lists = {
    directory: async () => [],
    history: async () => ok({ result: [], next: null }),
    favourites: async () => ({ usernames: [] }),
    setFavourites: async (_, favourites) => (isStored ? ok(favourites) : fail('unavailable')),
    preferences: async () => defaultPreferences,
    setPreferences: async (_, preferences) => (isStored ? ok(preferences) : fail('unavailable')),
    blocked: async () => ({ usernames: [] }),
    setBlocked: async (_, blocked) => (isStored ? ok(blocked) : fail('unavailable'))
  }
  const presence = {
    online: (userId: string) => users[userId] ?? [],
    push: (deviceId: string, { name, data }: Push) => {
      told.push([deviceId, name, data])
    }
  }
  return { told, lists: withListsNews(lists, presence) }
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
