// The worker thread that the embedded database lives in: PGlite blocks its thread while it works. Answers statements in order.
import { parentPort, workerData } from 'node:worker_threads'
import { PGlite } from '@electric-sql/pglite'
import type { EmbeddedAnswer, EmbeddedRequest } from './embedded-protocol.ts'

const { folder } = workerData as { readonly folder: string }
if (parentPort === null) throw new Error('this file runs in a worker thread')
const port = parentPort
const answer = (message: EmbeddedAnswer): void => port.postMessage(message)

const bigint = 20
const database = await PGlite.create(folder, { parsers: { [bigint]: Number } })

const run = async (request: EmbeddedRequest): Promise<void> => {
  if (request.kind === 'close') {
    await database.close()
    answer({ kind: 'closed' })
    port.close()
    return
  }
  try {
    const { rows, affectedRows } = await database.query(request.sql, [...request.parameters])
    answer({ kind: 'rows', id: request.id, rows, affected: affectedRows })
  } catch (error) {
    const code = error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
    answer({ kind: 'error', id: request.id, message: error instanceof Error ? error.message : String(error), code })
  }
}

let last = Promise.resolve()
port.on('message', (request: EmbeddedRequest) => {
  last = last.then(() => run(request))
})
answer({ kind: 'ready' })
