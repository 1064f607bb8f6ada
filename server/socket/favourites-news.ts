// Tells a user's other devices that favourites were changed on one of them. History is the calls' own news.
import type { Lists, Presence } from '../ports.ts'

export const withFavouritesNews = (lists: Lists, presence: Presence): Lists => ({
  ...lists,
  setFavourites: async (session, favourites) => {
    const result = await lists.setFavourites(session, favourites)
    if (!result.ok) return result
    for (const deviceId of presence.online(session.userId)) {
      if (deviceId === session.deviceId) continue
      presence.push(deviceId, { name: 'lists.changed', data: { lists: ['favourites'] } })
    }
    return result
  }
})
