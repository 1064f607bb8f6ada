// What every database must do for back ends: tokens of applications, endpoints, orders, records of calls, join codes.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../../../common/log.ts'
import { dayMs, hourMs, minuteMs, type Clock } from '../../../common/time.ts'
import { createApplications } from '../../../server/identity/applications.ts'
import { createIdentity } from '../../../server/identity/identity.ts'
import { createJoins, joinCodeMs } from '../../../server/identity/joins.ts'
import type { Applications, Joins } from '../../../server/back-end/ports.ts'
import type { Identity, User } from '../../../server/ports.ts'
import type { Store } from '../../../server/store/index.ts'
import { callRecord, createTestClock, endRecord } from './records.ts'

const settings = {
  accessTokenMs: 15 * minuteMs,
  refreshTokenMs: 30 * dayMs,
  scryptLogN: 10,
  perUser: { burst: 5, everyMs: minuteMs },
  perAddress: { burst: 8, everyMs: minuteMs }
}
const device = { name: 'desk', platform: 'linux' }

export const describeBackEnds = (name: string, open: (clock: Clock) => Promise<Store>): void => {
  describe(`${name}, for back ends`, () => {
    const clock = createTestClock(1_000_000)
    let store: Store
    let applications: Applications
    let joins: Joins
    let identity: Identity
    let mina: User
    let omid: User
    let addresses = 0

    const add = async (applicationId: string, username: string): Promise<User> => {
      const user = await store.admin.add({
        applicationId,
        username,
        names: { en: username, fa: '' },
        kind: 'person',
        password: null
      })
      if (user === null) throw new Error(`${username} is there already`)
      return user
    }
    const from = (): string => {
      addresses += 1
      return `10.1.0.${addresses}`
    }
    const join = async (callId: string, code: string, address = from()) => {
      const answer = await joins.join({ callId, code, device }, address)
      return answer.ok ? answer.value : { result: answer.error.code }
    }
    /** A live call of Mina's to Omid's, in the journal. */
    const begin = (callId: string) =>
      store.journal.commit([callRecord(callId, mina.userId, omid.userId, { applicationId: 'shop', status: 'new' })])
    const end = (callId: string, at = 2_000) =>
      store.journal.commit([
        endRecord(callId, mina.userId, omid.userId, {
          applicationId: 'shop',
          end: { reason: 'killed', by: 'server', at }
        })
      ])

    beforeAll(async () => {
      store = await open(clock)
      applications = createApplications(store.applicationStore, clock)
      joins = createJoins({ store: store.joinStore, clock, log: silentLogger, settings })
      identity = createIdentity({
        store: store.identityStore,
        clock,
        log: silentLogger,
        applicationId: 'shop',
        settings
      })
      mina = await add('shop', 'mina')
      omid = await add('shop', 'omid')
      await add('bank', 'mina')
    })
    afterAll(() => store.close())

    it('knows the tokens of applications, each its own, until they are taken back', async () => {
      const [shop, again, bank] = [
        await applications.mintToken('shop'),
        await applications.mintToken('shop'),
        await applications.mintToken('bank')
      ]
      expect(new Set([shop, again, bank]).size).toBe(3)
      const who = async (token: string) => {
        const found = await applications.verify(token)
        return found.ok ? found.value.applicationId : found.error.code
      }
      expect([await who(shop), await who(again), await who(bank)]).toEqual(['shop', 'shop', 'bank'])
      expect(await who(`${shop}x`)).toBe('unauthenticated')
      expect(await store.applicationStore.removeTokens('shop')).toBe(2)
      expect([await who(shop), await who(again), await who(bank)]).toEqual([
        'unauthenticated',
        'unauthenticated',
        'bank'
      ])
    })

    it('is no place where a token of one kind is found by another', async () => {
      await begin('kinds')
      const { caller } = await joins.mintCodes({ callId: 'kinds', caller: mina, receptor: omid })
      const joined = await join('kinds', caller)
      if (joined.result !== 'success' || !('accessToken' in joined)) throw new Error(joined.result)
      const application = await applications.mintToken('shop')
      expect((await identity.verify(joined.accessToken)).ok).toBe(true)
      expect((await applications.verify(joined.accessToken)).ok).toBe(false)
      expect((await identity.verify(application)).ok).toBe(false)
      expect((await identity.refresh(application)).ok).toBe(false)
      expect((await join('kinds', application)).result).toBe('access_denied')
      await end('kinds')
    })

    it('pages through the endpoints of one application', async () => {
      const first = await store.endpoints('shop', { page: 0, size: 1 })
      const second = await store.endpoints('shop', { page: 1, size: 1 })
      expect([first.total, second.total]).toEqual([2, 2])
      expect([first, second].flatMap(({ users }) => users.map(({ username }) => username))).toEqual(['mina', 'omid'])
      expect((await store.endpoints('nobody', { page: 0, size: 5 })).total).toBe(0)
    })

    it('keeps which order came under a key, for each application, also where two come at once', async () => {
      const claim = (applicationId: string, body: string) => store.callRecords.claim(applicationId, 'key', body, 1)
      expect(await Promise.all([claim('shop', 'a'), claim('shop', 'a')])).toEqual([true, true])
      expect(await claim('shop', 'b')).toBe(false)
      expect(await claim('bank', 'b')).toBe(true)
      const both = await Promise.all([
        store.callRecords.claim('shop', 'at once', 'a', 1),
        store.callRecords.claim('shop', 'at once', 'b', 1)
      ])
      expect(both.filter((isSame) => isSame)).toHaveLength(1)
    })

    it("lists an application's calls by side and time, and no other application's", async () => {
      const talk = { startedAt: 70_100, talkMs: 4_000, createdAt: 70_000, applicationId: 'shop' }
      await store.journal.commit([
        callRecord('listed-1', mina.userId, omid.userId, { applicationId: 'shop', createdAt: 70_000 }),
        endRecord('listed-1', mina.userId, omid.userId, {
          ...talk,
          event: { at: 75_000, kind: 'finished', data: { reason: 'hangup' } },
          end: { reason: 'hangup', by: 'caller', at: 75_000 }
        }),
        callRecord('listed-2', omid.userId, 'u-third', { applicationId: 'shop', createdAt: 80_000 }),
        callRecord('listed-3', mina.userId, 'u-third', { applicationId: 'bank', createdAt: 80_000 })
      ])
      const list = async (change: object) => {
        const all = { page: 0, size: 20, endpointId: undefined, since: 60_000, until: 90_000 }
        const { total, calls } = await store.callRecords.list('shop', { ...all, ...change })
        return [total, ...calls.map(({ callId }) => callId)]
      }
      expect(await list({})).toEqual([2, 'listed-2', 'listed-1'])
      expect(await list({ size: 1, page: 1 })).toEqual([2, 'listed-1'])
      expect(await list({ endpointId: mina.userId })).toEqual([1, 'listed-1'])
      expect(await list({ endpointId: omid.userId })).toEqual([2, 'listed-2', 'listed-1'])
      expect(await list({ since: 80_000 })).toEqual([1, 'listed-2'])
      expect(await list({ until: 80_000 })).toEqual([1, 'listed-1'])
      expect(await store.callRecords.find('shop', 'listed-1')).toEqual({
        call: {
          callId: 'listed-1',
          status: 'finished',
          createdAt: 70_000,
          startedAt: 70_100,
          finishedAt: 75_000,
          talkMs: 4_000,
          end: { reason: 'hangup', by: 'caller', detail: null },
          caller: { userId: mina.userId, username: 'mina', names: { en: 'mina', fa: '' } },
          receptor: { userId: omid.userId, username: 'omid', names: { en: 'omid', fa: '' } }
        },
        timeline: [
          { at: 1_000, kind: 'created', data: {} },
          { at: 75_000, kind: 'finished', data: { reason: 'hangup' } }
        ],
        quality: { caller: { measured: null, rating: null }, receptor: { measured: null, rating: null } }
      })
      expect(await store.callRecords.find('shop', 'listed-3')).toBeNull()
      expect((await store.callRecords.find('shop', 'listed-2'))?.call).toMatchObject({ end: null, status: 'trying' })
    })

    it('lets a code in once, as its side, into its call only', async () => {
      await begin('join-1')
      await begin('join-2')
      const codes = await joins.mintCodes({ callId: 'join-1', caller: mina, receptor: omid })
      expect((await join('join-2', codes.caller)).result).toBe('access_denied')
      expect((await join('join-9', codes.caller)).result).toBe('invalid_call')
      const joined = await join('join-1', codes.caller)
      expect(joined).toMatchObject({ result: 'success', role: 'caller', callId: 'join-1', user: { username: 'mina' } })
      if (!('accessToken' in joined)) throw new Error(joined.result)
      expect((await join('join-1', codes.caller)).result).toBe('access_denied')
      const proven = await identity.verify(joined.accessToken)
      expect(proven.ok && proven.value).toMatchObject({
        userId: mina.userId,
        deviceId: joined.deviceId,
        applicationId: 'shop',
        scope: { callId: 'join-1' }
      })
      const renewed = await identity.refresh(joined.refreshToken)
      const again = await identity.verify(renewed.ok ? renewed.value.accessToken : '')
      expect(again.ok && again.value.scope).toEqual({ callId: 'join-1' })
      expect(await join('join-1', codes.receptor)).toMatchObject({ result: 'success', role: 'receptor' })
      expect((await join('join-1', 'made-up')).result).toBe('access_denied')
    })

    it('lets one of two in that come at once', async () => {
      await begin('join-3')
      for (let round = 0; round < 5; round += 1) {
        const { caller } = await joins.mintCodes({ callId: 'join-3', caller: mina, receptor: omid })
        const both = await Promise.all([join('join-3', caller), join('join-3', caller), join('join-3', caller)])
        expect(both.map(({ result }) => result).sort()).toEqual(['access_denied', 'access_denied', 'success'])
      }
    })

    it('knows a code for a minute, and says when a call is over', async () => {
      await begin('join-4')
      const late = await joins.mintCodes({ callId: 'join-4', caller: mina, receptor: omid })
      expect(late.expiresAt).toBe(clock.now() + joinCodeMs)
      clock.set(late.expiresAt)
      expect((await join('join-4', late.caller)).result).toBe('access_denied')
      const codes = await joins.mintCodes({ callId: 'join-4', caller: mina, receptor: omid })
      await end('join-4')
      expect((await join('join-4', codes.caller)).result).toBe('call_session_finished')
      expect((await join('join-4', codes.caller)).result).toBe('access_denied')
      expect((await join('join-4', 'made-up')).result).toBe('access_denied')
    })

    it('refuses phones of another protocol, and tries that come too often from one place', async () => {
      await begin('join-5')
      const { caller } = await joins.mintCodes({ callId: 'join-5', caller: mina, receptor: omid })
      const old = await joins.join({ callId: 'join-5', code: caller, device, protocol: 99, minProtocol: 98 }, from())
      expect(old).toEqual({ ok: true, value: { result: 'sdk_version_not_supported' } })
      for (let tries = 0; tries < 8; tries += 1) await join('join-5', 'made-up', 'one place')
      expect((await join('join-5', caller, 'one place')).result).toBe('rate_limited')
      expect((await join('join-5', caller)).result).toBe('success')
      await end('join-5')
    })

    it('forgets codes that are old, and who came for a call an hour after it', async () => {
      await begin('join-6')
      const { caller } = await joins.mintCodes({ callId: 'join-6', caller: mina, receptor: omid })
      const joined = await join('join-6', caller)
      if (!('accessToken' in joined)) throw new Error(joined.result)
      await end('join-6', clock.now())
      const isKnown = async () => (await identity.refresh(joined.refreshToken)).ok
      clock.set(clock.now() + hourMs - 1)
      await store.identityStore.sweep(clock.now())
      expect(await isKnown()).toBe(true)
      clock.set(clock.now() + 1)
      await store.identityStore.sweep(clock.now())
      expect(await isKnown()).toBe(false)
    })
  })
}
