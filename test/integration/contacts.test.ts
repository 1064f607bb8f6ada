// Own contacts from one phone through the server to the person's other phone: over REST, told by a push, and kept for offline.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest'
import { createEmitter } from '../../common/emitter.ts'
import { silentLogger } from '../../common/log.ts'
import { contactsAnswer, type Contact, type ContactsChange } from '../../common/protocol/contacts.ts'
import { restPaths } from '../../common/protocol/rest.ts'
import type { Push } from '../../common/protocol/socket.ts'
import type { AccountState } from '../../common/snapshot.ts'
import { createClock } from '../../main/clock.ts'
import { createRest } from '../../main/session/rest.ts'
import { createContactsCache } from '../../main/store/contacts-cache.ts'
import { createContacts } from '../../main/store/contacts.ts'
import { startPatientServer } from '../network/malformed.ts'
import { connectRaw, signIn } from '../support/raw-phone.ts'
import type { TestServer } from '../support/test-server.ts'

let server: TestServer
beforeAll(async () => {
  server = await startPatientServer()
})
afterAll(() => server.stop())

const contact = (id: string, name: string, number: string): Contact => ({
  id,
  name,
  company: '',
  numbers: [{ label: 'mobile', value: number }],
  emails: [],
  note: ''
})

/** The part of the app that keeps contacts, on a socket that a test sees. */
const phoneOf = async (username: string, folder: string) => {
  const { accessToken, user } = await signIn(server.url, username)
  const raw = await connectRaw(server.url, { accessToken })
  if ('code' in raw) throw new Error(raw.code)
  onTestFinished(() => raw.close())
  const pushed = createEmitter<Push>(() => undefined)
  const heard: unknown[] = []
  raw.socket.on('lists.changed', (data: Extract<Push, { name: 'lists.changed' }>['data']) => {
    heard.push(data)
    pushed.emit({ name: 'lists.changed', data })
  })
  const rest = createRest({ fetch, clock: createClock(), log: silentLogger })
  const account: AccountState = { state: 'signedIn', server: server.url, user, remembered: true }
  const cache = createContactsCache({ file: path.join(folder, `${username}-contacts.json`), log: silentLogger })
  const contacts = createContacts({
    session: {
      account: () => account,
      link: () => ({ state: 'joined' }),
      onChanged: () => () => undefined,
      onPush: pushed.on,
      rest: {
        contacts: (query) => rest.contacts(server.url, accessToken, query),
        changeContacts: (change) => rest.changeContacts(server.url, accessToken, change)
      }
    },
    cache,
    clock: createClock(),
    log: silentLogger
  })
  onTestFinished(contacts.close)
  pushed.emit({ name: 'session.welcome', data: {} as never })
  const names = async () => (await contacts.load()).contacts.map(({ name }) => name).sort()
  return { contacts, cache, names, heard, accessToken }
}

const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tamas-contacts-'))
  // The last copy may still be on its way to the disk.
  onTestFinished(() => rm(folder, { recursive: true, maxRetries: 50, retryDelay: 100 }))
  return folder
}

it("a change on one phone is on the person's other one, on nobody else's, and on the disk", async () => {
  const [desk, laptop, stranger] = [
    await phoneOf('101', await newFolder()),
    await phoneOf('101', await newFolder()),
    await phoneOf('102', await newFolder())
  ]
  const first = { save: [contact('a', 'Grandma', '021 8877 6655'), contact('b', 'کیان', '۱۰۲')], remove: [] }
  expect(await desk.contacts.change(first)).toEqual({ ok: true, value: { added: 2, changed: 0, removed: 0 } })
  expect(await desk.names()).toEqual(['Grandma', 'کیان'])
  await expect.poll(laptop.names).toEqual(['Grandma', 'کیان'])
  expect(laptop.contacts.names().nameOf('102')).toBe('کیان')
  const second = { save: [contact('a', 'Grandmother', '021 8877 6655')], remove: ['b'] }
  expect(await laptop.contacts.change(second)).toEqual({ ok: true, value: { added: 0, changed: 1, removed: 1 } })
  await expect.poll(desk.names).toEqual(['Grandmother'])
  // What changes nothing is told to nobody.
  expect(await laptop.contacts.change(second)).toEqual({ ok: true, value: { added: 0, changed: 0, removed: 0 } })
  expect(await desk.contacts.change({ save: [contact('c', 'Echo', '100')], remove: [] })).toMatchObject({ ok: true })
  await expect.poll(laptop.names).toEqual(['Echo', 'Grandmother'])
  const news = { lists: ['contacts'] }
  expect([desk.heard, laptop.heard, stranger.heard]).toEqual([[news], [news, news], []])
  expect(await stranger.names()).toEqual([])
  await laptop.cache.settled()
  expect([...(await laptop.cache.load(`${server.url} 101`)).contacts.keys()].sort()).toEqual(['a', 'c'])
})

it('an import of ten thousand arrives whole, and one more is refused with nothing done', async () => {
  const folder = await newFolder()
  const [desk, laptop] = [await phoneOf('103', folder), await phoneOf('103', await newFolder())]
  const batch = (from: number): ContactsChange => ({
    save: Array.from({ length: 500 }, (_, index) =>
      contact(`m${from + index}`, `Person ${from + index}`, `+98912${from + index}`)
    ),
    remove: []
  })
  for (let from = 0; from < 10_000; from += 500) {
    expect(await desk.contacts.change(batch(from))).toMatchObject({ ok: true, value: { added: 500 } })
  }
  expect((await desk.contacts.load()).contacts).toHaveLength(10_000)
  await expect.poll(async () => (await laptop.contacts.load()).contacts.length).toBe(10_000)
  expect(await desk.contacts.change({ save: [contact('x', 'One more', '1')], remove: [] })).toMatchObject({
    ok: false,
    error: { code: 'too_many_contacts' }
  })
  expect((await desk.contacts.load()).contacts).toHaveLength(10_000)
  const page = await fetch(`${server.url}${restPaths.contacts}?since=10000`, {
    headers: { authorization: `Bearer ${desk.accessToken}` }
  })
  expect(contactsAnswer.parse(await page.json())).toEqual({
    whole: false,
    result: [],
    removed: [],
    revision: 10_000,
    next: null
  })
})
