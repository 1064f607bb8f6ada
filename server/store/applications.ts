// Applications and the tokens of their back ends, as hashes; their endpoints, page by page.
import type { ApplicationStore } from '../identity/applications.ts'
import type { PageAsked } from '../back-end/ports.ts'
import type { User } from '../ports.ts'
import { whileThere } from './away.ts'
import type { Db } from './database.ts'
import { toUser, userColumns } from './users.ts'

export const createApplicationStore = (db: Db): ApplicationStore => ({
  addToken: (applicationId, hash, now) =>
    whileThere(() =>
      db.transaction().execute(async (tx) => {
        await tx
          .insertInto('applications')
          .values({ application_id: applicationId, created_at: now })
          .onConflict((conflict) => conflict.doNothing())
          .execute()
        await tx
          .insertInto('application_tokens')
          .values({ hash, application_id: applicationId, created_at: now })
          .execute()
      })
    ),
  removeTokens: (applicationId) =>
    whileThere(async () => {
      const { numDeletedRows } = await db
        .deleteFrom('application_tokens')
        .where('application_id', '=', applicationId)
        .executeTakeFirst()
      return Number(numDeletedRows)
    }),
  findToken: (hash) =>
    whileThere(async () => {
      const row = await db
        .selectFrom('application_tokens')
        .select('application_id')
        .where('hash', '=', hash)
        .executeTakeFirst()
      return row?.application_id ?? null
    })
})

export type EndpointPage = {
  readonly total: number
  readonly users: readonly (User & { readonly createdAt: number })[]
}

/** All users of an application by username, Echo too. Throws StoreUnavailable while the database is away. */
export const readEndpoints = (db: Db, applicationId: string, { page, size }: PageAsked): Promise<EndpointPage> =>
  whileThere(async () => {
    const all = db.selectFrom('users').where('application_id', '=', applicationId)
    const { total } = await all.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
    const rows = await all
      .select([...userColumns, 'created_at'])
      .orderBy('username_folded')
      .limit(size)
      .offset(page * size)
      .execute()
    return { total, users: rows.map((row) => ({ ...toUser(row), createdAt: row.created_at })) }
  })
