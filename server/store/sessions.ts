// Sign-ins and their tokens (as hashes), in transactions. What a presented token means is said in identity/rotation.ts.
import { usernameKey } from '../../common/fold.ts'
import type { DeviceId } from '../../common/ids.ts'
import { dayMs, hourMs } from '../../common/time.ts'
import { afterRotation, judgeRefresh } from '../identity/rotation.ts'
import type { IdentityStore, NewSession, TokenHashes } from '../identity/store.ts'
import { mintId } from '../identity/tokens.ts'
import { whileThere } from './away.ts'
import type { Db } from './database.ts'
import { toUser, userColumns } from './users.ts'

// A revoked family is remembered so that a late reuse is still told from an unknown token.
const revokedKeptMs = 30 * dayMs
// A device that nobody signs in on any more; should it come back, it is a new one.
const deviceKeptMs = 90 * dayMs

const scopeKeptMs = hourMs

const insertTokens = async (tx: Db, sessionId: string, tokens: TokenHashes): Promise<void> => {
  await tx
    .insertInto('access_tokens')
    .values({ hash: tokens.accessHash, session_id: sessionId, expires_at: tokens.accessExpiresAt })
    .execute()
  await tx
    .insertInto('refresh_tokens')
    .values({
      hash: tokens.refreshHash,
      session_id: sessionId,
      state: 'current',
      expires_at: tokens.refreshExpiresAt
    })
    .execute()
}

/** The user's own device of that id, or a new one: an id that was heard elsewhere is worth nothing. */
const useDevice = async (tx: Db, { user, device, now }: NewSession): Promise<DeviceId> => {
  const { name, platform } = device
  if (device.id !== undefined) {
    const { numUpdatedRows } = await tx
      .updateTable('devices')
      .set({ name, platform, signed_in_at: now })
      .where('device_id', '=', device.id)
      .where('user_id', '=', user.userId)
      .executeTakeFirst()
    if (numUpdatedRows > 0n) return device.id
  }
  const deviceId = mintId()
  await tx
    .insertInto('devices')
    .values({
      device_id: deviceId,
      application_id: user.applicationId,
      user_id: user.userId,
      name,
      platform,
      created_at: now,
      signed_in_at: now
    })
    .execute()
  return deviceId
}

/** As `IdentityStore.openSession`, within a transaction. */
export const openSession = async (tx: Db, session: NewSession): ReturnType<IdentityStore['openSession']> => {
  const { user, tokens, now } = session
  const deviceId = await useDevice(tx, session)
  const earlier = await tx
    .updateTable('sessions')
    .set({ revoked_at: now })
    .where('device_id', '=', deviceId)
    .where('revoked_at', 'is', null)
    .returning('session_id')
    .execute()
  const sessionId = mintId()
  await tx
    .insertInto('sessions')
    .values({
      session_id: sessionId,
      application_id: user.applicationId,
      user_id: user.userId,
      device_id: deviceId,
      created_at: now,
      expires_at: tokens.refreshExpiresAt,
      revoked_at: null,
      scope_call_id: session.scope?.callId ?? null
    })
    .execute()
  await insertTokens(tx, sessionId, tokens)
  return { deviceId, revoked: earlier.map((row) => row.session_id) }
}

