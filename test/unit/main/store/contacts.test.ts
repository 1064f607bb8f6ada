// The own contacts: read when they are needed, followed by their revision, changed on the server first, and gone with the account.
import { describe, expect, it } from 'vitest'
import type { ContactsChange } from '../../../../common/protocol/contacts.ts'
import { fail, ok } from '../../../../common/result.ts'
import { emptyBook } from '../../../../main/store/contacts-cache.ts'
import { inParts } from '../../../../main/store/contacts-parts.ts'
import { reza, settle } from '../shell/fixtures.ts'
import { account, bookOf, contact, lost, setUp, signedIn, signedOut } from './contacts-world.ts'
describe('own contacts', () => {
  it('are read from the disk when somebody asks, offline too, and not before', async () => {
    const { contacts, reads, now, server, become, ids } = setUp({ [account]: bookOf(7, contact('1'), contact('2')) })
    now.link = lost
    await become(signedIn)
    expect([reads, contacts.rev()]).toEqual([[], 0])
    expect(await ids()).toEqual(['1', '2'])
    expect(await contacts.load()).toMatchObject({ rev: contacts.rev() })
    expect([reads, contacts.rev(), server.asked]).toEqual([[account], 1, []])
    expect(contacts.names().nameOf('101')).toBe('Person 1')
  })

  it('are fetched page by page with the first session, kept, and after that only what is new', async () => {
    const { contacts, server, stored, become, welcome, news, ids } = setUp()
    server.put(contact('1'), contact('2'), contact('3'), contact('4'), contact('5'))
    await become(signedIn)
    await welcome()
    expect(await ids()).toEqual(['1', '2', '3', '4', '5'])
    expect(server.asked).toEqual([
      { since: 0, after: 0 },
      { since: 0, after: 2 },
      { since: 0, after: 4 }
    ])
    expect(stored.get(account)?.revision).toBe(5)
    expect(contacts.rev()).toBe(1)
    server.asked.length = 0
    server.put(contact('2', { name: 'Renamed' }))
    server.drop('1')
    await news()
    expect(await ids()).toEqual(['2', '3', '4', '5'])
    expect(contacts.names().nameOf('102')).toBe('Renamed')
    expect(server.asked).toEqual([{ since: 5, after: 0 }])
    expect(stored.get(account)?.revision).toBe(7)
  })

  it('that have not changed cost one question, and nobody is told', async () => {
    const { server, become, welcome, told, contacts } = setUp()
    server.put(contact('1'))
    await become(signedIn)
    await welcome()
    const names = contacts.names()
    const before = told()
    server.asked.length = 0
    await welcome()
    expect([server.asked, told() - before]).toEqual([[{ since: 1, after: 0 }], 0])
    expect(contacts.names()).toBe(names)
  })

  it('begin anew where the server no longer knows what was known', async () => {
    const { server, become, welcome, ids } = setUp({ [account]: bookOf(900, contact('ghost')) })
    server.put(contact('1'), contact('2'), contact('3'))
    server.forgets = true
    await become(signedIn)
    await welcome()
    expect(await ids()).toEqual(['1', '2', '3'])
    expect(server.asked).toEqual([
      { since: 900, after: 0 },
      { since: 0, after: 2 }
    ])
  })

  it('change on the server first, and are here with the answer', async () => {
    const { contacts, server, become, welcome, ids, told } = setUp()
    await become(signedIn)
    await welcome()
    expect(await contacts.change({ save: [contact('1'), contact('2')], remove: [] })).toEqual(
      ok({ added: 2, changed: 0, removed: 0 })
    )
    expect(await ids()).toEqual(['1', '2'])
    expect(told()).toBe(1)
    server.failing = true
    expect(await contacts.change({ save: [contact('3')], remove: [] })).toEqual(fail('too_many_contacts'))
    expect(await ids()).toEqual(['1', '2'])
  })

  it('that another device was quicker with are known by the time this is said', async () => {
    const { contacts, server, become, welcome } = setUp()
    server.put(contact('1'))
    await become(signedIn)
    await welcome()
    const { revision } = await contacts.load()
    server.put(contact('1', { name: 'Theirs' }))
    const change = { save: [contact('1', { name: 'Mine' })], remove: [] }
    expect(await contacts.change({ ...change, since: revision })).toEqual(fail('contact_changed'))
    const now = await contacts.load()
    expect([now.contacts[0]?.name, now.revision]).toEqual(['Theirs', revision + 1])
    expect(await contacts.change({ ...change, since: now.revision })).toMatchObject({ ok: true })
    expect((await contacts.load()).contacts[0]?.name).toBe('Mine')
  })

  it('are not changed without a connection, and nothing is asked', async () => {
    const { contacts, server, now, become } = setUp()
    await become(signedIn)
    now.link = lost
    expect(await contacts.change({ save: [contact('1')], remove: [] })).toEqual(fail('disconnected'))
    expect(server.asked).toEqual([])
  })

  it('that change while they are on their way are fetched once more', async () => {
    const { server, become, welcome, news, ids } = setUp()
    server.put(contact('1'))
    await become(signedIn)
    let open = (): void => undefined
    server.gate = new Promise((resolve) => {
      open = () => resolve()
    })
    await welcome()
    server.put(contact('2'))
    await Promise.all([news(), news()])
    open()
    await settle()
    expect(await ids()).toEqual(['1', '2'])
    expect(server.asked).toHaveLength(2)
  })

  it('that could not be fetched are tried again after a while, as long as there is a session', async () => {
    const { server, now, clock, become, welcome, ids } = setUp()
    server.put(contact('1'))
    server.failing = true
    await become(signedIn)
    await welcome()
    server.failing = false
    clock.advance(4_999)
    expect(server.asked).toHaveLength(1)
    clock.advance(1)
    await settle()
    expect(await ids()).toEqual(['1'])
    server.failing = true
    now.link = lost
    await welcome()
    server.asked.length = 0
    clock.advance(60_000)
    expect(server.asked).toEqual([])
  })

  it("are gone with the sign-in, from the disk too; another account sees none of them, nor does one call's guest", async () => {
    const { contacts, server, stored, become, welcome, ids } = setUp()
    server.put(contact('1'))
    await become(signedIn)
    await welcome()
    await become(signedOut)
    expect(await ids()).toEqual([])
    expect([...stored]).toEqual([[null, emptyBook]])
    expect(contacts.names().nameOf('101')).toBeNull()
    server.asked.length = 0
    await become({ state: 'guest', server: 'https://a', user: reza, callId: 'n.1' })
    await welcome()
    expect([await ids(), server.asked]).toEqual([[], []])
  })

  it('that come after somebody has signed out are nobody’s', async () => {
    const { server, stored, become, welcome, ids } = setUp()
    server.put(contact('1'))
    await become(signedIn)
    let open = (): void => undefined
    server.gate = new Promise((resolve) => {
      open = () => resolve()
    })
    await welcome()
    await become(signedOut)
    open()
    await settle()
    expect([await ids(), [...stored]]).toEqual([[], [[null, emptyBook]]])
  })
})

