// Tells a user's other devices of lists that were changed on one of them. History is the calls' own news.
import type { PushData } from '../../common/protocol/socket.ts'
import type { Result } from '../../common/result.ts'
import type { Lists, Presence, Session } from '../ports.ts'

type ListName = PushData<'lists.changed'>['lists'][number]

export const withListsNews = (lists: Lists, presence: Presence): Lists => {
  const telling =
    <T>(name: ListName, change: (session: Session, value: T) => Promise<Result<T>>) =>
    async (session: Session, value: T): Promise<Result<T>> => {
      const result = await change(session, value)
      if (!result.ok) return result
      for (const deviceId of presence.online(session.userId)) {
        if (deviceId === session.deviceId) continue
        presence.push(deviceId, { name: 'lists.changed', data: { lists: [name] } })
      }
      return result
    }

  return {
    ...lists,
    setFavourites: telling('favourites', lists.setFavourites),
    setPreferences: telling('preferences', lists.setPreferences),
    setBlocked: telling('blocked', lists.setBlocked)
  }
}
