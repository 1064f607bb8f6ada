// Who is told of new favourites.
import { describe, expect, it } from 'vitest'
import { fail, ok } from '../../../../common/result.ts'
import type { Lists } from '../../../../server/ports.ts'
import { withFavouritesNews } from '../../../../server/socket/favourites-news.ts'
import { sessionOf } from './support.ts'

const setUp = (isStored: boolean) => {
  const told: string[] = []
  const users: Record<string, string[]> = { u1: ['d1', 'd2'], u2: ['d3'] }
  const lists: Lists = {
    directory: async () => [],
    history: async () => ok({ result: [], next: null }),
    favourites: async () => ({ usernames: [] }),
    setFavourites: async (_session, favourites) => (isStored ? ok(favourites) : fail('unavailable'))
  }
  const presence = {
    online: (userId: string) => users[userId] ?? [],
    push: (deviceId: string, { name }: { readonly name: string }) => {
      told.push(`${deviceId} ${name}`)
    }
  }
  return { told, lists: withFavouritesNews(lists, presence) }
}

describe('news of favourites', () => {
  it("goes to the user's other devices", async () => {
    const { told, lists } = setUp(true)
    expect(await lists.setFavourites(sessionOf('d1'), { usernames: ['102'] })).toEqual(ok({ usernames: ['102'] }))
    expect(told).toEqual(['d2 lists.changed'])
  })

  it('is not told where they were not stored', async () => {
    const { told, lists } = setUp(false)
    await lists.setFavourites(sessionOf('d1'), { usernames: ['102'] })
    expect(told).toEqual([])
  })
})
