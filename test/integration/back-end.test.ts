// Calls that a back end makes, on a real server with real media: ordered by REST, joined by a phone or by a code, ended.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { backEndError, callDetail, callOrdered, endpoint } from '../../common/protocol/back-end.ts'
import { joinAnswer, type JoinAnswer } from '../../common/protocol/rest.ts'
import { connectRaw, signIn, type RawPhone } from '../support/raw-phone.ts'
import { createAsk, mintTokens, type Told } from '../support/server/application.ts'
import { createTestPhone, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
let dataDir: string
let ask: ReturnType<typeof createAsk>
let askAsOther: ReturnType<typeof createAsk>
let applicationToken: string
const phones: { readonly close: () => unknown }[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'tamas-back-end-'))
  const [token = '', other = ''] = await mintTokens(dataDir, 'demo', 'bank')
  server = await startTestServer({ TAMAS_DATA_DIR: dataDir, TAMAS_PUBLIC_URL: 'https://calls.example/' })
  applicationToken = token
  ask = createAsk(server.url, token)
  askAsOther = createAsk(server.url, other)
})
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close()
})
afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const people = { caller: { username: '101' }, receptor: { username: '102' } }
const orderCall = async (body: object = people) => {
  const { status, body: made } = await ask('POST', '/calls', body)
  expect(status).toBe(201)
  return callOrdered.parse(made)
}
const readCall = async (callId: string) => callDetail.parse((await ask('GET', `/calls/${callId}`)).body)
const codeOf = ({ status, body }: Told) => [status, backEndError.parse(body).reasons[0]?.code]

const phoneOf = async (username: string): Promise<TestPhone> => {
  const phone = await createTestPhone({ server: server.url, username })
  phones.push(phone)
  return phone
}
const joinBy = async (callId: string, code: string): Promise<JoinAnswer> => {
  const answer = await fetch(`${server.url}/v1/joins`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ callId, code, device: { name: 'browser', platform: 'test' } })
  })
  return joinAnswer.parse(await answer.json())
}
/** A phone that has nothing but a join code. */
const guestOf = async (callId: string, code: string): Promise<{ readonly phone: RawPhone; readonly token: string }> => {
  const joined = await joinBy(callId, code)
  if (joined.result !== 'success') throw new Error(joined.result)
  const phone = await connectRaw(server.url, { accessToken: joined.accessToken })
  if ('code' in phone) throw new Error(phone.code)
  phones.push(phone)
  return { phone, token: joined.accessToken }
}

