// What every database must do for the store: the same tests for the embedded one and for PostgreSQL.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../../../common/log.ts'
import { dayMs, minuteMs } from '../../../common/time.ts'
import { createIdentity } from '../../../server/identity/identity.ts'
import { createPasswords } from '../../../server/identity/passwords.ts'
import type { Identity, Session, User } from '../../../server/ports.ts'
import { seedDemo } from '../../../server/store/demo.ts'
import type { Store } from '../../../server/store/index.ts'
import type { Clock } from '../../../common/time.ts'
import { callRecord, createTestClock, endRecord } from './records.ts'

const settings = {
  accessTokenMs: 15 * minuteMs,
  refreshTokenMs: 30 * dayMs,
  scryptLogN: 10,
  perUser: { burst: 5, everyMs: minuteMs },
  perAddress: { burst: 8, everyMs: minuteMs }
}
const device = { name: 'desk', platform: 'linux' }

export const describeStore = (name: string, open: (clock: Clock) => Promise<Store>): void => {
  describe(name, () => {
    const clock = createTestClock(1_000_000)
    let store: Store
    let identity: Identity
    let sara: User
    let kian: User
    let revoked: string[] = []
    let addresses = 0

    const user = async (username: string): Promise<User> => {
      const found = await store.users.byUsername('default', username)
      if (found === null) throw new Error(`no user ${username}`)
      return found
    }
    // Every sign-in from a place of its own, so that only the test of the limits meets them.
    const signIn = (username: string, password: string, id?: string) => {
      addresses += 1
      const request = { username, password, device: { ...device, ...(id === undefined ? {} : { id }) } }
      return identity.signIn(request, `10.0.0.${addresses}`)
    }
    const signedIn = async (username: string, id?: string) => {
      const result = await signIn(username, `demo-${username}`, id)
      if (!result.ok) throw new Error(result.error.code)
      return result.value
    }
    const sessionOf = async (accessToken: string): Promise<Session> => {
      const result = await identity.verify(accessToken)
      if (!result.ok) throw new Error(result.error.code)
      return result.value
    }
    const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }): string =>
      result.ok ? 'ok' : result.error.code

    beforeAll(async () => {
      store = await open(clock)
      await seedDemo(store, { applicationId: 'default', identity: settings })
      // A second start finds them there.
      await seedDemo(store, { applicationId: 'default', identity: settings })
      identity = createIdentity({
        store: store.identityStore,
        clock,
        log: silentLogger,
        applicationId: 'default',
        settings
      })
      identity.onRevoked((sessionId) => revoked.push(sessionId))
      sara = await user('101')
      kian = await user('102')
    })
    afterAll(() => store.close())

    describe('identity', () => {
      it('signs in with digits of either script, on a device that it mints', async () => {
        const first = await signedIn('101')
        expect(first.user).toEqual({
          userId: sara.userId,
          username: '101',
          names: { en: 'Sara Ahmadi', fa: 'سارا احمدی' }
        })
        const again = await signIn('۱۰۱', 'demo-101', first.deviceId)
        expect(again.ok && again.value.deviceId).toBe(first.deviceId)
        expect(codeOf(await identity.verify(first.accessToken))).toBe('unauthenticated')
      })

      it("never takes another user's device id, nor one it did not mint", async () => {
        const first = await signedIn('101')
        expect((await signedIn('102', first.deviceId)).deviceId).not.toBe(first.deviceId)
        expect((await signedIn('102', 'made-up')).deviceId).not.toBe('made-up')
        expect(codeOf(await identity.verify(first.accessToken))).toBe('ok')
      })

      it('says the same of a wrong password, an unknown user and the echo service', async () => {
        for (const [username, password] of [
          ['101', 'wrong'],
          ['999', 'wrong'],
          ['100', 'demo-100']
        ] as const) {
          expect(await signIn(username, password)).toEqual({ ok: false, error: { code: 'invalid_credentials' } })
        }
      })

      it('names user, device and session by the access token until it expires', async () => {
        const { accessToken, accessExpiresAt, deviceId } = await signedIn('101')
        expect(await sessionOf(accessToken)).toMatchObject({
          userId: sara.userId,
          deviceId,
          applicationId: 'default',
          accessExpiresAt
        })
        clock.set(accessExpiresAt - 1)
        expect(codeOf(await identity.verify(accessToken))).toBe('ok')
        clock.set(accessExpiresAt)
        expect(codeOf(await identity.verify(accessToken))).toBe('unauthenticated')
        expect(codeOf(await identity.verify('made-up'))).toBe('unauthenticated')
      })

      it('rotates, survives a lost answer, and revokes the family when a spent token comes back', async () => {
        const first = await signedIn('101')
        const { sessionId } = await sessionOf(first.accessToken)
        const refresh = async (token: string) => {
          const result = await identity.refresh(token)
          if (!result.ok) throw new Error(result.error.code)
          return result.value
        }
        await refresh(first.refreshToken) // whose answer is lost
        const second = await refresh(first.refreshToken)
        const third = await refresh(second.refreshToken)
        expect((await sessionOf(third.accessToken)).sessionId).toBe(sessionId)
        revoked = []
        expect(codeOf(await identity.refresh(first.refreshToken))).toBe('unauthenticated')
        expect(revoked).toEqual([sessionId])
        expect(codeOf(await identity.verify(third.accessToken))).toBe('unauthenticated')
        expect(codeOf(await identity.refresh(third.refreshToken))).toBe('unauthenticated')
      })

      it('lets uses of one token at once come one after the other', async () => {
        for (let round = 0; round < 5; round += 1) {
          const first = await signedIn('101')
          const answers = await Promise.all(Array.from({ length: 6 }, () => identity.refresh(first.refreshToken)))
          expect(answers.map(codeOf)).toEqual(answers.map(() => 'ok'))
          const tokens = answers.flatMap((answer) => (answer.ok ? [answer.value.refreshToken] : []))
          const uses = await Promise.all(tokens.map((token) => identity.refresh(token)))
          expect(uses.filter((use) => use.ok).length).toBeLessThanOrEqual(1)
        }
      })

      it('does not refresh after 30 days', async () => {
        const first = await signedIn('101')
        clock.set(first.refreshExpiresAt)
        expect(codeOf(await identity.refresh(first.refreshToken))).toBe('unauthenticated')
        await store.identityStore.sweep(clock.now())
        expect(codeOf(await identity.refresh(first.refreshToken))).toBe('unauthenticated')
      })

      it('leaves a device one sign-in where two come at once', async () => {
        const { deviceId } = await signedIn('101')
        const both = await Promise.all([signedIn('101', deviceId), signedIn('101', deviceId)])
        expect(both.map((each) => each.deviceId)).toEqual([deviceId, deviceId])
        const codes = await Promise.all(both.map(async ({ accessToken }) => codeOf(await identity.verify(accessToken))))
        expect(codes.sort()).toEqual(['ok', 'unauthenticated'])
      })

      it('forgets a device nobody signed in on for long, and none that is signed in', async () => {
        const [left, kept] = [await signedIn('101'), await signedIn('102')]
        clock.set(clock.now() + 80 * dayMs)
        const again = await signedIn('102', kept.deviceId)
        clock.set(clock.now() + 11 * dayMs)
        await store.identityStore.sweep(clock.now())
        expect((await signedIn('101', left.deviceId)).deviceId).not.toBe(left.deviceId)
        expect((await signedIn('102', kept.deviceId)).deviceId).toBe(again.deviceId)
      })

      it('signs out at once and tells who listens', async () => {
        const first = await signedIn('101')
        const session = await sessionOf(first.accessToken)
        revoked = []
        await identity.signOut(session)
        expect(revoked).toEqual([session.sessionId])
        expect(codeOf(await identity.verify(first.accessToken))).toBe('unauthenticated')
        expect(codeOf(await identity.refresh(first.refreshToken))).toBe('unauthenticated')
      })

      it("a password that the operator sets ends the user's sign-ins, and nobody else's", async () => {
        const [mine, other] = [await signedIn('101'), await signedIn('102')]
        const password = await createPasswords(settings.scryptLogN).hash('demo-101')
        expect(await store.admin.setPassword('default', '۱۰۱', password)).toBe(true)
        expect(codeOf(await identity.verify(mine.accessToken))).toBe('unauthenticated')
        expect(codeOf(await identity.refresh(mine.refreshToken))).toBe('unauthenticated')
        expect(codeOf(await identity.verify(other.accessToken))).toBe('ok')
        expect(codeOf(await signIn('101', 'demo-101'))).toBe('ok')
        expect(await store.admin.setPassword('default', '999', password)).toBe(false)
      })

      it('limits tries per user and per address, and counts no right ones', async () => {
        const from = (address: string, username: string, password: string) =>
          identity.signIn({ username, password, device }, address)
        for (let tries = 0; tries < 7; tries += 1) expect(codeOf(await from('a', '103', 'demo-103'))).toBe('ok')
        const codes: string[] = []
        for (let tries = 0; tries < 6; tries += 1) codes.push(codeOf(await from(`b${tries}`, '103', 'wrong')))
        expect(codes).toEqual([...Array.from({ length: 5 }, () => 'invalid_credentials'), 'rate_limited'])
        expect(await from('c', '103', 'demo-103')).toEqual({
          ok: false,
          error: { code: 'rate_limited', detail: 'too many sign-ins', retryAfterMs: minuteMs }
        })
        for (let tries = 0; tries < 8; tries += 1) await from('d', `nobody${tries}`, 'wrong')
        expect(codeOf(await from('d', '102', 'demo-102'))).toBe('rate_limited')
        clock.set(clock.now() + minuteMs)
        expect(codeOf(await from('d', '102', 'demo-102'))).toBe('ok')
      })

      it('renews a hash that was made with other parameters', async () => {
        const dearer = createIdentity({
          store: store.identityStore,
          clock,
          log: silentLogger,
          applicationId: 'default',
          settings: { ...settings, scryptLogN: 11 }
        })
        const request = { username: '102', password: 'demo-102', device }
        expect(codeOf(await dearer.signIn(request, 'e'))).toBe('ok')
        expect((await store.identityStore.findAccount('default', '102'))?.password?.logN).toBe(11)
        expect(codeOf(await dearer.signIn(request, 'e'))).toBe('ok')
      })
    })

    describe('lists', () => {
      it('lists all others, echo too, each name once', async () => {
        const session = await sessionOf((await signedIn('101')).accessToken)
        const others = await store.lists.directory(session)
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
        expect(await store.admin.add(twin)).toBeNull()
        expect(await store.admin.add({ ...twin, applicationId: 'another' })).not.toBeNull()
        expect(await store.lists.directory(session)).toHaveLength(3)
      })

      it('keeps favourites in their order and refuses strangers', async () => {
        const session = await sessionOf((await signedIn('101')).accessToken)
        expect(await store.lists.favourites(session)).toEqual({ usernames: [] })
        expect(await store.lists.setFavourites(session, { usernames: ['103', '۱۰۲', '103'] })).toEqual({
          ok: true,
          value: { usernames: ['103', '102'] }
        })
        expect(codeOf(await store.lists.setFavourites(session, { usernames: ['102', '999'] }))).toBe('not_found')
        expect(await store.lists.favourites(session)).toEqual({ usernames: ['103', '102'] })
        expect(await store.lists.setFavourites(session, { usernames: [] })).toEqual({
          ok: true,
          value: { usernames: [] }
        })
      })

      it('keeps no Recents for the echo service', async () => {
        const echo = await user('100')
        const legs = [
          { deviceId: 'd-caller', side: 'caller', phase: 'chosen' },
          { deviceId: 'echo', side: 'receptor', phase: 'chosen' }
        ] as const
        await store.journal.commit([endRecord('to-echo', 'u-of-echo-test', echo.userId, { legs })])
        const of = async (userId: string) => {
          const found = await store.lists.history(
            { ...(await sessionOf((await signedIn('103')).accessToken)), userId },
            undefined,
            50
          )
          return found.ok ? found.value.result.length : -1
        }
        expect([await of('u-of-echo-test'), await of(echo.userId)]).toEqual([1, 0])
      })

      it('pages through the history of both sides, newest first, each call once', async () => {
        const mine = await sessionOf((await signedIn('101')).accessToken)
        const theirs = await sessionOf((await signedIn('102')).accessToken)
        // Several at the same moment: the page must not lose or repeat one of them.
        const records = Array.from({ length: 25 }, (_, index) =>
          endRecord(`page-${index}`, sara.userId, kian.userId, { createdAt: 50_000 + Math.floor(index / 4) })
        )
        await store.journal.commit([...records, callRecord('page-live', sara.userId, kian.userId)])
        const read = async (session: Session, limit: number): Promise<string[]> => {
          const ids: string[] = []
          let cursor: string | undefined
          do {
            const page = await store.lists.history(session, cursor, limit)
            if (!page.ok) throw new Error(page.error.code)
            ids.push(...page.value.result.map(({ callId }) => callId))
            cursor = page.value.next ?? undefined
          } while (cursor !== undefined)
          return ids
        }
        const expected = [...records]
          .sort((a, b) => b.createdAt - a.createdAt || (a.callId < b.callId ? 1 : -1))
          .map(({ callId }) => callId)
        expect(await read(mine, 7)).toEqual(expected)
        expect(await read(theirs, 25)).toEqual(expected)
        const page = await store.lists.history(theirs, undefined, 1)
        expect(page.ok && page.value.result[0]).toEqual({
          callId: 'page-24',
          direction: 'inbound',
          peer: { userId: sara.userId, username: '101', names: sara.names },
          createdAt: 50_006,
          finishedAt: 2_000,
          durationMs: 0,
          reason: 'unreachable',
          by: 'server'
        })
        expect(codeOf(await store.lists.history(mine, 'made-up', 5))).toBe('bad_request')
        await store.journal.commit([endRecord('page-live', sara.userId, kian.userId)])
      })
    })

    describe('preferences', () => {
      it('has defaults, keeps what is set, and screens calls by it', async () => {
        const session = await sessionOf((await signedIn('101')).accessToken)
        const defaults = { callWaiting: true, doNotDisturb: 'off' }
        expect(await store.lists.preferences(session)).toEqual(defaults)
        expect(await store.screening.screen(sara.userId, kian.userId)).toEqual({ ...defaults, blocked: false })
        for (const wanted of [
          { callWaiting: false, doNotDisturb: 'busy' },
          { callWaiting: true, doNotDisturb: 'silent' }
        ] as const) {
          expect(await store.lists.setPreferences(session, wanted)).toEqual({ ok: true, value: wanted })
          expect(await store.lists.preferences(session)).toEqual(wanted)
          expect(await store.screening.screen(sara.userId, kian.userId)).toEqual({ ...wanted, blocked: false })
        }
        expect(await store.screening.screen(kian.userId, sara.userId)).toEqual({ ...defaults, blocked: false })
      })

      it('keeps the block list, refuses strangers, and blocks one way', async () => {
        const session = await sessionOf((await signedIn('101')).accessToken)
        expect(await store.lists.blocked(session)).toEqual({ usernames: [] })
        expect(await store.lists.setBlocked(session, { usernames: ['103', '۱۰۲', '102'] })).toEqual({
          ok: true,
          value: { usernames: ['103', '102'] }
        })
        expect(codeOf(await store.lists.setBlocked(session, { usernames: ['999'] }))).toBe('not_found')
        expect(await store.lists.blocked(session)).toEqual({ usernames: ['103', '102'] })
        const isBlocked = async (receptor: User, caller: User) =>
          (await store.screening.screen(receptor.userId, caller.userId)).blocked
        expect([await isBlocked(sara, kian), await isBlocked(kian, sara)]).toEqual([true, false])
        await store.lists.setBlocked(session, { usernames: [] })
        expect(await isBlocked(sara, kian)).toBe(false)
      })

      it('tells nobody of a blocked call: no row for who blocked, no reason for who was', async () => {
        const end = { reason: 'unreachable', by: 'server', detail: 'blocked', at: 2_000 } as const
        await store.journal.commit([endRecord('was-blocked', 'u-caller', 'u-receptor', { end })])
        const session = await sessionOf((await signedIn('101')).accessToken)
        const of = async (userId: string) => {
          const page = await store.lists.history({ ...session, userId }, undefined, 5)
          return page.ok ? page.value.result : []
        }
        expect(await of('u-receptor')).toEqual([])
        const [row] = await of('u-caller')
        expect(row).toMatchObject({ callId: 'was-blocked', reason: 'unreachable' })
        expect(row).not.toHaveProperty('detail')
        expect((await store.journal.findEnded('was-blocked'))?.end.detail).toBe('blocked')
      })
    })

    describe('journal', () => {
      const live = async (): Promise<unknown[]> =>
        (await store.journal.loadLive())
          .map(({ state }) => state)
          .filter((state) => JSON.stringify(state).includes('journal-'))

      it('keeps the latest record of a call, whatever comes in which order and how often', async () => {
        const at = (seq: number) => callRecord('journal-1', 'u1', 'u2', { seq, state: { at: 'journal-', seq } })
        await store.journal.commit([at(1), at(2)])
        await store.journal.commit([at(5)])
        await store.journal.commit([at(3), at(5)])
        await store.journal.commit([at(4)])
        expect(await live()).toEqual([{ at: 'journal-', seq: 5 }])
        const legs = [
          { deviceId: 'd1', side: 'caller', phase: 'chosen' },
          { deviceId: 'd2', side: 'receptor', phase: 'gone' }
        ] as const
        const end = { reason: 'call_received', by: 'receptor', detail: 'glare', at: 7 } as const
        expect(await store.journal.findEnded('journal-1')).toBeNull()
        await store.journal.commit([endRecord('journal-1', 'u1', 'u2', { seq: 6, legs, end, startedAt: 5, talkMs: 2 })])
        await store.journal.commit([at(4)])
        expect(await live()).toEqual([])
        const ended = await store.journal.findEnded('journal-1')
        expect(ended).toMatchObject({ callId: 'journal-1', seq: 6, callerId: 'u1', startedAt: 5, talkMs: 2, end })
        expect(ended?.legs).toEqual(expect.arrayContaining([...legs]))
        expect(await store.journal.findEnded('nobody')).toBeNull()
      })

      it('gives up a live call once, and both sides see that it is over', async () => {
        await store.journal.commit([callRecord('journal-6', 'u6', 'u7')])
        await store.journal.giveUp('journal-6', 70)
        await store.journal.giveUp('journal-6', 90)
        expect(await live()).toEqual([])
        const end = { reason: 'unknown', by: 'server', at: 70 }
        expect(await store.journal.findEnded('journal-6')).toMatchObject({ seq: 2, end })
      })

      it('finds the call that a request made, and lets it make no other', async () => {
        const creation = { deviceId: 'd1', requestId: 'r1' }
        await store.journal.commit([callRecord('journal-2', 'u1', 'u2', { creation })])
        await store.journal.commit([endRecord('journal-2', 'u1', 'u2')])
        expect(await store.journal.findCreated('d1', 'r1')).toBe('journal-2')
        expect(await store.journal.findCreated('d1', 'r2')).toBeNull()
        const other = { deviceId: 'd2', requestId: 'r1' }
        const results = await Promise.allSettled([
          store.journal.commit([endRecord('journal-3', 'u1', 'u2', { creation: other })]),
          store.journal.commit([endRecord('journal-4', 'u1', 'u2', { creation })]),
          store.journal.commit([endRecord('journal-5', 'u1', 'u2')])
        ])
        expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
        expect(await store.journal.findCreated('d2', 'r1')).toBe('journal-3')
        expect(await store.journal.findEnded('journal-4')).toBeNull()
        expect(await store.journal.findEnded('journal-5')).not.toBeNull()
      })
    })
  })
}
