// One-time codes for calls, as hashes, and their exchange for a session of that call in one transaction.
import type { JoinStore } from '../identity/joins.ts'
import { whileThere } from './away.ts'
import type { Db } from './database.ts'
import { openSession } from './sessions.ts'
import { toUser, userColumns } from './users.ts'

export const createJoinStore = (db: Db): JoinStore => ({
  addCodes: (codes) =>
    whileThere(async () => {
      const rows = codes.map(({ hash, callId, side, user, expiresAt }) => ({
        hash,
        application_id: user.applicationId,
        call_id: callId,
        side,
        user_id: user.userId,
        expires_at: expiresAt,
        used_at: null
      }))
      await db.insertInto('join_codes').values(rows).execute()
    }),

  redeem: ({ hash, callId, device, tokens, now }) =>
    whileThere(() =>
      db.transaction().execute(async (tx) => {
        const call = await tx.selectFrom('calls').select('status').where('call_id', '=', callId).executeTakeFirst()
        if (call === undefined) return { outcome: 'unknown_call' }
        const code = await tx
          .updateTable('join_codes')
          .set({ used_at: now })
          .where('hash', '=', hash)
          .where('call_id', '=', callId)
          .where('used_at', 'is', null)
          .where('expires_at', '>', now)
          .returning(['user_id', 'side'])
          .executeTakeFirst()
        if (code === undefined) return { outcome: 'denied' }
        if (call.status === 'finished') return { outcome: 'call_over' }
        const row = await tx
          .selectFrom('users')
          .select(userColumns)
          .where('user_id', '=', code.user_id)
          .executeTakeFirstOrThrow()
        const user = toUser(row)
        const opened = await openSession(tx, {
          user,
          device: { ...device, id: undefined },
          tokens,
          now,
          scope: { callId }
        })
        return { outcome: 'opened', user, side: code.side, deviceId: opened.deviceId }
      })
    )
})
