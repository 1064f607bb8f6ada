// The server ended, hard or in order, and started again in the middle of calls: calls go on, sound is back, no record is
// lost, and nobody hears a ring of a call that is over.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { createTestPhone, statesOf, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
const phones: TestPhone[] = []

const join = async (username: string, hz: number | null = null): Promise<TestPhone> => {
  const phone = await createTestPhone({ server: server.url, username, hz })
  phones.push(phone)
  return phone
}

const talk = async () => {
  const caller = await join('101', 400)
  const receptor = await join('102', 900)
  const dialled = caller.phone.dial('102')
  if (!dialled.ok) throw new Error(dialled.error.code)
  await caller.hears('ringing')
  receptor.phone.answer(receptor.phone.calls()[0]?.session ?? '')
  await Promise.all([caller.hears('conversation'), receptor.hears('conversation')])
  await (await caller.ear()).hears(900)
  return { caller, receptor, session: dialled.value.session }
}

const joined = (phone: TestPhone) =>
  phone.until('the session back', () => (phone.session.link().state === 'joined' ? true : null), 15_000)
const lost = (phone: TestPhone) =>
  phone.until('the loss noticed', () => (phone.session.link().state === 'disconnected' ? true : null), 15_000)

beforeAll(async () => {
  server = await startTestServer({ TAMAS_CALL_RINGING_MS: '4000' })
})
afterEach(async () => {
  await Promise.all(phones.splice(0).map((phone) => phone.close()))
})
afterAll(async () => {
  await server.stop()
})

describe('kill -9 and start', () => {
  it('in a conversation: the call goes on and both hear each other again', async () => {
    const { caller, receptor, session } = await talk()
    await server.kill()
    await Promise.all([lost(caller), lost(receptor)])
    await server.start()
    const back = performance.now()
    await Promise.all([joined(caller), joined(receptor)])
    await Promise.all([
      caller.until('the conversation', (calls) => (calls[0]?.status === 'conversation' ? true : null), 15_000),
      receptor.until('the conversation', (calls) => (calls[0]?.status === 'conversation' ? true : null), 15_000)
    ])
    await (await caller.ear()).hears(900, 15_000)
    await (await receptor.ear()).hears(400, 15_000)
    process.stdout.write(`sound was back ${Math.round(performance.now() - back)} ms after the server\n`)
    caller.phone.hangUp(session)
    await Promise.all([caller.hears('E(hangup)'), receptor.hears('E(hangup)')])
    for (const phone of [caller, receptor]) {
      const ends = statesOf(phone.heard()).filter((word) => word.startsWith('E(') || word.startsWith('finished'))
      expect(ends).toHaveLength(2)
    }
    const history = await caller.session.rest.history({})
    expect(history.ok && history.value.result[0]).toMatchObject({ reason: 'hangup', by: 'caller' })
  })

  it('while it rings: it rings on and can be answered', async () => {
    const caller = await join('101')
    const receptor = await join('102')
    caller.phone.dial('102')
    await Promise.all([caller.hears('ringing'), receptor.hears('ringing/L')])
    await server.kill()
    await Promise.all([lost(caller), lost(receptor)])
    await server.start()
    await Promise.all([joined(caller), joined(receptor)])
    receptor.phone.answer(receptor.phone.calls()[0]?.session ?? '')
    await Promise.all([caller.hears('conversation'), receptor.hears('conversation')])
    expect(statesOf(caller.heard())).toEqual(['trying', 'ringing', 'accepted', 'conversation'])
    expect(statesOf(receptor.heard())).toEqual(['ringing/L', 'accepted/L', 'conversation'])
  })

  it('while it rings, with the caller gone for good: it ends, and nobody rings for ever', async () => {
    const caller = await join('101')
    const receptor = await join('102')
    caller.phone.dial('102')
    await receptor.hears('ringing/L')
    await server.kill()
    await caller.vanish()
    await lost(receptor)
    await server.start()
    await receptor.until('the end', (calls) => calls.find((call) => call.end !== null)?.end, 20_000)
    expect(statesOf(receptor.heard()).filter((word) => word.startsWith('E('))).toHaveLength(1)
    expect(receptor.phone.tone()).not.toBe('ringing')
  })

  it('a hang-up made while the server was away is told to it, and the record has it', async () => {
    const { caller, receptor, session } = await talk()
    await server.kill()
    await lost(caller)
    caller.phone.hangUp(session)
    expect(caller.heard()).toContain('E(hangup)')
    await server.start()
    await receptor.hears('E(hangup)', 15_000)
    const history = await receptor.session.rest.history({})
    expect(history.ok && history.value.result[0]).toMatchObject({ reason: 'hangup', by: 'caller' })
  })
})

describe('SIGTERM and start', () => {
  it('in a conversation: the call goes on, and the time in between is no talk', async () => {
    const { caller, receptor, session } = await talk()
    await server.terminate()
    const goneAt = performance.now()
    await Promise.all([lost(caller), lost(receptor)])
    // An orderly end is no loss of sound that the record would keep.
    expect(statesOf(caller.heard())).not.toContain('paused')
    await server.start()
    await Promise.all([joined(caller), joined(receptor)])
    await Promise.all([
      caller.until('the conversation', (calls) => (calls[0]?.status === 'conversation' ? true : null), 15_000),
      receptor.until('the conversation', (calls) => (calls[0]?.status === 'conversation' ? true : null), 15_000)
    ])
    const quietMs = performance.now() - goneAt
    await (await caller.ear()).hears(900, 15_000)
    await (await receptor.ear()).hears(400, 15_000)
    caller.phone.hangUp(session)
    await Promise.all([caller.hears('E(hangup)'), receptor.hears('E(hangup)')])
    expect(statesOf(receptor.heard()).filter((word) => word.startsWith('E('))).toEqual(['E(hangup)'])
    const history = await caller.session.rest.history({})
    const last = history.ok ? history.value.result[0] : undefined
    if (last?.startedAt === undefined) throw new Error('the record of the talk is not whole')
    expect(last.durationMs).toBeGreaterThan(0)
    // Half of it: the phones hear of what happens to the server later than it does.
    expect(last.durationMs).toBeLessThan(last.finishedAt - last.startedAt - quietMs / 2)
  })
})
