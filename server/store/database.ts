// Opens the database: PostgreSQL by URL, or the embedded one in the data folder under its lock. Knows no tables' meaning.
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import type { Logger } from '../../common/log.ts'
import { secondMs } from '../../common/time.ts'
import { whileThere } from './away.ts'
import { createEmbeddedDialect } from './embedded.ts'
import { lockFolder } from './lock.ts'
import { migrate } from './migrations.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>

export type Database = {
  readonly db: Db
  readonly kind: 'postgres' | 'embedded'
  /** True if the database answers now. */
  readonly ping: () => Promise<boolean>
  /** Looks how the rows are spread, so that queries go about them well. PostgreSQL does so by itself. */
  readonly tidy: () => Promise<void>
  readonly close: () => Promise<void>
}

// Our bigints are times and counts, far below 2^53.
const int8 = 20
const types = new pg.TypeOverrides()
types.setTypeParser(int8, Number)

// A database that does not answer within this is away; a call's end is then acked from the file.
const patienceMs = 5 * secondMs

/** `waitMs` is how long a statement may take; 0 is for ever, which a large table that is brought up to date may need. */
const openPostgres = (url: string, log: Logger, waitMs = patienceMs): Dialected => {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'tamas',
    max: 8,
    types,
    keepAlive: true,
    connectionTimeoutMillis: patienceMs,
    query_timeout: waitMs,
    statement_timeout: waitMs
  })
  // A connection that breaks while nobody uses it; the next user gets a new one.
  pool.on('error', (error) => log.warn('a database connection broke', { error: error.message }))
  return { db: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), kind: 'postgres' }
}

type Dialected = Pick<Database, 'db' | 'kind'>

const openEmbedded = (dataDir: string, log: Logger): Dialected => {
  const folder = path.join(dataDir, 'database')
  return { db: new Kysely<Tables>({ dialect: createEmbeddedDialect(folder, log) }), kind: 'embedded' }
}

/**
 * Opens the database and brings its tables up to date. `dataDir` is made if needed and belongs to this process until
 * close. Throws FolderInUse, StoreUnavailable, or what the database says.
 */
export const openDatabase = async (
  { databaseUrl, dataDir }: { readonly databaseUrl: string | undefined; readonly dataDir: string },
  log: Logger
): Promise<Database> => {
  await mkdir(dataDir, { recursive: true, mode: 0o700 })
  // With PostgreSQL the folder still holds the file of what was not yet written to it.
  const lock = await lockFolder(dataDir)
  const { db, kind } = databaseUrl === undefined ? openEmbedded(dataDir, log) : openPostgres(databaseUrl, log)
  const close = async (): Promise<void> => {
    await db.destroy()
    lock.release()
  }
  try {
    const patient = databaseUrl === undefined ? db : openPostgres(databaseUrl, log, 0).db
    await whileThere(() => migrate(patient, log)).finally(() => (patient === db ? undefined : patient.destroy()))
  } catch (error) {
    await close().catch(() => lock.release())
    throw error
  }
  return {
    db,
    kind,
    ping: async () => {
      try {
        await sql`select 1`.execute(db)
        return true
      } catch {
        return false
      }
    },
    tidy: async () => {
      if (kind === 'embedded') await whileThere(() => sql`analyze`.execute(db))
    },
    close
  }
}
