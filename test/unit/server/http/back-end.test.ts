// Every route of back ends, joining by a code, sign-ins for one call, and the readable page, over real HTTP.
import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { backEndError } from '../../../../common/protocol/back-end.ts'
import { sendRaw } from '../../../support/server/raw-http.ts'
import { ask, asked, device, portOf, shownCall, start, stop, type Asked } from './harness.ts'

beforeEach(async () => {
  asked.length = 0
  await start()
})
afterEach(stop)

const token = 'app-one'
const order = { caller: { username: '101' }, receptor: { username: '102' } }
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  ask(path, { method: 'POST', token, body, headers })

describe('what back ends are answered', () => {
  it('makes and lists endpoints', async () => {
    expect(
      await post('/v1/endpoints', { username: '104', names: { en: 'Mina' }, password: 'long enough' })
    ).toMatchObject({
      status: 201,
      body: { id: 'u9', username: '104' }
    })
    expect((await ask('/v1/endpoints', { token })).body).toEqual({
      page: { number: 0, size: 20, total: 0 },
      result: []
    })
    expect((await ask('/v1/endpoints?page=2&size=5', { token })).status).toBe(200)
    const application = { applicationId: 'one' }
    expect(asked).toEqual([
      [application, { username: '104', names: { en: 'Mina' }, password: 'long enough' }],
      [application, 0, 20],
      [application, 2, 5]
    ])
  })

  it('makes a call, with and without a key', async () => {
    const made = await post('/v1/calls', { ...order, maxDuration: 90 }, { 'idempotency-key': 'order-7' })
    expect(made).toMatchObject({ status: 201, body: { id: 'c1', status: 'new', caller: { joinCode: 'a' } } })
    expect((await post('/v1/calls', order)).status).toBe(201)
    expect(asked).toEqual([
      [{ applicationId: 'one' }, { ...order, maxDuration: 90 }, 'order-7'],
      [{ applicationId: 'one' }, order, null]
    ])
  })

  it('lists, shows and ends calls', async () => {
    const query = 'endpointId=u1&since=2026-01-01T00:00:00Z&until=2026-01-02T03:30:00%2B03:30&page=1&size=7'
    expect((await ask(`/v1/calls?${query}`, { token })).status).toBe(200)
    expect(asked[0]).toEqual([
      { applicationId: 'one' },
      { endpointId: 'u1', since: '2026-01-01T00:00:00Z', until: '2026-01-02T03:30:00+03:30', page: 1, size: 7 }
    ])
    expect(await ask('/v1/calls/c1', { token })).toMatchObject({ status: 200, body: shownCall })
    expect(await ask('/v1/calls/c1', { token, method: 'DELETE' })).toMatchObject({ status: 200, body: shownCall })
    expect(await ask('/v1/calls/%631', { token })).toMatchObject({ status: 200 })
  })
})

const routes = [
  ['POST', '/v1/endpoints', { username: '104' }],
  ['GET', '/v1/endpoints', undefined],
  ['POST', '/v1/calls', order],
  ['GET', '/v1/calls', undefined],
  ['GET', '/v1/calls/c1', undefined],
  ['DELETE', '/v1/calls/c1', undefined]
] as const

