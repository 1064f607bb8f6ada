// The seams of how talks were, between the socket, the calls and the store. Types only.
import type { CallRole } from '../../common/call/end.ts'
import type { CallId, DeviceId } from '../../common/ids.ts'
import type { KeptRating, MetricsBatch, MetricsTaken, SideQuality } from '../../common/protocol/quality.ts'
import type { Result } from '../../common/result.ts'
import type { Session } from '../ports.ts'
import type { KeptSample } from './stored.ts'

/** What one device has or had to do with a call. */
export type Part = {
  readonly side: CallRole
  /** Null while nobody has talked in it. */
  readonly startedAt: number | null
  readonly endedAt: number | null
}

export type CallParts = {
  /** Of a device that talks or talked in the call. Errors: invalid_call (unknown), access_denied (no such device), unavailable. */
  readonly partOf: (callId: CallId, session: Session) => Promise<Result<Part>>
}

/** What is kept of a call's talk, by side. */
export type KeptQuality = Readonly<
  Record<CallRole, { readonly measured: SideQuality | null; readonly rating: KeptRating | null }>
>

/** Every method throws StoreUnavailable while the database is away, or has not the record of the call yet. */
export type QualityStore = {
  /**
   * Keeps a batch, once for its `first`, however often it comes. False where the side has as many samples as are kept.
   */
  readonly append: (batch: {
    readonly callId: CallId
    readonly deviceId: DeviceId
    readonly side: CallRole
    readonly first: number
    readonly samples: readonly KeptSample[]
  }) => Promise<boolean>
  /** The later word of a side replaces the earlier. */
  readonly rate: (
    rating: KeptRating & { readonly callId: CallId; readonly side: CallRole; readonly at: number }
  ) => Promise<void>
}

/** What phones tell of a talk. Errors of both: those of `partOf`, call_session_finished (too late), not_allowed_now, unavailable. */
export type CallQuality = {
  readonly metrics: (session: Session, batch: MetricsBatch) => Promise<Result<MetricsTaken>>
  readonly rate: (session: Session, rating: KeptRating & { readonly callId: CallId }) => Promise<Result<KeptRating>>
}
