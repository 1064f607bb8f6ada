// A thin client of one D-Bus session bus: calls, properties, signals, monitoring. Knows no particular service.
import { Message, sessionBus, Variant } from '@jellybrick/dbus-next'
import type { MessageBus } from '@jellybrick/dbus-next'
import { waitFor } from './wait.ts'

/** One method call; `signature` describes `body` and is needed when there is one. */
export interface BusCall {
  destination: string
  path: string
  interface: string
  member: string
  signature?: string
  body?: unknown[]
}

/** A connection to a session bus. Every call rejects with the service's own error. */
export interface Bus {
  /** This connection's unique name. */
  readonly name: string
  call: (call: BusCall) => Promise<unknown[]>
  /** All properties of an interface, variants unwrapped. */
  properties: (destination: string, path: string, iface: string) => Promise<Record<string, unknown>>
  hasOwner: (name: string) => Promise<boolean>
  owner: (name: string) => Promise<string>
  pidOf: (name: string) => Promise<number>
  /** Sends a signal from this connection, whoever's path and interface it claims; `to` one connection or to all. */
  emit: (path: string, iface: string, member: string, signature: string, body: unknown[], to?: string) => void
  onMessage: (listener: (message: Message) => void) => () => void
  close: () => void
}

const DAEMON = { destination: 'org.freedesktop.DBus', path: '/org/freedesktop/DBus', interface: 'org.freedesktop.DBus' }

/** Takes variants (and variants within variants) out of their wrapping. */
export function unwrap(value: unknown): unknown {
  if (value instanceof Variant) return unwrap(value.value)
  if (Buffer.isBuffer(value)) return value
  if (Array.isArray(value)) return value.map(unwrap)
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unwrap(inner)]))
  }
  return value
}

/** Wraps a value for a place whose D-Bus type is a variant. */
export function variant(signature: string, value: unknown): unknown {
  return new Variant(signature, value)
}

async function open(address: string): Promise<MessageBus> {
  return waitFor(`the session bus at ${address}`, async () => {
    const bus = sessionBus({ busAddress: address })
    return new Promise<MessageBus>((resolve, reject) => {
      bus.once('connect', () => {
        resolve(bus)
      })
      // A bus that goes away later is the desktop's end, not an error of whoever still holds a connection.
      ;(bus as NodeJS.EventEmitter).on('error', reject)
    })
  })
}

/** Connects to the bus at `address`, waiting until it listens. */
export async function connectBus(address: string): Promise<Bus> {
  const connection = await open(address)
  const call = async (what: BusCall): Promise<unknown[]> => {
    const reply = await connection.call(new Message(what))
    return reply === null ? [] : reply.body
  }
  const bus: Bus = {
    name: connection.name ?? '',
    call,
    properties: async (destination, path, iface) => {
      const [all] = await call({
        destination,
        path,
        interface: 'org.freedesktop.DBus.Properties',
        member: 'GetAll',
        signature: 's',
        body: [iface]
      })
      return unwrap(all) as Record<string, unknown>
    },
    hasOwner: async (name) => {
      const [has] = await call({ ...DAEMON, member: 'NameHasOwner', signature: 's', body: [name] })
      return has === true
    },
    owner: async (name) => {
      const [owner] = await call({ ...DAEMON, member: 'GetNameOwner', signature: 's', body: [name] })
      return String(owner)
    },
    pidOf: async (name) => {
      const [pid] = await call({ ...DAEMON, member: 'GetConnectionUnixProcessID', signature: 's', body: [name] })
      return Number(pid)
    },
    emit: (path, iface, member, signature, body, to) => {
      const message = Message.newSignal(path, iface, member, signature, body)
      if (to !== undefined) message.destination = to
      connection.send(message)
    },
    onMessage: (listener) => {
      connection.on('message', listener)
      return () => connection.off('message', listener)
    },
    close: () => {
      connection.disconnect()
    }
  }
  return bus
}

/**
 * Listens to everything on the bus that one of `rules` matches, between whichever parties, without taking part.
 * @returns a function that ends the listening.
 */
export async function monitorBus(
  address: string,
  rules: string[],
  listener: (message: Message) => void
): Promise<() => void> {
  const connection = await open(address)
  // The bus throws out a monitor that sends anything, and the library would answer calls it overhears.
  connection.addMethodHandler(() => true)
  connection.on('message', listener)
  await connection.call(
    new Message({
      ...DAEMON,
      interface: 'org.freedesktop.DBus.Monitoring',
      member: 'BecomeMonitor',
      signature: 'asu',
      body: [rules, 0]
    })
  )
  return () => {
    connection.disconnect()
  }
}
