// The session's link over a fake socket: loss and return, patience, endings, and what it survives.
import { describe, expect, it } from 'vitest'
import { settled } from '../call/fake-clock.ts'
import { start } from './session-world.ts'

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
    ['replaced', 'signedIn', 'joined', 2],
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

  it('lets another app have the connection that takes it twice within a minute, and not for one word that came late', async () => {
    const { session, last, lines, join, pass, welcome } = start()
    const replaced = () => last().on.onPush('session.ended', { reason: 'replaced' })
    await join()
    for (const afterMs of [0, 61_000]) {
      for (let ms = 0; ms < afterMs; ms += 1_000) {
        await pass(1_000)
        last().on.onPacket()
      }
      replaced()
      await pass(300)
      welcome()
      expect(session.link().state).toBe('joined')
    }
    replaced()
    await pass(60_000)
    expect(session.link().state).toBe('terminated')
    expect(lines).toHaveLength(3)
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
