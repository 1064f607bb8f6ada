// How the others of the directory are now, as the server tells it. Pure: nothing of it is kept over a connection.
import type { PushData } from '../../common/protocol/socket.ts'
import type { Availability } from '../../common/types.ts'

/** By user id; who is not named is offline. Null before the server's word on this connection. */
export type Others = Readonly<Record<string, Availability>> | null

export const withNews = (known: Others, { whole, users }: PushData<'availability.changed'>): Others => {
  // A change without what it changes: the whole is still to come.
  if (known === null && !whole) return null
  const next = new Map(whole ? [] : Object.entries(known ?? {}))
  for (const { userId, is } of users) {
    if (is === 'offline') next.delete(userId)
    else next.set(userId, is)
  }
  return Object.fromEntries(next)
}