describe('what back ends are refused', () => {
  const refusal = (answer: { readonly status: number; readonly body: unknown }) => {
    const { status, reasons } = backEndError.parse(answer.body)
    for (const { message } of reasons) expect(message.length).toBeGreaterThan(8)
    return [answer.status, status, ...reasons.map(({ code }) => code)]
  }

  it.each(routes)('%s %s without a token, and with one of a phone', async (method, path, body) => {
    const asks: readonly Asked[] = [
      {},
      { token: 'good' },
      { token: 'scoped' },
      { headers: { authorization: 'Basic x' } }
    ]
    for (const each of asks) {
      const answer = await ask(path, { method, body, ...each })
      expect(refusal(answer)).toEqual([401, 'unauthorized', 'unauthenticated'])
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
    expect(asked).toEqual([])
  })

  it.each([
    ['GET', '/v1/directory'],
    ['GET', '/v1/history'],
    ['GET', '/v1/favourites'],
    ['GET', '/v1/preferences'],
    ['GET', '/v1/blocked'],
    ['DELETE', '/v1/sessions']
  ])('%s %s with the token of an application', async (method, path) => {
    expect((await ask(path, { method, token })).status).toBe(401)
  })

  it.each(['GET', 'DELETE'])("%s of another application's call, and of none", async (method) => {
    expect(refusal(await ask('/v1/calls/c1', { method, token: 'app-two' }))).toEqual([404, 'not_found', 'invalid_call'])
    expect(refusal(await ask('/v1/calls/c2', { method, token }))).toEqual([404, 'not_found', 'invalid_call'])
    expect((await ask('/v1/calls/%ff', { method, token })).status).toBe(404)
    expect(refusal(await ask(`/v1/calls/${'x'.repeat(65)}`, { method, token }))[0]).toBe(400)
    expect(refusal(await ask('/v1/calls/%00', { method, token }))[0]).toBe(400)
  })

  it.each([
    ['no sides', {}, 2],
    ['a side that is no object', { caller: '101', receptor: order.receptor }, 1],
    ['wrong types', { caller: { username: 1 }, receptor: { username: null }, maxDuration: '90' }, 3],
    ['a username no database takes', { ...order, caller: { username: 'a\u0000' } }, 1],
    ['a talk of no time', { ...order, maxDuration: 0 }, 1],
    ['half a second', { ...order, maxDuration: 0.5 }, 1],
    ['a talk without end', { ...order, maxDuration: 86_401 }, 1],
    ['an array', [], 1],
    ['not JSON', '{"caller":', 1]
  ])('an order of %s', async (_, body, reasons) => {
    const told = refusal(await post('/v1/calls', body))
    expect(told).toEqual([400, 'bad_request', ...Array.from({ length: reasons }, () => 'bad_request')])
    expect(asked).toEqual([])
  })

  it.each([
    ['no username', {}],
    ['spaces in it', { username: 'a b' }],
    ['a short password', { username: '104', password: 'short' }],
    ['a long password', { username: '104', password: 'x'.repeat(257) }],
    ['a name of control characters', { username: '104', names: { en: '\u0007' } }],
    ['names that are a text', { username: '104', names: 'Mina' }]
  ])('an endpoint of %s', async (_, body) => {
    expect(refusal(await post('/v1/endpoints', body))[0]).toBe(400)
    expect(asked).toEqual([])
  })

  it('never repeats a password', async () => {
    expect(JSON.stringify((await post('/v1/endpoints', { username: '', password: 'secret' })).body)).not.toMatch(
      /secret/
    )
  })

  it.each(['page=-1', 'page=x', 'size=0', 'size=201', 'since=yesterday', 'until=2026-01-01', 'endpointId='])(
    'calls?%s',
    async (query) => {
      expect(refusal(await ask(`/v1/calls?${query}`, { token }))[0]).toBe(400)
    }
  )

  it('keys that are no keys, and a key that came with another order', async () => {
    for (const key of ['with space', 'x'.repeat(256), '']) {
      expect(refusal(await post('/v1/calls', order, { 'idempotency-key': key }))[0]).toBe(400)
    }
    expect(refusal(await post('/v1/calls', order, { 'idempotency-key': 'other-body' }))).toEqual([
      409,
      'conflict',
      'duplicate_request'
    ])
    expect(refusal(await post('/v1/endpoints', { username: '101' }))).toEqual([409, 'conflict', 'already_exists'])
  })

  it.each(['/v1/calls', '/v1/endpoints'])('bodies of %s that are too large, or never come', async (path) => {
    expect(refusal(await post(path, { username: 'x'.repeat(70_000) }))).toEqual([413, 'payload_too_large', 'too_large'])
    const head = `POST ${path} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${token}\r\ncontent-type: application/json\r\n`
    expect((await sendRaw(portOf(), `${head}content-length: 10\r\n\r\n{"a`)).status).toBe(408)
    expect(asked).toEqual([])
  })

  it('other methods, too many requests, pages of origins that are not listed, a server that is broken or away', async () => {
    const wrong = await ask('/v1/calls/c1', { method: 'PUT', token })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, DELETE'])
    expect(refusal(wrong)[1]).toBe('method_not_allowed')
    const origin = { origin: 'https://evil.example' }
    expect(refusal(await ask('/v1/calls', { token, headers: origin }))[0]).toBe(403)
    const broken = await post('/v1/calls', { ...order, receptor: { username: 'boom' } })
    expect(refusal(broken)).toEqual([500, 'internal_server_error', 'internal'])
    expect(JSON.stringify(broken.body)).not.toMatch(/secret/)
    expect(refusal(await ask('/v1/calls', { token: 'app-away' }))).toEqual([503, 'service_unavailable', 'unavailable'])
    await stop()
    const http = { perAddress: { burst: 1, everyMs: 1_500 }, bodyMs: 150 }
    await start({ config: { allowedOrigins: [], trustProxy: false, http } })
    await ask('/v1/calls', { token })
    const often = await ask('/v1/calls', { token })
    expect(refusal(often)).toEqual([429, 'too_many_requests', 'rate_limited'])
    expect(often.headers.get('retry-after')).toBe('2')
  })
})

describe('joining by a code', () => {
  const join = (body: unknown) => ask('/v1/joins', { method: 'POST', body })

  it('answers with one of the results', async () => {
    expect(await join({ callId: 'c1', code: 'right', device })).toMatchObject({
      status: 200,
      body: { result: 'success', callId: 'c1', role: 'caller', accessToken: 'at', deviceId: '127.0.0.1' }
    })
    expect(await join({ callId: 'c1', code: 'wrong', device })).toMatchObject({
      status: 200,
      body: { result: 'access_denied' }
    })
    expect((await join({ callId: 'c1', code: 'often', device })).status).toBe(429)
  })

  it.each([
    ['no code', { callId: 'c1', device }],
    ['a code of another type', { callId: 'c1', code: 7, device }],
    ['a code without end', { callId: 'c1', code: 'x'.repeat(129), device }],
    ['no device', { callId: 'c1', code: 'right' }],
    ['a call no database takes', { callId: '\u0000', code: 'right', device }]
  ])('refuses a body with %s', async (_, body) => {
    expect(await join(body)).toMatchObject({ status: 400, body: { error: { code: 'bad_request' } } })
  })

  it('refuses a body that is too large', async () => {
    expect((await join({ callId: 'c1', code: 'x'.repeat(70_000), device })).status).toBe(413)
  })
})

describe('a sign-in that is good for one call', () => {
  it.each([
    ['GET', '/v1/directory'],
    ['GET', '/v1/history'],
    ['GET', '/v1/favourites'],
    ['PUT', '/v1/favourites'],
    ['GET', '/v1/preferences'],
    ['PUT', '/v1/preferences'],
    ['GET', '/v1/blocked'],
    ['PUT', '/v1/blocked']
  ])('is denied %s %s', async (method, path) => {
    const body = method === 'PUT' ? { usernames: [] } : undefined
    expect(await ask(path, { method, token: 'scoped', body })).toMatchObject({
      status: 403,
      body: { error: { code: 'access_denied' } }
    })
  })

  it('can be ended', async () => {
    expect((await ask('/v1/sessions', { method: 'DELETE', token: 'scoped' })).status).toBe(204)
  })
})

describe('the readable page', () => {
  it('names every route and lets nothing in but its own style', async () => {
    const [{ body, headers }, { body: document }] = [await ask('/docs'), await ask('/v1/openapi.json')]
    const page = String(body)
    const { paths } = document as { paths: Record<string, Record<string, { summary: string }>> }
    for (const [path, methods] of Object.entries(paths)) {
      for (const [method, { summary }] of Object.entries(methods)) {
        expect(page).toContain(`id="${method}-${path}"`)
        expect(page).toContain(summary)
      }
    }
    expect(page).not.toMatch(/<script|<link|src=|@import|https?:|\son\w+=/)
    const style = /<style>([^]*)<\/style>/.exec(page)?.[1] ?? ''
    const policy = headers.get('content-security-policy')
    expect(policy).toContain(`style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'`)
    expect(policy).toContain("default-src 'none'")
    expect(headers.get('content-type')).toContain('text/html')
    expect((await ask('/docs', { method: 'POST' })).status).toBe(405)
  })
})