describe('a call that a back end makes', () => {
  it('waits for the caller, is talked in, is ended by the back end, and its record says all that', async () => {
    const [sara, kian] = [await phoneOf('101'), await phoneOf('102')]
    const { id } = await orderCall({ ...people, maxDuration: 60 })
    const session = await sara.until('a call to join', (calls) => calls.find(({ can }) => can.join)?.session)
    expect(kian.phone.calls()).toEqual([])
    expect(sara.phone.join(session).ok).toBe(true)
    await kian.hears('ringing/L')
    const ringing = await kian.until('a call that rings', (calls) => calls.find(({ can }) => can.answer)?.session)
    kian.phone.answer(ringing)
    await sara.hears('conversation')
    const told = await ask('DELETE', `/calls/${id}`)
    expect(told).toMatchObject({
      status: 200,
      body: { status: 'finished', finishReason: 'killed', finishedBy: 'server' }
    })
    await Promise.all([sara.hears('E(killed)'), kian.hears('E(killed)')])
    const record = await readCall(id)
    expect(record).toMatchObject({ caller: { username: '101' }, receptor: { username: '102' }, finishReason: 'killed' })
    expect(record.startedAt).not.toBeNull()
    expect(record.timeline.map(({ event }) => event)).toEqual(
      expect.arrayContaining(['created', 'joined', 'ringing', 'accepted', 'conversation', 'finished'])
    )
    expect(await ask('DELETE', `/calls/${id}`)).toMatchObject({ status: 200, body: { finishReason: 'killed' } })
  })

  it('has the keys that were pressed in its record; the other side hears of each once, in order', async () => {
    const [sara, kian] = [await phoneOf('101'), await phoneOf('102')]
    const { id } = await orderCall()
    sara.phone.join(await sara.until('a call to join', (calls) => calls.find(({ can }) => can.join)?.session))
    kian.phone.answer(await kian.until('a call that rings', (calls) => calls.find(({ can }) => can.answer)?.session))
    await Promise.all([sara.hears('conversation'), kian.hears('conversation')])
    const [atSara, atKian]: [string[], string[]] = [[], []]
    sara.phone.onSignalled(({ digits }) => atSara.push(digits))
    kian.phone.onSignalled(({ digits }) => atKian.push(digits))
    const session = sara.phone.calls()[0]?.session ?? ''
    const pressed = await Promise.all(['1', '2', '#', '*0'].map((digits) => sara.phone.dtmf(session, digits)))
    expect(pressed.map(({ ok }) => ok)).toEqual([true, true, true, true])
    expect(await kian.phone.dtmf(kian.phone.calls()[0]?.session ?? '', '9')).toMatchObject({ ok: true })
    await expect.poll(() => [atKian.join(' '), atSara.join(' ')], { timeout: 20_000 }).toEqual(['1 2 # *0', '9'])
    await ask('DELETE', `/calls/${id}`)
    const keys = (await readCall(id)).timeline.filter(({ event }) => event === 'dtmf')
    expect(keys.map(({ data }) => data['digits'])).toEqual(['1', '2', '#', '*0', '9'])
  })

  it('is one call for one key, and another order under the key is refused', async () => {
    const key = { 'idempotency-key': 'order-1' }
    const both = await Promise.all([ask('POST', '/calls', people, key), ask('POST', '/calls', people, key)])
    const [first, second] = both.map(({ body }) => callOrdered.parse(body))
    expect(second?.id).toBe(first?.id)
    expect(second?.caller.joinCode).not.toBe(first?.caller.joinCode)
    expect(codeOf(await ask('POST', '/calls', { ...people, maxDuration: 5 }, key))).toEqual([409, 'duplicate_request'])
    await server.terminate()
    await server.start()
    const again = callOrdered.parse((await ask('POST', '/calls', people, key)).body)
    expect(again).toMatchObject({ id: first?.id, status: 'new' })
    await ask('DELETE', `/calls/${again.id}`)
  })

  it('is refused for nobody, for oneself and for Echo as the caller', async () => {
    const to = (caller: string, receptor: string) =>
      ask('POST', '/calls', { caller: { username: caller }, receptor: { username: receptor } })
    expect(codeOf(await to('101', '999'))).toEqual([404, 'not_found'])
    expect(codeOf(await to('101', '۱۰۱'))).toEqual([400, 'cannot_call_self'])
    expect((await to('100', '101')).status).toBe(409)
  })

  it("is no other application's, nor any phone's", async () => {
    const { id } = await orderCall()
    for (const method of ['GET', 'DELETE']) {
      expect(codeOf(await askAsOther(method, `/calls/${id}`))).toEqual([404, 'invalid_call'])
    }
    expect(codeOf(await askAsOther('POST', '/calls', people))).toEqual([404, 'not_found'])
    expect((await askAsOther('GET', '/calls')).body).toMatchObject({ page: { total: 0 }, result: [] })
    expect((await readCall(id)).status).toBe('new')
    const { accessToken } = await signIn(server.url, '101')
    for (const [method, where] of [
      ['GET', '/calls'],
      ['GET', `/calls/${id}`],
      ['DELETE', `/calls/${id}`],
      ['GET', '/endpoints']
    ] as const) {
      expect(codeOf(await createAsk(server.url, accessToken)(method, where))).toEqual([401, 'unauthenticated'])
    }
    expect(await connectRaw(server.url, { accessToken: applicationToken })).toEqual(
      expect.objectContaining({ code: 'unauthenticated' })
    )
    await ask('DELETE', `/calls/${id}`)
  })
})

