// The session over a fake socket and a fake REST server: sign-in, loss and return, endings, and what it survives.
import { describe, expect, it } from 'vitest'
import { silentLogger } from '../../../../common/log.ts'
import type { Handshake, Push } from '../../../../common/protocol/socket.ts'
import type { StoredSignIn } from '../../../../main/ports.ts'
import type { FetchPort, SocketListener } from '../../../../main/session/ports.ts'
import { createSignalingSession } from '../../../../main/session/session.ts'
import { createFakeClock, settled } from '../call/fake-clock.ts'

const user = { userId: 'u1', username: '101', names: { en: 'One', fa: '' } }
const stored: StoredSignIn = { server: 'http://127.0.0.1:7300', user, deviceId: 'd1', refreshToken: 'r0' }

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

const start = (kept: StoredSignIn | null = stored) => {
  const clock = createFakeClock()
  const lines: Line[] = []
  const saved: (StoredSignIn | null)[] = []
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
      deviceIdFor: () => Promise.resolve('d1'),
      lastServer: () => Promise.resolve('http://127.0.0.1:7300')
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

describe('signing in', () => {
  it('asks, keeps, connects and joins', async () => {
    const { session, last, saved, welcome, pushes } = start(null)
    const states: string[] = []
    session.onChanged(() => states.push(`${session.account().state} ${session.link().state}`))
    expect(await session.signIn({ server: '127.0.0.1:7300', username: '101', password: 'x' })).toEqual({
      ok: true,
      value: {}
    })
    await settled()
    expect(saved).toEqual([{ ...stored, refreshToken: 'r1' }])
    expect(last().auth).toMatchObject({ accessToken: 'a1', protocol: 1 })
    expect(last().auth.resume).toBeUndefined()
    welcome()
    expect(states).toEqual(['signingIn initialized', 'signedIn initialized', 'signedIn connected', 'signedIn joined'])
    expect(pushes.map(({ name }) => name)).toEqual(['session.welcome'])
  })

  it.each([
    [{ status: 401, body: { error: { code: 'invalid_credentials' } } }, 'invalid_credentials'],
    [{ status: 502, body: 'gateway' }, 'unavailable'],
    [{ status: 200, body: { nothing: true } }, 'internal'],
    [{ status: 200, body: 'x'.repeat(3_000_000) }, 'too_large']
  ])('is refused: %#', async (answer, code) => {
    const { session, answers, lines } = start(null)
    answers.push(answer)
    expect(await session.signIn({ server: '127.0.0.1:7300', username: '101', password: 'x' })).toMatchObject({
      error: { code }
    })
    expect(session.account()).toMatchObject({
      state: 'signedOut',
      lastServer: 'http://127.0.0.1:7300',
      error: { code }
    })
    expect(lines).toEqual([])
  })

  it('sends no password unencrypted beyond loopback', async () => {
    const { session, fetched } = start(null)
    const result = await session.signIn({ server: 'http://example.com', username: '101', password: 'x' })
    expect(result).toMatchObject({ error: { code: 'insecure_server' } })
    expect(fetched).toEqual([])
  })

  it('goes on with what was kept, after a refresh', async () => {
    const { session, last, saved, fetched, join } = start()
    await join()
    expect(fetched).toEqual(['POST /v1/sessions/refresh'])
    expect(saved).toEqual([{ ...stored, refreshToken: 'r1' }])
    expect(last().auth.accessToken).toBe('a1')
    expect(session.link().state).toBe('joined')
  })

  it('signs out at once, and tells the server', async () => {
    const { session, last, saved, fetched, join, clock } = start()
    await join()
    await session.signOut()
    expect(last().isClosed).toBe(true)
    expect(session.account()).toMatchObject({ state: 'signedOut', error: null })
    expect(session.link()).toEqual({ state: 'terminated' })
    expect(saved.at(-1)).toBeNull()
    expect(fetched.at(-1)).toBe('DELETE /v1/sessions Bearer a1')
    expect(clock.pending()).toBe(0)
  })

  it('signs out at once where the server is away, and tells it later', async () => {
    const { session, answers, saved, fetched, join, pass, clock } = start()
    await join()
    answers.push({ status: 503, body: { error: { code: 'unavailable' } } })
    const leaving = session.signOut()
    expect(session.account()).toMatchObject({ state: 'signedOut', error: null })
    expect(await leaving).toEqual({ ok: true, value: {} })
    expect(saved.at(-1)).toBeNull()
    const telling = fetched.length
    await pass(5_000)
    expect(fetched.slice(telling)).toEqual(['DELETE /v1/sessions Bearer a1'])
    expect(clock.pending()).toBe(0)
  })

  it('a refused refresh signs out and says so', async () => {
    const { session, answers, saved, lines } = start()
    answers.push({ status: 401, body: { error: { code: 'unauthenticated' } } })
    await session.resume()
    await settled()
    expect(session.account()).toMatchObject({ state: 'signedOut', error: { code: 'unauthenticated' } })
    expect(saved).toEqual([null])
    expect(lines).toEqual([])
  })
})

describe('joining a call by a code', () => {
  const to = { server: 'http://127.0.0.1:7300', callId: 'n1.c1', code: 'code' }
  const success = {
    result: 'success',
    accessToken: 'guest',
    accessExpiresAt: 9e12,
    refreshToken: 'guest-refresh',
    refreshExpiresAt: 9e12,
    user,
    deviceId: 'd9',
    callId: 'n1.c1',
    role: 'caller'
  }

  it('signs in for that call, and keeps nothing of it anywhere, renewed or left', async () => {
    const { session, answers, fetched, saved, last, pass, clock } = start(null)
    await session.resume()
    answers.push({ status: 200, body: { ...success, accessExpiresAt: clock.now() + 900_000 } })
    expect(await session.join(to)).toBe('success')
    await settled()
    expect(session.account()).toEqual({ state: 'guest', server: to.server, user, callId: 'n1.c1' })
    expect(last().auth.accessToken).toBe('guest')
    last().on.onOpen()
    const [now, accessExpiresAt] = [clock.now(), clock.now() + 9_000]
    last().on.onPush('session.welcome', {
      protocol: 1,
      boot: 'b1',
      deviceId: 'd9',
      user,
      now,
      accessExpiresAt,
      calls: []
    })
    await pass(8_000)
    expect(last().sent.map(({ name }) => name)).toEqual(['session.renew'])
    last().sent[0]?.ack({
      ok: true,
      value: { accessToken: 'g2', accessExpiresAt: 9e12, refreshToken: 'gr2', refreshExpiresAt: 9e12 }
    })
    await settled()
    await session.signOut()
    expect(saved).toEqual([])
    expect(fetched).toEqual(['POST /v1/joins', 'DELETE /v1/sessions Bearer g2'])
    expect(session.account()).toEqual({ state: 'signedOut', lastServer: 'http://127.0.0.1:7300', error: null })
  })

  it('leaves the server of the own sign-in as it was', async () => {
    const { session, answers } = start(null)
    await session.resume()
    answers.push({ status: 200, body: success })
    await session.join({ ...to, server: 'https://elsewhere.example' })
    await session.signOut()
    expect(session.account()).toMatchObject({ lastServer: 'http://127.0.0.1:7300' })
  })

  it.each([
    [200, { result: 'access_denied' }, 'access_denied'],
    [200, { result: 'call_session_finished' }, 'call_session_finished'],
    [200, { result: 'of the future' }, 'unknown_error'],
    [200, 'nonsense', 'unknown_error'],
    [503, { error: { code: 'unavailable' } }, 'failed_to_connect'],
    [502, 'a proxy', 'failed_to_connect'],
    [429, { error: { code: 'rate_limited' } }, 'unknown_error'],
    [400, { error: { code: 'bad_request' } }, 'unknown_error']
  ])('status %s with %j is %s, and nobody is signed in', async (status, body, result) => {
    const { session, answers, lines } = start(null)
    answers.push({ status, body })
    expect(await session.join(to)).toBe(result)
    expect([session.account().state, lines.length]).toEqual(['signedOut', 0])
  })

  it('asks nothing while somebody is signed in, and nobody signs in meanwhile', async () => {
    const { session, fetched, join, answers } = start()
    await join()
    expect(await session.join(to)).toBe('unknown_error')
    expect(fetched).toEqual(['POST /v1/sessions/refresh'])
    await session.signOut()
    answers.push({ status: 200, body: success })
    const joining = session.join(to)
    expect(await session.signIn({ server: to.server, username: '101', password: 'x' })).toMatchObject({
      error: { code: 'not_allowed_now' }
    })
    expect(await joining).toBe('success')
  })
})

describe('the link', () => {
  it('comes back after a loss, naming the calls it knows', async () => {
    const { session, lines, last, join, drop, pass, losses, welcome } = start()
    session.setResume(() => [{ callId: 'c1', seq: 4 }])
    await join()
    const pending = session.request('call.hangup', { callId: 'c1' })
    drop()
    expect(losses()).toBe(1)
    expect(await pending).toMatchObject({ error: { code: 'disconnected' } })
    expect(session.link()).toMatchObject({
      state: 'disconnected',
      was: 'joined',
      nextTryAt: expect.any(Number) as number
    })
    await pass(300)
    expect(lines).toHaveLength(2)
    expect(last().auth.resume).toEqual({ boot: 'b1', calls: [{ callId: 'c1', seq: 4 }] })
    expect(lines.map(({ auth }) => auth.attempt?.number)).toEqual([1, 2])
    expect(new Set(lines.map(({ auth }) => auth.attempt?.run)).size).toBe(1)
    welcome()
    expect(session.link().state).toBe('joined')
  })

  it('waits longer from try to try, not so with a live call, and not at all after a nudge', async () => {
    const { session, lines, join, drop, pass } = start()
    await join()
    for (const atMost of [300, 1_000, 2_000, 4_000]) {
      drop()
      await pass(atMost)
    }
    expect(lines).toHaveLength(5)
    drop()
    await pass(1_000)
    expect(lines, 'patient').toHaveLength(5)
    session.setUrgent(true)
    await pass(1_000)
    expect(lines, 'urgent').toHaveLength(6)
    session.setUrgent(false)
    drop()
    session.nudge()
    await settled()
    expect(lines, 'nudged').toHaveLength(7)
  })

  it('notices a half-open socket: nothing for 10 s, or for 5 s after a sign of change', async () => {
    const { session, lines, last, join, pass, losses, welcome } = start()
    await join()
    for (let beat = 0; beat < 5; beat += 1) {
      await pass(4_000)
      last().on.onPacket()
    }
    expect(losses()).toBe(0)
    await pass(9_999)
    expect(losses()).toBe(0)
    await pass(1)
    expect(losses()).toBe(1)
    expect(lines[0]?.isClosed).toBe(true)
    await pass(300)
    welcome()
    session.nudge()
    await pass(5_000)
    expect(losses()).toBe(2)
  })

  it('does not wait for silence where the machine has lost an address', async () => {
    const { session, lines, join, pass, losses } = start()
    await join()
    session.moved()
    await pass(0)
    session.moved()
    await settled()
    expect([losses(), lines.length, lines[0]?.isClosed]).toEqual([1, 3, true])
  })

  it('gives up a try without a welcome', async () => {
    const { session, lines, last, pass } = start()
    await session.resume()
    await settled()
    last().on.onOpen()
    expect(session.link().state).toBe('connected')
    await pass(10_000)
    expect(session.link()).toMatchObject({ state: 'disconnected', was: 'never' })
    expect(lines[0]?.isClosed).toBe(true)
  })

  it('an old server or app is final', async () => {
    const { session, join, drop, clock } = start()
    await join()
    drop('sdk_version_not_supported')
    expect(session.link()).toEqual({ state: 'failed', error: { code: 'sdk_version_not_supported' } })
    session.nudge()
    expect(session.link().state).toBe('failed')
    expect(clock.pending()).toBe(0)
  })

  it('a token the server does not take is changed once at once, then with patience', async () => {
    const { session, lines, last, drop, fetched, pass } = start()
    await session.resume()
    await settled()
    drop('unauthenticated')
    await pass(0)
    expect(fetched).toHaveLength(2)
    expect(last().auth.accessToken).toBe('a2')
    drop('unauthenticated')
    await pass(100)
    expect(lines).toHaveLength(2)
    expect(session.account().state).toBe('signedIn')
  })

  it('gives the server the time it asks for', async () => {
    const { lines, session, drop, pass } = start()
    await session.resume()
    await settled()
    drop('overloaded', 9_000)
    await pass(8_999)
    expect(lines).toHaveLength(1)
    await pass(1)
    expect(lines).toHaveLength(2)
  })

  it.each([
    ['replaced', 'signedIn', 'terminated', 1],
    ['signed_out', 'signedOut', 'terminated', 1],
    ['token_expired', 'signedIn', 'joined', 2],
    ['shutting_down', 'signedIn', 'joined', 2],
    ['of the future', 'signedIn', 'joined', 2]
  ] as const)('session.ended %s: %s, %s', async (reason, account, link, sockets) => {
    const { session, last, lines, join, pass, welcome, losses, fetched } = start()
    await join()
    last().on.onPush('session.ended', { reason })
    expect(losses()).toBe(1)
    await pass(1_000)
    if (link === 'joined') welcome()
    expect(session.account().state).toBe(account)
    expect(session.link().state).toBe(link)
    expect(lines).toHaveLength(sockets)
    expect(fetched.filter((each) => each.includes('refresh'))).toHaveLength(reason === 'token_expired' ? 2 : 1)
  })

  it('drops what does not parse, what comes too early, and what an old socket says', async () => {
    const { session, lines, last, pushes, join, drop, pass, welcome } = start()
    await session.resume()
    await settled()
    last().on.onPush('lists.changed', { lists: ['history'] })
    expect(pushes).toEqual([])
    await join()
    const [old] = lines
    for (const wrong of [undefined, null, 5, 'x', {}, { call: { id: 5 } }, []]) {
      last().on.onPush('call.changed', wrong)
      last().on.onPush('session.welcome', wrong)
      last().on.onPush('__proto__', wrong)
      last().on.onPush('toString', wrong)
    }
    expect(pushes.map(({ name }) => name)).toEqual(['session.welcome'])
    drop()
    await pass(300)
    welcome()
    old?.on.onPush('lists.changed', { lists: ['history'] })
    old?.on.onLost({ refused: null, detail: '' })
    expect(session.link().state).toBe('joined')
    expect(pushes.map(({ name }) => name)).toEqual(['session.welcome', 'session.welcome'])
  })

  it('a list is asked for once more with a new token where the old one is refused', async () => {
    const { session, answers, fetched, join } = start()
    await join()
    answers.push({ status: 401, body: { error: { code: 'unauthenticated' } } })
    answers.push({
      status: 200,
      body: { accessToken: 'a9', accessExpiresAt: 9e12, refreshToken: 'r9', refreshExpiresAt: 9e12 }
    })
    answers.push({ status: 200, body: { usernames: ['102'] } })
    expect(await session.rest.favourites()).toEqual({ ok: true, value: { usernames: ['102'] } })
    expect(fetched.slice(1)).toEqual([
      'GET /v1/favourites Bearer a1',
      'POST /v1/sessions/refresh',
      'GET /v1/favourites Bearer a9'
    ])
  })

  it('closes without leaving a timer behind', async () => {
    const { session, last, join, clock } = start()
    await join()
    await session.close()
    expect(last().isClosed).toBe(true)
    expect(clock.pending()).toBe(0)
  })
})
