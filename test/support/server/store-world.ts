// A store with the demo's users and an identity on it, as the contracts of the store need them.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { silentLogger } from '../../../common/log.ts'
import { dayMs, minuteMs, type Clock } from '../../../common/time.ts'
import { createIdentity } from '../../../server/identity/identity.ts'
import type { Identity, Session, User } from '../../../server/ports.ts'
import { seedDemo } from '../../../server/store/demo.ts'
import type { Store } from '../../../server/store/index.ts'
import { createTestClock } from './records.ts'

export const settings = {
  accessTokenMs: 15 * minuteMs,
  refreshTokenMs: 30 * dayMs,
  scryptLogN: 10,
  perUser: { burst: 5, everyMs: minuteMs },
  perAddress: { burst: 8, everyMs: minuteMs }
}
export const device = { name: 'desk', platform: 'linux' }

export const codeOf = (result: { ok: true } | { ok: false; error: { code: string } }): string =>
  result.ok ? 'ok' : result.error.code

export const createStoreWorld = async (open: (clock: Clock) => Promise<Store>) => {
  const clock = createTestClock(1_000_000)
  const store = await open(clock)
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'tamas-demo-'))
  await seedDemo(store, { applicationId: 'default', dataDir, identity: settings })
  // A second start finds them there.
  await seedDemo(store, { applicationId: 'default', dataDir, identity: settings })
  await rm(dataDir, { recursive: true })
  const identity: Identity = createIdentity({
    store: store.identityStore,
    clock,
    log: silentLogger,
    applicationId: 'default',
    settings
  })
  const revoked: string[] = []
  identity.onRevoked((sessionId) => revoked.push(sessionId))
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
  return {
    clock,
    store,
    identity,
    /** The sign-ins whose end was announced; taken by whoever looks. */
    takeRevoked: () => revoked.splice(0),
    user,
    sara: await user('101'),
    kian: await user('102'),
    signIn,
    signedIn: async (username: string, id?: string) => {
      const result = await signIn(username, `demo-${username}`, id)
      if (!result.ok) throw new Error(result.error.code)
      return result.value
    },
    sessionOf: async (accessToken: string): Promise<Session> => {
      const result = await identity.verify(accessToken)
      if (!result.ok) throw new Error(result.error.code)
      return result.value
    }
  }
}

export type StoreWorld = Awaited<ReturnType<typeof createStoreWorld>>
