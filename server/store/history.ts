// What a user's phones read of the calls that are over, and take away from it. A row that is taken away is only not shown
// to this user any more: the call's record, the other side's row and what back ends read stay. Every method throws
// StoreUnavailable while the database is away.
//
// How a search is fast with 100,000 rows: a call is found by whom it was with, and people are few. First the people whose
// folded text holds every word (`users.search_text`, a scan of the application's users: no index serves a text inside
// another but pg_trgm's, an extension that neither database has by itself, and which serves no word of two letters).
// For few people each one's newest rows are read from `history_peer` and merged; for many, whose calls are everywhere,
// the list is walked in its order (`history_page`) until the page is full.
import { sql } from 'kysely'
import { z } from 'zod'
import { otherRole } from '../../common/call/end.ts'
import type { HistoryAnswer, HistoryEntry, HistoryMarks, HistoryQuery } from '../../common/protocol/history.ts'
import { id } from '../../common/protocol/values.ts'
import { fail, ok } from '../../common/result.ts'
import { searchWords } from '../../common/search-text.ts'
import type { UserId } from '../../common/ids.ts'
import type { History } from '../ports.ts'
import { whileThere } from './away.ts'
import { readQuality } from './call-quality.ts'
import type { Db } from './database.ts'
import { timelineOf } from './timeline.ts'

type Place = { readonly createdAt: number; readonly callId: string }

const placeOf = z.tuple([z.number().int().nonnegative(), id])

const writeCursor = ({ createdAt, callId }: Place): string =>
  Buffer.from(JSON.stringify([createdAt, callId])).toString('base64url')

const readCursor = (cursor: string): Place | null => {
  try {
    const [createdAt, callId] = placeOf.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')))
    return { createdAt, callId }
  } catch {
    return null
  }
}

/** More people than these are looked for along the list. */
const fewPeople = 64
const mostMissed = 1_000
/** So many are taken away at once; what calls write in between does not wait for all. */
const clearedAtOnce = 2_000

/** A text in which every letter stands for itself. */
const literally = (word: string): string => `%${word.replace(/[\\%_]/g, (letter) => `\\${letter}`)}%`

/** The people of the application whose name or number holds every word. */
const peopleCalled = async (db: Db, applicationId: string, words: readonly string[]): Promise<readonly UserId[]> => {
  let query = db.selectFrom('users').select('user_id').where('application_id', '=', applicationId)
  for (const word of words) query = query.where('search_text', 'like', literally(word))
  return (await query.execute()).map((row) => row.user_id)
}

type Wanted = Pick<HistoryQuery, 'direction' | 'outcome'> & { readonly after: Place | null; readonly limit: number }

/** Rows of `history`, newest first, of the people in `peers` (of anybody where it is null). */
const places = (userId: UserId, peers: readonly UserId[] | null, wanted: Wanted) => {
  const { direction, outcome, after, limit } = wanted
  const narrowed = sql.join(
    [
      sql`history.user_id = ${userId} and not history.removed`,
      ...(direction === undefined ? [] : [sql`history.side = ${direction === 'outbound' ? 'caller' : 'receptor'}`]),
      ...(outcome === undefined ? [] : [sql`history.missed`]),
      ...(after === null
        ? []
        : [sql`(history.created_at, history.call_id) < (${after.createdAt}::bigint, ${after.callId}::text)`])
    ],
    sql` and `
  )
  const newest = sql`order by history.created_at desc, history.call_id desc limit ${limit}`
  if (peers === null) return sql`select history.* from history where ${narrowed} ${newest}`
  if (peers.length > fewPeople) {
    return sql`select history.* from history where ${narrowed} and history.peer_id = any(${peers}::text[]) ${newest}`
  }
  return sql`
    select history.* from unnest(${peers}::text[]) as peer (peer_id) cross join lateral (
      select history.* from history where ${narrowed} and history.peer_id = peer.peer_id ${newest}
    ) as history ${newest}`
}

type HistoryRow = {
  readonly call_id: string
  readonly side: 'caller' | 'receptor'
  readonly created_at: number
  readonly peer_id: string
  readonly started_at: number | null
  readonly finished_at: number
  readonly talk_ms: number
  readonly end_reason: HistoryEntry['reason'] | null
  readonly end_by: HistoryEntry['by'] | null
  readonly end_detail: HistoryEntry['detail'] | null
  readonly username: string | null
  readonly names_en: string | null
  readonly names_fa: string | null
}

const rowsOf = async (db: Db, userId: UserId, peers: readonly UserId[] | null, wanted: Wanted) => {
  const { rows } = await sql<HistoryRow>`
    select page.call_id, page.side, page.created_at, page.peer_id, page.finished_at,
      calls.started_at, calls.talk_ms, calls.end_reason, calls.end_by, calls.end_detail,
      users.username, users.names_en, users.names_fa
    from (${places(userId, peers, wanted)}) as page
    join calls on calls.call_id = page.call_id
    left join users on users.user_id = page.peer_id
    order by page.created_at desc, page.call_id desc
  `.execute(db)
  return rows
}

const toEntry = (row: HistoryRow): HistoryEntry => ({
  callId: row.call_id,
  direction: row.side === 'caller' ? 'outbound' : 'inbound',
  // A user who was removed leaves the record of the call behind.
  peer: {
    userId: row.peer_id,
    username: row.username ?? row.peer_id,
    names: { en: row.names_en ?? '', fa: row.names_fa ?? '' }
  },
  createdAt: row.created_at,
  ...(row.started_at === null ? {} : { startedAt: row.started_at }),
  finishedAt: row.finished_at,
  durationMs: row.talk_ms,
  reason: row.end_reason ?? 'unknown',
  by: row.end_by ?? 'server',
  // Who is blocked finds it out from nobody.
  ...(row.end_detail === null || row.end_detail === undefined || row.end_detail === 'blocked'
    ? {}
    : { detail: row.end_detail })
})

