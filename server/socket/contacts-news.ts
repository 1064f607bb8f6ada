// Tells a user's other devices that the own contacts were changed on one of them.
import type { Contacts, Presence } from '../ports.ts'

export const withContactsNews = (contacts: Contacts, presence: Presence): Contacts => ({
  ...contacts,
  change: async (session, change) => {
    const result = await contacts.change(session, change)
    if (!result.ok || result.value.added + result.value.changed + result.value.removed === 0) return result
    for (const deviceId of presence.online(session.userId)) {
      if (deviceId === session.deviceId) continue
      presence.push(deviceId, { name: 'lists.changed', data: { lists: ['contacts'] } })
    }
    return result
  }
})
