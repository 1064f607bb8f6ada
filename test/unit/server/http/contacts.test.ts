// The routes of own contacts: what they take, how long it may be, and that they are described.
import { afterAll, beforeAll, expect, it } from 'vitest'
import { ask, start, stop } from './harness.ts'

beforeAll(() =>
  start({
    config: {
      allowedOrigins: [],
      trustProxy: false,
      http: { perAddress: { burst: 1_000, everyMs: 1 }, bodyMs: 15_000 }
    }
  })
)
afterAll(stop)

const path = '/v1/contacts'
const token = 'good'
const contact = (id: string, note = '') => ({
  id,
  name: 'Sara',
  company: '',
  numbers: [{ label: 'work', value: '+98 21 8877' }],
  emails: [],
  note
})
const change = (body: unknown) => ask(path, { token, method: 'POST', body })

it('go on behind a revision and a page', async () => {
  expect((await ask(path, { token })).body).toMatchObject({ whole: true, revision: 0 })
  expect((await ask(`${path}?since=5&after=9`, { token })).body).toMatchObject({ whole: false, revision: 9 })
  for (const query of ['since=-1', 'since=x', 'after=1.5']) {
    expect([query, (await ask(`${path}?${query}`, { token })).status]).toEqual([query, 400])
  }
})

it('are changed by a whole batch, which may be longer than a message', async () => {
  const save = Array.from({ length: 100 }, (_, index) => contact(`c${index}`, 'n'.repeat(2_000)))
  expect(JSON.stringify(save).length).toBeGreaterThan(200_000)
  expect(await change({ save, remove: ['a', 'b'] })).toMatchObject({ status: 200, body: { added: 100, removed: 2 } })
  expect((await change({ save: [], remove: ['full'] })).status).toBe(409)
})

it('are refused where one is none, or there are too many, or it is too long', async () => {
  const wrong = [
    { ...contact('a'), name: '' },
    { ...contact('a'), name: ' \u200c' },
    { ...contact('a'), name: 'a\u0007' },
    { ...contact('a'), name: 'a'.repeat(129) },
    { ...contact('a'), note: 'a'.repeat(2_001) },
    { ...contact('a'), note: '\u0000' },
    { ...contact(''), id: '' },
    { ...contact('a'), numbers: Array.from({ length: 11 }, () => ({ label: 'work', value: '1' })) },
    { ...contact('a'), numbers: [{ label: 'work', value: '' }] },
    { ...contact('a'), emails: ['1', '2', '3', '4', '5', '6'] }
  ]
  for (const [index, one] of wrong.entries()) {
    expect([index, (await change({ save: [one], remove: [] })).status]).toEqual([index, 400])
  }
  const many = Array.from({ length: 501 }, (_, index) => `c${index}`)
  expect((await change({ save: [], remove: many })).status).toBe(400)
  expect((await change({ save: many.map((id) => contact(id)), remove: [] })).status).toBe(400)
  expect((await change({ save: [contact('a', 'n'.repeat(1_100_000))], remove: [] })).status).toBe(413)
  // An unknown kind of number is a number all the same.
  const pager = { ...contact('a'), numbers: [{ label: 'pager', value: '1' }] }
  expect((await change({ save: [pager], remove: [] })).status).toBe(200)
})

it('are for signed-in phones alone, and described', async () => {
  expect((await ask(path)).status).toBe(401)
  expect((await ask(path, { method: 'POST', body: {} })).status).toBe(401)
  const { body } = await ask('/v1/openapi.json')
  const { paths } = body as { paths: Record<string, Record<string, object>> }
  expect(paths[path]).toMatchObject({
    get: { parameters: [{ name: 'since' }, { name: 'after' }] },
    post: { requestBody: { content: { 'application/json': { schema: { properties: { save: { maxItems: 500 } } } } } } }
  })
})
