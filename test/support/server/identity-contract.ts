// What every database must do for sign-ins, tokens and their limits.
import { describe, expect, it } from 'vitest'
import { dayMs, minuteMs } from '../../../common/time.ts'
import { createIdentity } from '../../../server/identity/identity.ts'
import { createPasswords } from '../../../server/identity/passwords.ts'
import { silentLogger } from '../../../common/log.ts'
import { codeOf, device, settings, type StoreWorld } from './store-world.ts'

export const describeIdentity = (world: () => StoreWorld): void => {
  describe('identity', () => {
    it('signs in with digits of either script, on a device that it mints', async () => {
      const first = await world().signedIn('101')
      expect(first.user).toEqual({
        userId: world().sara.userId,
        username: '101',
        names: { en: 'Sara Ahmadi', fa: 'سارا احمدی' }
      })
      const again = await world().signIn('۱۰۱', 'demo-101', first.deviceId)
      expect(again.ok && again.value.deviceId).toBe(first.deviceId)
      expect(codeOf(await world().identity.verify(first.accessToken))).toBe('unauthenticated')
    })

    it("never takes another user's device id, nor one it did not mint", async () => {
      const first = await world().signedIn('101')
      expect((await world().signedIn('102', first.deviceId)).deviceId).not.toBe(first.deviceId)
      expect((await world().signedIn('102', 'made-up')).deviceId).not.toBe('made-up')
      expect(codeOf(await world().identity.verify(first.accessToken))).toBe('ok')
    })

    it('says the same of a wrong password, an unknown user and the echo service', async () => {
      for (const [username, password] of [
        ['101', 'wrong'],
        ['999', 'wrong'],
        ['100', 'demo-100']
      ] as const) {
        expect(await world().signIn(username, password)).toEqual({ ok: false, error: { code: 'invalid_credentials' } })
      }
    })

    it('names user, device and session by the access token until it expires', async () => {
      const { accessToken, accessExpiresAt, deviceId } = await world().signedIn('101')
      expect(await world().sessionOf(accessToken)).toMatchObject({
        userId: world().sara.userId,
        deviceId,
        applicationId: 'default',
        accessExpiresAt
      })
      world().clock.set(accessExpiresAt - 1)
      expect(codeOf(await world().identity.verify(accessToken))).toBe('ok')
      world().clock.set(accessExpiresAt)
      expect(codeOf(await world().identity.verify(accessToken))).toBe('unauthenticated')
      expect(codeOf(await world().identity.verify('made-up'))).toBe('unauthenticated')
    })

    it('rotates, survives a lost answer, and revokes the family when a spent token comes back', async () => {
      const first = await world().signedIn('101')
      const { sessionId } = await world().sessionOf(first.accessToken)
      const refresh = async (token: string) => {
        const result = await world().identity.refresh(token)
        if (!result.ok) throw new Error(result.error.code)
        return result.value
      }
      await refresh(first.refreshToken) // whose answer is lost
      const second = await refresh(first.refreshToken)
      const third = await refresh(second.refreshToken)
      expect((await world().sessionOf(third.accessToken)).sessionId).toBe(sessionId)
      world().takeRevoked()
      expect(codeOf(await world().identity.refresh(first.refreshToken))).toBe('unauthenticated')
      expect(world().takeRevoked()).toEqual([sessionId])
      expect(codeOf(await world().identity.verify(third.accessToken))).toBe('unauthenticated')
      expect(codeOf(await world().identity.refresh(third.refreshToken))).toBe('unauthenticated')
    })

    it('lets uses of one token at once come one after the other', async () => {
      for (let round = 0; round < 5; round += 1) {
        const first = await world().signedIn('101')
        const answers = await Promise.all(Array.from({ length: 6 }, () => world().identity.refresh(first.refreshToken)))
        expect(answers.map(codeOf)).toEqual(answers.map(() => 'ok'))
        const tokens = answers.flatMap((answer) => (answer.ok ? [answer.value.refreshToken] : []))
        const uses = await Promise.all(tokens.map((token) => world().identity.refresh(token)))
        expect(uses.filter((use) => use.ok).length).toBeLessThanOrEqual(1)
      }
    })

    it('does not refresh after 30 days', async () => {
      const first = await world().signedIn('101')
      world().clock.set(first.refreshExpiresAt)
      expect(codeOf(await world().identity.refresh(first.refreshToken))).toBe('unauthenticated')
      await world().store.identityStore.sweep(world().clock.now())
      expect(codeOf(await world().identity.refresh(first.refreshToken))).toBe('unauthenticated')
    })

    it('leaves a device one sign-in where two come at once', async () => {
      const { deviceId } = await world().signedIn('101')
      const both = await Promise.all([world().signedIn('101', deviceId), world().signedIn('101', deviceId)])
      expect(both.map((each) => each.deviceId)).toEqual([deviceId, deviceId])
      const codes = await Promise.all(
        both.map(async ({ accessToken }) => codeOf(await world().identity.verify(accessToken)))
      )
      expect(codes.sort()).toEqual(['ok', 'unauthenticated'])
    })

    it('forgets a device nobody signed in on for long, and none that is signed in', async () => {
      const [left, kept] = [await world().signedIn('101'), await world().signedIn('102')]
      world().clock.set(world().clock.now() + 80 * dayMs)
      const again = await world().signedIn('102', kept.deviceId)
      world().clock.set(world().clock.now() + 11 * dayMs)
      await world().store.identityStore.sweep(world().clock.now())
      expect((await world().signedIn('101', left.deviceId)).deviceId).not.toBe(left.deviceId)
      expect((await world().signedIn('102', kept.deviceId)).deviceId).toBe(again.deviceId)
    })

    it('signs out at once and tells who listens', async () => {
      const first = await world().signedIn('101')
      const session = await world().sessionOf(first.accessToken)
      world().takeRevoked()
      await world().identity.signOut(session)
      expect(world().takeRevoked()).toEqual([session.sessionId])
      expect(codeOf(await world().identity.verify(first.accessToken))).toBe('unauthenticated')
      expect(codeOf(await world().identity.refresh(first.refreshToken))).toBe('unauthenticated')
    })

    it("a password that the operator sets ends the user's sign-ins, and nobody else's", async () => {
      const [mine, other] = [await world().signedIn('101'), await world().signedIn('102')]
      const password = await createPasswords(settings.scryptLogN).hash('demo-101')
      expect(await world().store.admin.setPassword('default', '۱۰۱', password)).toBe(true)
      expect(codeOf(await world().identity.verify(mine.accessToken))).toBe('unauthenticated')
      expect(codeOf(await world().identity.refresh(mine.refreshToken))).toBe('unauthenticated')
      expect(codeOf(await world().identity.verify(other.accessToken))).toBe('ok')
      expect(codeOf(await world().signIn('101', 'demo-101'))).toBe('ok')
      expect(await world().store.admin.setPassword('default', '999', password)).toBe(false)
    })

    it('limits tries per user and per address, and counts no right ones', async () => {
      const from = (address: string, username: string, password: string) =>
        world().identity.signIn({ username, password, device }, address)
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
      world().clock.set(world().clock.now() + minuteMs)
      expect(codeOf(await from('d', '102', 'demo-102'))).toBe('ok')
    })

    it('renews a hash that was made with other parameters', async () => {
      const dearer = createIdentity({
        store: world().store.identityStore,
        clock: world().clock,
        log: silentLogger,
        applicationId: 'default',
        settings: { ...settings, scryptLogN: 11 }
      })
      const request = { username: '102', password: 'demo-102', device }
      expect(codeOf(await dearer.signIn(request, 'e'))).toBe('ok')
      expect((await world().store.identityStore.findAccount('default', '102'))?.password?.logN).toBe(11)
      expect(codeOf(await dearer.signIn(request, 'e'))).toBe('ok')
    })
  })
}