export const createIdentityStore = (db: Db): IdentityStore => ({
  findAccount: (applicationId, username) =>
    whileThere(async () => {
      const row = await db
        .selectFrom('users')
        .select([...userColumns, 'password'])
        .where('application_id', '=', applicationId)
        .where('username_folded', '=', usernameKey(username))
        .executeTakeFirst()
      return row === undefined ? null : { user: toUser(row), password: row.password }
    }),

  setPassword: (userId, password) =>
    whileThere(async () => {
      await db
        .updateTable('users')
        .set({ password: JSON.stringify(password) })
        .where('user_id', '=', userId)
        .execute()
    }),

  openSession: (session) => whileThere(() => db.transaction().execute((tx) => openSession(tx, session))),

  rotate: (presentedHash, next, now) =>
    whileThere(() =>
      db.transaction().execute(async (tx) => {
        const found = await tx
          .selectFrom('refresh_tokens')
          .select('session_id')
          .where('hash', '=', presentedHash)
          .executeTakeFirst()
        if (found === undefined) return { outcome: 'refused' }
        const sessionId = found.session_id
        // The session's row is the lock of the whole family: two uses at once come one after the other.
        const session = await tx
          .selectFrom('sessions')
          .select('revoked_at')
          .where('session_id', '=', sessionId)
          .forUpdate()
          .executeTakeFirst()
        // Of the many that are spent only a presented one matters.
        const family = await tx
          .selectFrom('refresh_tokens')
          .select(['hash', 'state', 'expires_at'])
          .where('session_id', '=', sessionId)
          .where((where) => where.or([where('state', '<>', 'spent'), where('hash', '=', presentedHash)]))
          .execute()
        const presented = family.find((token) => token.hash === presentedHash)
        if (session === undefined || presented === undefined) return { outcome: 'refused' }
        const facts = { state: presented.state, expiresAt: presented.expires_at, revoked: session.revoked_at !== null }
        const verdict = judgeRefresh(facts, now)
        if (verdict === 'refused') return { outcome: 'refused' }
        if (verdict === 'reused') {
          await tx.updateTable('sessions').set({ revoked_at: now }).where('session_id', '=', sessionId).execute()
          return { outcome: 'reused', sessionId }
        }
        for (const token of family) {
          const state = afterRotation(token.state, token.hash === presentedHash)
          if (state === token.state) continue
          await tx.updateTable('refresh_tokens').set({ state }).where('hash', '=', token.hash).execute()
        }
        await tx
          .updateTable('sessions')
          .set({ expires_at: next.refreshExpiresAt })
          .where('session_id', '=', sessionId)
          .execute()
        await insertTokens(tx, sessionId, next)
        return { outcome: 'rotated' }
      })
    ),

  findAccess: (accessHash) =>
    whileThere(async () => {
      const row = await db
        .selectFrom('access_tokens as token')
        .innerJoin('sessions as session', 'session.session_id', 'token.session_id')
        .select([
          'token.expires_at',
          'session.session_id',
          'session.user_id',
          'session.device_id',
          'session.application_id',
          'session.revoked_at',
          'session.scope_call_id'
        ])
        .where('token.hash', '=', accessHash)
        .executeTakeFirst()
      if (row === undefined) return null
      return {
        sessionId: row.session_id,
        userId: row.user_id,
        deviceId: row.device_id,
        applicationId: row.application_id,
        expiresAt: row.expires_at,
        revoked: row.revoked_at !== null,
        scope: row.scope_call_id === null ? null : { callId: row.scope_call_id }
      }
    }),

  revoke: (sessionId, now) =>
    whileThere(async () => {
      const { numUpdatedRows } = await db
        .updateTable('sessions')
        .set({ revoked_at: now })
        .where('session_id', '=', sessionId)
        .where('revoked_at', 'is', null)
        .executeTakeFirst()
      return numUpdatedRows > 0n
    }),

  sweep: (now) =>
    whileThere(async () => {
      await db.deleteFrom('access_tokens').where('expires_at', '<=', now).execute()
      // A spent token says nothing any more once it would have expired by itself; the live ones keep the session.
      await db.deleteFrom('refresh_tokens').where('expires_at', '<=', now).execute()
      await db
        .deleteFrom('sessions')
        .where((where) => where.or([where('expires_at', '<=', now), where('revoked_at', '<=', now - revokedKeptMs)]))
        .execute()
      await db.deleteFrom('join_codes').where('expires_at', '<=', now).execute()
      // Whoever came for one call has no more to ask once it is over; a while is left to hear how it ended.
      const over = db
        .selectFrom('calls')
        .select('call_id')
        .where('finished_at', '<=', now - scopeKeptMs)
      await db.deleteFrom('sessions').where('scope_call_id', 'in', over).execute()
      await db
        .deleteFrom('devices')
        .where('signed_in_at', '<=', now - deviceKeptMs)
        .where((where) => where('device_id', 'not in', where.selectFrom('sessions').select('device_id')))
        .execute()
    })
})
