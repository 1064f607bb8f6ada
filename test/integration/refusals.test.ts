// What the call server refuses: strangers to a call, tokens that are spent, media before the answer, messages that do not
// fit. Each refusal is a typed error, and harms nobody else's call.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { requestNames, type RequestName } from '../../common/protocol/socket.ts'
import { restPaths } from '../../common/protocol/rest.ts'
import { connectRaw, joinRaw, signIn, type RawPhone } from '../support/raw-phone.ts'
import { createTestPhone, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
const phones: TestPhone[] = []
const raws: RawPhone[] = []

const raw = async (username: string): Promise<RawPhone> => {
  const phone = await joinRaw(server.url, username)
  raws.push(phone)
  return phone
}

const join = async (username: string, hz: number | null = null): Promise<TestPhone> => {
  const phone = await createTestPhone({ server: server.url, username, hz })
  phones.push(phone)
  return phone
}

/** A call of 101 and 102 that rings. */
const ring = async () => {
  const caller = await join('101', 400)
  const receptor = await join('102', 900)
  caller.phone.dial('102')
  await Promise.all([caller.hears('ringing'), receptor.hears('ringing/L')])
  const callId = caller.phone.calls()[0]?.callId ?? ''
  const answer = async () => {
    receptor.phone.answer(receptor.phone.calls()[0]?.session ?? '')
    await Promise.all([caller.hears('conversation'), receptor.hears('conversation')])
  }
  return { caller, receptor, callId, answer }
}

/** Well-formed data for every request that names a call. */
const dataFor = (name: RequestName, callId: string): unknown => {
  const media = { callId, epoch: 1 }
  switch (name) {
    case 'session.renew':
      return { refreshToken: 'x' }
    case 'call.create':
      return { to: '102' }
    case 'call.mute':
      return { callId, muted: true }
    case 'call.hold':
      return { callId, held: true }
    case 'call.dtmf':
      return { callId, digits: '1' }
    case 'call.message':
      return { callId, data: 'x' }
    case 'call.transfer':
      return { callId, to: '104', mode: 'blind' }
    case 'call.merge':
      return { callId, withCallId: callId }
    case 'call.metrics':
      return { callId, now: 1, samples: [{}] }
    case 'call.rate':
      return { callId, rating: 'good' }
    case 'media.connect':
      return { ...media, flow: 'send', dtlsParameters: {} }
    case 'media.produce':
      return { ...media, rtpParameters: {} }
    case 'media.receive':
      return { ...media, rtpCapabilities: {} }
    case 'media.restartIce':
      return { ...media, flow: 'send' }
    case 'media.report':
      return { ...media, state: 'disconnected' }
    case 'media.open':
      return media
    case 'call.ringing':
    case 'call.accept':
    case 'call.decline':
    case 'call.hangup':
    case 'call.transferCancel':
    case 'call.split':
    case 'call.move':
    case 'call.join':
      return { callId }
  }
}
const aboutCalls = requestNames.filter((name) => name !== 'session.renew' && name !== 'call.create')

beforeAll(async () => {
  server = await startTestServer({ TAMAS_ACCESS_TOKEN_MS: '60000' })
})
afterEach(async () => {
  for (const phone of raws.splice(0)) phone.close()
  await Promise.all(phones.splice(0).map((phone) => phone.close()))
})
afterAll(async () => {
  await server.stop()
})

describe('a third user', () => {
  it('is refused every request about a call of others, while it rings and in the talk', async () => {
    const { caller, receptor, callId, answer } = await ring()
    const third = await raw('103')
    const before = [...caller.heard(), ...receptor.heard()]
    for (const name of aboutCalls) {
      expect([name, await third.ask(name, dataFor(name, callId))]).toMatchObject([
        name,
        { ok: false, error: { code: 'access_denied' } }
      ])
    }
    expect([...caller.heard(), ...receptor.heard()]).toEqual(before)
    await answer()
    for (const name of aboutCalls) {
      expect([name, await third.ask(name, dataFor(name, callId))]).toMatchObject([
        name,
        { ok: false, error: { code: 'access_denied' } }
      ])
    }
    await (await receptor.ear()).hears(400)
    expect(caller.phone.calls()[0]).toMatchObject({ status: 'conversation', peerMuted: false })
  })

  it('learns nothing from the id of a call that does not exist', async () => {
    const third = await raw('103')
    for (const name of aboutCalls) {
      expect([name, await third.ask(name, dataFor(name, 'n1.nothing'))]).toMatchObject([
        name,
        { ok: false, error: { code: 'invalid_call' } }
      ])
    }
  })
})

describe('the wrong side at the wrong time', () => {
  it('a caller cannot answer its own call, nor a receptor hang up what it has not answered', async () => {
    const caller = await raw('101')
    const receptor = await raw('102')
    const offered = receptor.next('call.changed')
    const created = await caller.ask('call.create', { to: '102' })
    const callId = (created.ok ? created.value : null) as { call: { id: string } } | null
    const id = callId?.call.id ?? ''
    await offered
    expect(await caller.ask('call.accept', { callId: id })).toMatchObject({ ok: false })
    expect(await caller.ask('call.ringing', { callId: id })).toMatchObject({ ok: false })
    await receptor.ask('call.ringing', { callId: id })
    expect(await receptor.ask('call.hangup', { callId: id })).toMatchObject({
      ok: false,
      error: { code: 'not_allowed_now' }
    })
    await caller.ask('call.hangup', { callId: id })
    expect(await receptor.ask('call.accept', { callId: id })).toMatchObject({
      ok: false,
      error: { code: 'call_session_finished' }
    })
  })

  it('there is no way to ask for a consumer, and nothing is heard before the answer', async () => {
    const { caller, receptor, answer } = await ring()
    const ear = await receptor.ear()
    const callerEar = await caller.ear()
    ear.takeLoudest()
    callerEar.takeLoudest()
    await Promise.all([ear.hearsSilence(), callerEar.hearsSilence()])
    expect(ear.takeLoudest()).toBeLessThan(0.02)
    expect(callerEar.takeLoudest()).toBeLessThan(0.02)
    const stranger = await raw('103')
    for (const name of ['media.consume', 'media.resume', 'consume', 'resumeConsumer']) {
      expect(await stranger.ask(name, {})).toMatchObject({ ok: false, error: { code: 'bad_request' } })
    }
    await answer()
    await ear.hears(400)
  })
})

describe('tokens', () => {
  const withoutToken = ['', 'nonsense', 'x'.repeat(200)]

  it.each(withoutToken)('%j opens neither socket nor list', async (accessToken) => {
    expect(await connectRaw(server.url, { accessToken })).toMatchObject({
      code: accessToken === '' ? 'bad_request' : 'unauthenticated'
    })
    for (const path of [restPaths.directory, restPaths.history, restPaths.favourites]) {
      const answer = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${accessToken}` } })
      expect([path, answer.status]).toEqual([path, 401])
    }
  })

  it('signing out closes the connection at once', async () => {
    const { accessToken } = await signIn(server.url, '101')
    const phone = await connectRaw(server.url, { accessToken })
    if ('code' in phone) throw new Error(phone.code)
    const ended = phone.next('session.ended')
    await fetch(`${server.url}${restPaths.sessions}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${accessToken}` }
    })
    expect(await ended).toEqual({ reason: 'signed_out' })
    expect(await connectRaw(server.url, { accessToken })).toMatchObject({ code: 'unauthenticated' })
  })

  it('a version that does not fit is told so', async () => {
    const { accessToken } = await signIn(server.url, '101')
    expect(await connectRaw(server.url, { accessToken, protocol: 99, minProtocol: 99 })).toMatchObject({
      code: 'sdk_version_not_supported'
    })
  })
})

describe('messages that do not fit', () => {
  it('are refused with a typed error, and the next good one works', async () => {
    const phone = await raw('101')
    const bad: [string, unknown][] = [
      ['call.create', null],
      ['call.create', { to: 7 }],
      ['call.create', { to: 'x'.repeat(1_000) }],
      ['call.create', { to: '../../etc' }],
      ['call.hangup', {}],
      ['media.open', { callId: 'a', epoch: -1 }],
      ['no.such.request', {}]
    ]
    for (const [name, data] of bad) {
      expect([name, data, await phone.ask(name, data)]).toMatchObject([
        name,
        data,
        { ok: false, error: { code: 'bad_request' } }
      ])
    }
    expect(await phone.ask('call.create', { to: '999' })).toMatchObject({ ok: false, error: { code: 'not_found' } })
    expect(await phone.ask('call.create', { to: '101' })).toMatchObject({
      ok: false,
      error: { code: 'cannot_call_self' }
    })
  })

  it('one that is too large closes only its own connection', async () => {
    const other = await raw('102')
    const phone = await raw('101')
    const gone = new Promise((resolve) => phone.socket.once('disconnect', resolve))
    phone.socket.emit('call.create', { requestId: 'r', data: { to: 'x'.repeat(100_000) } })
    await gone
    expect(await other.ask('call.create', { to: '999' })).toMatchObject({ ok: false, error: { code: 'not_found' } })
  })

  it('the same request twice is carried out once', async () => {
    const phone = await raw('101')
    const [one, two] = await Promise.all([
      phone.ask('call.create', { to: '100' }, 'same'),
      phone.ask('call.create', { to: '100' }, 'same')
    ])
    const callOf = (result: typeof one) =>
      result.ok ? (result.value as { call: { id: string; seq: number; status: string } }).call : null
    const id = callOf(one)?.id ?? ''
    expect(callOf(two)?.id).toBe(id)
    await phone.ask('call.hangup', { callId: id })
    // What is asked once more is told as it is now: an answer of then would set the phone back.
    expect(callOf(await phone.ask('call.create', { to: '100' }, 'same'))).toMatchObject({ id, status: 'finished' })
  })
})
