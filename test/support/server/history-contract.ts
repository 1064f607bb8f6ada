// What every database must do for the history: the same tests for the embedded one and for PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HistoryQuery } from '../../../common/protocol/history.ts'
import { fold } from '../../../common/fold.ts'
import type { Clock } from '../../../common/time.ts'
import type { CallRecord, Session, User } from '../../../server/ports.ts'
import type { Store } from '../../../server/store/index.ts'
import { endRecord } from './records.ts'
import { codeOf, createStoreWorld, type StoreWorld } from './store-world.ts'

const person = (username: string, en: string, fa: string) =>
  ({ applicationId: 'default', username, names: { en, fa }, kind: 'person', password: null }) as const

export const describeHistory = (name: string, open: (clock: Clock) => Promise<Store>): void => {
  describe(name, () => {
    let world: StoreWorld
    let mine: Session
    let users = 0
    beforeAll(async () => {
      world = await createStoreWorld(open)
      mine = await world.sessionOf((await world.signedIn('101')).accessToken)
    })
    afterAll(() => world.store.close())

    /** Somebody new, whose history is empty. */
    const somebody = async (): Promise<{ user: User; session: Session }> => {
      users += 1
      const user = await world.store.admin.add(person(`u${users}`, '', ''))
      if (user === null) throw new Error('not added')
      return { user, session: { ...mine, userId: user.userId } }
    }
    const commit = (...records: readonly CallRecord[]): Promise<void> => world.store.journal.commit(records)
    const page = async (session: Session, query: Partial<HistoryQuery> = {}) => {
      const found = await world.store.history.page(session, { limit: 50, ...query })
      if (!found.ok) throw new Error(found.error.code)
      return found.value
    }
    const ids = async (session: Session, query: Partial<HistoryQuery> = {}) =>
      (await page(session, query)).result.map(({ callId }) => callId)
    const end = (reason: 'missed' | 'hangup' | 'rejected' | 'busy', at: number) => ({
      end: { reason, by: 'caller', at } as const,
      createdAt: at - 10
    })

    it('keeps none for the echo service, and none at all of a check of calls', async () => {
      const echo = await world.user('100')
      const { user, session } = await somebody()
      const legs = [
        { deviceId: 'd-caller', side: 'caller', phase: 'chosen' },
        { deviceId: 'echo', side: 'receptor', phase: 'chosen' }
      ] as const
      await commit(
        endRecord('to-echo', user.userId, echo.userId, { legs }),
        endRecord('checked', user.userId, echo.userId, { legs, check: true })
      )
      expect(await ids(session)).toEqual(['to-echo'])
      expect(await ids({ ...mine, userId: echo.userId })).toEqual([])
    })

    it('pages through both sides, newest first, each call once', async () => {
      const [caller, receptor] = [await somebody(), await somebody()]
      // Several at the same moment: the page must not lose or repeat one of them.
      const records = Array.from({ length: 25 }, (_, index) =>
        endRecord(`page-${index}`, caller.user.userId, receptor.user.userId, {
          createdAt: 50_000 + Math.floor(index / 4)
        })
      )
      await commit(...records)
      const read = async (session: Session, limit: number): Promise<string[]> => {
        const read: string[] = []
        let cursor: string | undefined
        do {
          const found = await page(session, { limit, cursor })
          read.push(...found.result.map(({ callId }) => callId))
          cursor = found.next ?? undefined
        } while (cursor !== undefined)
        return read
      }
      const expected = [...records]
        .sort((a, b) => b.createdAt - a.createdAt || (a.callId < b.callId ? 1 : -1))
        .map(({ callId }) => callId)
      expect(await read(caller.session, 7)).toEqual(expected)
      expect(await read(receptor.session, 25)).toEqual(expected)
      expect((await page(receptor.session, { limit: 1 })).result[0]).toEqual({
        callId: 'page-24',
        direction: 'inbound',
        peer: { userId: caller.user.userId, username: caller.user.username, names: caller.user.names },
        createdAt: 50_006,
        finishedAt: 2_000,
        durationMs: 0,
        reason: 'unreachable',
        by: 'server'
      })
      expect(codeOf(await world.store.history.page(caller.session, { limit: 5, cursor: 'made-up' }))).toBe(
        'bad_request'
      )
    })

    it('is searched by name and number in either script, and narrowed by direction and outcome', async () => {
      const { user, session } = await somebody()
      const ali = await world.store.admin.add(person('+98۲۱7001', 'Ali Reza 50%_a', 'علي‌رضا كیان'))
      const zoe = await world.store.admin.add(person('zoe', 'Zoé Dubois', ''))
      if (ali === null || zoe === null) throw new Error('not added')
      await commit(
        endRecord('s-1', user.userId, ali.userId, end('hangup', 1_010)),
        endRecord('s-2', ali.userId, user.userId, end('missed', 1_020)),
        endRecord('s-3', zoe.userId, user.userId, end('rejected', 1_030)),
        endRecord('s-4', zoe.userId, user.userId, end('busy', 1_040)),
        endRecord('s-5', user.userId, zoe.userId, end('missed', 1_050))
      )
      const found = async (q: string, rest: Partial<HistoryQuery> = {}) =>
        (await ids(session, { q, ...rest })).join(' ')
      for (const q of ['علی', 'کيان', 'علیرضا', 'رضا علی', 'ali', '7001', '۷۰۰۱', '+98 (21) 70-01', '50%', '%_a']) {
        expect([q, await found(q)]).toEqual([q, 's-2 s-1'])
      }
      for (const q of ['zoe', 'ZOE dub', 'é']) expect([q, (await found(q)).includes('s-5 s-4 s-3')]).toEqual([q, true])
      for (const q of ['x%', '_', 'ali dubois', '\\'])
        expect([q, await found(q)]).toEqual([q, q === '_' ? 's-2 s-1' : ''])
      expect(await found(' \u200c ')).toBe('s-5 s-4 s-3 s-2 s-1')
      expect(await ids(session, { outcome: 'missed' })).toEqual(['s-4', 's-2'])
      expect(await ids(session, { direction: 'inbound' })).toEqual(['s-4', 's-3', 's-2'])
      expect(await ids(session, { direction: 'outbound', outcome: 'missed' })).toEqual([])
      expect(await found('zoe', { direction: 'outbound' })).toBe('s-5')
      const first = await page(session, { q: 'zoe', limit: 2 })
      expect(await ids(session, { q: 'zoe', limit: 2, cursor: first.next ?? '' })).toEqual(['s-3'])
      expect(fold('Zoé')).toBe('zoe')
    })

    it('finds what many people are called alike', async () => {
      const { user, session } = await somebody()
      const many = await Promise.all(
        Array.from({ length: 70 }, (_, at) => world.store.admin.add(person(`alike-${at}`, `Alike ${at}`, '')))
      )
      await commit(
        ...many.map((other, at) => endRecord(`m-${at}`, user.userId, other?.userId ?? '', { createdAt: at }))
      )
      expect((await ids(session, { q: 'alike', limit: 100 })).length).toBe(70)
      expect(await ids(session, { q: 'alike', limit: 2 })).toEqual(['m-69', 'm-68'])
      expect(await ids(session, { q: 'alike 69' })).toEqual(['m-69'])
    })

    it('takes calls away for one side only, brings them back, and counts that', async () => {
      const [one, other] = [await somebody(), await somebody()]
      const records = [1, 2, 3].map((at) =>
        endRecord(`r-${at}`, one.user.userId, other.user.userId, end('missed', at * 100))
      )
      await commit(...records)
      const { history } = world.store
      expect(await history.remove(other.session, ['r-2'])).toMatchObject({
        ok: true,
        value: { edition: 1, missed: 2, changed: 1 }
      })
      expect(await history.remove(other.session, ['r-2'])).toMatchObject({
        ok: true,
        value: { edition: 1, changed: 0 }
      })
      expect(await ids(other.session)).toEqual(['r-3', 'r-1'])
      expect(await ids(one.session)).toEqual(['r-3', 'r-2', 'r-1'])
      expect((await world.store.journal.findEnded('r-2'))?.callId).toBe('r-2')
      // A record that is written once more does not bring it back.
      await commit(...records)
      expect(await ids(other.session)).toEqual(['r-3', 'r-1'])
      expect(codeOf(await history.details(other.session, 'r-2'))).toBe('not_found')
      expect(await history.restore(other.session, ['r-2'])).toMatchObject({
        ok: true,
        value: { edition: 2, missed: 3 }
      })
      expect(await ids(other.session)).toEqual(['r-3', 'r-2', 'r-1'])
      expect(await history.clear(other.session, 190)).toMatchObject({ ok: true, value: { edition: 4, missed: 1 } })
      expect(await ids(other.session)).toEqual(['r-3'])
      expect(await ids(one.session)).toEqual(['r-3', 'r-2', 'r-1'])
      const stranger = await somebody()
      for (const ask of [history.remove, history.restore]) {
        expect(codeOf(await ask(stranger.session, ['r-3', 'r-2']))).toBe('not_found')
      }
      expect(codeOf(await history.details(stranger.session, 'r-3'))).toBe('not_found')
    })

    it('takes several away at once and brings them back: the own ones, whatever else is named', async () => {
      const [one, other] = [await somebody(), await somebody()]
      const many = Array.from({ length: 500 }, (_, at) => `s-${at}`)
      await commit(...many.map((id, at) => endRecord(id, one.user.userId, other.user.userId, end('missed', at + 1))))
      await commit(endRecord('theirs', one.user.userId, world.kian.userId, end('missed', 1_000)))
      const { history } = world.store
      const named = [...many.slice(1), 'theirs']
      expect(await history.remove(other.session, named)).toMatchObject({
        ok: true,
        value: { edition: 499, changed: 499, missed: 1 }
      })
      expect(await ids(other.session)).toEqual(['s-0'])
      expect((await page(one.session, { limit: 500 })).result).toHaveLength(500)
      expect(await ids(one.session, { limit: 1 })).toEqual(['theirs'])
      expect(await history.restore(other.session, named)).toMatchObject({
        ok: true,
        value: { edition: 998, changed: 499 }
      })
    })

    it('knows what was missed and not yet seen; what was seen stays so', async () => {
      const { user, session } = await somebody()
      const kian = world.kian.userId
      await commit(
        endRecord('k-1', kian, user.userId, end('missed', 100)),
        endRecord('k-2', kian, user.userId, end('busy', 200)),
        endRecord('k-3', kian, user.userId, { ...end('hangup', 300), startedAt: 295 }),
        endRecord('k-4', kian, user.userId, end('hangup', 400))
      )
      const seenAt = (await page(session)).marks
      expect(seenAt).toEqual({ seenAt: 0, missed: 3, edition: 0 })
      const { history } = world.store
      expect(await history.seen(session, 200)).toEqual({ ok: true, value: { seenAt: 200, missed: 1, edition: 0 } })
      expect(await history.seen(session, 100)).toMatchObject({ ok: true, value: { seenAt: 200, missed: 1 } })
      expect(await history.seen(session, 400)).toMatchObject({ ok: true, value: { seenAt: 400, missed: 0 } })
      await commit(endRecord('k-5', kian, user.userId, end('missed', 500)))
      expect((await page(session)).marks).toEqual({ seenAt: 400, missed: 1, edition: 0 })
    })

    it('tells how a call went, and which own device had it', async () => {
      const { user, session } = await somebody()
      const { deviceId } = await world.signedIn('102')
      const legs = [
        { deviceId: 'theirs', side: 'caller', phase: 'chosen' },
        { deviceId: 'gone', side: 'receptor', phase: 'gone' },
        { deviceId, side: 'receptor', phase: 'chosen' }
      ] as const
      const at = (seq: number, kind: string, data: Record<string, unknown> = {}) =>
        endRecord('d-1', world.sara.userId, user.userId, { seq, legs, event: { at: seq * 100, kind, data } })
      await commit(
        at(1, 'created'),
        at(2, 'accepted', { deviceId }),
        at(3, 'dtmf', { digits: '1234' }),
        at(4, 'finished')
      )
      expect(await world.store.history.details(session, 'd-1')).toEqual({
        ok: true,
        value: {
          device: 'desk',
          timeline: [
            { at: 100, event: 'started', by: null },
            { at: 200, event: 'answered', by: 'me' },
            { at: 400, event: 'ended', by: null }
          ],
          quality: { mine: null, theirs: null },
          rating: null
        }
      })
    })
  })
}
