// The store on PostgreSQL: the contract, and call records while the database is away.
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { silentLogger } from '../../common/log.ts'
import { hourMs, minuteMs, type Clock } from '../../common/time.ts'
import { createIdentity } from '../../server/identity/identity.ts'
import { seedDemo } from '../../server/store/demo.ts'
import { createStore, StoreUnavailable, type Store } from '../../server/store/index.ts'
import { describeBackEnds } from '../support/server/back-end-contract.ts'
import { describeContacts } from '../support/server/contacts-contract.ts'
import { describeHistory } from '../support/server/history-contract.ts'
import { createPostgres, postgresPrograms, type Postgres } from '../support/server/postgres.ts'
import { callRecord, createTestClock, endRecord } from '../support/server/records.ts'
import { describeQuality } from '../support/server/quality-contract.ts'
import { describeStore } from '../support/server/store-contract.ts'

const programs = postgresPrograms()

describe.skipIf(programs === undefined)('PostgreSQL', () => {
  let postgres: Postgres
  const folders: string[] = []
  const newFolder = (): string => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'tamas-store-'))
    folders.push(folder)
    return folder
  }
  beforeAll(async () => {
    postgres = await createPostgres(programs ?? '')
  })
  afterAll(async () => {
    await postgres.remove()
    folders.forEach((folder) => rmSync(folder, { recursive: true, force: true }))
  })

  const open = (clock: Clock): Promise<Store> =>
    createStore({ dataDir: newFolder(), databaseUrl: postgres.url }, { log: silentLogger, clock })
  describeStore('as the store', open)
  describeHistory('as the history', open)
  describeBackEnds('as the store', open)
  describeContacts('as the store', open)
  describeQuality('as the store', open)

  describe('when it goes away', () => {
    const clock = createTestClock(1_000_000)
    const deps = { log: silentLogger, clock }
    const identitySettings = {
      accessTokenMs: hourMs,
      refreshTokenMs: hourMs,
      scryptLogN: 10,
      perUser: { burst: 9, everyMs: 1 },
      perAddress: { burst: 9, everyMs: 1 }
    }
    const waitingOf = (folder: string): number => statSync(path.join(folder, 'waiting-calls.jsonl')).size
    const until = async (store: Store): Promise<void> => {
      await expect.poll(async () => (await store.health()).waitingBytes, { timeout: 20_000, interval: 100 }).toBe(0)
    }

    it('acks calls from a file, serves what it has seen, and writes all when it is back', async () => {
      const dataDir = newFolder()
      const store = await createStore({ dataDir, databaseUrl: postgres.url }, deps)
      try {
        await seedDemo(store, { applicationId: 'default', dataDir, identity: identitySettings })
        const identity = createIdentity({
          store: store.identityStore,
          clock,
          log: silentLogger,
          applicationId: 'default',
          settings: identitySettings
        })
        const request = { username: '101', password: 'demo-101', device: { name: '', platform: '' } }
        const signedIn = await identity.signIn(request, 'x')
        if (!signedIn.ok) throw new Error(signedIn.error.code)
        const session = await identity.verify(signedIn.value.accessToken)
        if (!session.ok) throw new Error(session.error.code)
        await store.users.byUsername('default', '102')
        await store.journal.commit([callRecord('away-1', 'u1', 'u2')])

        await postgres.stop()
        // Long enough that nothing is served for being fresh.
        clock.set(clock.now() + minuteMs)
        const creation = { deviceId: 'd', requestId: 'r' }
        await store.journal.commit([endRecord('away-1', 'u1', 'u2')])
        await store.journal.commit([callRecord('away-2', 'u1', 'u2', { creation })])
        await store.journal.commit([callRecord('away-2', 'u1', 'u2', { seq: 2, state: { seq: 2 } })])
        expect(waitingOf(dataDir)).toBeGreaterThan(0)
        expect(await store.health()).toMatchObject({ database: 'postgres', up: false })
        expect(await store.journal.findCreated('d', 'r')).toBe('away-2')
        expect((await store.users.byUsername('default', '102'))?.names.en).toBe('Kian Moradi')
        await expect(store.users.byUsername('default', '103')).rejects.toBeInstanceOf(StoreUnavailable)
        await expect(store.history.page(session.value, { limit: 5 })).rejects.toBeInstanceOf(StoreUnavailable)
        expect((await identity.verify(signedIn.value.accessToken)).ok).toBe(true)
        expect(await identity.verify('made-up')).toMatchObject({ ok: false, error: { code: 'unavailable' } })
        expect(await identity.signIn(request, 'x')).toMatchObject({ ok: false, error: { code: 'unavailable' } })
        expect(await identity.signOut(session.value)).toMatchObject({ ok: false, error: { code: 'unavailable' } })

        await postgres.start()
        await until(store)
        expect(await store.journal.findEnded('away-1')).toMatchObject({ callId: 'away-1', seq: 9 })
        expect((await store.journal.loadLive()).map(({ state }) => state)).toContainEqual({ seq: 2 })
        await store.journal.commit([endRecord('away-2', 'u1', 'u2')])
        expect(waitingOf(dataDir)).toBe(0)
        expect(await store.journal.findEnded('away-2')).not.toBeNull()
        expect((await store.history.page(session.value, { limit: 5 })).ok).toBe(true)
      } finally {
        await store.close()
      }
    })

    it('writes what an earlier process left in the file, and sets aside what the database refuses', async () => {
      const dataDir = newFolder()
      const first = await createStore({ dataDir, databaseUrl: postgres.url }, deps)
      const creation = { deviceId: 'd', requestId: 'left' }
      await first.journal.commit([callRecord('left-0', 'u1', 'u2', { creation }), endRecord('left-0', 'u1', 'u2')])
      await postgres.stop()
      await first.journal.commit([callRecord('left-1', 'u1', 'u2')])
      // The same request once more, as another call: only the database can tell, and it is away.
      await first.journal.commit([callRecord('left-2', 'u1', 'u2', { creation })])
      await first.journal.commit([callRecord('left-3', 'u1', 'u2', { state: { left: 3 } })])
      await first.close()
      await expect(createStore({ dataDir, databaseUrl: postgres.url }, deps)).rejects.toBeInstanceOf(StoreUnavailable)

      await postgres.start()
      const second = await createStore({ dataDir, databaseUrl: postgres.url }, deps)
      try {
        expect((await second.health()).waitingBytes).toBe(0)
        const live = (await second.journal.loadLive()).map(({ state }) => state)
        expect(live).toContainEqual({ of: 'left-1' })
        expect(live).toContainEqual({ left: 3 })
        expect(await second.journal.findCreated('d', 'left')).toBe('left-0')
        expect(live).not.toContainEqual({ of: 'left-2' })
        expect(readFileSync(path.join(dataDir, 'refused-calls.jsonl'), 'utf8')).toContain('left-2')
      } finally {
        await second.close()
      }
    })
  })
})

if (programs === undefined) {
  process.stderr.write('PostgreSQL is not installed (no /usr/lib/postgresql/*/bin), so its tests are left out.\n')
}
