// The gateway over real sockets with fake parts behind it: who gets in, what comes first, what is refused.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sessionOf, snapshot, startGateway } from './support.ts'
import { settled, start } from '../calls/fakes.ts'

const failure = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) as unknown })

describe('gateway', () => {
  let world: Awaited<ReturnType<typeof startGateway>>
  beforeEach(async () => {
    world = await startGateway()
  })
  afterEach(() => world.close())

  const online = async (token: string) => {
    const phone = world.connect(token)
    await phone.hears('session.welcome')
    return phone
  }

  describe('admits', () => {
    it('a phone whose token is good, and welcomes it with what it must know', async () => {
      world.calls.deviceOnline = async () => [snapshot('n1.mine')]
      const phone = world.connect('d1')
      expect(await phone.hears('session.welcome')).toMatchObject({
        boot: 'boot-1',
        deviceId: 'd1',
        protocol: 1,
        user: { userId: 'u1' },
        accessExpiresAt: start + 900_000,
        calls: [{ id: 'n1.mine' }]
      })
      expect(world.asked).toContain('repeat d1')
    })

    it.each([
      ['a token nobody has', 'bad', {}, 'unauthenticated'],
      ['a handshake that does not fit', 'd1', { client: 7 }, 'bad_request'],
      ['a phone that is too new for us', 'd1', { protocol: 9, minProtocol: 2 }, 'sdk_version_not_supported']
    ])('not %s', async (_what, token, more, code) => {
      const error = await world.connect(token, more).refused()
      expect(error.data).toMatchObject({ code })
      expect(world.presence.online('u1')).toEqual([])
    })

    it('no page from an origin that is not listed', async () => {
      await world.connect('d1', {}, { origin: 'https://elsewhere.example' }).refused()
      expect(world.gateway.stats().refused).toBe(1)
    })

    it('a page from a listed origin', async () => {
      await world.close()
      world = await startGateway({ allowedOrigins: ['https://phone.example'] })
      await world.connect('d1', {}, { origin: 'https://phone.example' }).hears('session.welcome')
    })

    it('only so many tries from one address, right or wrong, also over one connection', async () => {
      await world.close()
      world = await startGateway({ admissions: { burst: 3, everyMs: 1_000 } })
      // Two tries over one connection, as only a stranger's program makes them.
      const guesser = new WebSocket(`${world.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
      guesser.onopen = () => {
        for (let tries = 0; tries < 2; tries += 1) guesser.send('40{"accessToken":"bad"}')
      }
      await expect.poll(() => world.gateway.stats().refused).toBe(2)
      await online('d1')
      expect((await world.connect('d2').refused()).data).toEqual({ code: 'rate_limited', retryAfterMs: 1_000 })
      await world.clock.advance(1_000)
      await online('d2')
    })

    it('only so many devices of one user', async () => {
      await world.close()
      world = await startGateway({ maxDevicesPerUser: 1 })
      await online('d1')
      expect((await world.connect('d2').refused()).data).toMatchObject({ code: 'rate_limited' })
      await online('d3@u2')
    })
  })

  it('sends the welcome first and loses no push that came before it', async () => {
    let release: (calls: []) => void = () => undefined
    world.calls.deviceOnline = () => new Promise((resolve) => (release = resolve))
    const phone = world.connect('d1')
    await expect.poll(() => world.presence.online('u1')).toEqual(['d1'])
    world.presence.push('d1', { name: 'call.changed', data: { call: snapshot('n1.first') } })
    world.presence.push('d1', { name: 'call.changed', data: { call: snapshot('n1.second') } })
    expect(await phone.ask('call.hangup', { callId: 'n1.mine' })).toMatchObject(failure('not_allowed_now'))
    release([])
    await phone.hears('call.changed', 2)
    expect(phone.heard.map(({ name }) => name)).toEqual(['session.welcome', 'call.changed', 'call.changed'])
  })

  it('closes a connection that could not be welcomed in time', async () => {
    world.calls.deviceOnline = () => new Promise(() => undefined)
    const phone = world.connect('d1')
    await expect.poll(() => world.presence.online('u1')).toEqual(['d1'])
    await world.clock.advance(10_000)
    await phone.gone()
    expect(world.presence.online('u1')).toEqual([])
  })

  it('lets a newer connection of a device replace the older, which is no loss of the device', async () => {
    const older = await online('d1')
    const newer = await online('d1')
    expect(await older.hears('session.ended')).toEqual({ reason: 'replaced' })
    await older.gone()
    expect(world.asked).not.toContain('lost d1')
    world.presence.push('d1', { name: 'lists.changed', data: { lists: ['history'] } })
    await newer.hears('lists.changed')
    newer.socket.disconnect()
    await expect.poll(() => world.asked).toContain('lost d1')
  })

  it('keeps the connection of now where a try that was given up before it arrives late', async () => {
    const attempt = (run: string, number: number) => ({ attempt: { run, number } })
    const present = world.connect('d1', attempt('run-1', 2))
    await present.hears('session.welcome')
    const late = world.connect('d1', attempt('run-1', 1))
    await late.gone()
    expect(late.heard).toEqual([])
    expect(present.heard.map(({ name }) => name)).not.toContain('session.ended')
    // Another run of the app on this device does take its place.
    const restarted = world.connect('d1', attempt('run-2', 1))
    await restarted.hears('session.welcome')
    expect(await present.hears('session.ended')).toEqual({ reason: 'replaced' })
  })

  it('ends all connections of a session that is revoked, at once, and also one that arrives just then', async () => {
    const phone = await online('d1')
    const other = await online('d2')
    world.revoke('session-d1')
    expect(await phone.hears('session.ended')).toEqual({ reason: 'signed_out' })
    await phone.gone()
    expect(world.asked).toContain('signedOut d1')
    expect(world.asked).not.toContain('lost d1')
    expect(await world.connect('d1').hears('session.ended')).toEqual({ reason: 'signed_out' })
    expect(other.socket.connected).toBe(true)
  })

  it('ends a session whose token has run out, unless it was renewed', async () => {
    const [renewing, idle] = [await online('d1'), await online('d2')]
    world.sessions.set('d1', { ...sessionOf('d1'), accessExpiresAt: start + 1_800_000 })
    expect(await renewing.ask('session.renew', { refreshToken: 'd1' })).toMatchObject({ ok: true })
    await world.clock.advance(900_000)
    expect(await idle.hears('session.ended')).toEqual({ reason: 'token_expired' })
    expect(renewing.socket.connected).toBe(true)
    await world.clock.advance(900_000)
    expect(await renewing.hears('session.ended')).toEqual({ reason: 'token_expired' })
  })

  it("does not renew a session with another device's token", async () => {
    const phone = await online('d1')
    expect(await phone.ask('session.renew', { refreshToken: 'd2' })).toMatchObject(failure('access_denied'))
  })

  it('carries a request out once, also when it comes again over a newer connection', async () => {
    const older = await online('d1')
    const first = await older.ask('call.accept', { callId: 'n1.mine' }, 'same')
    const newer = await online('d1')
    expect(await newer.ask('call.accept', { callId: 'n1.mine' }, 'same')).toEqual(first)
    // The repeat only looks how the call is now.
    const aboutIt = world.asked.filter((word) => word.includes('n1.mine'))
    expect(aboutIt).toEqual(['accept n1.mine d1', 'look n1.mine d1'])
    expect(await newer.ask('call.hangup', { callId: 'n1.mine' }, 'same')).toMatchObject(failure('duplicate_request'))
  })

  it('asks the call before the media, and not the media where the call refuses', async () => {
    const phone = await online('d1')
    expect(await phone.ask('media.open', { callId: 'n1.mine', epoch: 2 })).toMatchObject(failure('stale'))
    expect(await phone.ask('media.open', { callId: 'n1.other', epoch: 2 })).toMatchObject(failure('access_denied'))
    expect(world.asked.filter((word) => word.includes('n1.'))).toEqual([
      'mediaOpen n1.mine d1',
      'media.open n1.mine d1 2',
      'mediaOpen n1.other d1'
    ])
  })

  describe('answers what is no good request with a Result, and goes on', () => {
    it.each([
      ['an unknown name', 'call.explode', { requestId: 'r', data: {} }],
      // The wire allows numbers for names.
      ['a name that is a number', 5 as unknown as string, { requestId: 'r', data: {} }],
      ["a name of JavaScript's own", '__proto__', { requestId: 'r', data: {} }],
      ['no envelope', 'call.create', 'hello'],
      ['an envelope without an id', 'call.create', { data: { to: '102' } }],
      ['an id that no database takes', 'call.create', { requestId: 'r\u0000', data: { to: '102' } }],
      ['data that does not fit', 'call.create', { requestId: 'r', data: { to: 7 } }],
      ['binary data', 'media.produce', Buffer.from([1, 2, 3])],
      ['no data', 'media.open', { requestId: 'r' }]
    ])('%s', async (_what, name, message) => {
      const phone = await online('d1')
      expect(await phone.send(name, message)).toMatchObject(failure('bad_request'))
      expect(await phone.ask('call.hangup', { callId: 'n1.mine' })).toMatchObject({ ok: true })
      expect(world.gateway.stats().refused).toBe(1)
    })

    it('a request that breaks what carries it out', async () => {
      world.calls.dispatch = () => {
        throw new Error('broken')
      }
      const phone = await online('d1')
      expect(await phone.ask('call.accept', { callId: 'n1.mine' })).toEqual({ ok: false, error: { code: 'internal' } })
      expect(await phone.ask('call.create', { to: '102' })).toMatchObject({ ok: true })
    })
  })

  it('ignores what wants no answer, and closes the connection of one that goes on with it', async () => {
    const phone = await online('d1')
    phone.socket.emit(5 as unknown as string)
    for (let i = 1; i < 100; i += 1) phone.socket.emit('call.create', { requestId: `r${i}`, data: { to: '102' } })
    expect(await phone.ask('call.hangup', { callId: 'n1.mine' })).toMatchObject({ ok: true })
    expect(world.asked).not.toContain('create 102')
    phone.socket.emit('call.create')
    // Its answers first, then the end of the connection.
    expect(await phone.ask('call.hangup', { callId: 'n1.mine' })).toMatchObject(failure('not_allowed_now'))
    await world.clock.advance(0)
    await phone.gone()
  })

  it('limits requests of a device, counts media apart, and says when to come again', async () => {
    const phone = await online('d1')
    const answers = await Promise.all(Array.from({ length: 51 }, () => phone.ask('call.hangup', { callId: 'n1.mine' })))
    expect(answers.filter(({ ok: fine }) => fine)).toHaveLength(50)
    expect(answers.at(-1)).toEqual({ ok: false, error: { code: 'rate_limited', retryAfterMs: 50 } })
    expect(await phone.ask('media.open', { callId: 'n1.mine', epoch: 1 })).toMatchObject(failure('stale'))
    await world.clock.advance(50)
    expect(await phone.ask('call.hangup', { callId: 'n1.mine' })).toMatchObject({ ok: true })
  })

  it('welcomes nobody once the calls are closed: a welcome without its calls would end them on the phone', async () => {
    world.calls.deviceOnline = async () => null
    const phone = world.connect('d1', { resume: { boot: 'boot-1', calls: [{ callId: 'n1.mine', seq: 5 }] } })
    await phone.gone()
    expect(phone.heard).toEqual([{ name: 'session.ended', data: { reason: 'shutting_down' } }])
    expect(world.presence.online('u1')).toEqual([])
  })

  it('says goodbye when the server ends', async () => {
    const phone = await online('d1')
    const closing = world.gateway.close()
    expect(await phone.hears('session.ended')).toEqual({ reason: 'shutting_down' })
    await closing
  })

  it('compares sequence numbers only within one run of the server', async () => {
    const seen: unknown[] = []
    world.calls.deviceOnline = async (_session, resumed) => {
      seen.push(resumed)
      return []
    }
    const calls = [{ callId: 'n1.mine', seq: 5 }]
    await world.connect('d1', { resume: { boot: 'boot-1', calls } }).hears('session.welcome')
    await world.connect('d2', { resume: { boot: 'boot-0', calls } }).hears('session.welcome')
    await settled()
    expect(seen).toEqual([calls, [{ callId: 'n1.mine', seq: 0 }]])
  })
})
