// Who may ask what: every request and every route there is, by its schema, for both sides of a call, a stranger, somebody
// with the code of another call, an application, and without a token that counts.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { CallRole } from '../../common/call/end.ts'
import { callOrdered } from '../../common/protocol/back-end.ts'
import { joinAnswer, restPaths } from '../../common/protocol/rest.ts'
import { requestNames, type RequestName } from '../../common/protocol/socket.ts'
import { createBackEndRoutes } from '../../server/http/back-end-routes.ts'
import { createContactRoutes } from '../../server/http/contact-routes.ts'
import { createPhoneRoutes } from '../../server/http/phone-routes.ts'
import type { Route } from '../../server/http/route.ts'
import { startPatientServer } from '../network/malformed.ts'
import { isAboutCall, sampleData, sampleOf } from '../support/fuzz/sample.ts'
import { connectRaw, joinRaw, signIn, type RawPhone } from '../support/raw-phone.ts'
import { createRandom } from '../support/relay/random.ts'
import { askedSeed } from '../support/seed.ts'
import { createAsk, mintTokens } from '../support/server/application.ts'
import type { TestServer } from '../support/test-server.ts'

const seed = askedSeed(8)
const random = createRandom(seed)
let server: TestServer
let dataDir: string
let applicationToken = ''
let otherApplicationToken = ''
const raws: RawPhone[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'tamas-authorisation-'))
  const [token = '', other = ''] = await mintTokens(dataDir, 'demo', 'bank')
  applicationToken = token
  otherApplicationToken = other
  server = await startPatientServer({ TAMAS_DATA_DIR: dataDir, TAMAS_CALL_ACCEPTED_MS: '60000' })
})
afterEach(() => {
  for (const phone of raws.splice(0)) phone.close()
})
afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const kept = (phone: RawPhone): RawPhone => {
  raws.push(phone)
  return phone
}
const raw = async (username: string): Promise<RawPhone> => kept(await joinRaw(server.url, username))
const codeOf = (result: Awaited<ReturnType<RawPhone['ask']>>): string => (result.ok ? 'ok' : result.error.code)
const aboutCalls = requestNames.filter(isAboutCall)

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

