// How answers look on the wire: status for each failure, headers every answer has. Decides nothing.
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ErrorCode } from '../../common/errors.ts'
import type { Failure } from '../../common/result.ts'
import { reasonsOf } from './reasons.ts'

/** What a route gives back; `body` is sent as JSON, or as it is where it is a text. */
export type Answer = {
  readonly status: number
  readonly body?: object | string
  readonly headers?: Readonly<Record<string, string>>
}

const statusOf: Readonly<Record<ErrorCode, number>> = {
  bad_request: 400,
  too_large: 413,
  rate_limited: 429,
  timeout: 408,
  cancelled: 400,
  duplicate_request: 409,
  invalid_credentials: 401,
  unauthenticated: 401,
  access_denied: 403,
  sdk_version_not_supported: 426,
  insecure_server: 400,
  not_found: 404,
  already_exists: 409,
  invalid_call: 404,
  call_session_finished: 410,
  not_allowed_now: 409,
  no_other_device: 409,
  stale: 409,
  cannot_call_self: 400,
  too_many_calls: 429,
  too_many_contacts: 409,
  contact_changed: 409,
  disconnected: 503,
  failed_to_connect: 503,
  overloaded: 503,
  unavailable: 503,
  internal: 500,
  microphone_denied: 400,
  microphone_missing: 400,
  microphone_busy: 400,
  media_failed: 500,
  not_signed_in: 401,
  storage_failed: 500,
  settings_damaged: 500,
  file_not_saved: 500,
  no_number_copied: 500,
  links_not_taken: 500
}

export type Refusal = {
  /** Where HTTP has a finer one than the code's own. */
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** All that is wrong, where there are several things. */
  readonly problems?: readonly string[]
}

/** The answer to a request that failed, in the words of whoever asked. */
export type Tell = (error: Failure, refusal?: Refusal) => Answer

const telling =
  (bodyOf: (error: Failure, status: number, problems: readonly string[]) => object): Tell =>
  (error, { status = statusOf[error.code], headers = {}, problems = [] } = {}) => ({
    status,
    body: bodyOf(error, status, problems),
    headers: {
      ...(error.retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) }),
      ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}),
      ...headers
    }
  })

export const tellPhone: Tell = telling((error) => ({ error }))
export const tellBackEnd: Tell = telling(reasonsOf)

// Nothing here is a page, and nothing may be kept: answers name people and hold tokens.
const always = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY'
}

/** Sends an answer; does nothing where one was begun or the asker is gone. */
export const send = (request: IncomingMessage, response: ServerResponse, { status, body, headers }: Answer): void => {
  if (response.headersSent || response.destroyed) return
  const text = body === undefined ? '' : typeof body === 'string' ? body : JSON.stringify(body)
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8'
  // What was not read of the request would be taken for the next one.
  if (!request.complete) response.setHeader('connection', 'close')
  response.writeHead(status, {
    ...always,
    ...(body === undefined ? {} : { 'content-type': type }),
    ...(status === 204 ? {} : { 'content-length': Buffer.byteLength(text) }),
    ...headers
  })
  response.end(request.method === 'HEAD' ? undefined : text)
}
