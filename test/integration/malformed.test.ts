// Malformed messages against a live server with a talk going on, and who may ask what: every request there is, by its
// schema, for both sides of a call, for a stranger, and without a token that counts.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CallRole } from '../../common/call/end.ts'
import { requestNames, type RequestName } from '../../common/protocol/socket.ts'
import { runMalformed, startPatientServer } from '../network/malformed.ts'
import { expectHarmless, malformedLines } from '../network/malformed-run.ts'
import { isAboutCall, sampleData } from '../support/fuzz/sample.ts'
import { connectRaw, joinRaw, type RawPhone } from '../support/raw-phone.ts'
import { createRandom } from '../support/relay/random.ts'
import { askedSeed } from '../support/seed.ts'
import type { TestServer } from '../support/test-server.ts'

const seed = askedSeed(8)
const messages = Number(process.env['RUNS'] ?? '5000')
const random = createRandom(seed)
let server: TestServer
const raws: RawPhone[] = []

const raw = async (username: string): Promise<RawPhone> => {
  const phone = await joinRaw(server.url, username)
  raws.push(phone)
  return phone
}

beforeAll(async () => {
  server = await startPatientServer()
})
afterEach(() => {
  for (const phone of raws.splice(0)) phone.close()
})
afterAll(async () => {
  await server.stop()
})

const codeOf = (result: Awaited<ReturnType<RawPhone['ask']>>): string => (result.ok ? 'ok' : result.error.code)

/** A call of 101 and 102 that was accepted; for each request a new one, since some of them end it. */
const accepted = async (caller: RawPhone, receptor: RawPhone): Promise<string> => {
  const offered = receptor.next('call.changed')
  const created = await caller.ask('call.create', { to: '102' })
  if (!created.ok) throw new Error(created.error.code)
  const callId = (created.value as { call: { id: string } }).call.id
  await offered
  await receptor.ask('call.ringing', { callId })
  await receptor.ask('call.accept', { callId })
  return callId
}

/** The rest is for both, at its time. */
const notFor: { readonly [side in CallRole]: readonly RequestName[] } = {
  caller: ['call.ringing', 'call.accept', 'call.decline'],
  receptor: ['call.join']
}

describe(`who may ask what (seed ${seed})`, () => {
  const aboutCalls = requestNames.filter(isAboutCall)

  it('knows of every request whether it is about a call', () => {
    expect(requestNames.filter((name) => !isAboutCall(name)).sort()).toEqual(['call.create', 'session.renew'])
  })

  it.each(['caller', 'receptor'] as const)('the %s is denied only what is not for that side', async (side) => {
    const denied: string[] = []
    for (const name of aboutCalls) {
      // New devices, so that no bucket is empty.
      const phones = { caller: await raw('101'), receptor: await raw('102') }
      const callId = await accepted(phones.caller, phones.receptor)
      const code = codeOf(await phones[side].ask(name, sampleData(name, callId, random)))
      await phones.caller.ask('call.hangup', { callId })
      expect([name, code]).not.toEqual([name, expect.stringMatching(/^(internal|unauthenticated)$/)])
      if (code === 'access_denied') denied.push(name)
      for (const phone of raws.splice(0)) phone.close()
    }
    expect(denied.sort()).toEqual([...notFor[side]].sort())
  })

  it('a third user is denied every request about a call of others, and changes nothing of it', async () => {
    const [caller, receptor, third] = [await raw('101'), await raw('102'), await raw('103')]
    const callId = await accepted(caller, receptor)
    const changes: unknown[] = []
    for (const phone of [caller, receptor]) phone.socket.on('call.changed', (change) => changes.push(change))
    for (const name of aboutCalls) {
      expect([name, codeOf(await third.ask(name, sampleData(name, callId, random)))]).toEqual([name, 'access_denied'])
    }
    expect(changes).toEqual([])
    expect(codeOf(await caller.ask('call.hangup', { callId }))).toBe('ok')
  })

  it('of a call that does not exist nobody learns anything', async () => {
    const third = await raw('103')
    for (const name of aboutCalls) {
      expect([name, codeOf(await third.ask(name, sampleData(name, 'n1.none', random)))]).toEqual([name, 'invalid_call'])
    }
  })

  it('without a token, or with one that was never given, there is no connection to ask on', async () => {
    expect(await connectRaw(server.url, {})).toEqual({ code: 'bad_request' })
    for (const accessToken of ['x', 'x'.repeat(256)]) {
      expect(await connectRaw(server.url, { accessToken })).toEqual({ code: 'unauthenticated' })
    }
  })
})

describe('malformed messages', () => {
  it(`harm nobody: ${messages} of them (seed ${seed})`, async () => {
    const run = await runMalformed(server, seed, messages)
    process.stdout.write(`\n${malformedLines(run)}\n\n`)
    expectHarmless(run, server)
  }, 120_000)
})
