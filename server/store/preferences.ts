// What a user wants of calls that come in: preferences and the block list, and both as a new call asks for them.
import type { UserId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import { defaultPreferences, type Preferences } from '../../common/protocol/rest.ts'
import { fail, ok } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { Lists, Screening, Session, Wishes, WishesBook } from '../ports.ts'
import { StoreUnavailable, whileThere } from './away.ts'
import type { Db } from './database.ts'
import { createKept } from './kept.ts'
import { idsOf, inTurn } from './names.ts'

export type OwnPreferences = Pick<Lists, 'preferences' | 'setPreferences' | 'blocked' | 'setBlocked'>

const preferencesOf = async (db: Db, userId: UserId): Promise<Preferences> => {
  const row = await db
    .selectFrom('preferences')
    .select(['call_waiting', 'do_not_disturb'])
    .where('user_id', '=', userId)
    .executeTakeFirst()
  return row === undefined ? defaultPreferences : { callWaiting: row.call_waiting, doNotDisturb: row.do_not_disturb }
}

const blockedOf = async (db: Db, userId: UserId) => {
  const rows = await db
    .selectFrom('blocked')
    .innerJoin('users', 'users.user_id', 'blocked.blocked_id')
    .select('users.username')
    .where('blocked.user_id', '=', userId)
    .orderBy('blocked.position')
    .execute()
  return { usernames: rows.map((row) => row.username) }
}

/** Every method throws StoreUnavailable while the database is away. */
const createStored = (db: Db): OwnPreferences => ({
  preferences: ({ userId }) => whileThere(() => preferencesOf(db, userId)),

  setPreferences: ({ userId }, { callWaiting, doNotDisturb }) =>
    whileThere(async () => {
      const wanted = { call_waiting: callWaiting, do_not_disturb: doNotDisturb }
      await db
        .insertInto('preferences')
        .values({ user_id: userId, ...wanted })
        .onConflict((conflict) => conflict.column('user_id').doUpdateSet(wanted))
        .execute()
      return ok({ callWaiting, doNotDisturb })
    }),

  blocked: ({ userId }) => whileThere(() => blockedOf(db, userId)),

  /** Errors: not_found where a username is nobody's. */
  setBlocked: ({ userId, applicationId }, { usernames }) =>
    whileThere(async () => {
      const ids = await idsOf(db, applicationId, usernames)
      if (ids === null) return fail('not_found', 'somebody of this list is not in the directory')
      const rows = ids.map((id, position) => ({ user_id: userId, position, blocked_id: id }))
      await db.transaction().execute(async (tx) => {
        await inTurn(tx, userId)
        await tx.deleteFrom('blocked').where('user_id', '=', userId).execute()
        if (rows.length > 0) await tx.insertInto('blocked').values(rows).execute()
      })
      return ok(await blockedOf(db, userId))
    })
})

const nothingKnown: Wishes = { preferences: defaultPreferences, blocked: new Set() }

const readWishes = async (db: Db, userId: UserId): Promise<Wishes> => {
  const [preferences, blocked] = await Promise.all([
    preferencesOf(db, userId),
    db.selectFrom('blocked').select('blocked_id').where('user_id', '=', userId).execute()
  ])
  return { preferences, blocked: new Set(blocked.map((row) => row.blocked_id)) }
}

/** The preferences themselves, and what is kept of them for calls: whoever is called next after a change is read anew. */
export const createPreferences = (
  db: Db,
  clock: Clock,
  log: Logger
): { readonly own: OwnPreferences; readonly screening: Screening & WishesBook } => {
  const known = createKept<Wishes>({ clock, log })
  const wishes = async (userId: UserId): Promise<Wishes> => {
    try {
      return (await known.find(userId, () => whileThere(() => readWishes(db, userId)))) ?? nothingKnown
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log.error('preferences cannot be read', { error: String(error) })
      return nothingKnown
    }
  }
  /** Also where it failed: some of it may be written. */
  const changing = async <T>({ userId }: Session, change: Promise<T>): Promise<T> => {
    try {
      return await change
    } finally {
      known.doubt(userId)
    }
  }
  const stored = createStored(db)

  return {
    own: {
      ...stored,
      setPreferences: (session, preferences) => changing(session, stored.setPreferences(session, preferences)),
      setBlocked: (session, blocked) => changing(session, stored.setBlocked(session, blocked))
    },
    screening: {
      wishes,
      screen: async (receptorId, callerId) => {
        const { preferences, blocked } = await wishes(receptorId)
        return { ...preferences, blocked: blocked.has(callerId) }
      }
    }
  }
}
