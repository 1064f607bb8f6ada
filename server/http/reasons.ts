// How a failure is told to a back end: the status as a word, and reasons with a sentence each for whoever writes it.
import type { ErrorCode } from '../../common/errors.ts'
import type { BackEndError } from '../../common/protocol/back-end.ts'
import type { Failure } from '../../common/result.ts'

const words: Readonly<Record<number, string>> = {
  400: 'bad_request',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  405: 'method_not_allowed',
  408: 'request_timeout',
  409: 'conflict',
  410: 'gone',
  413: 'payload_too_large',
  426: 'upgrade_required',
  429: 'too_many_requests',
  500: 'internal_server_error',
  503: 'service_unavailable'
}

/** Where a failure brings no sentence of its own. */
const sentences: Readonly<Partial<Record<ErrorCode, string>>> = {
  rate_limited: 'Too many requests in a short time. Wait as long as Retry-After says.',
  too_many_calls: 'There are too many calls at once.',
  overloaded: 'The server has too much to do. Try again in a moment.',
  unavailable: 'The server cannot do that just now. Try again in a moment.',
  internal: 'Something went wrong in the server, and is in its log.'
}

/** `messages`: one sentence for each thing that is wrong, where there are several. */
export const reasonsOf = (error: Failure, status: number, messages: readonly string[] = []): BackEndError => {
  const told = messages.length > 0 ? messages : [error.detail ?? sentences[error.code] ?? 'The request was refused.']
  return {
    status: words[status] ?? 'error',
    reasons: told.map((message) => ({ code: error.code, message }))
  }
}
