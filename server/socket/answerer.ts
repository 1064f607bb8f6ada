// Answers requests: known, not too many, well formed, once; then the route's work. Always with a Result, never a throw.
import type { DeviceId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import { envelope } from '../../common/protocol/socket.ts'
import { fail, type Result } from '../../common/result.ts'
import { secondMs, type Clock } from '../../common/time.ts'
import { type BucketLimits, createBuckets } from '../identity/bucket.ts'
import type { Once } from './once.ts'
import type { Asker, Route } from './routes.ts'

export type RequestLimits = Readonly<Record<Route['countedAs'], BucketLimits>>

export const defaultRequestLimits: RequestLimits = {
  calls: { burst: 50, everyMs: 50 },
  media: { burst: 100, everyMs: 20 },
  quality: { burst: 20, everyMs: secondMs }
}

export type AnswererDeps = {
  readonly routes: ReadonlyMap<string, Route>
  readonly once: Once
  readonly clock: Pick<Clock, 'now'>
  readonly limits: RequestLimits
  readonly log: Logger
}

export type Answerer = {
  /** Errors of its own: bad_request, rate_limited, duplicate_request, internal. */
  readonly answer: (asker: Asker, name: string, message: unknown) => Promise<Result<unknown>>
}

export const createAnswerer = ({ routes, once, clock, limits, log }: AnswererDeps): Answerer => {
  // By device and not by connection, so that connecting anew fills no bucket.
  const buckets = {
    calls: createBuckets(limits.calls),
    media: createBuckets(limits.media),
    quality: createBuckets(limits.quality)
  }
  const waitOf = ({ countedAs }: Route, deviceId: DeviceId): number => buckets[countedAs].take(deviceId, clock.now())

  const carryOut = async (name: string, act: () => Promise<Result<unknown>>): Promise<Result<unknown>> => {
    try {
      return await act()
    } catch (error) {
      log.error('request failed', { name, error: error instanceof Error ? (error.stack ?? error.message) : 'unknown' })
      return fail('internal')
    }
  }

  return {
    answer: async (asker, name, message) => {
      const route = routes.get(name)
      if (route === undefined) return fail('bad_request', 'there is no such request')
      const { deviceId } = asker.session()
      const waitMs = waitOf(route, deviceId)
      if (waitMs > 0) return fail('rate_limited', undefined, waitMs)
      const wrapped = envelope.safeParse(message)
      if (!wrapped.success) return fail('bad_request', 'the envelope does not fit')
      const prepared = route.prepare(wrapped.data.data)
      if (!prepared.ok) return prepared
      const { requestId } = wrapped.data
      const { act, again } = prepared.value
      return once.run(
        deviceId,
        requestId,
        name,
        () => carryOut(name, () => act(asker, requestId)),
        again && (() => carryOut(name, () => again(asker, requestId)))
      )
    }
  }
}
