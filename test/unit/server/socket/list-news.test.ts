// Who is told that a list has changed, and not before it has.
import { describe, expect, it } from 'vitest'
import { ok } from '../../../../common/result.ts'
import type { CallJournal, CallRecord, Lists } from '../../../../server/ports.ts'
import { createListNews, withFavouritesNews, withHistoryNews } from '../../../../server/socket/list-news.ts'
import { createPresence } from '../../../../server/socket/presence.ts'
import { sessionOf } from './support.ts'

const setUp = () => {
  const told: string[] = []
  const presence = createPresence()
  for (const [deviceId, userId] of [
    ['d1', 'u1'],
    ['d2', 'u1'],
    ['d3', 'u2']
  ] as const) {
    const connection = {
      deviceId,
      userId,
      send: (push: { name: string }) => {
        told.push(`${deviceId} ${push.name}`)
      }
    }
    presence.enter(connection)
    presence.welcome(connection, { name: 'session.ended', data: { reason: 'too_slow' } })
  }
  told.length = 0
  return { told, news: createListNews(presence) }
}

const record = (end: CallRecord['end']): CallRecord => ({
  callId: 'n1.c',
  applicationId: 'default',
  seq: 1,
  status: end === null ? 'trying' : 'finished',
  callerId: 'u1',
  receptorId: 'u2',
  createdAt: 0,
  startedAt: null,
  talkMs: 0,
  end,
  legs: [],
  event: { at: 0, kind: 'x', data: {} },
  state: null
})

describe('news of lists', () => {
  it('tells both users of an end once it is written', async () => {
    const { told, news } = setUp()
    let written: () => void = () => undefined
    const journal: CallJournal = {
      commit: () => new Promise((resolve) => (written = resolve)),
      findCreated: async () => null,
      findEnded: async () => null,
      loadLive: async () => []
    }
    const committed = withHistoryNews(journal, news).commit([
      record(null),
      record({ reason: 'missed', by: 'server', at: 1 })
    ])
    expect(told).toEqual([])
    written()
    await committed
    expect(told).toEqual(['d1 lists.changed', 'd2 lists.changed', 'd3 lists.changed'])
  })

  it('says nothing of a call that goes on', async () => {
    const { told, news } = setUp()
    const journal: CallJournal = {
      commit: async () => undefined,
      findCreated: async () => null,
      findEnded: async () => null,
      loadLive: async () => []
    }
    await withHistoryNews(journal, news).commit([record(null)])
    expect(told).toEqual([])
  })

  it("tells the user's other devices of new favourites", async () => {
    const { told, news } = setUp()
    const lists: Lists = {
      directory: async () => [],
      history: async () => ok({ result: [], next: null }),
      favourites: async () => ({ usernames: [] }),
      setFavourites: async (_session, favourites) => ok(favourites)
    }
    await withFavouritesNews(lists, news).setFavourites(sessionOf('d1'), { usernames: ['102'] })
    expect(told).toEqual(['d2 lists.changed'])
  })
})
