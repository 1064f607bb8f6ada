// A network as sockets see it: what is sent on a connection arrives in order, later or never; what is lost takes the
// connection with it. A device whose way is cut stalls: what is on its way waits, until the way is there again or one
// end has given the connection up. Connections of one device are not ordered among each other. A fake: no real sockets.
import type { Push } from '../../common/protocol/socket.ts'
import type { Result } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { OpenSocket, SocketListener } from '../../main/session/ports.ts'
import type { Chance } from './chance.ts'

/** The server's end of a connection. */
export type Incoming = {
  readonly deviceId: string
  readonly auth: unknown
  readonly accepted: () => void
  readonly refused: (error: { readonly code: string }) => void
  readonly push: (push: Push) => void
  /** Ends it in good order: what was sent before still arrives. */
  readonly close: () => void
}

/** What the server does with what comes in. */
export type Listening = {
  readonly connect: (incoming: Incoming) => void
  readonly request: (
    incoming: Incoming,
    name: string,
    envelope: unknown,
    ack: (answer: Result<unknown>) => void
  ) => void
  /** The connection is gone. */
  readonly lost: (incoming: Incoming) => void
}

type Direction = { lastAt: number; readonly stalled: (() => void)[] }

type Connection = {
  readonly deviceId: string
  readonly listener: SocketListener
  readonly listening: Listening
  readonly up: Direction
  readonly down: Direction
  readonly incoming: Incoming
  /** Each end knows for itself whether the connection is over. */
  phoneOpen: boolean
  serverOpen: boolean
  readonly pushed: Push[]
}

export type FakeNetwork = {
  readonly openSocketOf: (deviceId: string) => OpenSocket
  /** The server is there, or not: connections to it are then refused. */
  readonly listen: (listening: Listening | null) => void
  /** The server's process is gone: its ends of all connections with it. */
  readonly serverGone: () => void
  /** The phone's process is gone. */
  readonly phoneGone: (deviceId: string) => void
  /** The connection breaks, and both ends notice soon. */
  readonly break: (deviceId: string) => void
  readonly stall: (deviceId: string) => void
  readonly heal: (deviceId: string) => void
  readonly isStalled: (deviceId: string) => boolean
  /** Sends what this device once sent again, on its connection of now: nobody waits for the answer. */
  readonly repeat: (deviceId: string, n: number) => string | null
  /** One of the last things that the device was pushed comes once more. */
  readonly pushAgain: (deviceId: string, n: number) => string | null
  /** Each way's delay from now on. */
  readonly setDelay: (deviceId: string, delayMs: number) => void
  /** All ways are short and steady from now on. */
  readonly calm: () => void
}

/** The server's heartbeat notices a silent phone after this long. */
const noticeMs = { least: 4_000, most: 8_000 }
const heartbeatMs = 4_000
const kept = 12

