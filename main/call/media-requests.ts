// The media engine's requests on their way to the server: addressed to the call of their session and epoch, refused
// where those are not current, and held back until the server has named a call that was just dialled.
import type { Unsubscribe } from '../../common/emitter.ts'
import { mediaRequests as schemas, type MediaRequestName } from '../../common/protocol/media.ts'
import type { RequestData } from '../../common/protocol/socket.ts'
import { fail, type Result } from '../../common/result.ts'
import type { Clock } from '../../common/time.ts'
import type { Phone, SignalingSession } from '../ports.ts'

/** How long a request waits for its call to be named: as long as it would wait for its answer. */
const namingMs = 8_000

type Found = { readonly callId: string | null; readonly epoch: number }

export type MediaRequestsDeps = {
  readonly request: SignalingSession['request']
  readonly clock: Clock
  /** The live call of a session. */
  readonly find: (session: string) => Found | null
  readonly onChanged: (listener: () => void) => Unsubscribe
}

const isName = (name: string): name is MediaRequestName => Object.hasOwn(schemas, name)

export const createMediaRequests = ({
  request,
  clock,
  find,
  onChanged
}: MediaRequestsDeps): { readonly request: Phone['mediaRequest']; readonly cancel: Phone['mediaCancel'] } => {
  const underWay = new Map<string, AbortController>()

  /** The call's id once there is one. */
  const named = (session: string, epoch: number, signal: AbortSignal): Promise<Result<string>> =>
    new Promise((resolve) => {
      const settled = (): Result<string> | null => {
        const call = find(session)
        if (call === null) return fail('invalid_call')
        if (call.epoch !== epoch) return fail('stale')
        if (signal.aborted) return fail('cancelled')
        return call.callId === null ? null : { ok: true, value: call.callId }
      }
      const now = settled()
      if (now !== null) {
        resolve(now)
        return
      }
      const finish = (result: Result<string>): void => {
        off()
        cancel()
        signal.removeEventListener('abort', look)
        resolve(result)
      }
      const look = (): void => {
        const result = settled()
        if (result !== null) finish(result)
      }
      const off = onChanged(look)
      const cancel = clock.at(clock.now() + namingMs, () => finish(fail('timeout')))
      signal.addEventListener('abort', look)
    })

  const forward: Phone['mediaRequest'] = async ({ requestId, session, epoch, name, data }) => {
    if (!isName(name)) return fail('bad_request', 'unknown media request')
    const parsed = schemas[name].data.safeParse(data)
    if (!parsed.success) return fail('bad_request', `${name} does not parse`)
    const controller = new AbortController()
    underWay.set(requestId, controller)
    const { signal } = controller
    const callId = await named(session, epoch, signal)
    if (!callId.ok) return callId
    // Parsed by the schema of just this name; the compiler can't follow the two together.
    const addressed = { ...parsed.data, callId: callId.value, epoch } as RequestData<typeof name>
    const answer = await request(name, addressed, { requestId, signal })
    const call = find(session)
    if (call === null) return fail('invalid_call')
    return call.epoch === epoch ? answer : fail('stale')
  }

  return {
    request: (message) =>
      forward(message).finally(() => {
        underWay.delete(message.requestId)
      }),
    cancel: (requestId) => {
      underWay.get(requestId)?.abort()
    }
  }
}
