// The session over a fake socket and a fake REST server: signing in, staying, out, and joining one call by a code.
import { describe, expect, it } from 'vitest'
import { settled } from '../call/fake-clock.ts'
import { start, stored, user } from './session-world.ts'

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
      lastUsername: '101',
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
    // The next one at this screen need not know who it was.
    expect(session.account()).toMatchObject({ state: 'signedOut', lastUsername: '', error: null })
    expect(session.link()).toEqual({ state: 'terminated' })
    expect(saved.at(-1)).toBe('signedOut')
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
    expect(saved.at(-1)).toBe('signedOut')
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
    expect(session.account()).toMatchObject({
      state: 'signedOut',
      lastUsername: user.username,
      error: { code: 'unauthenticated' }
    })
    expect(saved).toEqual(['refused'])
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
    expect(session.account()).toEqual({
      state: 'signedOut',
      lastServer: 'http://127.0.0.1:7300',
      lastUsername: '101',
      error: null
    })
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
