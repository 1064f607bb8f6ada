// Looks at the call server for a person who wants to know whether calls would go: does it answer, how quickly, what time
// is it there, and does it know this account. Changes nothing, on either side.
import type { Logger } from '../../common/log.ts'
import type { ServerCheck } from '../../common/server-check.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { restPaths } from '../../common/protocol/rest.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { SignalingSession } from '../ports.ts'
import { readServerUrl } from './server-url.ts'

/** The first finds the way and makes the connection; the others are as a request in a call is. */
const asks = 3
const deadlineMs = 5 * secondMs

/** The part of `fetch` that is used. */
export type LookAt = (
  url: string,
  init: { readonly signal: AbortSignal; readonly redirect: 'error' }
) => Promise<{
  readonly headers: { readonly get: (name: string) => string | null }
  readonly arrayBuffer: () => Promise<unknown>
}>

export type ServerCheckDeps = {
  readonly session: Pick<SignalingSession, 'account' | 'link'> & {
    readonly rest: Pick<SignalingSession['rest'], 'preferences'>
  }
  readonly fetch: LookAt
  readonly clock: Clock
  /** Milliseconds, finer than the clock's. */
  readonly steady: () => number
  /** The time of day. */
  readonly wallTime: () => number
  readonly log: Logger
}

type Reached = NonNullable<ServerCheck['reached']>

/** `Date` of an answer is a whole second, cut off: on average half a second ago. */
const aheadOf = (date: string | null, wallTime: number): number | null => {
  const there = date === null ? NaN : Date.parse(date)
  return Number.isNaN(there) ? null : Math.round((wallTime - there - secondMs / 2) / secondMs) * secondMs
}

export const createServerCheck = (deps: ServerCheckDeps): (() => Promise<Result<ServerCheck>>) => {
  const { session, clock, steady, wallTime, log } = deps

  const ask = async (url: string): Promise<Reached> => {
    const controller = new AbortController()
    const cancel = clock.at(clock.now() + deadlineMs, () => controller.abort())
    const begun = steady()
    try {
      const answer = await deps.fetch(url, { signal: controller.signal, redirect: 'error' })
      const roundTripMs = steady() - begun
      const clockAheadMs = aheadOf(answer.headers.get('date'), wallTime())
      await answer.arrayBuffer()
      return { roundTripMs, clockAheadMs }
    } finally {
      cancel()
    }
  }

  const reach = async (url: string): Promise<Reached | null> => {
    let best: Reached | null = null
    for (let count = 0; count < asks; count += 1) {
      try {
        const one = await ask(url)
        if (best === null || one.roundTripMs < best.roundTripMs) best = one
      } catch (error) {
        log.info('the server did not answer a check', { error: String(error) })
        return best
      }
    }
    return best
  }

  return async () => {
    const account = session.account()
    if (account.state !== 'signedIn') return fail('not_signed_in')
    const server = readServerUrl(account.server)
    if (!server.ok) return server
    const reached = await reach(`${server.value}${restPaths.health}`)
    if (reached === null) return ok({ reached, refused: 'failed_to_connect' })
    if (session.link().state !== 'joined') return ok({ reached, refused: 'disconnected' })
    const known = await session.rest.preferences()
    return ok({ reached, refused: known.ok ? null : known.error.code })
  }
}
