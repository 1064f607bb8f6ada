// Users by name and id, and their making. Users seen before are still found while the database is away.
import { usernameKey } from '../../common/fold.ts'
import { searchText } from '../../common/search-text.ts'
import type { UserId } from '../../common/ids.ts'
import type { Names } from '../../common/protocol/values.ts'
import type { Logger } from '../../common/log.ts'
import type { Clock } from '../../common/time.ts'
import { mintId } from '../identity/tokens.ts'
import type { StoredPassword } from '../identity/passwords.ts'
import type { User, Users } from '../ports.ts'
import { isUniqueViolation, whileThere } from './away.ts'
import type { Db } from './database.ts'
import { createKept } from './kept.ts'

export type NewUser = {
  readonly applicationId: string
  readonly username: string
  readonly names: Names
  readonly kind: 'person' | 'echo'
  readonly password: StoredPassword | null
}

export type UserAdmin = {
  /** Null if the name is taken. */
  readonly add: (user: NewUser) => Promise<User | null>
  readonly has: (applicationId: string, username: string) => Promise<boolean>
  /**
   * Ends all sign-ins of the user too, since whoever has the old password may have one; a connection that is up lasts
   * until its access token runs out. False if there is no such user.
   */
  readonly setPassword: (applicationId: string, username: string, password: StoredPassword) => Promise<boolean>
}

export const userColumns = ['user_id', 'application_id', 'username', 'names_en', 'names_fa', 'kind'] as const

type UserRow = {
  readonly user_id: string
  readonly application_id: string
  readonly username: string
  readonly names_en: string
  readonly names_fa: string
  readonly kind: 'person' | 'echo'
}

export const toUser = (row: UserRow): User => ({
  userId: row.user_id,
  applicationId: row.application_id,
  username: row.username,
  names: { en: row.names_en, fa: row.names_fa },
  kind: row.kind
})

/** Lookups throw StoreUnavailable while the database is away and the user was not seen before. */
export const createUsers = (db: Db, clock: Clock, log: Logger): Users => {
  const idKey = (userId: UserId): string => JSON.stringify(userId)
  const nameKey = (applicationId: string, folded: string): string => JSON.stringify([applicationId, folded])
  // Who was found by one is soon asked for by the other.
  const known = createKept<User>({
    alsoBy: ({ userId, applicationId, username }) => [idKey(userId), nameKey(applicationId, usernameKey(username))],
    clock,
    log
  })

  const read = async (row: () => Promise<UserRow | undefined>): Promise<User | null> => {
    const found = await whileThere(row)
    return found === undefined ? null : toUser(found)
  }

  return {
    byUsername: (applicationId, username) => {
      const folded = usernameKey(username)
      return known.find(nameKey(applicationId, folded), () =>
        read(() =>
          db
            .selectFrom('users')
            .select(userColumns)
            .where('application_id', '=', applicationId)
            .where('username_folded', '=', folded)
            .executeTakeFirst()
        )
      )
    },
    byId: (userId: UserId) =>
      known.find(idKey(userId), () =>
        read(() => db.selectFrom('users').select(userColumns).where('user_id', '=', userId).executeTakeFirst())
      )
  }
}

export const createUserAdmin = (db: Db, clock: Clock): UserAdmin => ({
  add: (user) =>
    whileThere(async () => {
      const now = clock.now()
      const row = {
        user_id: mintId(),
        application_id: user.applicationId,
        username: user.username,
        username_folded: usernameKey(user.username),
        names_en: user.names.en,
        names_fa: user.names.fa,
        search_text: searchText(user),
        kind: user.kind,
        password: user.password === null ? null : JSON.stringify(user.password),
        created_at: now
      }
      try {
        await db.transaction().execute(async (tx) => {
          await tx
            .insertInto('applications')
            .values({ application_id: user.applicationId, created_at: now })
            .onConflict((conflict) => conflict.doNothing())
            .execute()
          await tx.insertInto('users').values(row).execute()
        })
      } catch (error) {
        if (isUniqueViolation(error)) return null
        throw error
      }
      return toUser(row)
    }),
  has: (applicationId, username) =>
    whileThere(async () => {
      const row = await db
        .selectFrom('users')
        .select('user_id')
        .where('application_id', '=', applicationId)
        .where('username_folded', '=', usernameKey(username))
        .executeTakeFirst()
      return row !== undefined
    }),
  setPassword: (applicationId, username, password) =>
    whileThere(() =>
      db.transaction().execute(async (tx) => {
        const user = await tx
          .updateTable('users')
          .set({ password: JSON.stringify(password) })
          .where('application_id', '=', applicationId)
          .where('username_folded', '=', usernameKey(username))
          .where('kind', '=', 'person')
          .returning('user_id')
          .executeTakeFirst()
        if (user === undefined) return false
        await tx
          .updateTable('sessions')
          .set({ revoked_at: clock.now() })
          .where('user_id', '=', user.user_id)
          .where('revoked_at', 'is', null)
          .execute()
        return true
      })
    )
})
