// Directory, history and favourites of a user; what they want of calls that come in is preferences.ts's. Every method throws StoreUnavailable while the database is away.
import { z } from 'zod'
import type { HistoryEntry } from '../../common/protocol/rest.ts'
import { id } from '../../common/protocol/values.ts'
import { fail, ok } from '../../common/result.ts'
import type { Lists } from '../ports.ts'
import { whileThere } from './away.ts'
import type { Db } from './database.ts'
import { idsOf, inTurn } from './names.ts'
import { toUser, userColumns } from './users.ts'

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

const mostListed = 5_000

const historyRows = (db: Db, userId: string, after: Place | null, limit: number) =>
  db
    .selectFrom('history')
    .innerJoin('calls', 'calls.call_id', 'history.call_id')
    .leftJoin('users as peer', (join) =>
      join.on((on) =>
        on.or([
          on.and([on('history.side', '=', 'caller'), on('peer.user_id', '=', on.ref('calls.receptor_id'))]),
          on.and([on('history.side', '=', 'receptor'), on('peer.user_id', '=', on.ref('calls.caller_id'))])
        ])
      )
    )
    .select([
      'history.call_id',
      'history.side',
      'history.created_at',
      'calls.caller_id',
      'calls.receptor_id',
      'calls.started_at',
      'calls.finished_at',
      'calls.talk_ms',
      'calls.end_reason',
      'calls.end_by',
      'calls.end_detail',
      'peer.username',
      'peer.names_en',
      'peer.names_fa'
    ])
    .where('history.user_id', '=', userId)
    .$if(after !== null, (query) =>
      query.where((where) =>
        where(
          where.refTuple('history.created_at', 'history.call_id'),
          '<',
          where.tuple(after?.createdAt ?? 0, after?.callId ?? '')
        )
      )
    )
    .orderBy('history.created_at', 'desc')
    .orderBy('history.call_id', 'desc')
    .limit(limit)
    .execute()

type HistoryRow = Awaited<ReturnType<typeof historyRows>>[number]

const toEntry = (row: HistoryRow): HistoryEntry => {
  const userId = row.side === 'caller' ? row.receptor_id : row.caller_id
  return {
    callId: row.call_id,
    direction: row.side === 'caller' ? 'outbound' : 'inbound',
    // A user who was removed leaves the record of the call behind.
    peer: { userId, username: row.username ?? userId, names: { en: row.names_en ?? '', fa: row.names_fa ?? '' } },
    createdAt: row.created_at,
    ...(row.started_at === null ? {} : { startedAt: row.started_at }),
    finishedAt: row.finished_at ?? row.created_at,
    durationMs: row.talk_ms,
    reason: row.end_reason ?? 'unknown',
    by: row.end_by ?? 'server',
    // Who is blocked finds it out from nobody.
    ...(row.end_detail === null || row.end_detail === 'blocked' ? {} : { detail: row.end_detail })
  }
}

export type OwnLists = Pick<Lists, 'directory' | 'history' | 'favourites' | 'setFavourites'>

export const createLists = (db: Db): OwnLists => {
  const favouritesOf = async (userId: string) => {
    const rows = await db
      .selectFrom('favourites')
      .innerJoin('users', 'users.user_id', 'favourites.favourite_id')
      .select('users.username')
      .where('favourites.user_id', '=', userId)
      .orderBy('favourites.position')
      .execute()
    return { usernames: rows.map((row) => row.username) }
  }

  return {
    /** All others of the application, by username. */
    directory: (session) =>
      whileThere(async () => {
        const rows = await db
          .selectFrom('users')
          .select(userColumns)
          .where('application_id', '=', session.applicationId)
          .where('user_id', '<>', session.userId)
          .orderBy('username_folded')
          .limit(mostListed)
          .execute()
        return rows.map(toUser).map(({ userId, username, names, kind }) => ({ userId, username, names, kind }))
      }),

    history: (session, cursor, limit) =>
      whileThere(async () => {
        const after = cursor === undefined ? null : readCursor(cursor)
        if (cursor !== undefined && after === null) return fail('bad_request', 'this cursor is not one of ours')
        // One more than asked for tells whether there is a next page.
        const rows = await historyRows(db, session.userId, after, limit + 1)
        const page = rows.slice(0, limit)
        const last = page.at(-1)
        const next =
          rows.length > limit && last !== undefined
            ? writeCursor({ createdAt: last.created_at, callId: last.call_id })
            : null
        return ok({ result: page.map(toEntry), next })
      }),

    favourites: (session) => whileThere(() => favouritesOf(session.userId)),

    /** Errors: not_found where a username is nobody's. */
    setFavourites: (session, { usernames }) =>
      whileThere(async () => {
        const ids = await idsOf(db, session.applicationId, usernames)
        if (ids === null) return fail('not_found', 'a favourite is not in the directory')
        const rows = ids.map((id, position) => ({ user_id: session.userId, position, favourite_id: id }))
        await db.transaction().execute(async (tx) => {
          await inTurn(tx, session.userId)
          await tx.deleteFrom('favourites').where('user_id', '=', session.userId).execute()
          if (rows.length > 0) await tx.insertInto('favourites').values(rows).execute()
        })
        return ok(await favouritesOf(session.userId))
      })
  }
}