describe('a long change', () => {
  const bytes = (part: ContactsChange) => Buffer.byteLength(JSON.stringify(part))
  const long = (count: number) =>
    Array.from({ length: count }, (_, index) => contact(`${index}`, { note: 'ن'.repeat(2_000) }))

  it('is one part, unless it is too much for the server at once', () => {
    const change = { save: [contact('1')], remove: ['2'] }
    expect(inParts(change)).toEqual([change])
    expect(inParts({ save: [], remove: ['2'] })).toEqual([{ save: [], remove: ['2'] }])
    const parts = inParts({ save: long(500), remove: ['a', 'b'] })
    expect(parts.length).toBeGreaterThan(1)
    for (const part of parts) expect(bytes(part)).toBeLessThan(1024 * 1024)
    expect(parts.flatMap(({ save }) => save)).toEqual(long(500))
    expect(parts.map(({ remove }) => remove.length)).toEqual([...parts.slice(1).map(() => 0), 2])
  })

  it('is told in order, and counted as one', async () => {
    const { contacts, server, become, welcome } = setUp()
    await become(signedIn)
    await welcome()
    server.asked.length = 0
    expect(await contacts.change({ save: long(300), remove: ['x'] })).toEqual(
      ok({ added: 300, changed: 0, removed: 1 })
    )
    expect(server.asked.filter((one) => 'save' in one).length).toBeGreaterThan(1)
  })

  it('goes on in no other account', async () => {
    const { contacts, server, become, now, welcome } = setUp()
    await become(signedIn)
    await welcome()
    server.asked.length = 0
    const changing = contacts.change({ save: long(300), remove: [] })
    now.account = { ...signedIn, server: 'https://b' }
    await become(now.account)
    expect(await changing).toEqual(fail('not_signed_in'))
    expect(server.asked.filter((one) => 'save' in one)).toHaveLength(1)
  })
})
