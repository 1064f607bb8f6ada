// Who may act as whom: sign-in, rotation of tokens, their proof and their end. Stores nothing itself, speaks no HTTP.
import { createEmitter } from '../../common/emitter.ts'
import { usernameKey } from '../../common/fold.ts'
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { Config } from '../config.ts'
import type { Identity, Session } from '../ports.ts'
import { StoreUnavailable } from '../store/away.ts'
import { createBuckets } from './bucket.ts'
import { createPasswords } from './passwords.ts'
import type { AccessFacts, IdentityStore } from './store.ts'
import { mintPair } from './token-pair.ts'
import { hashToken } from './tokens.ts'

export type IdentityDeps = {
  readonly store: IdentityStore
  readonly clock: Clock
  readonly log: Logger
  readonly applicationId: string
  readonly settings: Config['identity']
}

// Proofs of a moment ago, for the time the database is away; it is never asked while the database is there.
const mostRemembered = 10_000

/** While the database is away its calls answer `unavailable`, except proofs of tokens that were seen before. */
export const createIdentity = ({ store, clock, log, applicationId, settings }: IdentityDeps): Identity => {
  const passwords = createPasswords(settings.scryptLogN)
  const byUser = createBuckets(settings.perUser)
  const byAddress = createBuckets(settings.perAddress)
  const revoked = createEmitter<string>((error) =>
    log.error('a listener of revocations threw', { error: String(error) })
  )
  const remembered = new Map<string, AccessFacts>()

  const remember = (hash: string, facts: AccessFacts): void => {
    remembered.delete(hash)
    remembered.set(hash, facts)
    const [oldest] = remembered.keys()
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest)
  }
  const announceRevoked = (sessionId: string): void => {
    for (const [hash, facts] of remembered) if (facts.sessionId === sessionId) remembered.delete(hash)
    revoked.emit(sessionId)
  }
  const unlessAway = async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof StoreUnavailable) return fail('unavailable', 'the database is away')
      throw error
    }
  }
  const proven = (facts: AccessFacts | null): Result<Session> => {
    if (facts === null) return fail('unauthenticated', 'unknown access token')
    if (facts.revoked) return fail('unauthenticated', 'signed out')
    if (facts.expiresAt <= clock.now()) return fail('unauthenticated', 'expired access token')
    const { sessionId, userId, deviceId, scope } = facts
    return ok({
      sessionId,
      userId,
      deviceId,
      applicationId: facts.applicationId,
      accessExpiresAt: facts.expiresAt,
      scope
    })
  }

  const signIn: Identity['signIn'] = ({ username, password, device }, address) =>
    unlessAway(async () => {
      const name = usernameKey(username)
      const now = clock.now()
      const waitMs = byAddress.take(address, now) || byUser.take(name, now)
      if (waitMs > 0) return fail('rate_limited', 'too many sign-ins', waitMs)
      const account = await store.findAccount(applicationId, username)
      const right = await passwords.check(password, account?.password ?? null)
      if (right === null) return fail('overloaded', 'too many sign-ins at once', settings.perAddress.everyMs)
      if (!right || account === null) return fail('invalid_credentials')
      // What was right is no guess, so it does not use up the tries.
      byAddress.giveBack(address)
      byUser.giveBack(name)
      if (account.password !== null && passwords.isOutdated(account.password)) {
        await store.setPassword(account.user.userId, await passwords.hash(password))
      }
      const { tokens, hashes } = mintPair(clock.now(), settings)
      const { user } = account
      const opened = await store.openSession({ user, device: { ...device, id: device.id }, tokens: hashes, now })
      opened.revoked.forEach(announceRevoked)
      log.info('signed in', { userId: user.userId, deviceId: opened.deviceId })
      const peer = { userId: user.userId, username: user.username, names: user.names }
      return ok({ ...tokens, user: peer, deviceId: opened.deviceId })
    })

  const refresh: Identity['refresh'] = (refreshToken) =>
    unlessAway(async () => {
      const { tokens, hashes } = mintPair(clock.now(), settings)
      const rotation = await store.rotate(hashToken(refreshToken), hashes, clock.now())
      switch (rotation.outcome) {
        case 'rotated':
          return ok(tokens)
        case 'refused':
          return fail('unauthenticated', 'refresh token unknown, expired or signed out')
        case 'reused':
          log.warn('a spent refresh token was presented, its sign-in is revoked', { sessionId: rotation.sessionId })
          announceRevoked(rotation.sessionId)
          return fail('unauthenticated', 'refresh token was used before')
      }
    })

  const verify: Identity['verify'] = async (accessToken) => {
    const hash = hashToken(accessToken)
    try {
      const facts = await store.findAccess(hash)
      const proof = proven(facts)
      if (facts !== null && proof.ok) remember(hash, facts)
      return proof
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      // Phones come back to their calls while the database is away, so what was proven before still holds.
      const facts = remembered.get(hash)
      return facts === undefined ? fail('unavailable', 'the database is away') : proven(facts)
    }
  }

  return {
    signIn,
    refresh,
    verify,
    signOut: (session) =>
      unlessAway(async () => {
        // Sockets close at once, whether or not the database is there to hear of it.
        announceRevoked(session.sessionId)
        await store.revoke(session.sessionId, clock.now())
        log.info('signed out', { userId: session.userId, deviceId: session.deviceId })
        return ok({})
      }),
    onRevoked: revoked.on
  }
}