describe('a join code', () => {
  it('makes a stranger the caller of that call, and of nothing else', async () => {
    const kian = await phoneOf('102')
    const { id, caller, joinLinks } = await orderCall()
    expect(joinLinks.caller).toBe(
      `tamas://join?server=https%3A%2F%2Fcalls.example&call=${encodeURIComponent(id)}&code=${caller.joinCode}`
    )
    const other = await orderCall({ caller: { username: '101' }, receptor: { username: '103' } })
    const { phone, token } = await guestOf(id, caller.joinCode)
    expect(await phone.ask('call.create', { to: '103' })).toMatchObject({ ok: false, error: { code: 'access_denied' } })
    expect(await phone.ask('call.join', { callId: other.id })).toMatchObject({
      ok: false,
      error: { code: 'access_denied' }
    })
    const directory = await fetch(`${server.url}/v1/directory`, { headers: { authorization: `Bearer ${token}` } })
    expect(directory.status).toBe(403)
    expect(await phone.ask('call.join', { callId: id })).toMatchObject({
      ok: true,
      value: { call: { id, status: 'trying', direction: 'outbound', leg: 'chosen' } }
    })
    await kian.hears('ringing/L')
    await ask('DELETE', `/calls/${id}`)
    await ask('DELETE', `/calls/${other.id}`)
    await kian.hears('E(killed)')
  })

  it('is good once, for its own call, for a call that lives', async () => {
    const { id, caller, receptor } = await orderCall()
    expect((await joinBy('n1.nothing', caller.joinCode)).result).toBe('invalid_call')
    expect((await joinBy(id, 'made-up')).result).toBe('access_denied')
    expect((await joinBy(id, caller.joinCode)).result).toBe('success')
    expect((await joinBy(id, caller.joinCode)).result).toBe('access_denied')
    await ask('DELETE', `/calls/${id}`)
    expect((await joinBy(id, receptor.joinCode)).result).toBe('call_session_finished')
  })

  it('brings the call to a guest who is the receptor, and no other call', async () => {
    const sara = await phoneOf('101')
    const { id, receptor } = await orderCall({ caller: { username: '101' }, receptor: { username: '103' } })
    const { phone } = await guestOf(id, receptor.joinCode)
    const offered = phone.next('call.changed')
    const session = await sara.until('a call to join', (calls) => calls.find(({ can }) => can.join)?.session)
    sara.phone.join(session)
    expect(await offered).toMatchObject({ call: { id, status: 'trying', leg: 'offered', direction: 'inbound' } })
    await ask('DELETE', `/calls/${id}`)
    await sara.hears('E(killed)')
  })
})

describe('endpoints', () => {
  it('are made by the back end, sign in by their password, and are its own', async () => {
    const mina = { username: 'mina', names: { en: 'Mina', fa: 'مینا' }, password: 'demo-mina' }
    const made = await ask('POST', '/endpoints', mina)
    expect([made.status, endpoint.parse(made.body).names]).toEqual([201, mina.names])
    expect(codeOf(await ask('POST', '/endpoints', { username: 'MINA' }))).toEqual([409, 'already_exists'])
    expect((await signIn(server.url, 'mina')).user.username).toBe('mina')
    expect((await ask('GET', '/endpoints')).body).toMatchObject({ page: { total: 5 } })
    expect((await askAsOther('POST', '/endpoints', mina)).status).toBe(201)
    expect((await askAsOther('GET', '/endpoints')).body).toMatchObject({ result: [{ username: 'mina' }] })
    const { id } = await orderCall({ caller: { username: 'mina' }, receptor: { username: '102' } })
    const query = `endpointId=${endpoint.parse(made.body).id}&since=2020-01-01T00:00:00Z`
    expect((await ask('GET', `/calls?${query}`)).body).toMatchObject({ page: { total: 1 }, result: [{ id }] })
    await ask('DELETE', `/calls/${id}`)
  })
})
