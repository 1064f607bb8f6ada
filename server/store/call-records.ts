// What an application's back end may read of its calls, and which orders for calls came under which key. Writes no call.
import type { WireStatus } from '../../common/call/status.ts'
import type { EndAuthor, EndDetail, FinishReason } from '../../common/call/end.ts'
import type { CallId, UserId } from '../../common/ids.ts'
import type { Names } from '../../common/protocol/values.ts'
import type { PageAsked } from '../back-end/ports.ts'
import type { KeptQuality } from '../quality/ports.ts'
import { whileThere } from './away.ts'
import { readQuality } from './call-quality.ts'
import type { Db } from './database.ts'

type Side = { readonly userId: UserId; readonly username: string; readonly names: Names }

/** A call as it was last written; times in milliseconds since the epoch. */
export type KeptCall = {
  readonly callId: CallId
  readonly status: WireStatus
  readonly createdAt: number
  readonly startedAt: number | null
  readonly finishedAt: number | null
  readonly talkMs: number
  readonly end: {
    readonly reason: FinishReason
    readonly by: EndAuthor
    readonly detail: EndDetail | null
  } | null
  readonly caller: Side
  readonly receptor: Side
}

export type KeptEvent = { readonly at: number; readonly kind: string; readonly data: Record<string, unknown> }

export type CallsWanted = PageAsked & {
  readonly endpointId: UserId | undefined
  /** Created at or after. */
  readonly since: number | undefined
  /** Created before. */
  readonly until: number | undefined
}

/** Every method throws StoreUnavailable while the database is away, and knows the application's own calls only. */
export type CallRecords = {
  /** Newest first. */
  readonly list: (
    applicationId: string,
    wanted: CallsWanted
  ) => Promise<{ readonly total: number; readonly calls: readonly KeptCall[] }>
  readonly find: (
    applicationId: string,
    callId: CallId
  ) => Promise<{
    readonly call: KeptCall
    readonly timeline: readonly KeptEvent[]
    readonly quality: KeptQuality
  } | null>
  /** Keeps which body came under this key; false where another one did before. */
  readonly claim: (applicationId: string, keyHash: string, bodyHash: string, now: number) => Promise<boolean>
}

const ownCalls = (db: Db, applicationId: string) =>
  db
    .selectFrom('calls')
    .leftJoin('users as caller', 'caller.user_id', 'calls.caller_id')
    .leftJoin('users as receptor', 'receptor.user_id', 'calls.receptor_id')
    .where('calls.application_id', '=', applicationId)

const columns = [
  'calls.call_id',
  'calls.status',
  'calls.created_at',
  'calls.started_at',
  'calls.finished_at',
  'calls.talk_ms',
  'calls.end_reason',
  'calls.end_by',
  'calls.end_detail',
  'calls.caller_id',
  'calls.receptor_id',
  'caller.username as caller_username',
  'caller.names_en as caller_en',
  'caller.names_fa as caller_fa',
  'receptor.username as receptor_username',
  'receptor.names_en as receptor_en',
  'receptor.names_fa as receptor_fa'
] as const

const rowOf = (db: Db, applicationId: string, callId: CallId) =>
  ownCalls(db, applicationId).select(columns).where('calls.call_id', '=', callId).executeTakeFirst()
type Row = NonNullable<Awaited<ReturnType<typeof rowOf>>>

// A user who was removed leaves the record of the call behind.
const sideOf = (userId: UserId, username: string | null, en: string | null, fa: string | null): Side => ({
  userId,
  username: username ?? userId,
  names: { en: en ?? '', fa: fa ?? '' }
})

const toCall = (row: Row): KeptCall => ({
  callId: row.call_id,
  status: row.status,
  createdAt: row.created_at,
  startedAt: row.started_at,
  finishedAt: row.finished_at,
  talkMs: row.talk_ms,
  end:
    row.status === 'finished'
      ? { reason: row.end_reason ?? 'unknown', by: row.end_by ?? 'server', detail: row.end_detail }
      : null,
  caller: sideOf(row.caller_id, row.caller_username, row.caller_en, row.caller_fa),
  receptor: sideOf(row.receptor_id, row.receptor_username, row.receptor_en, row.receptor_fa)
})

export const createCallRecords = (db: Db): CallRecords => ({
  list: (applicationId, { endpointId, since, until, page, size }) =>
    whileThere(async () => {
      const wanted = ownCalls(db, applicationId)
        .$if(endpointId !== undefined, (query) =>
          query.where((where) =>
            where.or([
              where('calls.caller_id', '=', endpointId ?? ''),
              where('calls.receptor_id', '=', endpointId ?? '')
            ])
          )
        )
        .$if(since !== undefined, (query) => query.where('calls.created_at', '>=', since ?? 0))
        .$if(until !== undefined, (query) => query.where('calls.created_at', '<', until ?? 0))
      const { total } = await wanted.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow()
      const rows = await wanted
        .select(columns)
        .orderBy('calls.created_at', 'desc')
        .orderBy('calls.call_id', 'desc')
        .limit(size)
        .offset(page * size)
        .execute()
      return { total, calls: rows.map(toCall) }
    }),

  find: (applicationId, callId) =>
    whileThere(async () => {
      const row = await rowOf(db, applicationId, callId)
      if (row === undefined) return null
      const events = await db
        .selectFrom('call_events')
        .select(['at', 'kind', 'data'])
        .where('call_id', '=', callId)
        .orderBy('seq')
        .orderBy('at')
        .execute()
      return {
        call: toCall(row),
        timeline: events.map(({ at, kind, data }) => ({ at, kind, data: { ...data } })),
        quality: await readQuality(db, callId)
      }
    }),

  claim: (applicationId, keyHash, bodyHash, now) =>
    whileThere(async () => {
      await db
        .insertInto('call_orders')
        .values({ application_id: applicationId, key_hash: keyHash, body_hash: bodyHash, created_at: now })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      const kept = await db
        .selectFrom('call_orders')
        .select('body_hash')
        .where('application_id', '=', applicationId)
        .where('key_hash', '=', keyHash)
        .executeTakeFirst()
      return kept?.body_hash === bodyHash
    })
})
