// The history of somebody with 100,000 calls: what a page, a search and the rest take in both databases. Straight at the
// store, since what a request costs besides is measured elsewhere.
import { mkdtemp, rm } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { sql } from 'kysely'
import { silentLogger } from '../../common/log.ts'
import type { HistoryQuery } from '../../common/protocol/history.ts'
import { searchText } from '../../common/search-text.ts'
import type { Session } from '../../server/ports.ts'
import { openDatabase, type Database, type Db } from '../../server/store/database.ts'
import { createHistory } from '../../server/store/history.ts'
import { createPostgres, postgresPrograms } from '../support/server/postgres.ts'
import { atMost, type Measure, type PartResult } from './measure.ts'
import { median } from './stats.ts'

const calls = 100_000
const people = 2_000
const me: Session = {
  sessionId: 's',
  userId: 'me',
  deviceId: 'd',
  applicationId: 'big',
  accessExpiresAt: 0,
  scope: null
}

/** 2,000 people, of whom somebody has talked to 500, to the first of them most. */
const fill = async (db: Db): Promise<void> => {
  await db.insertInto('applications').values({ application_id: 'big', created_at: 0 }).execute()
  const users = Array.from({ length: people }, (_, at) => {
    const username = `09${String(120_000_000 + at * 7_919)}`
    const names = { en: `Person ${String(at)} Rahimi`, fa: `کاربر ${String(at)} رحیمی` }
    const { en: names_en, fa: names_fa } = names
    const search_text = searchText({ username, names })
    const fixed = { application_id: 'big', kind: 'person', password: null, created_at: 0 } as const
    return { ...fixed, user_id: `p${String(at)}`, username, username_folded: username, names_en, names_fa, search_text }
  })
  for (let at = 0; at < users.length; at += 500) {
    await db
      .insertInto('users')
      .values(users.slice(at, at + 500))
      .execute()
  }
  const each = sql`from generate_series(1, ${calls}::int) as n`
  const peer = sql`'p' || (case when n % 3 = 0 then n % 20 else n % 500 end)`
  await sql`
    insert into calls (call_id, application_id, seq, status, caller_id, receptor_id, created_at, talk_ms, end_reason, end_by, finished_at)
    select 'c' || n, 'big', 1, 'finished', 'me', ${peer}, n * 1000, 0, 'missed', 'server', n * 1000 + 500 ${each}`.execute(
    db
  )
  await sql`
    insert into history (user_id, call_id, side, created_at, finished_at, peer_id, missed, removed)
    select 'me', 'c' || n, case when n % 1000 = 0 then 'caller' else 'receptor' end, n * 1000, n * 1000 + 500, ${peer},
      n % 5000 = 0, false ${each}`.execute(db)
}

const questions: readonly (readonly [string, Partial<HistoryQuery>])[] = [
  ['the newest page', {}],
  ['one person', { q: 'person 499 ' }],
  ['somebody in Persian', { q: 'کاربر ۱۷' }],
  ['a name that all have', { q: 'رحیمی' }],
  ['a digit that most numbers have', { q: '9' }],
  ['many who were never called', { q: 'person 1' }],
  ['nobody', { q: 'zzz' }],
  ['missed', { outcome: 'missed' }],
  ['missed of a person', { outcome: 'missed', q: 'person 0' }],
  ['the rare direction', { direction: 'outbound' }],
  ['the rare direction of a person', { direction: 'outbound', q: 'person 499' }]
]

const goalMs = 50

const measureOne = async (name: string, { db }: Database, rounds: number): Promise<readonly Measure[]> => {
  await fill(db)
  // As autovacuum does in PostgreSQL, and the server itself in the embedded one.
  await sql`analyze`.execute(db)
  const history = createHistory(db)
  const measures: Measure[] = []
  const middle = Buffer.from(JSON.stringify([50_000_500, 'c'])).toString('base64url')
  const late = Buffer.from(JSON.stringify([99_000_500, 'c'])).toString('base64url')
  for (const [what, query] of [
    ...questions,
    ['a page in the middle', { cursor: middle }] as const,
    ['a page near the top', { cursor: late }] as const
  ]) {
    const times: number[] = []
    for (let round = 0; round < rounds; round += 1) {
      const start = performance.now()
      const found = await history.page(me, { limit: 50, ...query })
      times.push(performance.now() - start)
      if (!found.ok) throw new Error(found.error.code)
    }
    measures.push({
      name: `${name}: ${what}, median`,
      unit: 'ms',
      value: median(times),
      goal: atMost(goalMs),
      count: rounds
    })
  }
  const start = performance.now()
  await history.clear(me, calls * 1000)
  return [...measures, { name: `${name}: all removed`, unit: 'ms', value: performance.now() - start, count: 1 }]
}

export const measureHistory = async ({ quick }: { readonly quick: boolean }): Promise<PartResult> => {
  const rounds = quick ? 10 : 50
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tamas-bench-history-'))
  const programs = postgresPrograms()
  const postgres = programs === undefined ? null : await createPostgres(programs)
  const opened = async (name: string, databaseUrl: string | undefined): Promise<readonly Measure[]> => {
    const database = await openDatabase({ databaseUrl, dataDir: path.join(folder, name) }, silentLogger)
    try {
      return await measureOne(name, database, rounds)
    } finally {
      await database.close()
    }
  }
  try {
    return {
      measures: [
        ...(await opened('embedded', undefined)),
        ...(postgres === null ? [] : await opened('PostgreSQL', postgres.url))
      ],
      notes: [`${String(calls)} calls of one user with 500 of 2,000 people`]
    }
  } finally {
    await postgres?.remove()
    await rm(folder, { recursive: true, force: true })
  }
}
