// Real phones on a fake network with a fake server: what is sent lies in a bag until the test delivers, repeats or
// loses it. For unit tests only.
import { createPhone } from '../../../../main/call/phone.ts'
import { createEmitter } from '../../../../common/emitter.ts'
import { silentLogger, type Logger } from '../../../../common/log.ts'
import type { DelegateEvent } from '../../../../common/delegate.ts'
import type { MediaOrder } from '../../../../common/ipc.ts'
import type { Push } from '../../../../common/protocol/socket.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import type { AccountState } from '../../../../common/snapshot.ts'
import type { CallSnapshot } from '../../../../common/types.ts'
import type { Phone, SignalingSession } from '../../../../main/ports.ts'
import { createFakeClock, settled } from './fake-clock.ts'
import { createFakeServer, peerOf, type FakeDevice } from './fake-server.ts'

export type InFlight = {
  readonly device: string
  readonly generation: number
  readonly what: string
  readonly run: () => void
}

export type FakePhone = {
  readonly device: FakeDevice
  readonly phone: Phone
  readonly heard: DelegateEvent[]
  readonly ordersHeard: (readonly MediaOrder[])[]
  readonly requests: { name: string; requestId: string; data: Record<string, unknown> }[]
  readonly isJoined: () => boolean
  readonly connect: () => void
  readonly disconnect: () => void
  /** The server has ended the sign-in. */
  readonly signedOut: () => void
  readonly isUrgent: () => boolean
}

const raise = (error: unknown): never => {
  throw error
}

export const createFakeWorld = (log: Logger = silentLogger) => {
  const clock = createFakeClock()
  let bag: InFlight[] = []
  const phones = new Map<string, FakePhone & { push: (snapshot: CallSnapshot) => void }>()
  const server = createFakeServer(clock.now, (deviceId, snapshot) => phones.get(deviceId)?.push(snapshot))
  let ids = 0

  const add = (deviceId: string, username: string): FakePhone => {
    const device: FakeDevice = { deviceId, user: peerOf(username) }
    const pushed = createEmitter<Push>(raise)
    const lost = createEmitter<undefined>(raise)
    const changed = createEmitter<undefined>(raise)
    let account: AccountState = { state: 'signedIn', server: '', user: device.user, remembered: true }
    let generation = 0
    let joined = false
    let urgent = false
    let resume: () => readonly { callId: string; seq: number }[] = () => []
    const pending = new Set<(result: Result<never>) => void>()
    const requests: FakePhone['requests'] = []

    const send = (what: string, run: () => void): void => {
      bag.push({ device: deviceId, generation, what, run })
    }
    /** Comes in only on the connection it was sent on. */
    const incoming = (what: string, run: () => void): void => {
      const mine = generation
      send(what, () => {
        if (joined && mine === generation) run()
      })
    }

    const request: SignalingSession['request'] = (name, data, options) =>
      new Promise((resolve) => {
        const requestId = options?.requestId ?? ''
        requests.push({ name, requestId, data })
        if (!joined) {
          resolve(fail('disconnected'))
          return
        }
        const settle = (result: Result<unknown>): void => {
          if (!pending.delete(settle)) return
          cancel()
          // The fake server answers with what the request asks for.
          resolve(result as Awaited<ReturnType<typeof request<typeof name>>>)
        }
        const cancel = clock.at(clock.now() + 8_000, () => settle(fail('timeout')))
        pending.add(settle)
        send(`${name} ${requestId}`, () => {
          if (name === 'media.report') {
            incoming(`answer ${name}`, () => settle(ok({})))
            return
          }
          const result = server.request(device, name, requestId, data)
          incoming(`answer ${name}`, () => settle(result.ok ? ok({ call: result.value }) : result))
        })
      })

    const session = {
      account: () => account,
      onChanged: (listener: () => void) => changed.on(listener),
      link: () => (joined ? ({ state: 'joined' } as const) : ({ state: 'initialized' } as const)),
      request,
      onPush: pushed.on,
      onLost: (listener: () => void) => lost.on(listener),
      setResume: (next: typeof resume) => {
        resume = next
      },
      setUrgent: (next: boolean) => {
        urgent = next
      }
    }
    const phone = createPhone({
      session,
      clock,
      newId: () => `id${(ids += 1)}`,
      log,
      findPeer: (to) => (to === '404' ? null : { ...peerOf(to), kind: to === '100' ? 'echo' : 'person' })
    })
    const heard: DelegateEvent[] = []
    const ordersHeard: (readonly MediaOrder[])[] = []
    phone.onDelegate((event) => heard.push(event))
    phone.onOrders((orders) => ordersHeard.push(orders))

    const disconnect = () => {
      if (!joined) return
      joined = false
      server.gone(device)
      lost.emit(undefined)
      for (const settle of [...pending]) settle(fail('disconnected'))
    }

    const made = {
      device,
      phone,
      heard,
      ordersHeard,
      requests,
      isJoined: () => joined,
      isUrgent: () => urgent,
      push: (call: CallSnapshot) =>
        incoming(`push ${call.id} ${call.status} ${call.leg}`, () =>
          pushed.emit({ name: 'call.changed', data: { call } })
        ),
      connect: () => {
        if (joined) return
        // Nothing connects in no time.
        clock.advance(1)
        generation += 1
        joined = true
        const named = resume().map(({ callId }) => callId)
        const calls = [...server.welcome(device, named)]
        pushed.emit({
          name: 'session.welcome',
          data: {
            protocol: 1,
            boot: server.boot(),
            deviceId,
            user: device.user,
            now: server.time(),
            accessExpiresAt: 0,
            calls
          }
        })
      },
      disconnect,
      signedOut: () => {
        disconnect()
        account = { state: 'signedOut', lastServer: '', lastUsername: '', error: { code: 'unauthenticated' } }
        changed.emit(undefined)
      }
    }
    phones.set(deviceId, made)
    return made
  }

  const take = (index: number, keep = false): void => {
    const message = bag[index % Math.max(1, bag.length)]
    if (message === undefined) return
    if (!keep) bag = bag.filter((other) => other !== message)
    message.run()
  }

  return {
    clock,
    server,
    add,
    /** The call that this one came from by a transfer, by their ids. */
    transferOf: (callId: string | null) => (callId === null ? null : server.originOf(callId)),
    inFlight: () => bag,
    deliver: (index: number) => take(index),
    duplicate: (index: number) => take(index, true),
    lose: (index: number) => {
      const message = bag[index % Math.max(1, bag.length)]
      bag = bag.filter((other) => other !== message)
    },
    /** The server is killed and started again; what was on its way is lost with the connections. */
    restart: (forgets: boolean) => {
      for (const each of phones.values()) each.disconnect()
      bag = []
      server.restart(forgets)
    },
    /** Everything arrives, in order, until nothing is on its way. */
    flow: async () => {
      await settled()
      for (let turn = 0; bag.length > 0 && turn < 500; turn += 1) {
        take(0)
        await settled()
      }
    },
    advance: async (ms: number) => {
      clock.advance(ms)
      server.tick()
      await settled()
    }
  }
}

/** What a delegate heard, in short: `ringing/L` where the device made the change, `E(reason)` for the end. */
export const short = (heard: readonly DelegateEvent[], session?: string): readonly string[] =>
  heard
    .filter((event) => session === undefined || event.call.session === session)
    .flatMap((event) => {
      switch (event.kind) {
        case 'onCallStateChanged':
          return [`${event.state}${event.isLocalChange ? '/L' : ''}`]
        case 'onCallFinished':
          return [`E(${event.reason})`]
        case 'onMediaStateChanged':
          return []
      }
    })
