// What is kept of how talks were: batches of samples as they came, and what each side said. Read whole, as summaries.
import { sql } from 'kysely'
import type { CallRole } from '../../common/call/end.ts'
import { mostSamples } from '../../common/quality.ts'
import type { CallId } from '../../common/ids.ts'
import type { KeptQuality, QualityStore } from '../quality/ports.ts'
import { fromStored, toStored } from '../quality/stored.ts'
import { summarise } from '../quality/summary.ts'
import { sqlState, StoreUnavailable, whileThere } from './away.ts'
import type { Db } from './database.ts'

const foreignKeyViolation = '23503'

/** The record of a call that was made during an outage comes later than the database does: what belongs to it must wait. */
const onceRecorded = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await whileThere(work)
  } catch (error) {
    throw sqlState(error) === foreignKeyViolation ? new StoreUnavailable(error) : error
  }
}

export const createQualityStore = (db: Db): QualityStore => ({
  append: ({ callId, deviceId, side, first, samples }) =>
    onceRecorded(async () => {
      const stored = JSON.stringify(samples.map(toStored))
      const { rows } = await db.transaction().execute(async (tx) => {
        // Two that count at once would both find room. No call waits for this lock, which is about the samples alone.
        await sql`select pg_advisory_xact_lock(hashtext('call_quality'), hashtext(${`${callId} ${side}`}))`.execute(tx)
        return sql<{ is_full: boolean }>`
        with kept as (
          select coalesce(sum(count), 0) as total from call_quality where call_id = ${callId} and side = ${side}
        ), written as (
          insert into call_quality (call_id, device_id, side, first, count, samples)
          select ${callId}::text, ${deviceId}::text, ${side}::text, ${first}::integer, ${samples.length}::integer, ${stored}::json
          from kept where kept.total + ${samples.length}::integer <= ${mostSamples}::integer
          on conflict do nothing
        )
        select kept.total + ${samples.length}::integer > ${mostSamples}::integer as is_full from kept
      `.execute(tx)
      })
      return rows[0]?.is_full !== true
    }),

  rate: ({ callId, side, rating, reason, at }) =>
    onceRecorded(async () => {
      await db
        .insertInto('call_ratings')
        .values({ call_id: callId, side, rating, reason, rated_at: at })
        .onConflict((conflict) => conflict.columns(['call_id', 'side']).doUpdateSet({ rating, reason, rated_at: at }))
        .execute()
    })
})

export const readQuality = async (db: Db, callId: CallId): Promise<KeptQuality> => {
  const batches = await db
    .selectFrom('call_quality')
    .select(['side', 'samples'])
    .where('call_id', '=', callId)
    .execute()
  const rated = await db
    .selectFrom('call_ratings')
    .select(['side', 'rating', 'reason'])
    .where('call_id', '=', callId)
    .execute()
  const of = (side: CallRole): KeptQuality[CallRole] => {
    const said = rated.find((one) => one.side === side)
    return {
      measured: summarise(batches.flatMap((batch) => (batch.side === side ? batch.samples.map(fromStored) : []))),
      rating: said === undefined ? null : { rating: said.rating, reason: said.reason }
    }
  }
  return { caller: of('caller'), receptor: of('receptor') }
}
