// What every database must do for the store: the same tests for the embedded one and for PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Clock } from '../../../common/time.ts'
import type { User } from '../../../server/ports.ts'
import type { Store } from '../../../server/store/index.ts'
import { describeIdentity } from './identity-contract.ts'
import { callRecord, endRecord } from './records.ts'
import { codeOf, createStoreWorld, type StoreWorld } from './store-world.ts'

export const describeStore = (name: string, open: (clock: Clock) => Promise<Store>): void => {
  describe(name, () => {
    let made: StoreWorld
    const world = (): StoreWorld => made
    beforeAll(async () => {
      made = await createStoreWorld(open)
    })
    afterAll(() => made.store.close())

    describeIdentity(world)
    describe('lists', () => {
      it('lists all others, echo too, each name once', async () => {
        const session = await world().sessionOf((await world().signedIn('101')).accessToken)
        const others = await world().store.lists.directory(session)
        expect(others.map(({ username, kind }) => [username, kind])).toEqual([
          ['100', 'echo'],
          ['102', 'person'],
          ['103', 'person']
        ])
        const twin = {
          applicationId: 'default',
          username: '١٠١',
          names: { en: '', fa: '' },
          kind: 'person',
          password: null
        } as const
        expect(await world().store.admin.add(twin)).toBeNull()
        expect(await world().store.admin.add({ ...twin, applicationId: 'another' })).not.toBeNull()
        expect(await world().store.lists.directory(session)).toHaveLength(3)
      })

      it('keeps favourites in their order and refuses strangers', async () => {
        const session = await world().sessionOf((await world().signedIn('101')).accessToken)
        expect(await world().store.lists.favourites(session)).toEqual({ usernames: [] })
        expect(await world().store.lists.setFavourites(session, { usernames: ['103', '۱۰۲', '103'] })).toEqual({
          ok: true,
          value: { usernames: ['103', '102'] }
        })
        expect(codeOf(await world().store.lists.setFavourites(session, { usernames: ['102', '999'] }))).toBe(
          'not_found'
        )
        expect(await world().store.lists.favourites(session)).toEqual({ usernames: ['103', '102'] })
        expect(await world().store.lists.setFavourites(session, { usernames: [] })).toEqual({
          ok: true,
          value: { usernames: [] }
        })
      })
    })

    describe('preferences', () => {
      it('has defaults, keeps what is set, and screens calls by it', async () => {
        const session = await world().sessionOf((await world().signedIn('101')).accessToken)
        const defaults = { callWaiting: true, doNotDisturb: 'off' }
        expect(await world().store.lists.preferences(session)).toEqual(defaults)
        expect(await world().store.screening.screen(world().sara.userId, world().kian.userId)).toEqual({
          ...defaults,
          blocked: false
        })
        for (const wanted of [
          { callWaiting: false, doNotDisturb: 'busy' },
          { callWaiting: true, doNotDisturb: 'silent' }
        ] as const) {
          expect(await world().store.lists.setPreferences(session, wanted)).toEqual({ ok: true, value: wanted })
          expect(await world().store.lists.preferences(session)).toEqual(wanted)
          expect(await world().store.screening.screen(world().sara.userId, world().kian.userId)).toEqual({
            ...wanted,
            blocked: false
          })
        }
        expect(await world().store.screening.screen(world().kian.userId, world().sara.userId)).toEqual({
          ...defaults,
          blocked: false
        })
      })

      it('keeps the block list, refuses strangers, and blocks one way', async () => {
        const session = await world().sessionOf((await world().signedIn('101')).accessToken)
        const isBlocked = async (receptor: User, caller: User) =>
          (await world().store.screening.screen(receptor.userId, caller.userId)).blocked
        expect(await isBlocked(world().sara, world().kian)).toBe(false)
        expect(await world().store.lists.blocked(session)).toEqual({ usernames: [] })
        expect(await world().store.lists.setBlocked(session, { usernames: ['103', '۱۰۲', '102'] })).toEqual({
          ok: true,
          value: { usernames: ['103', '102'] }
        })
        expect(codeOf(await world().store.lists.setBlocked(session, { usernames: ['999'] }))).toBe('not_found')
        expect(await world().store.lists.blocked(session)).toEqual({ usernames: ['103', '102'] })
        expect([await isBlocked(world().sara, world().kian), await isBlocked(world().kian, world().sara)]).toEqual([
          true,
          false
        ])
        await world().store.lists.setBlocked(session, { usernames: [] })
        expect(await isBlocked(world().sara, world().kian)).toBe(false)
      })

      it('tells nobody of a blocked call: no row for who blocked, no reason for who was', async () => {
        const end = { reason: 'unreachable', by: 'server', detail: 'blocked', at: 2_000 } as const
        await world().store.journal.commit([endRecord('was-blocked', 'u-caller', 'u-receptor', { end })])
        const session = await world().sessionOf((await world().signedIn('101')).accessToken)
        const of = async (userId: string) => {
          const page = await world().store.history.page({ ...session, userId }, { limit: 5 })
          return page.ok ? page.value.result : []
        }
        expect(await of('u-receptor')).toEqual([])
        const [row] = await of('u-caller')
        expect(row).toMatchObject({ callId: 'was-blocked', reason: 'unreachable' })
        expect(row).not.toHaveProperty('detail')
        expect((await world().store.journal.findEnded('was-blocked'))?.end.detail).toBe('blocked')
      })
    })

    describe('journal', () => {
      const live = async (): Promise<unknown[]> =>
        (await world().store.journal.loadLive())
          .map(({ state }) => state)
          .filter((state) => JSON.stringify(state).includes('journal-'))

      it('keeps the latest record of a call, whatever comes in which order and how often', async () => {
        const at = (seq: number) => callRecord('journal-1', 'u1', 'u2', { seq, state: { at: 'journal-', seq } })
        await world().store.journal.commit([at(1), at(2)])
        await world().store.journal.commit([at(5)])
        await world().store.journal.commit([at(3), at(5)])
        await world().store.journal.commit([at(4)])
        expect(await live()).toEqual([{ at: 'journal-', seq: 5 }])
        const legs = [
          { deviceId: 'd1', side: 'caller', phase: 'chosen' },
          { deviceId: 'd2', side: 'receptor', phase: 'gone' }
        ] as const
        const end = { reason: 'call_received', by: 'receptor', detail: 'glare', at: 7 } as const
        expect(await world().store.journal.findEnded('journal-1')).toBeNull()
        await world().store.journal.commit([
          endRecord('journal-1', 'u1', 'u2', { seq: 6, legs, end, startedAt: 5, talkMs: 2 })
        ])
        await world().store.journal.commit([at(4)])
        expect(await live()).toEqual([])
        const ended = await world().store.journal.findEnded('journal-1')
        expect(ended).toMatchObject({ callId: 'journal-1', seq: 6, callerId: 'u1', startedAt: 5, talkMs: 2, end })
        expect(ended?.legs).toEqual(expect.arrayContaining([...legs]))
        expect(await world().store.journal.findEnded('nobody')).toBeNull()
      })

      it('gives up a live call once, and both sides see that it is over', async () => {
        await world().store.journal.commit([callRecord('journal-6', 'u6', 'u7')])
        await world().store.journal.giveUp('journal-6', 70)
        await world().store.journal.giveUp('journal-6', 90)
        expect(await live()).toEqual([])
        const end = { reason: 'unknown', by: 'server', at: 70 }
        expect(await world().store.journal.findEnded('journal-6')).toMatchObject({ seq: 2, end })
      })

      it('finds the call that a request made, and lets it make no other', async () => {
        const creation = { deviceId: 'd1', requestId: 'r1' }
        await world().store.journal.commit([callRecord('journal-2', 'u1', 'u2', { creation })])
        await world().store.journal.commit([endRecord('journal-2', 'u1', 'u2')])
        expect(await world().store.journal.findCreated('d1', 'r1')).toBe('journal-2')
        expect(await world().store.journal.findCreated('d1', 'r2')).toBeNull()
        const other = { deviceId: 'd2', requestId: 'r1' }
        const results = await Promise.allSettled([
          world().store.journal.commit([endRecord('journal-3', 'u1', 'u2', { creation: other })]),
          world().store.journal.commit([endRecord('journal-4', 'u1', 'u2', { creation })]),
          world().store.journal.commit([endRecord('journal-5', 'u1', 'u2')])
        ])
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
        expect(await world().store.journal.findCreated('d2', 'r1')).toBe('journal-3')
        expect(await world().store.journal.findEnded('journal-4')).toBeNull()
        expect(await world().store.journal.findEnded('journal-5')).not.toBeNull()
      })
    })
  })
}
