// What was measured and said of the talks of this phone, on its way to the server: a few samples at once, one message at a
// time, again until the server has it or it is too late. No call waits for it, and nothing is kept over a restart.
//
//   gathering ──enough, or the talk is over──▶ under way ──taken, or refused for good──▶ (gone)
//                                                │   ▲
//                  no connection, server busy:   ▼   │ a pause, in which other talks have their turn
//                                               waiting ── too long after the talk ──▶ (gone)
import type { Logger } from '../../common/log.ts'
import { lateRatingMs, lateSamplesMs, mostInBatch, mostSamples, sampleMs } from '../../common/quality.ts'
import type { ErrorCode } from '../../common/errors.ts'
import { isAnswered, isLive } from '../../common/call/status.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import type { KeptRating, MeasuredSample } from '../../common/types.ts'
import type { Phone, SignalingSession } from '../ports.ts'
import type { Call } from './machine-state.ts'

export const reportLimits = {
  /** So many samples go at once: about every half a minute. */
  inBatch: 5,
  /** Of a talk without a server, so many are kept: the latest. */
  waiting: 200,
  /** So many talks are remembered after their end. */
  talks: 16,
  /** The page hears of the end a moment later, and then tells what it has still measured. */
  lastMs: 5 * secondMs,
  retryMs: 3 * secondMs
} as const

type Numbered = MeasuredSample & { readonly n: number; readonly at: number }
type Sent<T> = { readonly requestId: string; readonly what: T }

type Talk = {
  readonly session: string
  readonly callId: string
  next: number
  waiting: readonly Numbered[]
  /** Told once, under one id, with the samples it had at first. */
  batch: Sent<readonly Numbered[]> | null
  rating: Sent<KeptRating> | null
  /** Nothing is told of it before this time, after a passing failure. */
  notBefore: number
  endedAt: number | null
}

/** The same request may be taken later. */
const mayPass: ReadonlySet<ErrorCode> = new Set([
  'disconnected',
  'timeout',
  'unavailable',
  'overloaded',
  'rate_limited',
  'internal',
  'not_allowed_now'
])

export type Reports = Pick<Phone, 'sample' | 'rate'> & {
  /** The calls as they are now. */
  readonly look: (calls: readonly Call[]) => void
  /** Somebody else may sign in: nothing is told of the talks so far. */
  readonly forget: () => void
}

export type ReportsDeps = {
  readonly request: SignalingSession['request']
  readonly newId: () => string
  readonly clock: Clock
  readonly log: Logger
}

/** Samples of a talk that was found going on are numbered after all that may have been told before. */
const firstNumber = ({ talk }: Call, now: number): number => {
  const talkedMs = talk.ms + (talk.since === null ? 0 : Math.max(0, now - talk.since))
  return talkedMs < sampleMs(0) ? 0 : Math.ceil(talkedMs / sampleMs(0)) + 1
}

export const createReports = ({ request, newId, clock, log }: ReportsDeps): Reports => {
  let talks = new Map<string, Talk>()
  let isUnderWay = false
  let cancelRetry: (() => void) | null = null

  const isDue = ({ waiting, endedAt }: Talk): boolean =>
    waiting.length >= reportLimits.inBatch || (endedAt !== null && waiting.length > 0)

  /** Lets go of what came too late. */
  const expire = (talk: Talk): void => {
    if (talk.endedAt === null) return
    const sinceEnd = clock.now() - talk.endedAt
    if (sinceEnd > lateSamplesMs) [talk.waiting, talk.batch] = [[], null]
    if (sinceEnd > lateRatingMs) talk.rating = null
  }

  /** The next message, of which talk, and what to do once it is over. */
  const next = (): {
    readonly talk: Talk
    readonly send: () => Promise<Result<unknown>>
    readonly settle: () => void
  } | null => {
    for (const talk of talks.values()) {
      expire(talk)
      if (talk.notBefore > clock.now()) continue
      const { callId, rating } = talk
      if (rating !== null) {
        return {
          talk,
          send: () => request('call.rate', { callId, ...rating.what }, { requestId: rating.requestId }),
          settle: () => {
            // Another word may have been said meanwhile.
            if (talk.rating === rating) talk.rating = null
          }
        }
      }
      if (talk.batch === null && isDue(talk)) {
        talk.batch = { requestId: newId(), what: talk.waiting.slice(0, mostInBatch) }
        talk.waiting = talk.waiting.slice(mostInBatch)
      }
      const { batch } = talk
      if (batch === null) continue
      return {
        talk,
        send: () =>
          request(
            'call.metrics',
            { callId, now: clock.now(), samples: [...batch.what] },
            { requestId: batch.requestId }
          ),
        settle: () => {
          talk.batch = null
        }
      }
    }
    return null
  }

  const hasWaiting = (talk: Talk): boolean => talk.rating !== null || talk.batch !== null || isDue(talk)

  /** Looks again when the first of those that pause may go on. */
  const lookLater = (): void => {
    cancelRetry?.()
    cancelRetry = null
    const pausing = [...talks.values()].filter((talk) => talk.notBefore > clock.now() && hasWaiting(talk))
    if (pausing.length === 0) return
    cancelRetry = clock.at(Math.min(...pausing.map(({ notBefore }) => notBefore)), () => {
      cancelRetry = null
      pump()
    })
  }

  const pump = (): void => {
    if (isUnderWay) return
    const message = next()
    if (message === null) {
      lookLater()
      return
    }
    isUnderWay = true
    void message
      .send()
      .catch((error: unknown) => fail('internal', String(error)))
      .then((answer) => {
        isUnderWay = false
        if (!answer.ok && mayPass.has(answer.error.code)) {
          message.talk.notBefore = clock.now() + reportLimits.retryMs
          pump()
          return
        }
        const { callId } = message.talk
        if (!answer.ok)
          log.debug('the server does not take what was told of a talk', { callId, code: answer.error.code })
        message.settle()
        pump()
      })
  }

  return {
    look: (calls) => {
      const now = clock.now()
      for (const call of calls) {
        const { session, callId, status } = call
        if (callId === null || !isAnswered(status) || talks.has(session)) continue
        const talk = {
          session,
          callId,
          next: firstNumber(call, now),
          waiting: [],
          batch: null,
          rating: null,
          notBefore: 0,
          endedAt: null
        }
        talks.set(session, talk)
        const over = [...talks.values()].find(({ endedAt }) => endedAt !== null)
        if (talks.size > reportLimits.talks && over !== undefined) talks.delete(over.session)
      }
      for (const talk of talks.values()) {
        const isOver = !calls.some(({ session, status }) => session === talk.session && isLive(status))
        if (isOver) talk.endedAt ??= now
      }
      pump()
    },
    sample: (session, sample) => {
      const talk = talks.get(session)
      if (talk === undefined) return fail('invalid_call')
      const sinceEnd = talk.endedAt === null ? 0 : clock.now() - talk.endedAt
      if (sinceEnd > reportLimits.lastMs) return fail('call_session_finished')
      if (talk.next >= mostSamples) return ok({})
      talk.waiting = [...talk.waiting, { ...sample, n: talk.next, at: clock.now() }].slice(-reportLimits.waiting)
      talk.next += 1
      pump()
      return ok({})
    },
    rate: (session, rating) => {
      const talk = talks.get(session)
      if (talk === undefined) return fail('invalid_call')
      talk.rating = { requestId: newId(), what: rating }
      pump()
      return ok({})
    },
    forget: () => {
      talks = new Map()
      cancelRetry?.()
      cancelRetry = null
    }
  }
}
