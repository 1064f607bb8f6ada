// What every database must do for own contacts: the same tests for the embedded one and for PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Contact, ContactsAnswer } from '../../../common/protocol/contacts.ts'
import type { Clock } from '../../../common/time.ts'
import type { Session } from '../../../server/ports.ts'
import type { Store } from '../../../server/store/index.ts'
import { createStoreWorld, type StoreWorld } from './store-world.ts'

const contact = (id: string, part: Partial<Contact> = {}): Contact => ({
  id,
  name: `Person ${id}`,
  company: 'شرکت',
  numbers: [{ label: 'mobile', value: '۰۹۱۲ ۱۲۳ ۴۵۶۷' }],
  emails: ['a@b.c'],
  note: 'one\ntwo "three" \\ \u2066',
  ...part
})
const many = (from: number, count: number, part: Partial<Contact> = {}): Contact[] =>
  Array.from({ length: count }, (_, index) => contact(`m${from + index}`, part))

export const describeContacts = (name: string, open: (clock: Clock) => Promise<Store>): void => {
  describe(`${name}: own contacts`, () => {
    let world: StoreWorld
    let sara: Session
    let kian: Session
    beforeAll(async () => {
      world = await createStoreWorld(open)
      sara = await world.sessionOf((await world.signedIn('101')).accessToken)
      kian = await world.sessionOf((await world.signedIn('102')).accessToken)
    })
    afterAll(() => world.store.close())

    const change = async (
      session: Session,
      save: readonly Contact[],
      remove: readonly string[] = [],
      since?: number
    ) => {
      const asked = { save: [...save], remove: [...remove], ...(since !== undefined && { since }) }
      const result = await world.store.contacts.change(session, asked)
      return result.ok ? result.value : result.error.code
    }
    /** What a phone does that knows `known` up to `since`: page after page, until there is none. */
    const follow = async (session: Session, known: ReadonlyMap<string, Contact> = new Map(), since = 0) => {
      const book = new Map(known)
      const pages: ContactsAnswer[] = []
      let asked = { since, after: 0 }
      for (;;) {
        const page = await world.store.contacts.page(session, asked)
        if (page.whole && asked.after === 0) book.clear()
        for (const one of page.result) book.set(one.id, one)
        for (const id of page.removed) book.delete(id)
        pages.push(page)
        if (page.next === null) return { book, pages, revision: page.revision }
        asked = { since: page.whole ? 0 : asked.since, after: page.next }
      }
    }

    it('keeps them as they are, counts what is new, and does nothing twice', async () => {
      expect(await change(sara, [contact('a'), contact('b')])).toEqual({
        added: 2,
        changed: 0,
        removed: 0,
        revision: 2
      })
      expect(await change(sara, [contact('a'), contact('b')])).toEqual({
        added: 0,
        changed: 0,
        removed: 0,
        revision: 2
      })
      expect((await follow(sara)).book).toEqual(
        new Map([
          ['a', contact('a')],
          ['b', contact('b')]
        ])
      )
      const renamed = contact('a', { name: 'Another', numbers: [], emails: [], note: '', company: '' })
      expect(await change(sara, [renamed, contact('c')], ['b', 'nobody'])).toEqual({
        added: 1,
        changed: 1,
        removed: 1,
        revision: 5
      })
      expect((await follow(sara)).book).toEqual(
        new Map([
          ['a', renamed],
          ['c', contact('c')]
        ])
      )
      // The last word on one contact holds.
      expect(await change(sara, [contact('a'), renamed, contact('c')], ['c'])).toMatchObject({ changed: 0, removed: 1 })
      expect(await change(sara, [contact('b')])).toMatchObject({ added: 1 })
    })

    it("are one user's alone", async () => {
      expect((await follow(kian)).book.size).toBe(0)
      await change(kian, [contact('a', { name: 'Of Kian' })])
      expect((await follow(sara)).book.get('a')?.name).toBe('Another')
      await change(kian, [], ['b'])
      expect((await follow(sara)).book.has('b')).toBe(true)
    })

    it('tells a phone what changed since it asked, and one that knows all nothing', async () => {
      const { book, revision } = await follow(sara)
      const now = await follow(sara, book, revision)
      expect(now.pages).toEqual([{ whole: false, result: [], removed: [], revision, next: null }])
      await change(sara, [contact('d'), contact('a')], ['b'])
      const later = await follow(sara, book, revision)
      expect(later.pages).toMatchObject([{ whole: false, removed: ['b'], next: null }])
      expect(later.pages[0]?.result.map(({ id }) => id).sort()).toEqual(['a', 'd'])
      expect(later.book).toEqual((await follow(sara)).book)
      // From a database that this one was not made from.
      const lost = await follow(sara, new Map([['ghost', contact('ghost')]]), 1_000_000)
      expect(lost.pages[0]?.whole).toBe(true)
      expect(lost.book).toEqual(later.book)
    })

    it('pages through ten thousand, refuses one more, and does not do half of a change', async () => {
      expect(await change(kian, [], ['a'])).toMatchObject({ removed: 1 })
      for (let from = 0; from < 10_000; from += 500) {
        expect(await change(kian, many(from, 500))).toMatchObject({ added: 500 })
      }
      const { book, pages, revision } = await follow(kian)
      expect(book.size).toBe(10_000)
      expect(pages).toHaveLength(10)
      expect(pages.every(({ result }) => result.length === 1_000)).toBe(true)
      expect(await change(kian, [contact('one-more'), contact('m0', { name: 'Changed' })])).toBe('too_many_contacts')
      expect((await follow(kian, book, revision)).pages[0]).toMatchObject({ result: [], revision })
      expect(await change(kian, [contact('one-more')], ['m0'])).toMatchObject({ added: 1, removed: 1 })
    })

    it('tells who turns the pages what is removed meanwhile, also from a page of before', async () => {
      const first = await world.store.contacts.page(kian, { since: 0, after: 0 })
      const gone = first.result[0]?.id ?? 'none'
      await change(kian, [], [gone])
      const removed: string[] = []
      for (let after = first.next; after !== null;) {
        const page = await world.store.contacts.page(kian, { since: 0, after })
        removed.push(...page.removed)
        after = page.next
      }
      expect(removed).toContain(gone)
    })

    it('sends no page that is longer than a phone reads', async () => {
      const long = many(0, 300, { note: 'ن'.repeat(2_000) })
      await change(sara, long)
      const { book, pages } = await follow(sara)
      expect(pages.length).toBeGreaterThan(1)
      for (const page of pages) expect(Buffer.byteLength(JSON.stringify(page))).toBeLessThan(2 * 1024 * 1024)
      for (const one of long) expect(book.get(one.id)).toEqual(one)
    })

    it('forgets removed ones after many changes; a phone from before then is told all', async () => {
      const { book, revision } = await follow(sara)
      await change(sara, [], ['d'])
      for (let round = 0; round < 42; round += 1) {
        await change(sara, many(0, 500, { name: `Round ${round}`, note: '' }))
      }
      const later = await follow(sara, book, revision)
      expect(later.pages[0]).toMatchObject({ whole: true, removed: [] })
      expect(later.book).toEqual((await follow(sara)).book)
      expect([later.book.has('d'), later.book.has('m499')]).toEqual([false, true])
    })

    it('takes changes at once one after the other', async () => {
      const before = (await follow(sara)).revision
      await Promise.all(Array.from({ length: 8 }, (_, index) => change(sara, [contact(`at-once-${index}`)])))
      const { book, revision } = await follow(sara)
      expect(revision).toBe(before + 8)
      for (let index = 0; index < 8; index += 1) expect(book.has(`at-once-${index}`)).toBe(true)
    })

    it('takes no change of what another device has changed since it was known, and loses nothing by that', async () => {
      const { revision } = await follow(sara)
      expect(await change(sara, [contact('x'), contact('y'), contact('z')])).toMatchObject({ added: 3 })
      const known = revision + 3
      const mine = contact('x', { name: 'Mine' })
      expect(await change(sara, [contact('x', { name: 'Theirs' })], [], known)).toMatchObject({ changed: 1 })
      expect(await change(sara, [mine, contact('new')], ['y'], known)).toBe('contact_changed')
      const { book } = await follow(sara)
      expect([book.get('x')?.name, book.has('new'), book.has('y')]).toEqual(['Theirs', false, true])
      // What nobody else has touched is changed, what is so already is nothing, and who knows it may go over it.
      expect(await change(sara, [contact('z', { name: 'Other' })], [], known)).toMatchObject({ changed: 1 })
      expect(await change(sara, [contact('x', { name: 'Theirs' })], [], known)).toMatchObject({ changed: 0 })
      expect(await change(sara, [mine], [], known + 2)).toMatchObject({ changed: 1 })
      expect(await change(sara, [], ['x'])).toMatchObject({ removed: 1 })
      expect(await change(sara, [contact('x')], [], known + 3)).toBe('contact_changed')
      expect(await change(sara, [], ['y', 'z'])).toMatchObject({ removed: 2 })
    })
  })
}