const marksOf = async (db: Db, userId: UserId): Promise<HistoryMarks> => {
  const row = await db
    .selectFrom('history_marks')
    .select(['seen_at', 'edition'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  const seenAt = row?.seen_at ?? 0
  const missed = await db
    .selectFrom(
      db
        .selectFrom('history')
        .select('call_id')
        .where('user_id', '=', userId)
        .where('missed', '=', true)
        .where('removed', '=', false)
        .where('finished_at', '>', seenAt)
        .limit(mostMissed)
        .as('unseen')
    )
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  return { seenAt, missed: missed.count, edition: row?.edition ?? 0 }
}

export const createHistory = (db: Db): History => {
  /** Counts them, in the transaction that changed them: by the count phones know that what they keep is no more so. */
  const counted = async (tx: Db, userId: UserId, rows: number): Promise<void> => {
    if (rows === 0) return
    await tx
      .insertInto('history_marks')
      .values({ user_id: userId, seen_at: 0, edition: rows })
      .onConflict((conflict) =>
        conflict.column('user_id').doUpdateSet((set) => ({ edition: set('history_marks.edition', '+', rows) }))
      )
      .execute()
  }

  const show =
    (removed: boolean): History['remove'] =>
    async (session, callIds) =>
      whileThere(async () => {
        const own = db
          .selectFrom('history')
          .select('removed')
          .where('user_id', '=', session.userId)
          .where('call_id', 'in', callIds)
        if ((await own.executeTakeFirst()) === undefined) return fail('not_found', 'no such call in this history')
        const changed = await db.transaction().execute(async (tx) => {
          const { numUpdatedRows } = await tx
            .updateTable('history')
            .set({ removed })
            .where('user_id', '=', session.userId)
            .where('call_id', 'in', callIds)
            .where('removed', '=', !removed)
            .executeTakeFirst()
          await counted(tx, session.userId, Number(numUpdatedRows))
          return Number(numUpdatedRows)
        })
        return ok({ ...(await marksOf(db, session.userId)), changed })
      })

  return {
    page: (session, { cursor, limit, q, direction, outcome }) =>
      whileThere(async () => {
        const after = cursor === undefined ? null : readCursor(cursor)
        if (cursor !== undefined && after === null) return fail('bad_request', 'this cursor is not one of ours')
        const { applicationId, userId } = session
        const words = searchWords(q ?? '')
        const peers = words.length === 0 ? null : await peopleCalled(db, applicationId, words)
        // One more than asked for tells whether there is a next page.
        const rows = await rowsOf(db, userId, peers, { direction, outcome, after, limit: limit + 1 })
        const page = rows.slice(0, limit)
        const last = page.at(-1)
        const next =
          rows.length > limit && last !== undefined
            ? writeCursor({ createdAt: last.created_at, callId: last.call_id })
            : null
        const answer: HistoryAnswer = { result: page.map(toEntry), next, marks: await marksOf(db, userId) }
        return ok(answer)
      }),

    details: (session, callId) =>
      whileThere(async () => {
        const row = await db
          .selectFrom('history')
          .select('side')
          .where('user_id', '=', session.userId)
          .where('call_id', '=', callId)
          .where('removed', '=', false)
          .executeTakeFirst()
        if (row === undefined) return fail('not_found', 'no such call in this history')
        const legs = await db
          .selectFrom('call_legs')
          .leftJoin('devices', 'devices.device_id', 'call_legs.device_id')
          .select(['call_legs.device_id', 'call_legs.side', 'call_legs.phase', 'devices.name'])
          .where('call_legs.call_id', '=', callId)
          .execute()
        const events = await db
          .selectFrom('call_events')
          .select(['at', 'kind', 'data'])
          .where('call_id', '=', callId)
          .orderBy('seq')
          .orderBy('at')
          .execute()
        const quality = await readQuality(db, callId)
        const theirSide = otherRole(row.side)
        const mine = legs.filter(({ side }) => side === row.side)
        return ok({
          device: mine.find(({ phase }) => phase === 'chosen')?.name ?? null,
          timeline: timelineOf(
            row.side,
            mine.map((leg) => leg.device_id),
            events.map(({ at, kind, data }) => ({ at, kind, data: { ...data } }))
          ),
          quality: { mine: quality[row.side].measured, theirs: quality[theirSide].measured },
          // What the other side said is theirs to tell.
          rating: quality[row.side].rating
        })
      }),

    remove: show(true),
    restore: show(false),

    clear: (session, until) =>
      whileThere(async () => {
        for (;;) {
          const rows = await db.transaction().execute(async (tx) => {
            const { numAffectedRows = 0n } = await sql`
              update history set removed = true where user_id = ${session.userId} and call_id in (
                select call_id from history
                where user_id = ${session.userId} and not removed and created_at <= ${until}::bigint limit ${clearedAtOnce}
              )`.execute(tx)
            await counted(tx, session.userId, Number(numAffectedRows))
            return Number(numAffectedRows)
          })
          if (rows < clearedAtOnce) return ok(await marksOf(db, session.userId))
        }
      }),

    seen: (session, until) =>
      whileThere(async () => {
        await db
          .insertInto('history_marks')
          .values({ user_id: session.userId, seen_at: until, edition: 0 })
          .onConflict((conflict) =>
            conflict.column('user_id').doUpdateSet({
              seen_at: sql<number>`greatest(history_marks.seen_at, excluded.seen_at)`
            })
          )
          .execute()
        return ok(await marksOf(db, session.userId))
      })
  }
}
