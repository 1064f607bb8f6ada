// A session over a fake socket and a fake REST server, for its tests.
import { silentLogger } from '../../../../common/log.ts'
import type { Handshake, Push } from '../../../../common/protocol/socket.ts'
import type { SignInEnd, StoredSignIn } from '../../../../main/ports.ts'
import type { FetchPort, SocketListener } from '../../../../main/session/ports.ts'
import { createSignalingSession } from '../../../../main/session/session.ts'
import { createFakeClock, settled } from '../call/fake-clock.ts'

export const user = { userId: 'u1', username: '101', names: { en: 'One', fa: '' } }
export const stored: StoredSignIn = { server: 'http://127.0.0.1:7300', user, deviceId: 'd1', refreshToken: 'r0' }

const bodyOf = (text: string) => {
  const parts = [new TextEncoder().encode(text)]
  return {
    getReader: () => ({
      read: () => {
        const value = parts.shift()
        return Promise.resolve(value === undefined ? { done: true } : { done: false, value })
      },
      cancel: () => Promise.resolve()
    })
  }
}

type Line = {
  auth: Handshake
  on: SocketListener
  sent: { name: string; ack: (answer: unknown) => void }[]
  isClosed: boolean
}

/** `kept` is the sign-in of before. */
export const start = (kept: StoredSignIn | null = stored) => {
  const clock = createFakeClock()
  const lines: Line[] = []
  const saved: (StoredSignIn | SignInEnd)[] = []
  const fetched: string[] = []
  const answers: { status: number; body: unknown }[] = []
  let tokens = 0
  const goodTokens = () => {
    tokens += 1
    return {
      accessToken: `a${tokens}`,
      accessExpiresAt: clock.now() + 900_000,
      refreshToken: `r${tokens}`,
      refreshExpiresAt: clock.now() + 9e9
    }
  }
  const fetch: FetchPort = (url, { method, headers }) => {
    fetched.push(`${method} ${new URL(url).pathname} ${headers['authorization'] ?? ''}`.trim())
    const answer = answers.shift() ?? {
      status: 200,
      body: url.endsWith('/v1/sessions') ? { ...goodTokens(), user, deviceId: 'd1' } : goodTokens()
    }
    return Promise.resolve({ status: answer.status, body: bodyOf(JSON.stringify(answer.body)) })
  }
  const session = createSignalingSession({
    clock,
    random: () => 0.5,
    newId: () => 'id',
    log: silentLogger,
    fetch,
    client: { name: 'tamas', version: '0', platform: 'test' },
    deviceName: 'desk',
    store: {
      load: () => Promise.resolve(kept),
      save: (next) => {
        saved.push(next)
        return Promise.resolve({ remembered: true })
      },
      forget: (why) => {
        saved.push(why)
        return Promise.resolve()
      },
      deviceIdFor: () => Promise.resolve('d1'),
      last: () => Promise.resolve({ lastServer: 'http://127.0.0.1:7300', lastUsername: '101' })
    },
    openSocket: (_server, auth, on) => {
      const line: Line = { auth, on, sent: [], isClosed: false }
      lines.push(line)
      return {
        send: (name, _envelope, ack) => line.sent.push({ name, ack }),
        close: () => {
          line.isClosed = true
        }
      }
    }
  })
  const pushes: Push[] = []
  session.onPush((push) => pushes.push(push))
  let losses = 0
  session.onLost(() => (losses += 1))
  const last = (): Line => {
    const line = lines.at(-1)
    if (line === undefined) throw new Error('no socket was opened')
    return line
  }
  const welcome = (line = last()) => {
    line.on.onOpen()
    line.on.onPush('session.welcome', {
      protocol: 1,
      boot: 'b1',
      deviceId: 'd1',
      user,
      now: clock.now(),
      accessExpiresAt: clock.now() + 900_000,
      calls: []
    })
  }
  const join = async () => {
    await session.resume()
    await settled()
    welcome()
  }
  const drop = (code?: 'unauthenticated' | 'sdk_version_not_supported' | 'overloaded', retryAfterMs?: number) =>
    last().on.onLost({
      refused: code === undefined ? null : { code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) },
      detail: ''
    })
  const pass = async (ms: number) => {
    clock.advance(ms)
    await settled()
  }
  return {
    clock,
    session,
    lines,
    last,
    saved,
    fetched,
    answers,
    pushes,
    losses: () => losses,
    welcome,
    join,
    drop,
    pass
  }
}
