// Reads the body of a request as JSON, within bounds of size and time. Checks no shape.
import type { IncomingMessage } from 'node:http'
import { fail, ok, type Result } from '../../common/result.ts'

const parse = (bytes: Buffer): Result<unknown> => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return ok(JSON.parse(text) as unknown)
  } catch {
    return fail('bad_request', 'the body is not JSON')
  }
}

type BodyLimits = { readonly maxMs: number; readonly maxBytes: number }

/** Errors: too_large, timeout, bad_request (not JSON, or the asker went away). */
export const readJson = (request: IncomingMessage, { maxMs, maxBytes }: BodyLimits): Promise<Result<unknown>> =>
  new Promise((resolve) => {
    const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
    if (type !== 'application/json') {
      resolve(fail('bad_request', 'the body must be application/json'))
      return
    }
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) {
      resolve(fail('too_large', `the body is over ${maxBytes} bytes`))
      return
    }
    const chunks: Buffer[] = []
    let size = 0
    const finish = (result: Result<unknown>): void => {
      clearTimeout(timer)
      request.off('data', onData)
      // What still comes is not kept; `send` closes the connection.
      if (!request.complete) request.pause()
      resolve(result)
    }
    const onData = (chunk: Buffer): void => {
      size += chunk.length
      if (size > maxBytes) finish(fail('too_large', `the body is over ${maxBytes} bytes`))
      else chunks.push(chunk)
    }
    const timer = setTimeout(() => finish(fail('timeout', 'the body came too slowly')), maxMs)
    request.on('data', onData)
    request.once('end', () => finish(parse(Buffer.concat(chunks))))
    request.once('error', () => finish(fail('bad_request', 'the request was broken off')))
    request.once('close', () => finish(fail('bad_request', 'the request was broken off')))
  })