/** A call that the back end ordered for these two, with one code for each side. */
const order = async (caller: string, receptor: string) => {
  const people = { caller: { username: caller }, receptor: { username: receptor } }
  return callOrdered.parse((await createAsk(server.url, applicationToken)('POST', '/calls', people)).body)
}
const joinBy = async (callId: string, code: string) => {
  const answer = await fetch(`${server.url}${restPaths.joins}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ callId, code, device: { name: 'guest', platform: 'test' } })
  })
  return joinAnswer.parse(await answer.json())
}
/** The token of somebody who came in by the code of another call, as 101 or as 102. */
const guestToken = async (side: CallRole = 'caller') => {
  const other = side === 'caller' ? await order('101', '103') : await order('103', '102')
  const { id } = other
  const joined = await joinBy(id, other[side].joinCode)
  if (joined.result !== 'success') throw new Error(joined.result)
  return { token: joined.accessToken, callId: id }
}

/** The rest is for both, at its time. */
const notFor: { readonly [side in CallRole]: readonly RequestName[] } = {
  caller: ['call.ringing', 'call.accept', 'call.decline'],
  receptor: ['call.join']
}

describe(`who may ask what over the socket (seed ${seed})`, () => {
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

  /** Asks everything about a call of others and expects to be denied it, and the call to be as before. */
  const expectDeniedAll = async (stranger: RawPhone): Promise<void> => {
    const [caller, receptor] = [await raw('101'), await raw('102')]
    const callId = await accepted(caller, receptor)
    const pushed: unknown[] = []
    for (const phone of [caller, receptor]) {
      for (const push of ['call.signalled', 'media.pushed']) phone.socket.on(push, (told) => pushed.push(told))
    }
    // What is so already changes nothing, and the answer is the call as it is: `seq` counts its changes.
    const asItIs = async (): Promise<unknown> => {
      const told = await caller.ask('call.hold', { callId, held: false })
      if (!told.ok) throw new Error(told.error.code)
      const { call } = told.value as { call: { seq: number; status: string } }
      return [call.seq, call.status]
    }
    const before = await asItIs()
    for (const name of aboutCalls) {
      expect([name, codeOf(await stranger.ask(name, sampleData(name, callId, random)))]).toEqual([
        name,
        'access_denied'
      ])
    }
    expect([await asItIs(), pushed]).toEqual([before, []])
    expect(codeOf(await caller.ask('call.hangup', { callId }))).toBe('ok')
  }

  it('a third user is denied every request about a call of others, and changes nothing of it', async () => {
    await expectDeniedAll(await raw('103'))
  })

  it.each(['caller', 'receptor'] as const)(
    "with another call's code one is denied every request about this one, also as its own %s",
    async (side) => {
      const { token, callId } = await guestToken(side)
      const guest = await connectRaw(server.url, { accessToken: token })
      if ('code' in guest) throw new Error(guest.code)
      kept(guest)
      await expectDeniedAll(guest)
      expect(codeOf(await guest.ask('call.create', { to: '103' }))).toBe('access_denied')
      // What the code is for still works, as far as it goes before the other is there.
      expect(codeOf(await guest.ask('call.join', { callId }))).toBe(side === 'caller' ? 'ok' : 'access_denied')
      expect(codeOf(await guest.ask('call.ringing', { callId }))).toBe(
        side === 'caller' ? 'access_denied' : 'not_allowed_now'
      )
    }
  )

  it("another call's code opens no sign-in for this one, nor is it spent by that", async () => {
    const [mine, other] = [await order('101', '102'), await order('101', '102')]
    for (const side of ['caller', 'receptor'] as const) {
      expect((await joinBy(mine.id, other[side].joinCode)).result).toBe('access_denied')
      expect((await joinBy(other.id, other[side].joinCode)).result).toBe('success')
    }
  })

  it('of a call that does not exist nobody learns anything', async () => {
    const third = await raw('103')
    for (const name of aboutCalls) {
      expect([name, codeOf(await third.ask(name, sampleData(name, 'n1.none', random)))]).toEqual([name, 'invalid_call'])
    }
  })

  it('without a token, or with one that is not of a phone, there is no connection to ask on', async () => {
    expect(await connectRaw(server.url, {})).toEqual({ code: 'bad_request' })
    for (const accessToken of ['x', 'x'.repeat(256), applicationToken]) {
      expect(await connectRaw(server.url, { accessToken })).toEqual({ code: 'unauthenticated' })
    }
  })
})

describe(`who may ask what over REST (seed ${seed})`, () => {
  const signOut = `DELETE ${restPaths.sessions}`
  const nameOf = ({ method, path: where }: Route) => `${method} ${where}`
  // Only their descriptions are read. Signing out comes last: after it the token counts for nothing.
  const routes: readonly Route[] = [
    ...createPhoneRoutes({} as never),
    ...createContactRoutes({} as never),
    ...createBackEndRoutes({} as never)
  ].sort((one, other) => Number(nameOf(one) === signOut) - Number(nameOf(other) === signOut))

  const statusOf = async (route: Route, token: string | null, id: string): Promise<number> => {
    const { method, input } = route
    const query = input?.from === 'query' ? '?size=1' : ''
    const answer = await fetch(`${server.url}${route.path.replace('{id}', id)}${query}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` })
      },
      ...(input?.from === 'body' ? { body: JSON.stringify(sampleOf(input.schema, random)) } : {})
    })
    await answer.text()
    return answer.status
  }
  const statuses = async (of: Route['access'], token: string | null, id = 'n1.none') => {
    const found: Record<string, number> = {}
    for (const route of routes.filter(({ access }) => access === of)) {
      found[nameOf(route)] = await statusOf(route, token, id)
    }
    return found
  }
  const all = (of: Route['access'], status: number) =>
    Object.fromEntries(routes.filter(({ access }) => access === of).map((route) => [nameOf(route), status]))

  it.each<readonly [string, () => string | null]>([
    ['no token', () => null],
    ['a token that was never given', () => 'x'.repeat(43)],
    ['the token of an application', () => applicationToken]
  ])('with %s no route of phones answers', async (_, token) => {
    expect(await statuses('signedIn', token())).toEqual(all('signedIn', 401))
  })

  it("with another call's code a phone's routes are closed, but for signing out", async () => {
    const { token } = await guestToken()
    expect(await statuses('signedIn', token)).toEqual({ ...all('signedIn', 403), [signOut]: 204 })
  })

  it("a third user finds and changes nothing of others' history", async () => {
    const [caller, receptor] = [await raw('101'), await raw('102')]
    const callId = await accepted(caller, receptor)
    expect(codeOf(await caller.ask('call.hangup', { callId }))).toBe('ok')
    const about = routes.filter((route) => route.path === restPaths.historyItem)
    expect(about.map(({ method }) => method).sort()).toEqual(['DELETE', 'GET', 'PUT'])
    const stranger = (await signIn(server.url, '103')).accessToken
    for (const route of about)
      expect([nameOf(route), await statusOf(route, stranger, callId)]).toEqual([nameOf(route), 404])
    for (const own of ['101', '102']) {
      const token = (await signIn(server.url, own)).accessToken
      for (const route of about.filter(({ method }) => method === 'GET')) {
        expect([own, await statusOf(route, token, callId)]).toEqual([own, 200])
      }
    }
  })

  it.each<readonly [string, () => Promise<string | null>]>([
    ['no token', () => Promise.resolve(null)],
    ['a token that was never given', () => Promise.resolve('x'.repeat(43))],
    ["a phone's token", async () => (await signIn(server.url, '101')).accessToken],
    ["another call's code", async () => (await guestToken()).token]
  ])('with %s no route of back ends answers', async (_, token) => {
    const { id } = await order('101', '102')
    expect(await statuses('application', await token(), id)).toEqual(all('application', 401))
  })

  it("an application finds nothing of another's calls", async () => {
    const { id } = await order('101', '102')
    const found = await statuses('application', otherApplicationToken, id)
    const about = Object.entries(found).filter(([route]) => route.includes('{id}'))
    expect(about.length).toBeGreaterThanOrEqual(2)
    expect(about.map(([, status]) => status)).toEqual(about.map(() => 404))
  })

  it('a token whose time is over opens no route and no connection', async () => {
    const short = await startPatientServer({ TAMAS_ACCESS_TOKEN_MS: '4000' })
    const long = server
    server = short
    try {
      const { accessToken } = await signIn(short.url, '101')
      const phone = await connectRaw(short.url, { accessToken })
      if ('code' in phone) throw new Error(phone.code)
      kept(phone)
      expect(await phone.next('session.ended')).toEqual({ reason: 'token_expired' })
      expect(await statuses('signedIn', accessToken)).toEqual(all('signedIn', 401))
      expect(await statuses('application', accessToken)).toEqual(all('application', 401))
      expect(await connectRaw(short.url, { accessToken })).toEqual({ code: 'unauthenticated' })
    } finally {
      server = long
      await short.stop()
    }
  })
})
