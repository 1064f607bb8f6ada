// Requests over one socket: at most 8 under way and 32 waiting, each with a deadline and each settled exactly once.
// Answers are parsed here; what does not parse is an error, never a value.
import { requests, type RequestName, type RequestValue } from '../../common/protocol/socket.ts'
import { failure } from '../../common/protocol/values.ts'
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Failure, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { SignalingSession } from '../ports.ts'
import { idleRequester, stepRequester, type RequesterEvent } from './requester-core.ts'

export const defaultDeadlineMs = 8 * secondMs

export type Send = (
  name: string,
  envelope: { requestId: string; data: unknown },
  ack: (answer: unknown) => void
) => void

export type RequestChannel = {
  readonly request: SignalingSession['request']
  readonly joined: (send: Send) => void
  /** Everything that has no answer yet fails `disconnected`. */
  readonly lost: () => void
}

export type RequesterDeps = { readonly clock: Clock; readonly newId: () => string; readonly log: Logger }

type Entry = { readonly start: (send: Send) => void; readonly settle: (result: Result<unknown>) => void }

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

/** Drops what is absent, as exact optional types want it. */
export const toFailure = ({
  code,
  detail,
  retryAfterMs
}: {
  code: Failure['code']
  detail?: string | undefined
  retryAfterMs?: number | undefined
}): Failure => fail(code, detail, retryAfterMs).error

const parseAnswer = <N extends RequestName>(name: N, answer: unknown): Result<RequestValue<N>> => {
  if (isRecord(answer) && answer['ok'] === true) {
    const value = requests[name].value.safeParse(answer['value'])
    // The schema is that of `name`, which the compiler can't follow through the table.
    if (value.success) return ok(value.data as RequestValue<N>)
  } else if (isRecord(answer) && answer['ok'] === false) {
    const error = failure.safeParse(answer['error'])
    if (error.success) return { ok: false, error: toFailure(error.data) }
  }
  return fail('internal', `the answer to ${name} does not parse`)
}

export const createRequester = ({ clock, newId, log }: RequesterDeps): RequestChannel => {
  let state = idleRequester
  let send: Send | null = null
  let keys = 0
  const entries = new Map<number, Entry>()

  const move = (event: RequesterEvent): void => {
    const moved = stepRequester(state, event)
    state = moved.state
    for (const { key, code } of moved.refuse) entries.get(key)?.settle(fail(code))
    for (const key of moved.send) if (send !== null) entries.get(key)?.start(send)
  }

  const request: RequestChannel['request'] = (name, data, options = {}) =>
    new Promise((resolve) => {
      const { requestId = newId(), signal, deadlineMs = defaultDeadlineMs } = options
      if (signal?.aborted === true) {
        resolve(fail('cancelled'))
        return
      }
      keys += 1
      const key = keys
      const settle = (result: Result<unknown>): void => {
        if (!entries.delete(key)) return
        cancelDeadline()
        signal?.removeEventListener('abort', onAbort)
        const parsed = result.ok ? parseAnswer(name, result.value) : result
        if (!parsed.ok && parsed.error.code === 'internal')
          log.warn('a request failed', {
            name,
            callId: 'callId' in data ? data.callId : undefined,
            detail: parsed.error.detail
          })
        resolve(parsed)
        move({ kind: 'settled', key })
      }
      const onAbort = (): void => settle(fail('cancelled'))
      const cancelDeadline = clock.at(clock.now() + deadlineMs, () => settle(fail('timeout')))
      signal?.addEventListener('abort', onAbort)
      entries.set(key, {
        start: (through) => through(name, { requestId, data }, (answer) => settle(ok(answer))),
        settle
      })
      move({ kind: 'added', key })
    })

  return {
    request,
    joined: (through) => {
      send = through
      move({ kind: 'joined' })
    },
    lost: () => {
      send = null
      move({ kind: 'lost' })
    }
  }
}
