// Tells the server that somebody has signed out here, until it has heard it. Who signed out is not kept waiting by that,
// and nothing of it is kept on the disk: with the app the tokens are gone, and they end by themselves.
//
//   say ──▶ telling ── heard, or over there already ──▶ (done)
//              │ ▲
//     not now  ▼ │ after a pause
//            waiting ── closed ──▶ (done)
import type { Logger } from '../../common/log.ts'
import { ok, type Failure, type Result } from '../../common/result.ts'
import { minuteMs, secondMs, type Clock } from '../../common/time.ts'
import type { Rest } from './rest.ts'

/** Between one try and the next; the last goes on. */
export const farewellPausesMs = [5 * secondMs, 30 * secondMs, 5 * minuteMs] as const

/** What is left of a sign-in. The access token may be missing or too old. */
export type Leftover = {
  readonly server: string
  readonly accessToken: string | null
  readonly refreshToken: string
}

export type Farewell = {
  /** Resolves after the first try; never rejects. */
  readonly say: (left: Leftover) => Promise<void>
  readonly close: () => void
}

type Deps = { readonly rest: Pick<Rest, 'signOut' | 'refresh'>; readonly clock: Clock; readonly log: Logger }

/** Whether the server may hear it another time. */
const passes = ({ code }: Failure): boolean =>
  ['unavailable', 'failed_to_connect', 'timeout', 'overloaded', 'rate_limited', 'internal'].includes(code)

export const createFarewell = ({ rest, clock, log }: Deps): Farewell => {
  const waits = new Set<() => void>()
  let isClosed = false

  /** One try: what is left after it, and how it went. */
  const tell = async (left: Leftover): Promise<{ readonly left: Leftover; readonly told: Result<unknown> }> => {
    const { server, accessToken, refreshToken } = left
    if (accessToken !== null) {
      const told = await rest.signOut(server, accessToken)
      if (told.ok || told.error.code !== 'unauthenticated') return { left, told }
    }
    const renewed = await rest.refresh(server, refreshToken)
    if (!renewed.ok) {
      // It is over there already.
      return { left: { ...left, accessToken: null }, told: renewed.error.code === 'unauthenticated' ? ok({}) : renewed }
    }
    const { accessToken: next, refreshToken: nextRefresh } = renewed.value
    return { left: { server, accessToken: next, refreshToken: nextRefresh }, told: await rest.signOut(server, next) }
  }

  const go = async (before: Leftover, tries: number): Promise<void> => {
    const { left, told } = await tell(before)
    if (told.ok || isClosed) return
    if (!passes(told.error)) {
      log.warn('the server does not take the sign-out', { code: told.error.code })
      return
    }
    log.info('the server is told of the sign-out later', { code: told.error.code })
    const pauseMs = farewellPausesMs[Math.min(tries, farewellPausesMs.length - 1)] ?? minuteMs
    const cancel = clock.at(clock.now() + Math.max(pauseMs, told.error.retryAfterMs ?? 0), () => {
      waits.delete(cancel)
      void go(left, tries + 1)
    })
    waits.add(cancel)
  }

  return {
    say: (left) => go(left, 0),
    close: () => {
      isClosed = true
      for (const cancel of waits) cancel()
      waits.clear()
    }
  }
}
