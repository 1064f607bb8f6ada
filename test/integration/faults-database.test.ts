// PostgreSQL stopped while calls go on: they go on, end and begin, and their records are written when it returns.
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { HistoryEntry } from '../../common/types.ts'
import { createPostgres, postgresPrograms, type Postgres } from '../support/server/postgres.ts'
import { createTestPhone, statesOf, type TestPhone } from '../support/test-phone.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'

const programs = postgresPrograms()

describe.skipIf(programs === undefined)('the database is away', () => {
  let postgres: Postgres
  let server: TestServer
  let caller: TestPhone
  let receptor: TestPhone

  beforeAll(async () => {
    postgres = await createPostgres(programs ?? '')
    server = await startTestServer({ DATABASE_URL: postgres.url })
    caller = await createTestPhone({ server: server.url, username: '101', hz: 400 })
    receptor = await createTestPhone({ server: server.url, username: '102', hz: 900 })
  })
  afterAll(async () => {
    await Promise.all([caller.close(), receptor.close()])
    await server.stop()
    await postgres.remove()
  })

  const talk = async (nth: number) => {
    const dialled = caller.phone.dial('102')
    if (!dialled.ok) throw new Error(dialled.error.code)
    await receptor.hears('ringing/L', 10_000, nth)
    const ringing = receptor.phone.calls().find(({ status }) => status === 'ringing')
    receptor.phone.answer(ringing?.session ?? '')
    await Promise.all([caller.hears('conversation', 10_000, nth), receptor.hears('conversation', 10_000, nth)])
    const mine = caller.phone.calls().find(({ session }) => session === dialled.value.session)
    return { callId: mine?.callId ?? '', hangUp: () => caller.phone.hangUp(dialled.value.session) }
  }
  const ended = (nth: number) => Promise.all([caller, receptor].map((phone) => phone.hears('flushed/L', 10_000, nth)))
  const recordsOf = async (phone: TestPhone): Promise<readonly HistoryEntry[]> => {
    const history = await phone.session.rest.history({})
    return history.ok ? history.value.result : []
  }

  it('a talk goes on and ends, another begins and ends, and both records are there when it is back', async () => {
    const first = await talk(1)
    await postgres.stop()
    await (await caller.ear()).hears(900)
    await (await receptor.ear()).hears(400)
    first.hangUp()
    await ended(1)
    const second = await talk(2)
    await (await caller.ear()).hears(900)
    second.hangUp()
    await ended(2)
    expect(await caller.session.rest.history({})).toMatchObject({ ok: false, error: { code: 'unavailable' } })

    await postgres.start()
    await expect.poll(async () => (await recordsOf(caller)).length, { timeout: 20_000, interval: 100 }).toBe(2)
    for (const phone of [caller, receptor]) {
      expect(await recordsOf(phone)).toMatchObject([
        { callId: second.callId, reason: 'hangup', by: 'caller' },
        { callId: first.callId, reason: 'hangup', by: 'caller' }
      ])
      expect(statesOf(phone.heard()).filter((word) => word.startsWith('E('))).toEqual(['E(hangup)', 'E(hangup)'])
      expect(statesOf(phone.heard())).not.toContain('paused')
    }
  }, 60_000)
})

if (programs === undefined) {
  process.stderr.write('PostgreSQL is not installed (no /usr/lib/postgresql/*/bin), so its test is left out.\n')
}
