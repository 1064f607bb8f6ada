// Directory and favourites of a user; calls that are over are history.ts's, and what they want of calls that come in is
// preferences.ts's. Every method throws StoreUnavailable while the database is away.
import { fail, ok } from '../../common/result.ts'
import type { Lists } from '../ports.ts'
import { whileThere } from './away.ts'
import type { Db } from './database.ts'
import { idsOf, inTurn } from './names.ts'
import { toUser, userColumns } from './users.ts'

const mostListed = 5_000

export type OwnLists = Pick<Lists, 'directory' | 'favourites' | 'setFavourites'>

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
