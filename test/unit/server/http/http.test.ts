// Every route of phones, over real HTTP.
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ask, device, faults, lines, peer, signedOut, start, stop, tokens } from './harness.ts'

beforeEach(() => start())
afterEach(stop)

describe('what is answered', () => {
  it('signs in, refreshes, signs out', async () => {
    const body = { username: '101', password: 'right', device }
    expect(await ask('/v1/sessions', { method: 'POST', body })).toMatchObject({
      status: 201,
      body: { ...tokens, user: peer, deviceId: '127.0.0.1' }
    })
    expect(await ask('/v1/sessions/refresh', { method: 'POST', body: { refreshToken: 'rt' } })).toMatchObject({
      status: 200,
      body: tokens
    })
    expect(await ask('/v1/sessions', { method: 'DELETE', token: 'good' })).toMatchObject({ status: 204, body: '' })
    expect(signedOut).toEqual(['s'])
    faults.isAway = true
    expect(await ask('/v1/sessions', { method: 'DELETE', token: 'good' })).toMatchObject({ status: 503 })
    faults.isAway = false
  })

  it('serves the lists', async () => {
    const token = 'good'
    expect((await ask('/v1/directory', { token })).body).toEqual({ result: [{ ...peer, kind: 'person' }] })
    expect((await ask('/v1/favourites', { token })).body).toEqual({ usernames: ['1'] })
    const body = { usernames: ['102', '۱۰۳'] }
    expect(await ask('/v1/favourites', { method: 'PUT', token, body })).toMatchObject({ status: 200, body })
  })

  it('serves the history, and what is done with it', async () => {
    const token = 'good'
    const asked = async (query: string): Promise<unknown> =>
      JSON.parse(((await ask(`/v1/history${query}`, { token })).body as { next: string }).next)
    expect(await asked('')).toEqual({ limit: 50 })
    expect(await asked('?cursor=c&limit=7')).toEqual({ cursor: 'c', limit: 7 })
    const query = `?q=${encodeURIComponent('سارا 1')}&direction=inbound&outcome=missed`
    expect(await asked(query)).toEqual({ limit: 50, q: 'سارا 1', direction: 'inbound', outcome: 'missed' })
    expect((await ask('/v1/history/c1', { token })).body).toEqual({
      device: null,
      timeline: [],
      quality: { mine: null, theirs: null },
      rating: null
    })
    expect((await ask('/v1/history/c2', { token })).status).toBe(404)
    const marks = { seenAt: 1, missed: 2, edition: 3 }
    expect((await ask('/v1/history/c1', { token, method: 'DELETE' })).body).toEqual({
      ...marks,
      edition: 1,
      changed: 1
    })
    expect((await ask('/v1/history/c1', { token, method: 'PUT' })).body).toEqual({ ...marks, changed: 1 })
    const many = { ids: Array.from({ length: 500 }, (_, at) => `${'n'.repeat(60)}${at}`) }
    for (const path of ['/v1/history/removed', '/v1/history/restored']) {
      expect((await ask(path, { token, method: 'POST', body: many })).body).toMatchObject({ changed: 500 })
    }
    expect((await ask('/v1/history?until=77', { token, method: 'DELETE' })).body).toEqual({ ...marks, edition: 77 })
    const seen = await ask('/v1/history/seen', { token, method: 'POST', body: { until: 88 } })
    expect(seen.body).toEqual({ ...marks, seenAt: 88 })
  })

  it('serves and sets what a user wants of calls', async () => {
    const token = 'good'
    expect((await ask('/v1/preferences', { token })).body).toEqual({ callWaiting: true, doNotDisturb: 'off' })
    const wanted = { callWaiting: false, doNotDisturb: 'silent' }
    const set = await ask('/v1/preferences', { method: 'PUT', token, body: wanted })
    expect(set).toMatchObject({ status: 200, body: wanted })
    expect((await ask('/v1/blocked', { token })).body).toEqual({ usernames: ['2'] })
    const body = { usernames: ['102', '۱۰۳'] }
    expect(await ask('/v1/blocked', { method: 'PUT', token, body })).toMatchObject({ status: 200, body })
    const stranger = await ask('/v1/blocked', { method: 'PUT', token, body: { usernames: ['999'] } })
    expect(stranger.status).toBe(404)
  })

  it('tells its health to anyone, its numbers to this machine only', async () => {
    expect(await ask('/healthz')).toMatchObject({ status: 200, body: { ok: true, database: 'embedded' } })
    expect(await ask('/healthz', { method: 'HEAD' })).toMatchObject({ status: 200, body: '' })
    expect(await ask('/metrics')).toMatchObject({ status: 200, body: 'tamas_calls_live 3\ntamas_sockets 4\n' })
    expect((await ask('/metrics', { headers: { 'x-forwarded-for': '127.0.0.1' } })).status).toBe(404)
    await stop()
    await start({ health: async () => ({ ok: false, details: {} }) })
    expect(await ask('/healthz')).toMatchObject({ status: 503, body: { ok: false } })
  })

  it('describes itself', async () => {
    const { body } = await ask('/v1/openapi.json')
    const { paths } = body as { paths: Record<string, Record<string, object>> }
    expect(Object.entries(paths).map(([path, methods]) => [path, Object.keys(methods)])).toEqual([
      ['/v1/sessions', ['post', 'delete']],
      ['/v1/sessions/refresh', ['post']],
      ['/v1/joins', ['post']],
      ['/v1/directory', ['get']],
      ['/v1/history', ['get', 'delete']],
      ['/v1/history/{id}', ['get', 'delete', 'put']],
      ['/v1/history/removed', ['post']],
      ['/v1/history/restored', ['post']],
      ['/v1/history/seen', ['post']],
      ['/v1/favourites', ['get', 'put']],
      ['/v1/preferences', ['get', 'put']],
      ['/v1/blocked', ['get', 'put']],
      ['/v1/contacts', ['get', 'post']],
      ['/v1/endpoints', ['post', 'get']],
      ['/v1/calls', ['post', 'get']],
      ['/v1/calls/{id}', ['get', 'delete']]
    ])
    expect(paths['/v1/sessions']?.['post']).toMatchObject({
      security: [],
      requestBody: { content: { 'application/json': { schema: { required: ['username', 'password', 'device'] } } } }
    })
    expect(paths['/v1/history']?.['get']).toMatchObject({
      security: [{ phone: [] }],
      parameters: ['q', 'direction', 'outcome', 'cursor', 'limit'].map((name) => ({ name, required: false }))
    })
  })

  it('sends safe headers with everything', async () => {
    for (const path of ['/healthz', '/nothing', '/v1/directory']) {
      const { headers } = await ask(path)
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('access-control-allow-origin')).toBeNull()
    }
  })
})

it('writes no token, password or query into the log', async () => {
  lines.length = 0
  await ask('/v1/history?cursor=secretcursor', { token: 'secrettoken' })
  await ask('/v1/sessions', { method: 'POST', body: { username: '101', password: 'secretpassword', device: 7 } })
  expect(lines.length).toBeGreaterThan(0)
  expect(lines.join('\n')).not.toMatch(/secret/)
})
