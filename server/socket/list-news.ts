// Tells a user's devices that a list kept by REST has changed: history after each call's end, favourites after a change
// on another device. Keeps nothing.
import type { DeviceId, UserId } from '../../common/ids.ts'
import type { PushData } from '../../common/protocol/socket.ts'
import type { CallJournal, Lists, Presence } from '../ports.ts'

export type ListNews = {
  /** To all devices of the user that are connected, except the one that made the change. */
  readonly tell: (userId: UserId, lists: PushData<'lists.changed'>['lists'], except?: DeviceId) => void
}

export const createListNews = (presence: Presence): ListNews => ({
  tell: (userId, lists, except) => {
    for (const deviceId of presence.online(userId)) {
      if (deviceId !== except) presence.push(deviceId, { name: 'lists.changed', data: { lists } })
    }
  }
})

/** The journal, telling both users of each call's end once it is written, so that what they fetch then has it. */
export const withHistoryNews = (journal: CallJournal, news: ListNews): CallJournal => ({
  ...journal,
  commit: async (records) => {
    await journal.commit(records)
    const users = records.flatMap(({ end, callerId, receptorId }) => (end === null ? [] : [callerId, receptorId]))
    for (const userId of new Set(users)) news.tell(userId, ['history'])
  }
})

/** The lists, telling the user's other devices of new favourites. */
export const withFavouritesNews = (lists: Lists, news: ListNews): Lists => ({
  ...lists,
  setFavourites: async (session, favourites) => {
    const result = await lists.setFavourites(session, favourites)
    if (result.ok) news.tell(session.userId, ['favourites'], session.deviceId)
    return result
  }
})
