// Who is connected: the devices of each user, and the way to each. A device has one connection; a newer one takes its
// place. Knows no sockets.
import type { DeviceId, UserId } from '../../common/ids.ts'
import type { Push } from '../../common/protocol/socket.ts'
import type { Presence } from '../ports.ts'

export type Connection = {
  readonly deviceId: DeviceId
  readonly userId: UserId
  readonly send: (push: Push) => void
}

/**
 * One device's way in:
 *
 *   enter ──▶ waiting: pushes are kept ──welcome──▶ open: pushes go out at once ──leave or replaced──▶ gone
 */
export type PresenceBook = Presence & {
  /** From now on the device is online and its pushes come here, kept until the welcome. Returns the connection it replaces. */
  readonly enter: (connection: Connection) => Connection | null
  /** Sends the welcome, then what waited for it. Nothing where the connection was replaced meanwhile. */
  readonly welcome: (connection: Connection, welcome: Push) => void
  /** True where the device is offline now; false where a newer connection had taken its place. */
  readonly leave: (connection: Connection) => boolean
}

type Entry = { readonly connection: Connection; waiting: Push[] | null }

export const createPresence = (): PresenceBook => {
  const entries = new Map<DeviceId, Entry>()
  const users = new Map<UserId, Set<DeviceId>>()

  const entryOf = (connection: Connection): Entry | null => {
    const entry = entries.get(connection.deviceId)
    return entry?.connection === connection ? entry : null
  }

  return {
    online: (userId) => [...(users.get(userId) ?? [])],
    push: (deviceId, push) => {
      const entry = entries.get(deviceId)
      if (entry === undefined) return
      if (entry.waiting === null) entry.connection.send(push)
      else entry.waiting.push(push)
    },
    enter: (connection) => {
      const { deviceId, userId } = connection
      const replaced = entries.get(deviceId)?.connection ?? null
      entries.set(deviceId, { connection, waiting: [] })
      const devices = users.get(userId) ?? new Set()
      users.set(userId, devices.add(deviceId))
      return replaced
    },
    welcome: (connection, welcome) => {
      const entry = entryOf(connection)
      const waited = entry?.waiting ?? null
      if (entry === null || waited === null) return
      entry.waiting = null
      connection.send(welcome)
      for (const push of waited) connection.send(push)
    },
    leave: (connection) => {
      if (entryOf(connection) === null) return false
      const { deviceId, userId } = connection
      entries.delete(deviceId)
      const devices = users.get(userId)
      devices?.delete(deviceId)
      if (devices?.size === 0) users.delete(userId)
      return true
    }
  }
}
