// A call that is joined by its link, on a real server with real media: the app's own reading, question, session and phone,
// by somebody who is not signed in and by somebody who is.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { callDetail, callOrdered } from '../../common/protocol/back-end.ts'
import type { LinkQuestion } from '../../common/links.ts'
import { silentLogger } from '../../common/log.ts'
import { createClock } from '../../main/clock.ts'
import { createPhone } from '../../main/call/phone.ts'
import { createLinks, type Links } from '../../main/links/links.ts'
import type { Phone, SignalingSession } from '../../main/ports.ts'
import { createSignalingSession } from '../../main/session/session.ts'
import { createAsk, mintTokens } from '../support/server/application.ts'
import { createTestPhone, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

let server: TestServer
let dataDir: string
let ask: ReturnType<typeof createAsk>
const phones: TestPhone[] = []

beforeAll(async () => {
  dataDir = await mkdtemp(path.join(os.tmpdir(), 'tamas-links-'))
  const [token = ''] = await mintTokens(dataDir, 'demo')
  server = await startTestServer({ TAMAS_DATA_DIR: dataDir })
  ask = createAsk(server.url, token)
})
afterEach(async () => {
  for (const phone of phones.splice(0)) await phone.close()
})
afterAll(async () => {
  await server.stop()
  await rm(dataDir, { recursive: true, force: true })
})

const order = async (caller: string, receptor: string) =>
  callOrdered.parse(
    (await ask('POST', '/calls', { caller: { username: caller }, receptor: { username: receptor } })).body
  )
const record = async (callId: string) => callDetail.parse((await ask('GET', `/calls/${callId}`)).body)
/** Records are written a moment later. */
const recorded = (callId: string, status: string) =>
  expect.poll(async () => (await record(callId)).status, { timeout: 20_000 }).toBe(status)
/** The link as the server made it, with the server where this phone finds it: there is a wire in between. */
const by = (link: string, where: string): string =>
  link.replace(encodeURIComponent(server.url), encodeURIComponent(where))

const linksOf = (session: SignalingSession, phone: Phone): Links =>
  createLinks({ session, phone, clock: createClock(), newId: () => crypto.randomUUID(), log: silentLogger })
const follow = async (links: Links, link: string): Promise<LinkQuestion | null> => {
  links.open(link)
  await links.confirm(links.question()?.id ?? '')
  return links.question()
}

type Guest = TestPhone & { readonly links: Links }
const guestOf = async (link: string, hz: number): Promise<Guest> => {
  const made: { links?: Links } = {}
  const phone = await createTestPhone({
    server: server.url,
    username: 'guest',
    hz,
    enter: async ({ session, phone: inner, server: where }) => {
      made.links = linksOf(session, inner)
      expect(await follow(made.links, by(link, where))).toBeNull()
    }
  })
  phones.push(phone)
  if (made.links === undefined) throw new Error('the guest did not come in')
  return { ...phone, links: made.links }
}
/** Links in an app in which nobody is signed in. */
const linksOfNobody = (): Links => {
  const [clock, newId] = [createClock(), () => crypto.randomUUID()]
  const nothing = () => Promise.resolve(null)
  const session = createSignalingSession({
    clock,
    newId,
    random: Math.random,
    log: silentLogger,
    fetch,
    client: { name: 'tamas-test', version: '0', platform: 'node' },
    deviceName: 'of nobody',
    store: {
      load: nothing,
      save: () => Promise.reject(new Error('a sign-in for one call is kept nowhere')),
      forget: () => Promise.reject(new Error('and none is taken away')),
      deviceIdFor: nothing,
      last: () => Promise.resolve({ lastServer: '', lastUsername: '' })
    }
  })
  return linksOf(session, createPhone({ session, clock, newId, log: silentLogger, findPeer: () => null }))
}
const phoneOf = async (username: string, hz: number | null = null): Promise<TestPhone> => {
  const phone = await createTestPhone({ server: server.url, username, hz })
  phones.push(phone)
  return phone
}
const answers = async (phone: TestPhone): Promise<void> => {
  const ringing = await phone.until('a call that rings', (calls) => calls.find(({ can }) => can.answer)?.session)
  phone.phone.answer(ringing)
}
const isOut = (phone: TestPhone) => () => (phone.session.account().state === 'signedOut' ? true : null)

describe('by somebody who is not signed in', () => {
  it('the caller is in the call at once, both hear each other, and the end of the call signs out', async () => {
    const kian = await phoneOf('102', 900)
    const { id, joinLinks } = await order('101', '102')
    const guest = await guestOf(joinLinks.caller, 700)
    expect(guest.session.account()).toMatchObject({ state: 'guest', callId: id, user: { username: '101' } })
    await answers(kian)
    await Promise.all([guest.hears('conversation'), kian.hears('conversation')])
    const [atGuest, atKian] = await Promise.all([guest.ear(), kian.ear()])
    await Promise.all([atGuest.hears(900), atKian.hears(700)])
    expect(guest.phone.dial('103')).toMatchObject({ error: { code: 'not_signed_in' } })
    const session = kian.phone.calls()[0]?.session ?? ''
    kian.phone.hangUp(session)
    await guest.hears('E(hangup)')
    // The end is on the screen until it has been read.
    expect(guest.session.account().state).toBe('guest')
    guest.phone.dismiss(guest.phone.calls()[0]?.session ?? '')
    await guest.until('signed out', isOut(guest))
    expect(guest.links.question()).toMatchObject({ kind: 'left', began: true })
    await recorded(id, 'finished')
    expect(await record(id)).toMatchObject({ finishReason: 'hangup' })
  })

  it('the receptor, whose caller is there already, is in conversation without another gesture', async () => {
    const sara = await phoneOf('101', 900)
    const { joinLinks } = await order('101', '103')
    const waiting = await sara.until('a call to join', (calls) => calls.find(({ can }) => can.join)?.session)
    sara.phone.join(waiting)
    await sara.hears('trying')
    const guest = await guestOf(joinLinks.receptor, 700)
    await Promise.all([guest.hears('conversation'), sara.hears('conversation')])
    const [atGuest, atSara] = await Promise.all([guest.ear(), sara.ear()])
    await Promise.all([atGuest.hears(900), atSara.hears(700)])
  })

  it('a link that was used, a call that is over, one that is none and a server that is not there are told apart', async () => {
    const { id, joinLinks } = await order('101', '102')
    const guest = await guestOf(joinLinks.caller, 700)
    const other = linksOfNobody()
    expect(await follow(other, joinLinks.caller)).toMatchObject({ kind: 'notJoined', result: 'access_denied' })
    const called = (callId: string) => joinLinks.receptor.replace(encodeURIComponent(id), callId)
    expect(await follow(other, called('n1.nothing'))).toMatchObject({ result: 'invalid_call' })
    guest.phone.hangUp(guest.phone.calls()[0]?.session ?? '')
    await guest.hears('finished/L')
    await recorded(id, 'finished')
    expect(await follow(other, joinLinks.receptor)).toMatchObject({ result: 'call_session_finished' })
    const nowhere = by(joinLinks.receptor, 'http://127.0.0.1:9')
    expect(await follow(other, nowhere)).toMatchObject({ result: 'failed_to_connect' })
  })
})

describe('by somebody who is signed in', () => {
  it('the own call is joined with the own sign-in, and the code stays good', async () => {
    const [sara, kian] = [await phoneOf('101'), await phoneOf('102')]
    const { id, joinLinks } = await order('101', '102')
    await sara.until('a call to join', (calls) => calls.find(({ can }) => can.join))
    const { account } = sara.session
    const state = account()
    const where = state.state === 'signedIn' ? state.server : ''
    const links = linksOf(sara.session, sara.phone)
    expect(await follow(links, by(joinLinks.caller, where))).toBeNull()
    await answers(kian)
    await Promise.all([sara.hears('conversation'), kian.hears('conversation')])
    expect(account()).toMatchObject({ state: 'signedIn' })
    await recorded(id, 'conversation')
    expect(await follow(links, by(joinLinks.receptor, where)), 'it goes on already').toBeNull()
  })

  it("somebody else's call costs no code: a guest can still join by the same link", async () => {
    const kian = await phoneOf('102')
    const { joinLinks } = await order('101', '103')
    const links = linksOf(kian.session, kian.phone)
    const state = kian.session.account()
    const where = state.state === 'signedIn' ? state.server : ''
    expect(await follow(links, by(joinLinks.caller, where))).toMatchObject({ kind: 'join', step: 'notHere' })
    // As far as this phone knows that is another server: there is a wire in between.
    expect(await follow(links, joinLinks.caller)).toMatchObject({ kind: 'join', step: 'otherAccount' })
    const guest = await guestOf(joinLinks.caller, 700)
    await guest.hears('trying')
  })
})
