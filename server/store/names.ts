// Lists of usernames that a user keeps: from names to ids, and one change after the other. Knows no table of such a list.
import { usernameKey } from '../../common/fold.ts'
import type { UserId } from '../../common/ids.ts'
import type { Db } from './database.ts'

/** The users of these names, each once, in their order; null where one is nobody's. */
export const idsOf = async (
  db: Db,
  applicationId: string,
  usernames: readonly string[]
): Promise<readonly UserId[] | null> => {
  const folded = [...new Set(usernames.map(usernameKey))]
  if (folded.length === 0) return []
  const known = await db
    .selectFrom('users')
    .select(['user_id', 'username_folded'])
    .where('application_id', '=', applicationId)
    .where('username_folded', 'in', folded)
    .execute()
  const idOf = new Map(known.map((row) => [row.username_folded, row.user_id]))
  const ids = folded.flatMap((name) => idOf.get(name) ?? [])
  return ids.length < folded.length ? null : ids
}

/** Two changes at once of one user's lists come one after the other, and the later one stays whole. */
export const inTurn = async (tx: Db, userId: UserId): Promise<void> => {
  await tx.selectFrom('users').select('user_id').where('user_id', '=', userId).forUpdate().execute()
}
