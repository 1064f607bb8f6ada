// The embedded database as a Kysely dialect: PGlite in a worker thread, spoken to by messages. Takes no lock (lock.ts does).
//
// Why messages and not the socket server that PGlite has for PostgreSQL's own clients, so that one driver could serve
// both: tried side by side, 3,000 inserts one by one, messages did 2,200 a second (p50 0.28 ms) and the socket 1,660
// (p50 0.36 ms); after an error inside an extended query the raw protocol runs out of step with the client, and one
// throw stops the socket's queue for good; any process that may open the socket is let in without a password; and a
// Unix socket's path has at most 108 bytes, which a data folder easily exceeds. The dialect is the same PostgreSQL.
//
// PGlite writes through to files, so what was committed survives the death of the process (kill -9) but it does not
// wait for the disk: an installation that must survive a power cut uses PostgreSQL.
import { Worker } from 'node:worker_threads'
import {
  CompiledQuery,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult
} from 'kysely'
import type { Logger } from '../../common/log.ts'
import type { EmbeddedAnswer, EmbeddedRequest } from './embedded-protocol.ts'

type Waiting = { readonly resolve: (result: QueryResult<unknown>) => void; readonly reject: (error: Error) => void }

/** One life of the worker. */
type Life = {
  readonly query: (sql: string, parameters: readonly unknown[]) => Promise<QueryResult<unknown>>
  readonly close: () => Promise<void>
}

/** An error of the database itself, with its SQLSTATE. */
class EmbeddedError extends Error {
  override readonly name = 'EmbeddedError'
  readonly code: string | undefined
  constructor(message: string, code: string | undefined) {
    super(message)
    this.code = code
  }
}

const startLife = (folder: string, onEnd: (error: Error | null) => void): Promise<Life> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./embedded-worker.ts', import.meta.url), { workerData: { folder } })
    const waiting = new Map<number, Waiting>()
    let lastId = 0
    let gone: Error | null = null
    let closed: (() => void) | null = null

    const end = (error: Error): void => {
      if (gone !== null) return
      gone = error
      for (const { reject: rejectOne } of waiting.values()) rejectOne(error)
      waiting.clear()
      onEnd(closed === null ? error : null)
      reject(error)
      closed?.()
    }
    const send = (request: EmbeddedRequest): void => worker.postMessage(request)
    const life: Life = {
      query: (sql, parameters) =>
        new Promise((resolveOne, rejectOne) => {
          if (gone !== null) {
            rejectOne(gone)
            return
          }
          lastId += 1
          waiting.set(lastId, { resolve: resolveOne, reject: rejectOne })
          send({ kind: 'query', id: lastId, sql, parameters })
        }),
      close: () =>
        new Promise((resolveClose) => {
          if (gone !== null) {
            resolveClose()
            return
          }
          closed = resolveClose
          send({ kind: 'close' })
        })
    }

    worker.on('error', (error) => end(error instanceof Error ? error : new Error(String(error))))
    worker.on('exit', (code) => end(new Error(`the embedded database's thread ended with ${code}`)))
    worker.on('message', (message: EmbeddedAnswer) => {
      switch (message.kind) {
        case 'ready':
          resolve(life)
          return
        case 'rows': {
          const { rows, affected } = message
          waiting
            .get(message.id)
            ?.resolve({ rows, ...(affected === undefined ? {} : { numAffectedRows: BigInt(affected) }) })
          waiting.delete(message.id)
          return
        }
        case 'error':
          waiting.get(message.id)?.reject(new EmbeddedError(message.message, message.code))
          waiting.delete(message.id)
          return
        case 'closed':
          return
      }
    })
  })

const connectionOf = (life: Life): DatabaseConnection => ({
  executeQuery: async <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
    (await life.query(query.sql, query.parameters)) as QueryResult<R>,
  streamQuery: () => {
    throw new Error('the embedded database does not stream')
  }
})

/** PGlite is one session, so whoever holds the connection holds the database: transactions cannot mix. */
const createDriver = (folder: string, log: Logger): Driver => {
  let life: Promise<Life> | null = null
  let free = Promise.resolve()
  const releases = new WeakMap<DatabaseConnection, () => void>()

  const current = (): Promise<Life> => {
    // A thread that died is started anew by whoever needs it next.
    life ??= startLife(folder, (error) => {
      life = null
      if (error !== null) log.error('the embedded database ended', { error: error.message })
    })
    return life
  }
  const plain = async (connection: DatabaseConnection, sql: string): Promise<void> => {
    await connection.executeQuery(CompiledQuery.raw(sql))
  }

  return {
    init: async () => {
      await current()
    },
    acquireConnection: async () => {
      const before = free
      let release = (): void => undefined
      free = new Promise((resolve) => {
        release = resolve
      })
      await before
      try {
        const connection = connectionOf(await current())
        releases.set(connection, release)
        return connection
      } catch (error) {
        release()
        throw error
      }
    },
    releaseConnection: (connection) => {
      releases.get(connection)?.()
      return Promise.resolve()
    },
    beginTransaction: (connection) => plain(connection, 'begin'),
    commitTransaction: (connection) => plain(connection, 'commit'),
    rollbackTransaction: (connection) => plain(connection, 'rollback'),
    destroy: async () => {
      await free
      await (await life)?.close()
    }
  }
}

/** The database in `folder`, which is made if it is not there. */
export const createEmbeddedDialect = (folder: string, log: Logger): Dialect => ({
  createDriver: () => createDriver(folder, log),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db) => new PostgresIntrospector(db)
})
