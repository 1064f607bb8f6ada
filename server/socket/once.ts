// Once per request id: a repeated request, on the same connection or a newer one of its device, is not carried out again.
// It gets the first answer, or one that is made anew where the route says how. A failure that may pass is not kept.
// Remembers so many requests of so many devices; does not know what the requests are.
import type { ErrorCode } from '../../common/errors.ts'
import type { DeviceId, RequestId } from '../../common/ids.ts'
import { fail, type Result } from '../../common/result.ts'
import { type Clock, minuteMs } from '../../common/time.ts'

export type Once = {
  /** Errors of its own: duplicate_request, where the id was used for another request. */
  readonly run: <T>(
    deviceId: DeviceId,
    requestId: RequestId,
    name: string,
    act: () => Promise<Result<T>>,
    /** How a repeat of what was done is answered: without it, with the first answer. */
    again?: () => Promise<Result<T>>
  ) => Promise<Result<T>>
}

/** The same request may succeed later. */
const mayPass: ReadonlySet<ErrorCode> = new Set([
  'rate_limited',
  'timeout',
  'overloaded',
  'unavailable',
  'internal',
  'not_allowed_now'
])

export type OnceSettings = {
  readonly requestsPerDevice: number
  /** How long a silent device's requests are remembered: longer than any phone repeats one. */
  readonly keepMs: number
}

export const defaultOnce: OnceSettings = { requestsPerDevice: 256, keepMs: 5 * minuteMs }

type Answered = { readonly name: string; readonly answer: Promise<Result<unknown>> }
type Device = { readonly requests: Map<RequestId, Answered>; usedAt: number }

export const createOnce = (clock: Pick<Clock, 'now'>, settings: OnceSettings = defaultOnce): Once => {
  // In the order of their last use, so that the ones to forget stand first.
  const devices = new Map<DeviceId, Device>()

  const use = (deviceId: DeviceId): Device => {
    const now = clock.now()
    const device = devices.get(deviceId) ?? { requests: new Map<RequestId, Answered>(), usedAt: now }
    device.usedAt = now
    devices.delete(deviceId)
    devices.set(deviceId, device)
    for (const [id, other] of devices) {
      if (now - other.usedAt < settings.keepMs) break
      devices.delete(id)
    }
    return device
  }

  return {
    run: <T>(
      deviceId: DeviceId,
      requestId: RequestId,
      name: string,
      act: () => Promise<Result<T>>,
      again?: () => Promise<Result<T>>
    ) => {
      const { requests } = use(deviceId)
      const known = requests.get(requestId)
      if (known !== undefined) {
        // The same name means the same kind of answer.
        const first = known.answer as Promise<Result<T>>
        if (known.name === name) return again === undefined ? first : first.then((was) => (was.ok ? again() : was))
        return Promise.resolve(fail('duplicate_request', `this id was used for ${known.name}`))
      }
      const answer = act()
      const answered = { name, answer }
      requests.set(requestId, answered)
      void answer.then((result) => {
        if (!result.ok && mayPass.has(result.error.code) && requests.get(requestId) === answered) {
          requests.delete(requestId)
        }
      })
      if (requests.size > settings.requestsPerDevice) {
        const [oldest] = requests.keys()
        if (oldest !== undefined) requests.delete(oldest)
      }
      return answer
    }
  }
}
