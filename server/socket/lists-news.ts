// Tells a user's other devices of lists that were changed on one of them. That a call is over is the calls' own news.
import type { PushData } from '../../common/protocol/socket.ts'
import type { Result } from '../../common/result.ts'
import type { History, Lists, Presence, Session } from '../ports.ts'

type ListName = PushData<'lists.changed'>['lists'][number]

/** A change that the user's other devices are told of once it was made. */
const telling =
  (presence: Presence) =>
  <T extends readonly unknown[], V>(name: ListName, change: (session: Session, ...rest: T) => Promise<Result<V>>) =>
  async (session: Session, ...rest: T): Promise<Result<V>> => {
    const result = await change(session, ...rest)
    if (!result.ok) return result
    for (const deviceId of presence.online(session.userId)) {
      if (deviceId === session.deviceId) continue
      presence.push(deviceId, { name: 'lists.changed', data: { lists: [name] } })
    }
    return result
  }

export const withListsNews = (lists: Lists, presence: Presence): Lists => {
  const told = telling(presence)
  return {
    ...lists,
    setFavourites: told('favourites', lists.setFavourites),
    setPreferences: told('preferences', lists.setPreferences),
    setBlocked: told('blocked', lists.setBlocked)
  }
}

/** What was seen or taken away on one device is so on all. */
export const withHistoryNews = (history: History, presence: Presence): History => {
  const told = telling(presence)
  return {
    ...history,
    remove: told('history', history.remove),
    restore: told('history', history.restore),
    clear: told('history', history.clear),
    seen: told('history', history.seen)
  }
}
