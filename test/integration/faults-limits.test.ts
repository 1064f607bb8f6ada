// One phone that asks too much, and a server's clock that jumps: refused with a typed error or borne, and a talk that is
// going on is unhurt.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { connectRaw, joinRaw, signIn, type RawPhone } from '../support/raw-phone.ts'
import { createTestPhone, statesOf, type TestPhone } from '../support/test-phone.ts'
import { personOf, startTestServer, type TestServer } from '../support/test-server.ts'

const maxSockets = 3
const maxCalls = 2
let server: TestServer
let caller: TestPhone
let receptor: TestPhone
const raws: RawPhone[] = []

const raw = async (username: string): Promise<RawPhone> => {
  const phone = await joinRaw(server.url, username)
  raws.push(phone)
  return phone
}

beforeAll(async () => {
  server = await startTestServer(
    { TAMAS_MAX_SOCKETS_PER_USER: String(maxSockets), TAMAS_MAX_CALLS_PER_USER: String(maxCalls) },
    { people: 6 }
  )
  caller = await createTestPhone({ server: server.url, username: '101', hz: 400 })
  receptor = await createTestPhone({ server: server.url, username: '102', hz: 900 })
  caller.phone.dial('102')
  await receptor.hears('ringing/L')
  receptor.phone.answer(receptor.phone.calls()[0]?.session ?? '')
  await Promise.all([caller.hears('conversation'), receptor.hears('conversation')])
})
afterEach(() => {
  for (const phone of raws.splice(0)) phone.close()
})
afterAll(async () => {
  await Promise.all([caller.close(), receptor.close()])
  await server.stop()
})

/** Both hear each other, and nothing was said to them meanwhile. */
const expectUnhurt = async (): Promise<void> => {
  const [near, far] = await Promise.all([caller.ear(), receptor.ear()])
  await Promise.all([near.hears(900), far.hears(400)])
  expect(statesOf(caller.heard())).toEqual(['trying', 'ringing', 'accepted', 'conversation'])
  expect(statesOf(receptor.heard())).toEqual(['ringing/L', 'accepted/L', 'conversation'])
}

describe('one phone asks too much, and the talk of others is unhurt', () => {
  it('sockets: one more device than allowed is refused, and may come when another has gone', async () => {
    for (let n = 0; n < maxSockets; n += 1) await raw(personOf(1))
    const { accessToken } = await signIn(server.url, personOf(1))
    expect(await connectRaw(server.url, { accessToken })).toEqual({ code: 'rate_limited' })
    raws.pop()?.close()
    await expect
      .poll(async () => {
        const phone = await connectRaw(server.url, { accessToken })
        if (!('code' in phone)) raws.push(phone)
        return 'code' in phone
      })
      .toBe(false)
    await expectUnhurt()
  })

  it('calls: one more than allowed is refused, and is there when another has ended', async () => {
    const phone = await raw(personOf(2))
    const first = await phone.ask('call.create', { to: personOf(3) })
    await phone.ask('call.create', { to: personOf(4) })
    expect(await phone.ask('call.create', { to: personOf(5) })).toMatchObject({
      ok: false,
      error: { code: 'too_many_calls' }
    })
    const callId = first.ok ? (first.value as { call: { id: string } }).call.id : ''
    await phone.ask('call.hangup', { callId })
    expect(await phone.ask('call.create', { to: personOf(5) })).toMatchObject({ ok: true })
    await expectUnhurt()
  })

  it('messages: refused with the time to wait, then the connection is closed; it may come back', async () => {
    const phone = await raw(personOf(6))
    const gone = new Promise((resolve) => phone.socket.once('disconnect', resolve))
    const codes = new Map<string, number>()
    for (let n = 0; n < 1_000; n += 1) {
      phone.socket.emit(
        'call.hangup',
        { requestId: `r${n}`, data: { callId: 'n1.x' } },
        (answer: { error?: { code: string; retryAfterMs?: number } }) => {
          const { code = 'ok', retryAfterMs } = answer.error ?? {}
          codes.set(code, (codes.get(code) ?? 0) + 1)
          if (code === 'rate_limited') expect(retryAfterMs).toBeGreaterThan(0)
        }
      )
    }
    await gone
    expect([...codes.keys()]).toEqual(expect.arrayContaining(['invalid_call', 'rate_limited']))
    expect(codes.get('invalid_call')).toBeLessThan(200)
    await raw(personOf(6))
    await expectUnhurt()
  })
})
