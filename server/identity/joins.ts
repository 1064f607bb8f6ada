// Join codes: who holds one gets into one call, as one of its sides, once. What that sign-in may do is said by its scope.
import type { CallRole } from '../../common/call/end.ts'
import type { CallId, DeviceId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import type { JoinAnswer, JoinRequest } from '../../common/protocol/rest.ts'
import { minProtocolVersion, protocolVersion } from '../../common/protocol/values.ts'
import { fail, ok, unreachable } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { Config } from '../config.ts'
import type { Joins } from '../back-end/ports.ts'
import type { User } from '../ports.ts'
import { createBuckets } from './bucket.ts'
import type { TokenHashes } from './store.ts'
import { mintPair } from './token-pair.ts'
import { hashToken, mintToken } from './tokens.ts'

export type NewCode = {
  readonly hash: string
  readonly callId: CallId
  readonly side: CallRole
  readonly user: User
  readonly expiresAt: number
}

export type Redemption =
  | { readonly outcome: 'opened'; readonly user: User; readonly side: CallRole; readonly deviceId: DeviceId }
  /** There is no such code for this call, or it was used, or its time is over. */
  | { readonly outcome: 'denied' }
  | { readonly outcome: 'unknown_call' }
  | { readonly outcome: 'call_over' }

/** Every method throws StoreUnavailable (server/store) while the database is away. */
export type JoinStore = {
  readonly addCodes: (codes: readonly NewCode[]) => Promise<void>
  /** Spends the code and opens a session for its call on a new device, in one transaction: of two at once one is denied. */
  readonly redeem: (asked: {
    readonly hash: string
    readonly callId: CallId
    readonly device: JoinRequest['device']
    readonly tokens: TokenHashes
    readonly now: number
  }) => Promise<Redemption>
}

export type JoinsDeps = {
  readonly store: JoinStore
  readonly clock: Pick<Clock, 'now'>
  readonly log: Logger
  readonly settings: Config['identity']
}

export const joinCodeMs = 60 * secondMs

const understandsUs = ({ protocol, minProtocol }: JoinRequest): boolean =>
  (protocol ?? protocolVersion) >= minProtocolVersion && (minProtocol ?? protocolVersion) <= protocolVersion

export const createJoins = ({ store, clock, log, settings }: JoinsDeps): Joins => {
  const byAddress = createBuckets(settings.perAddress)

  const answerTo = async (request: JoinRequest): Promise<JoinAnswer> => {
    if (!understandsUs(request)) return { result: 'sdk_version_not_supported' }
    const { callId, code, device } = request
    const now = clock.now()
    const { tokens, hashes } = mintPair(now, settings)
    const redeemed = await store.redeem({ hash: hashToken(code), callId, device, tokens: hashes, now })
    switch (redeemed.outcome) {
      case 'opened': {
        const { user, side, deviceId } = redeemed
        log.info('joined by a code', { userId: user.userId, deviceId, callId })
        const peer = { userId: user.userId, username: user.username, names: user.names }
        return { result: 'success', ...tokens, user: peer, deviceId, callId, role: side }
      }
      case 'denied':
        return { result: 'access_denied' }
      case 'unknown_call':
        return { result: 'invalid_call' }
      case 'call_over':
        return { result: 'call_session_finished' }
      default:
        return unreachable(redeemed)
    }
  }

  return {
    mintCodes: async ({ callId, caller, receptor }) => {
      const expiresAt = clock.now() + joinCodeMs
      const codes = { caller: mintToken(), receptor: mintToken() }
      await store.addCodes([
        { hash: hashToken(codes.caller), callId, side: 'caller', user: caller, expiresAt },
        { hash: hashToken(codes.receptor), callId, side: 'receptor', user: receptor, expiresAt }
      ])
      return { ...codes, expiresAt }
    },
    join: async (request, address) => {
      const waitMs = byAddress.take(address, clock.now())
      if (waitMs > 0) return fail('rate_limited', 'too many tries to join', waitMs)
      const answer = await answerTo(request)
      // What was right is no guess, so it does not use up the tries.
      if (answer.result === 'success') byAddress.giveBack(address)
      return ok(answer)
    }
  }
}
