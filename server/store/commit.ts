// Writes transitions of calls as one statement, hence one transaction and one round trip, and reads what is kept of an
// ended call. Decides nothing about failures.
import { sql } from 'kysely'
import type { CallRole } from '../../common/call/end.ts'
import { isMissed, outcome } from '../../common/call/outcome.ts'
import type { UserId } from '../../common/ids.ts'
import type { CallEnd } from '../../common/types.ts'
import { echoDevice } from '../calls/call.ts'
import type { CallRecord, EndedCall } from '../ports.ts'
import type { Db } from './database.ts'

/** The newest record of each call; only the first one of a call names its creation, so that is carried over. */
const newest = (records: readonly CallRecord[]): readonly CallRecord[] => {
  const byCall = new Map<string, CallRecord>()
  for (const record of records) {
    const before = byCall.get(record.callId)
    if (before === undefined) {
      byCall.set(record.callId, record)
      continue
    }
    const latest = record.seq >= before.seq ? record : before
    byCall.set(record.callId, { ...latest, creation: before.creation ?? record.creation })
  }
  return [...byCall.values()]
}

const callRow = (record: CallRecord) => ({
  call_id: record.callId,
  application_id: record.applicationId,
  seq: record.seq,
  status: record.status,
  caller_id: record.callerId,
  receptor_id: record.receptorId,
  created_at: record.createdAt,
  started_at: record.startedAt,
  talk_ms: record.talkMs,
  end_reason: record.end?.reason ?? null,
  end_by: record.end?.by ?? null,
  end_detail: record.end?.detail ?? null,
  finished_at: record.end?.at ?? null,
  creation_device_id: record.creation?.deviceId ?? null,
  creation_request_id: record.creation?.requestId ?? null,
  state: record.state ?? null
})

const legRows = (record: CallRecord) => {
  // A device stands once in a call; should it stand twice, the later entry counts.
  const byDevice = new Map(record.legs.map((leg) => [leg.deviceId, leg]))
  return [...byDevice.values()].map((leg) => ({
    call_id: record.callId,
    device_id: leg.deviceId,
    side: leg.side,
    phase: leg.phase,
    seq: record.seq
  }))
}

const eventRow = ({ callId, seq, event }: CallRecord) => ({
  call_id: callId,
  seq,
  kind: event.kind,
  at: event.at,
  data: event.data
})

type Side = {
  readonly callId: string
  readonly createdAt: number
  readonly startedAt: number | null
  readonly end: CallEnd
}

/** A row of one side's history. Whether it was missed is kept, so that missed calls can be counted without looking at all. */
const historyRow = ({ callId, createdAt, startedAt, end }: Side, side: CallRole, userId: UserId, peerId: UserId) => ({
  user_id: userId,
  call_id: callId,
  side,
  created_at: createdAt,
  finished_at: end.at,
  peer_id: peerId,
  missed: side === 'receptor' && isMissed(outcome({ ...end, side, answered: startedAt !== null })),
  removed: false
})

/**
 * Both sides of a call that is over, answered or not: a call that never rang stands in its receptor's Recents too. The
 * echo service reads none, and nobody is told of a call they have blocked. A check of calls is nobody's call.
 */
const historyRows = ({ status, callerId, receptorId, legs, end, check, ...call }: CallRecord) => {
  if (status !== 'finished' || end === null || check === true) return []
  const isUntold = legs.some(({ deviceId }) => deviceId === echoDevice) || end.detail === 'blocked'
  return [
    historyRow({ ...call, end }, 'caller', callerId, receptorId),
    ...(isUntold ? [] : [historyRow({ ...call, end }, 'receptor', receptorId, callerId)])
  ]
}

/**
 * Idempotent; a record never overwrites a later one of its call. Throws what the database throws: a unique violation
 * where the device's request has made another call already.
 */
export const writeRecords = async (db: Db, records: readonly CallRecord[]): Promise<void> => {
  const latest = newest(records)
  const calls = JSON.stringify(latest.map(callRow))
  const legs = JSON.stringify(latest.flatMap(legRows))
  const events = JSON.stringify(records.map(eventRow))
  const history = JSON.stringify(latest.flatMap(historyRows))
  await sql`
    with written as (
      insert into calls
      select * from json_populate_recordset(null::calls, ${calls}::json)
      on conflict (call_id) do update set
        seq = excluded.seq, status = excluded.status, started_at = excluded.started_at, talk_ms = excluded.talk_ms,
        end_reason = excluded.end_reason, end_by = excluded.end_by, end_detail = excluded.end_detail,
        finished_at = excluded.finished_at, state = excluded.state
      where calls.seq <= excluded.seq
    ), legs as (
      insert into call_legs
      select * from json_populate_recordset(null::call_legs, ${legs}::json)
      on conflict (call_id, device_id) do update set phase = excluded.phase, side = excluded.side, seq = excluded.seq
      where call_legs.seq <= excluded.seq
    ), events as (
      insert into call_events
      select * from json_populate_recordset(null::call_events, ${events}::json)
      on conflict do nothing
    )
    insert into history
    select * from json_populate_recordset(null::history, ${history}::json)
    on conflict do nothing
  `.execute(db)
}

/** Ends a live call of which no more is known. */
export const giveUpCall = (db: Db, callId: string, at: number): Promise<void> =>
  db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('calls')
      .set((set) => ({
        seq: set('seq', '+', 1),
        status: 'finished',
        end_reason: 'unknown',
        end_by: 'server',
        finished_at: at,
        state: null
      }))
      .where('call_id', '=', callId)
      .where('status', '<>', 'finished')
      .returning(['caller_id', 'receptor_id', 'created_at', 'started_at'])
      .executeTakeFirst()
    if (row === undefined) return
    const { caller_id: caller, receptor_id: receptor } = row
    const end = { reason: 'unknown', by: 'server', at } as const
    const call = { callId, createdAt: row.created_at, startedAt: row.started_at, end }
    await tx
      .insertInto('history')
      .values([historyRow(call, 'caller', caller, receptor), historyRow(call, 'receptor', receptor, caller)])
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  })

/** What is kept of a call that is over; null for a live or unknown one. */
export const readEnded = async (db: Db, callId: string): Promise<EndedCall | null> => {
  const row = await db
    .selectFrom('calls')
    .select([
      'application_id',
      'seq',
      'caller_id',
      'receptor_id',
      'created_at',
      'started_at',
      'talk_ms',
      'end_reason',
      'end_by',
      'end_detail',
      'finished_at'
    ])
    .where('call_id', '=', callId)
    .where('status', '=', 'finished')
    .executeTakeFirst()
  if (row === undefined) return null
  const legs = await db
    .selectFrom('call_legs')
    .select(['device_id as deviceId', 'side', 'phase'])
    .where('call_id', '=', callId)
    .execute()
  return {
    callId,
    applicationId: row.application_id,
    seq: row.seq,
    callerId: row.caller_id,
    receptorId: row.receptor_id,
    createdAt: row.created_at,
    startedAt: row.started_at,
    talkMs: row.talk_ms,
    legs,
    end: {
      reason: row.end_reason ?? 'unknown',
      by: row.end_by ?? 'server',
      at: row.finished_at ?? row.created_at,
      ...(row.end_detail === null ? {} : { detail: row.end_detail })
    }
  }
}
