// Requests of the media engine to the server, through the bridge. Knows nothing of transports.
import type { MainBridge } from '../../common/ipc.ts'
import type { ErrorCode } from '../../common/errors.ts'
import type { Result } from '../../common/result.ts'
import type { MediaRequestData, MediaRequestName, MediaRequestValue } from '../../common/types.ts'

export type Ask = <N extends MediaRequestName>(
  name: N,
  data: MediaRequestData<N>,
  signal?: AbortSignal
) => Promise<Result<MediaRequestValue<N>>>

/** What a refused request becomes where only exceptions fit (mediasoup-client's errbacks). */
export class RefusedError extends Error {
  readonly code: ErrorCode
  constructor(code: ErrorCode, detail: string | undefined) {
    super(detail === undefined ? code : `${code}: ${detail}`)
    this.name = 'RefusedError'
    this.code = code
  }
}

/** The call went on without this leg, or is over. */
const over: readonly ErrorCode[] = ['cancelled', 'invalid_call', 'call_session_finished']
/** The server could not be asked or could not do it now, or this making's media is gone there: a new making may help. */
const passing: readonly ErrorCode[] = [
  'disconnected',
  'timeout',
  'unavailable',
  'stale',
  'overloaded',
  'rate_limited',
  'internal'
]

/** What a failure of making a leg asks for: nothing, another making, or that the person is told. */
export const meaningOf = (error: unknown): 'over' | 'again' | 'failed' => {
  if (!(error instanceof RefusedError)) return 'failed'
  if (over.includes(error.code)) return 'over'
  return passing.includes(error.code) ? 'again' : 'failed'
}

/** Requests for one making of one call's media. */
export const createAsk =
  (bridge: Pick<MainBridge, 'mediaRequest' | 'mediaCancel'>, session: string, epoch: number): Ask =>
  async (name, data, signal) => {
    const requestId = crypto.randomUUID()
    const cancel = () => void bridge.mediaCancel({ requestId })
    signal?.addEventListener('abort', cancel, { once: true })
    try {
      return await bridge.mediaRequest({ requestId, session, epoch, name, data })
    } finally {
      signal?.removeEventListener('abort', cancel)
    }
  }
