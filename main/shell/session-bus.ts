// A thin client of the D-Bus session bus: calls, one name's owner, signals. Knows no particular service. Linux only.
import type { Message, MessageBus } from '@jellybrick/dbus-next'

export type BusAddress = { readonly destination: string; readonly path: string; readonly interface: string }
export type BusCall = BusAddress & {
  readonly member: string
  /** Describes `body`. */
  readonly signature?: string
  readonly body?: readonly unknown[]
}
export type BusSignal = {
  /** The unique name of the connection that sent it; nobody can forge it. */
  readonly sender: string
  readonly path: string
  readonly interface: string
  readonly member: string
  readonly body: readonly unknown[]
}

export type SessionBus = {
  /** Rejects with the service's error, or after `deadlineMs`; what is answered after that goes to `onLate`. */
  readonly call: (
    call: BusCall,
    deadlineMs: number,
    onLate?: (body: readonly unknown[]) => void
  ) => Promise<readonly unknown[]>
  /** Tells the owner of a name now (null: nobody) and after each change. Resolves once the first was told. */
  readonly watchOwner: (name: string, listener: (owner: string | null) => void) => Promise<void>
  /** All signals of an interface, whoever sends them. */
  readonly onSignal: (address: BusAddress, listener: (signal: BusSignal) => void) => Promise<void>
  /** Says it to everybody who listens. */
  readonly emit: (signal: Omit<BusCall, 'destination'>) => void
  readonly close: () => void
}

const variantMark = Symbol('variant')
export type BusVariant = { readonly [variantMark]: true; readonly signature: string; readonly value: unknown }

/** Wraps a value for a place whose D-Bus type is a variant: an argument, or an entry of a dictionary. */
export const variant = (signature: string, value: unknown): BusVariant => ({ [variantMark]: true, signature, value })

const isVariant = (value: unknown): value is BusVariant =>
  typeof value === 'object' && value !== null && variantMark in value

// Loaded with the first connection: a start does not wait for what it does not need to draw its window.
const load = () => import('@jellybrick/dbus-next')

const driver: BusAddress = {
  destination: 'org.freedesktop.DBus',
  path: '/org/freedesktop/DBus',
  interface: 'org.freedesktop.DBus'
}
const busDeadlineMs = 2_000

const connect = ({ sessionBus }: Awaited<ReturnType<typeof load>>): Promise<MessageBus> =>
  new Promise((resolve, reject) => {
    // Throws at once where there is no address to connect to.
    const bus = sessionBus()
    bus.once('connect', () => {
      resolve(bus)
    })
    // Kept for good: an error event that nobody hears would end the app. The package's types leave this event out.
    ;(bus as NodeJS.EventEmitter).on('error', (error: unknown) => {
      reject(error instanceof Error ? error : new Error(String(error)))
    })
  })

/** Connects. Rejects where there is no session bus. `onClosed` hears once that the connection was lost. */
export const openSessionBus = async (onClosed: () => void): Promise<SessionBus> => {
  const library = await load()
  const bus = await connect(library)
  let isOpen = true
  const closed = (): void => {
    if (!isOpen) return
    isOpen = false
    onClosed()
  }
  const events: NodeJS.EventEmitter = bus
  events.on('error', closed)
  events.on('end', closed)

  const marshalled = (value: unknown): unknown => {
    if (isVariant(value)) return new library.Variant(value.signature, value.value)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
    return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, marshalled(entry)]))
  }

  const call: SessionBus['call'] = (what, deadlineMs, onLate) => {
    let isLate = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const late = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        isLate = true
        reject(new Error(`${what.member}: no answer in ${String(deadlineMs)} ms`))
      }, deadlineMs)
    })
    const { signature, body, ...address } = what
    const message = new library.Message({
      ...address,
      ...(signature === undefined ? {} : { signature, body: (body ?? []).map(marshalled) })
    })
    const answered = bus.call(message).then((reply) => {
      const answer = reply?.body ?? []
      if (isLate) onLate?.(answer)
      return answer
    })
    return Promise.race([answered, late]).finally(() => {
      clearTimeout(timer)
    })
  }

  const heard = async (
    rule: string,
    isMeant: (message: Message) => boolean,
    listener: (message: Message) => void
  ): Promise<void> => {
    bus.on('message', (message: Message) => {
      if (message.type === library.MessageType.SIGNAL && isMeant(message)) listener(message)
    })
    await call({ ...driver, member: 'AddMatch', signature: 's', body: [rule] }, busDeadlineMs)
  }

  return {
    call,
    watchOwner: async (name, listener) => {
      await heard(
        `type='signal',sender='${driver.destination}',member='NameOwnerChanged',arg0='${name}'`,
        (message) =>
          message.sender === driver.destination && message.member === 'NameOwnerChanged' && message.body[0] === name,
        ({ body }) => {
          listener(typeof body[2] === 'string' && body[2] !== '' ? body[2] : null)
        }
      )
      const [owner] = await call(
        { ...driver, member: 'GetNameOwner', signature: 's', body: [name] },
        busDeadlineMs
      ).catch(() => [null])
      listener(typeof owner === 'string' ? owner : null)
    },
    onSignal: (address, listener) =>
      heard(
        `type='signal',path='${address.path}',interface='${address.interface}'`,
        (message) => message.path === address.path && message.interface === address.interface,
        ({ sender, path, interface: from, member, body }) => {
          listener({ sender, path, interface: from, member, body })
        }
      ),
    emit: ({ path, interface: from, member, signature, body }) => {
      bus.send(library.Message.newSignal(path, from, member, signature, (body ?? []).map(marshalled)))
    },
    close: () => {
      isOpen = false
      bus.disconnect()
    }
  }
}
