// Takes what phones tell of a talk: from a device that had a part in it, in the call or shortly after it, of the time of the
// call. It changes no call; while the database is away phones keep what they have and tell it again.
import type { Logger } from '../../common/log.ts'
import { lateRatingMs, lateSamplesMs } from '../../common/quality.ts'
import { qualitySample, type MetricsTaken } from '../../common/protocol/quality.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { Session } from '../ports.ts'
import { StoreUnavailable } from '../store/away.ts'
import type { CallParts, CallQuality, Part, QualityStore } from './ports.ts'
import type { KeptSample } from './stored.ts'

/** Clocks are compared by a message that took some time. */
const toleranceMs = 10 * secondMs

type Deps = {
  readonly parts: CallParts
  readonly store: QualityStore
  readonly clock: Pick<Clock, 'now'>
  readonly log: Logger
}

type Read = { readonly n: number; readonly kept: KeptSample } | { readonly why: string }

/** One sample, its time moved to this server's clock; or why it can't be taken. */
const readSample = (given: unknown, offsetMs: number, { startedAt }: Part, until: number): Read => {
  const parsed = qualitySample.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const where = issue?.path.join('.') ?? ''
    return { why: `${where === '' ? 'the sample' : where}: ${issue?.message ?? 'does not fit'}`.slice(0, 200) }
  }
  const { n, at: theirs, ...measured } = parsed.data
  const at = theirs + offsetMs
  const isOfCall = at >= (startedAt ?? 0) - toleranceMs && at <= until + toleranceMs
  return isOfCall ? { n, kept: { ...measured, at } } : { why: 'at: not within the talk' }
}

export const createCallQuality = ({ parts, store, clock, log }: Deps): CallQuality => {
  /** The part of a device in a talk that is not long over. */
  const talkOf = async (callId: string, session: Session, lateMs: number): Promise<Result<Part>> => {
    const part = await parts.partOf(callId, session)
    if (!part.ok) return part
    const { startedAt, endedAt } = part.value
    if (startedAt === null) return fail(endedAt === null ? 'not_allowed_now' : 'call_session_finished', 'no talk')
    if (endedAt !== null && clock.now() - endedAt > lateMs) return fail('call_session_finished', 'too late')
    return part
  }

  const whileThere = async <T>(work: () => Promise<Result<T>>): Promise<Result<T>> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error
      log.debug('what a phone told of a talk cannot be kept now', { error: error.message })
      return fail('unavailable')
    }
  }

  return {
    metrics: (session, { callId, now: theirNow, samples }) =>
      whileThere(async () => {
        const part = await talkOf(callId, session, lateSamplesMs)
        if (!part.ok) return part
        const now = clock.now()
        const read = samples.map((sample) => readSample(sample, now - theirNow, part.value, part.value.endedAt ?? now))
        const good = read.flatMap((one) => ('kept' in one ? [one] : []))
        const refused: MetricsTaken['refused'] = read.flatMap((one, index) =>
          'why' in one ? [{ index, why: one.why }] : []
        )
        if (good.length === 0) return ok({ kept: 0, refused })
        const isKept = await store.append({
          callId,
          deviceId: session.deviceId,
          side: part.value.side,
          first: Math.min(...good.map(({ n }) => n)),
          samples: good.map(({ kept }) => kept)
        })
        if (isKept) return ok({ kept: good.length, refused })
        const why = 'this side has as many samples as are kept'
        return ok({
          kept: 0,
          refused: samples.map((_, index) => refused.find((one) => one.index === index) ?? { index, why })
        })
      }),

    rate: (session, { callId, rating, reason }) =>
      whileThere(async () => {
        const part = await talkOf(callId, session, lateRatingMs)
        if (!part.ok) return part
        const kept = { rating, reason: rating === 'bad' ? reason : null }
        await store.rate({ ...kept, callId, side: part.value.side, at: clock.now() })
        return ok(kept)
      })
  }
}
