// A gateway on loopback with fake parts behind it, for its tests: the sockets are real, the clock moves only when told.
import { createServer } from 'node:http'
import { io, type Socket } from 'socket.io-client'
import { createEmitter } from '../../../../common/emitter.ts'
import { silentLogger } from '../../../../common/log.ts'
import { fail, ok, type Result } from '../../../../common/result.ts'
import type { CallSnapshot } from '../../../../common/types.ts'
import type { Calls, Session } from '../../../../server/ports.ts'
import { createGateway, defaultGatewaySettings, type GatewaySettings } from '../../../../server/socket/gateway.ts'
import { createPresence } from '../../../../server/socket/presence.ts'
import { createFakeClock, start } from '../calls/fakes.ts'

export const snapshot = (id: string): CallSnapshot => ({
  id,
  seq: 1,
  status: 'trying',
  direction: 'outbound',
  caller: { userId: 'u1', username: '101', names: { en: 'A', fa: '' } },
  receptor: { userId: 'u2', username: '102', names: { en: 'B', fa: '' } },
  leg: 'chosen',
  media: { caller: 'disconnected', receptor: 'disconnected' },
  muted: { caller: false, receptor: false },
  held: { caller: false, receptor: false },
  waiting: false,
  silent: false,
  moving: false,
  transfer: null,
  transferFailed: null,
  conference: [],
  joinable: false,
  check: false,
  echo: false,
  createdAt: start,
  talk: { ms: 0, since: null },
  now: start
})

export const sessionOf = (device: string, user = 'u1'): Session => ({
  sessionId: `session-${device}`,
  userId: user,
  deviceId: device,
  applicationId: 'default',
  accessExpiresAt: start + 900_000,
  scope: null
})

export type FakeCalls = { -readonly [K in 'create' | 'dispatch' | 'deviceOnline' | 'deviceOffline']: Calls[K] }

export const startGateway = async (settings: Partial<GatewaySettings> = {}) => {
  const clock = createFakeClock()
  const presence = createPresence()
  const revocations = createEmitter<string>(() => undefined)
  // The token says who it is: `device` or `device@user`; `bad` is nobody's.
  const sessions = new Map<string, Session>()
  const asked: string[] = []
  const calls: FakeCalls = {
    create: async (_session, { to }) => {
      asked.push(`create ${to}`)
      return ok({ call: snapshot('n1.new') })
    },
    dispatch: async (callId, session, command) => {
      asked.push(`${command.kind} ${callId} ${session.deviceId}`)
      return callId === 'n1.mine' ? ok({ call: snapshot(callId) }) : fail('access_denied')
    },
    deviceOnline: async () => [],
    deviceOffline: ({ deviceId }, why) => {
      asked.push(`${why} ${deviceId}`)
    }
  }
  const media = {
    request: async (address: { callId: string; deviceId: string; epoch: number }, name: string) => {
      asked.push(`${name} ${address.callId} ${address.deviceId} ${address.epoch}`)
      return fail('stale')
    },
    repeat: (deviceId: string) => {
      asked.push(`repeat ${deviceId}`)
    }
  }
  const server = createServer()
  const gateway = createGateway({
    server,
    identity: {
      verify: async (token) => {
        const [device = '', user = 'u1'] = token.split('@')
        return device === 'bad' ? fail('unauthenticated') : ok(sessions.get(token) ?? sessionOf(device, user))
      },
      refresh: async (token) => {
        asked.push('refresh')
        return ok({ accessToken: token, accessExpiresAt: start, refreshToken: 'next', refreshExpiresAt: start })
      },
      onRevoked: revocations.on
    },
    users: {
      byId: async (userId) => ({
        userId,
        applicationId: 'default',
        username: userId,
        names: { en: userId, fa: '' },
        kind: 'person'
      })
    },
    calls,
    media,
    quality: {
      metrics: async (session, { callId, samples }) => {
        asked.push(`metrics ${callId} ${session.deviceId} ${samples.length}`)
        return ok({ kept: samples.length, refused: [] })
      },
      rate: async (session, { callId, rating, reason }) => {
        asked.push(`rate ${callId} ${session.deviceId} ${rating}`)
        return ok({ rating, reason })
      }
    },
    presence,
    clock,
    log: silentLogger,
    boot: 'boot-1',
    settings: { ...defaultGatewaySettings, ...settings }
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`

  const phones: TestSocket[] = []
  const connect = (accessToken: string, more: object = {}, headers: Record<string, string> = {}): TestSocket => {
    const phone = createTestSocket(url, accessToken, more, headers)
    phones.push(phone)
    return phone
  }
  return {
    url,
    clock,
    presence,
    calls,
    sessions,
    asked,
    gateway,
    connect,
    revoke: revocations.emit,
    close: async () => {
      for (const phone of phones) phone.socket.disconnect()
      await gateway.close()
    }
  }
}

export type TestSocket = {
  readonly socket: Socket
  /** Everything that was pushed, in order, as `name` with its data. */
  readonly heard: readonly { readonly name: string; readonly data: unknown }[]
  /** Resolves once that many pushes of this name have come. */
  readonly hears: (name: string, times?: number) => Promise<unknown>
  readonly refused: () => Promise<{ readonly message: string; readonly data?: unknown }>
  readonly gone: () => Promise<void>
  readonly ask: (name: string, data: unknown, requestId?: string) => Promise<Result<unknown>>
  readonly send: (name: string, message: unknown) => Promise<Result<unknown>>
}

let requests = 0

const createTestSocket = (
  url: string,
  accessToken: string,
  more: object,
  extraHeaders: Record<string, string>
): TestSocket => {
  const socket = io(url, {
    transports: ['websocket'],
    forceNew: true,
    reconnection: false,
    extraHeaders,
    auth: {
      accessToken,
      protocol: 1,
      minProtocol: 1,
      client: { name: 'test', version: '1', platform: 'linux' },
      ...more
    }
  })
  const heard: { name: string; data: unknown }[] = []
  const watchers = new Set<() => void>()
  socket.onAny((name: string, data: unknown) => {
    heard.push({ name, data })
    for (const watcher of [...watchers]) watcher()
  })
  const refusal = new Promise<{ message: string; data?: unknown }>((resolve) => {
    socket.on('connect_error', resolve)
  })
  const disconnected = new Promise<void>((resolve) => {
    socket.on('disconnect', () => {
      resolve()
    })
  })
  const send = (name: string, message: unknown): Promise<Result<unknown>> =>
    new Promise((resolve) => {
      socket.emit(name, message, resolve)
    })
  return {
    socket,
    heard,
    hears: (name, times = 1) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = heard.filter((push) => push.name === name)
          if (found.length < times) return
          watchers.delete(look)
          resolve(found[times - 1]?.data)
        }
        watchers.add(look)
        look()
      }),
    refused: () => refusal,
    gone: () => disconnected,
    send,
    ask: (name, data, requestId = `request-${(requests += 1)}`) => send(name, { requestId, data })
  }
}
