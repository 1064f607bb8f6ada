// Every refusal of the routes of phones, over real HTTP.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sendRaw } from '../../../support/server/raw-http.ts'
import { ask, device, portOf, start, stop, type Asked } from './harness.ts'
beforeEach(() => start())
afterEach(stop)
describe('what is refused', () => {
  const codeOf = (answer: { body: unknown }): unknown => (answer.body as { error?: { code?: string } }).error?.code

  it.each([
    ['GET', '/v1/directory'],
    ['GET', '/v1/history'],
    ['DELETE', '/v1/history?until=1'],
    ['GET', '/v1/history/c1'],
    ['DELETE', '/v1/history/c1'],
    ['PUT', '/v1/history/c1'],
    ['POST', '/v1/history/seen'],
    ['POST', '/v1/history/removed'],
    ['POST', '/v1/history/restored'],
    ['GET', '/v1/favourites'],
    ['PUT', '/v1/favourites'],
    ['GET', '/v1/preferences'],
    ['PUT', '/v1/preferences'],
    ['GET', '/v1/blocked'],
    ['PUT', '/v1/blocked'],
    ['GET', '/v1/contacts'],
    ['POST', '/v1/contacts'],
    ['DELETE', '/v1/sessions']
  ])('%s %s without a valid access token', async (method, path) => {
    const body = method === 'PUT' ? { usernames: [] } : undefined
    const asks = [ask(path, { method, body }), ask(path, { method, body, token: 'expired' })]
    for (const answer of await Promise.all(asks)) {
      expect(answer.status).toBe(401)
      expect(codeOf(answer)).toBe('unauthenticated')
      expect(answer.headers.get('www-authenticate')).toBe('Bearer')
    }
  })

  it('a token in the URL or in another scheme', async () => {
    expect((await ask('/v1/directory?access_token=good')).status).toBe(401)
    expect((await ask('/v1/directory', { headers: { authorization: 'Basic good' } })).status).toBe(401)
  })

  it('wrong credentials, and tries that come too often', async () => {
    const body = { username: '101', password: 'wrong', device }
    expect(await ask('/v1/sessions', { method: 'POST', body })).toMatchObject({ status: 401 })
    const often = await ask('/v1/sessions', { method: 'POST', body: { ...body, password: 'often' } })
    expect(often).toMatchObject({ status: 429, body: { error: { code: 'rate_limited', retryAfterMs: 1_500 } } })
    expect(often.headers.get('retry-after')).toBe('2')
  })

  it('other methods and other paths', async () => {
    const wrong = await ask('/v1/sessions', { method: 'GET' })
    expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'POST, DELETE'])
    expect((await ask('/healthz', { method: 'POST' })).status).toBe(405)
    expect((await ask('/v1/favourites', { method: 'PATCH' })).status).toBe(405)
    for (const path of ['/', '/v1', '/v1/sessions/', '/v1/history/../../etc/passwd', '/socket']) {
      expect(codeOf(await ask(path))).toBe('not_found')
    }
  })

  it('bodies that are too large, announced or not', async () => {
    const large = JSON.stringify({ refreshToken: 'x'.repeat(70_000) })
    expect(await ask('/v1/sessions/refresh', { method: 'POST', body: large })).toMatchObject({
      status: 413,
      body: { error: { code: 'too_large' } }
    })
    const chunk = 'x'.repeat(40_000)
    const chunked = `${(40_000).toString(16)}\r\n${chunk}\r\n`
    const head = 'POST /v1/sessions/refresh HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
    const answer = await sendRaw(portOf(), `${head}transfer-encoding: chunked\r\n\r\n${chunked}${chunked}`)
    expect(answer.status).toBe(413)
  })

  it('a body that never comes', async () => {
    const head = 'POST /v1/sessions/refresh HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n'
    expect((await sendRaw(portOf(), `${head}content-length: 10\r\n\r\n{"a`)).status).toBe(408)
  })

  it.each([
    ['not JSON', '{"refreshToken":', {}],
    ['not UTF-8 text', '\u0000', {}],
    ['another type', '{"refreshToken":"rt"}', { 'content-type': 'text/plain' }],
    ['another shape', '{"refresh":"rt"}', {}],
    ['an array', '[]', {}],
    ['a value out of range', '{"refreshToken":""}', {}]
  ])('a body of %s', async (_, body, headers) => {
    const answer = await ask('/v1/sessions/refresh', { method: 'POST', body, headers })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'bad_request'])
  })

  it.each([
    ['name', { ...device, name: 'desk\u0000' }],
    ['platform', { ...device, platform: '\ud800' }],
    ['id', { ...device, id: '\u0000' }]
  ])("a device's %s that no database takes", async (_, named) => {
    const answer = await ask('/v1/sessions', {
      method: 'POST',
      body: { username: '101', password: 'right', device: named }
    })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'bad_request'])
  })

  it.each([
    'limit=0',
    'limit=501',
    'limit=x',
    `cursor=${'c'.repeat(129)}`,
    'cursor=bad',
    `q=${'q'.repeat(65)}`,
    'q=%00',
    'direction=both',
    'outcome=answered'
  ])('history?%s', async (query) => {
    expect((await ask(`/v1/history?${query}`, { token: 'good' })).status).toBe(400)
  })

  it.each<readonly unknown[]>([[], Array.from({ length: 501 }, String), [7], ['']])(
    'calls to be removed or brought back that are none, too many or no ids',
    async (...ids) => {
      for (const path of ['/v1/history/removed', '/v1/history/restored']) {
        expect((await ask(path, { method: 'POST', token: 'good', body: { ids } })).status).toBe(400)
      }
    }
  )

  it.each(['', '?until=', '?until=x', '?until=-1'])('to clear the history%s', async (query) => {
    expect((await ask(`/v1/history${query}`, { method: 'DELETE', token: 'good' })).status).toBe(400)
  })

  it.each([
    ['preferences', {}],
    ['preferences', { callWaiting: true }],
    ['preferences', { callWaiting: 'yes', doNotDisturb: 'off' }],
    ['preferences', { callWaiting: true, doNotDisturb: 'later' }],
    ['blocked', { usernames: '102' }],
    ['blocked', { usernames: [102] }],
    ['blocked', { usernames: ['a b'] }],
    ['blocked', { usernames: Array.from({ length: 501 }, (_, index) => String(index)) }]
  ])('%s that do not fit', async (name, body) => {
    const answer = await ask(`/v1/${name}`, { method: 'PUT', token: 'good', body })
    expect([answer.status, codeOf(answer)]).toEqual([400, 'bad_request'])
  })

  it('pages of origins that are not listed; native clients and listed pages pass', async () => {
    const from = (origin: string, more: Asked = {}) => ask('/healthz', { ...more, headers: { origin } })
    for (const origin of [
      'https://evil.example',
      'null',
      'https://phone.example.evil.example',
      'http://phone.example'
    ]) {
      const answer = await from(origin)
      expect([answer.status, codeOf(answer)]).toEqual([403, 'access_denied'])
      expect(answer.headers.get('access-control-allow-origin')).toBeNull()
    }
    const listed = await from('https://phone.example')
    expect([listed.status, listed.headers.get('access-control-allow-origin')]).toEqual([200, 'https://phone.example'])
    const preflight = await ask('/v1/favourites', { method: 'OPTIONS', headers: { origin: 'https://phone.example' } })
    expect([preflight.status, preflight.headers.get('access-control-allow-headers')]).toEqual([
      204,
      'authorization, content-type'
    ])
  })

  it('too many requests of one address', async () => {
    await stop()
    const http = { perAddress: { burst: 3, everyMs: 1_000 }, bodyMs: 150 }
    await start({ config: { allowedOrigins: [], trustProxy: true, http } })
    const from = async (address: string): Promise<number> =>
      (await ask('/healthz', { headers: { 'x-forwarded-for': `1.1.1.1, ${address}` } })).status
    const statuses: number[] = []
    for (let asks = 0; asks < 4; asks += 1) statuses.push(await from('2001:db8::1'))
    expect(statuses).toEqual([200, 200, 200, 429])
    expect(await from('2001:db8:0:0:ffff::2')).toBe(429)
    expect(await from('2001:db8:0:1::1')).toBe(200)
    expect(await from('10.0.0.1')).toBe(200)
  })

  it('what the server cannot do now, without telling why', async () => {
    const put = (name: string) => ask('/v1/favourites', { method: 'PUT', token: 'good', body: { usernames: [name] } })
    expect(await put('away')).toMatchObject({ status: 503, body: { error: { code: 'unavailable' } } })
    const broken = await put('boom')
    expect([broken.status, broken.body]).toEqual([500, { error: { code: 'internal' } }])
    expect((await ask('/v1/directory', { token: 'away' })).status).toBe(503)
  })

  it('what is not HTTP, and goes on', async () => {
    expect((await sendRaw(portOf(), 'rubbish\r\n\r\n')).status).toBe(400)
    expect((await sendRaw(portOf(), 'GET http://evil/ HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n')).status).toBe(
      400
    )
    expect((await ask('/healthz')).status).toBe(200)
  })
})
