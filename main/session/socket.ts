// One socket.io connection behind the Socket port: websocket only, never reconnecting by itself. Parses nothing.
import { io } from 'socket.io-client'
import { z } from 'zod'
import { failure } from '../../common/protocol/values.ts'
import { secondMs } from '../../common/time.ts'
import type { OpenSocket, SocketLoss } from './ports.ts'
import { toFailure } from './requester.ts'

const openingMs = 8 * secondMs

/** socket.io hands over what the server's middleware said as `data` of the error. */
const refusal = z.object({ data: failure })

export const openSocketIo: OpenSocket = (server, auth, listener) => {
  const socket = io(server, {
    transports: ['websocket'],
    auth,
    reconnection: false,
    forceNew: true,
    autoConnect: false,
    timeout: openingMs
  })
  let isOver = false
  const end = (loss: SocketLoss | null): void => {
    if (isOver) return
    isOver = true
    socket.close()
    if (loss !== null) listener.onLost(loss)
  }
  socket.on('connect', () => {
    if (!isOver) listener.onOpen()
  })
  socket.on('disconnect', (reason) => end({ refused: null, detail: reason }))
  socket.on('connect_error', (error) => {
    const refused = refusal.safeParse(error)
    end({ refused: refused.success ? toFailure(refused.data.data) : null, detail: error.message })
  })
  socket.onAny((name: string, data: unknown) => {
    if (!isOver) listener.onPush(name, data)
  })
  socket.connect()
  socket.io.engine.on('packet', () => {
    if (!isOver) listener.onPacket()
  })
  return {
    send: (name, envelope, ack) => {
      if (!isOver) socket.emit(name, envelope, ack)
    },
    close: () => end(null)
  }
}