export const createFakeNetwork = (clock: Clock, chance: Chance, jitter: number): FakeNetwork => {
  const connections = new Set<Connection>()
  const stalledDevices = new Set<string>()
  const delays = new Map<string, number>()
  const sent = new Map<string, { readonly name: string; readonly envelope: unknown }[]>()
  let listening: Listening | null = null
  let jitterMs = jitter

  const delayOf = (deviceId: string): number => (delays.get(deviceId) ?? 20) + chance.between(0, jitterMs)

  /** In order on its way; dropped where the receiving end is closed by then. */
  const carry = (connection: Connection, way: 'up' | 'down', run: () => void): void => {
    const direction = connection[way]
    const isOpen = (): boolean => (way === 'up' ? connection.serverOpen : connection.phoneOpen)
    const arrive = (): void => {
      if (!isOpen()) return
      if (stalledDevices.has(connection.deviceId) || direction.stalled.length > 0) direction.stalled.push(arrive)
      else run()
    }
    direction.lastAt = Math.max(direction.lastAt, clock.now() + delayOf(connection.deviceId))
    clock.at(direction.lastAt, arrive)
  }

  const forget = (connection: Connection): void => {
    if (!connection.phoneOpen && !connection.serverOpen) connections.delete(connection)
  }

  const endAtServer = (connection: Connection): void => {
    if (!connection.serverOpen) return
    connection.serverOpen = false
    connection.listening.lost(connection.incoming)
    forget(connection)
  }

  const endAtPhone = (
    connection: Connection,
    detail: string,
    refused: { readonly code: string } | null = null
  ): void => {
    if (!connection.phoneOpen) return
    connection.phoneOpen = false
    // The codes are those of the handshake, which are the phone's.
    connection.listener.onLost({ refused: refused as never, detail })
    forget(connection)
  }

  /** The server hears nothing more of this connection and gives it up in time. */
  const willBeNoticed = (connection: Connection): void => {
    const { deviceId } = connection
    clock.at(clock.now() + chance.between(noticeMs.least, noticeMs.most), () => {
      if (!connection.phoneOpen || stalledDevices.has(deviceId)) endAtServer(connection)
    })
  }

  const beat = (): void => {
    for (const { deviceId, listener, phoneOpen, serverOpen } of connections) {
      if (phoneOpen && serverOpen && !stalledDevices.has(deviceId)) listener.onPacket()
    }
    clock.at(clock.now() + heartbeatMs, beat)
  }
  beat()

  const openSocketOf =
    (deviceId: string): OpenSocket =>
    (_server, auth, listener) => {
      const there = listening
      const incoming: Incoming = {
        deviceId,
        auth,
        accepted: () => carry(connection, 'down', listener.onOpen),
        refused: (error) => {
          connection.serverOpen = false
          carry(connection, 'down', () => endAtPhone(connection, 'refused', error))
        },
        push: (push) => {
          if (!connection.serverOpen) return
          // A welcome begins a connection and comes once.
          if (push.name === 'call.changed') connection.pushed.push(push)
          if (connection.pushed.length > kept) connection.pushed.shift()
          carry(connection, 'down', () => listener.onPush(push.name, push.data))
        },
        close: () => {
          connection.serverOpen = false
          carry(connection, 'down', () => endAtPhone(connection, 'closed by the server'))
        }
      }
      const connection: Connection = {
        deviceId,
        listener,
        listening: there ?? { connect: () => undefined, request: () => undefined, lost: () => undefined },
        up: { lastAt: 0, stalled: [] },
        down: { lastAt: 0, stalled: [] },
        incoming,
        phoneOpen: true,
        serverOpen: there !== null,
        pushed: []
      }
      connections.add(connection)
      if (there === null) {
        if (!stalledDevices.has(deviceId)) {
          clock.at(clock.now() + delayOf(deviceId), () => endAtPhone(connection, 'nobody listens'))
        }
      } else carry(connection, 'up', () => there.connect(incoming))
      return {
        send: (name, envelope, ack) => {
          if (!connection.phoneOpen) return
          sent.set(deviceId, [...(sent.get(deviceId) ?? []), { name, envelope }].slice(-kept))
          carry(connection, 'up', () =>
            connection.listening.request(incoming, name, envelope, (answer) => {
              if (connection.serverOpen) carry(connection, 'down', () => ack(answer))
            })
          )
        },
        close: () => {
          if (!connection.phoneOpen) return
          connection.phoneOpen = false
          if (stalledDevices.has(deviceId)) willBeNoticed(connection)
          carry(connection, 'up', () => endAtServer(connection))
          forget(connection)
        }
      }
    }

  const ofDevice = (deviceId: string): readonly Connection[] =>
    [...connections].filter((connection) => connection.deviceId === deviceId)

  const present = (deviceId: string): Connection | undefined =>
    ofDevice(deviceId).find(({ phoneOpen, serverOpen }) => phoneOpen && serverOpen)

  return {
    openSocketOf,
    listen: (next) => {
      listening = next
    },
    serverGone: () => {
      listening = null
      for (const connection of [...connections]) {
        connection.serverOpen = false
        carry(connection, 'down', () => endAtPhone(connection, 'the server is gone'))
        forget(connection)
      }
    },
    phoneGone: (deviceId) => {
      for (const connection of ofDevice(deviceId)) {
        connection.phoneOpen = false
        if (stalledDevices.has(deviceId)) willBeNoticed(connection)
        carry(connection, 'up', () => endAtServer(connection))
        forget(connection)
      }
    },
    break: (deviceId) => {
      for (const connection of ofDevice(deviceId)) {
        clock.at(clock.now() + chance.between(0, 200), () => endAtServer(connection))
        clock.at(clock.now() + chance.between(0, 200), () => endAtPhone(connection, 'reset'))
      }
    },
    stall: (deviceId) => {
      if (stalledDevices.has(deviceId)) return
      stalledDevices.add(deviceId)
      for (const connection of ofDevice(deviceId)) willBeNoticed(connection)
    },
    heal: (deviceId) => {
      if (!stalledDevices.delete(deviceId)) return
      for (const connection of ofDevice(deviceId)) {
        for (const direction of [connection.up, connection.down]) {
          direction.lastAt = Math.max(direction.lastAt, clock.now() + delayOf(deviceId))
          // What comes meanwhile waits behind what has waited.
          clock.at(direction.lastAt, () => {
            for (const arrive of direction.stalled.splice(0)) arrive()
          })
        }
      }
    },
    isStalled: (deviceId) => stalledDevices.has(deviceId),
    repeat: (deviceId, n) => {
      const known = sent.get(deviceId) ?? []
      const again = known[known.length - 1 - (n % Math.max(1, known.length))]
      const connection = present(deviceId)
      if (again === undefined || connection === undefined) return null
      carry(connection, 'up', () =>
        connection.listening.request(connection.incoming, again.name, again.envelope, () => undefined)
      )
      return again.name
    },
    pushAgain: (deviceId, n) => {
      const connection = present(deviceId)
      const known = connection?.pushed ?? []
      const push = known[known.length - 1 - (n % Math.max(1, known.length))]
      if (connection === undefined || push === undefined) return null
      carry(connection, 'down', () => connection.listener.onPush(push.name, push.data))
      return push.name
    },
    setDelay: (deviceId, delayMs) => {
      delays.set(deviceId, delayMs)
    },
    calm: () => {
      delays.clear()
      jitterMs = 0
    }
  }
}
