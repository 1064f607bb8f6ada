// Which room is there and for how many calls: rooms are made when the first leg opens its media and closed with the
// last call that used them. Knows no legs.
import type { CallId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import { createRoom, type Room } from './room.ts'
import type { WorkerPool } from './worker-pool.ts'

export type Rooms = {
  /** The room, made now if it is not there. Rejects where no worker is up. */
  readonly enter: (roomId: string, callId: CallId) => Promise<Room>
  /** The call needs no room any more. */
  readonly leave: (callId: CallId) => void
}

export type RoomsDeps = {
  readonly pool: WorkerPool
  readonly dtx: boolean
  /** A worker died, and with it the media of these calls. Their next `enter` makes a new room. */
  readonly onDied: (callIds: readonly CallId[]) => void
  readonly log: Logger
}

type Entry = { readonly room: Promise<Room>; made: Room | null; readonly calls: Set<CallId> }

export const createRooms = ({ pool, dtx, onDied, log }: RoomsDeps): Rooms => {
  const rooms = new Map<string, Entry>()
  const roomIds = new Map<CallId, string>()

  const make = (roomId: string): Entry => {
    const lease = pool.lease()
    const forget = (): void => {
      if (rooms.get(roomId) === entry) rooms.delete(roomId)
    }
    const room =
      lease === null
        ? Promise.reject(new Error('no media worker is up'))
        : createRoom({
            lease,
            dtx,
            onDied: () => {
              forget()
              onDied([...entry.calls])
            }
          })
    const entry: Entry = { room, made: null, calls: new Set() }
    rooms.set(roomId, entry)
    room.then(
      (made) => {
        entry.made = made
        if (rooms.get(roomId) !== entry) made.close()
      },
      (error: unknown) => {
        log.warn('room not made', { roomId, error: String(error) })
        forget()
      }
    )
    return entry
  }

  return {
    enter: (roomId, callId) => {
      const entry = rooms.get(roomId) ?? make(roomId)
      entry.calls.add(callId)
      roomIds.set(callId, roomId)
      return entry.room
    },
    leave: (callId) => {
      const roomId = roomIds.get(callId)
      if (roomId === undefined) return
      roomIds.delete(callId)
      const entry = rooms.get(roomId)
      if (entry?.calls.delete(callId) !== true || entry.calls.size > 0) return
      rooms.delete(roomId)
      // One that is still being made is closed once it is there.
      entry.made?.close()
    }
  }
}
