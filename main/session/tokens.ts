// The tokens of one sign-in: who is asked for new ones, when, and that each is kept before it is used. No socket here.
//
//               ┌─────── refreshed or renewed, kept ────────┐
//               ▼                                           │
//   none ──▶ usable ── expires soon, or was refused ──▶ asking (one at a time)
//     ▲                                                     │ refused: the sign-in is over
//     └─────────────────────────────────────────────────────┘
// An answer that was lost changes nothing: the old refresh token is good until its successor is used, so it is asked again.
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Failure, type Result } from '../../common/result.ts'
import { minuteMs, secondMs, type Clock } from '../../common/time.ts'

export const tokenLimits = {
  /** An access token this close to its end is not used any more. */
  spareMs: 5 * secondMs,
  /** In band, new ones are asked for this long before the end; sooner for short lives. */
  marginMs: 2 * minuteMs,
  /** After a failure that passes. */
  retryMs: 10 * secondMs
} as const

export type TokenPair = {
  readonly accessToken: string
  /** On the server's clock. */
  readonly accessExpiresAt: number
  readonly refreshToken: string
}

export type TokensDeps = {
  readonly clock: Clock
  readonly log: Logger
  /** By REST. */
  readonly refresh: (refreshToken: string) => Promise<Result<TokenPair>>
  /** In band, where there is a connection. */
  readonly renew: (refreshToken: string) => Promise<Result<TokenPair>>
  /** Keeps the newest refresh token; resolves once it is kept. */
  readonly keep: (refreshToken: string) => Promise<void>
  /** The server takes this sign-in no more. */
  readonly onRefused: (error: Failure) => void
}

export type TokenKeeper = {
  readonly start: (from: { readonly refreshToken: string; readonly pair: TokenPair | null }) => void
  readonly stop: () => void
  /** A token to use now. Errors: unauthenticated, and what hinders asking. */
  readonly access: () => Promise<Result<string>>
  /** What there is now: the access token only if it is good as it is. Null where nobody is signed in. */
  readonly held: () => { readonly accessToken: string | null; readonly refreshToken: string } | null
  /** The server did not take this one. */
  readonly refused: (accessToken: string) => void
  /** A connection is welcomed: from here on the server's clock is known, and tokens are renewed in band. */
  readonly welcomed: (welcome: { readonly accessExpiresAt: number; readonly now: number }) => void
  readonly lost: () => void
}

type Signed = {
  refreshToken: string
  accessToken: string | null
  /** On this machine's clock; null while the server's clock is not known. */
  usableUntil: number | null
  flight: Promise<Result<string>> | null
}

export const createTokens = ({ clock, log, refresh, renew, keep, onRefused }: TokensDeps): TokenKeeper => {
  let signed: Signed | null = null
  let serverAheadMs: number | null = null
  let cancelRenewal: (() => void) | null = null
  let isConnected = false

  const localExpiry = (accessExpiresAt: number): number | null =>
    serverAheadMs === null ? null : accessExpiresAt - serverAheadMs

  const take = async (mine: Signed, ask: typeof refresh): Promise<Result<string>> => {
    const answer = await ask(mine.refreshToken)
    if (signed !== mine) return fail('cancelled')
    if (!answer.ok) {
      if (answer.error.code === 'unauthenticated') onRefused(answer.error)
      return answer
    }
    const { accessToken, accessExpiresAt, refreshToken } = answer.value
    // Kept before it is used: using it is what makes the server forget the one before.
    await keep(refreshToken)
    mine.refreshToken = refreshToken
    mine.accessToken = accessToken
    mine.usableUntil = localExpiry(accessExpiresAt)
    return ok(accessToken)
  }

  /** Both ways use up the same refresh token, so only one goes at a time. */
  const askOnce = (mine: Signed, ask: typeof refresh): Promise<Result<string>> => {
    mine.flight ??= take(mine, ask).finally(() => {
      mine.flight = null
    })
    return mine.flight
  }

  const disarm = (): void => {
    cancelRenewal?.()
    cancelRenewal = null
  }

  const arm = (at: number): void => {
    disarm()
    cancelRenewal = clock.at(at, () => {
      cancelRenewal = null
      const mine = signed
      if (mine === null) return
      void askOnce(mine, renew).then((answer) => {
        // Lost or closed meanwhile: the next welcome plans anew.
        if (signed !== mine || cancelRenewal !== null || !isConnected) return
        if (answer.ok) plan(mine)
        else {
          log.warn('the tokens were not renewed', { code: answer.error.code })
          arm(clock.now() + tokenLimits.retryMs)
        }
      })
    })
  }

  const usable = (): string | null => {
    if (signed === null) return null
    const { accessToken, usableUntil } = signed
    return usableUntil === null || clock.now() < usableUntil - tokenLimits.spareMs ? accessToken : null
  }

  const plan = ({ usableUntil }: Signed): void => {
    if (usableUntil === null) return
    const leftMs = usableUntil - clock.now()
    arm(usableUntil - Math.min(tokenLimits.marginMs, Math.max(0, leftMs) / 3))
  }

  return {
    start: ({ refreshToken, pair }) => {
      signed = {
        refreshToken: pair?.refreshToken ?? refreshToken,
        accessToken: pair?.accessToken ?? null,
        usableUntil: null,
        flight: null
      }
      serverAheadMs = null
    },
    stop: () => {
      disarm()
      signed = null
      isConnected = false
    },
    held: () => (signed === null ? null : { accessToken: usable(), refreshToken: signed.refreshToken }),
    access: async () => {
      if (signed === null) return fail('not_signed_in')
      const accessToken = usable()
      return accessToken === null ? askOnce(signed, refresh) : ok(accessToken)
    },
    refused: (accessToken) => {
      if (signed?.accessToken === accessToken) signed.accessToken = null
    },
    welcomed: ({ accessExpiresAt, now }) => {
      if (signed === null) return
      isConnected = true
      serverAheadMs = now - clock.now()
      signed.usableUntil = localExpiry(accessExpiresAt)
      plan(signed)
    },
    lost: () => {
      isConnected = false
      disarm()
    }
  }
}
