// The seams between the server's parts: who needs what from whom. Types only; server/app.ts puts the parts together.
import type { CallEnd, CallSnapshot, LegPhase, Names, Peer, WireStatus } from '../common/types.ts'
import type { CallRole } from '../common/call/end.ts'
import type { CallId, DeviceId, RequestId, UserId } from '../common/ids.ts'
import type { HistoryAnswer, HistoryDetails, HistoryMarks, HistoryQuery } from '../common/protocol/history.ts'
import type { MediaRequestData, MediaRequestName, MediaRequestValue } from '../common/protocol/media.ts'
import type {
  Blocked,
  DirectoryEntry,
  Favourites,
  Preferences,
  SignInRequest,
  Tokens
} from '../common/protocol/rest.ts'
import type { ContactsAnswer, ContactsChange, ContactsChanged, ContactsQuery } from '../common/protocol/contacts.ts'
import type { Push, RequestData } from '../common/protocol/socket.ts'
import type { Result } from '../common/result.ts'
import type { Unsubscribe } from '../common/emitter.ts'

// ── Who people are (server/identity, server/store) ────────────────────────────────────────────────────────────────

export type User = {
  readonly userId: UserId
  readonly applicationId: string
  readonly username: string
  readonly names: Names
  readonly kind: 'person' | 'echo'
}

/**
 * A signed-in device, as proven by an access token. A `scope` is a sign-in by a join code: good for that call alone,
 * everything else is access_denied, and its device is nobody's to ring for other calls.
 */
export type Session = {
  readonly sessionId: string
  readonly userId: UserId
  readonly deviceId: DeviceId
  readonly applicationId: string
  readonly accessExpiresAt: number
  readonly scope: { readonly callId: CallId } | null
}

export type Users = {
  readonly byUsername: (applicationId: string, username: string) => Promise<User | null>
  readonly byId: (userId: UserId) => Promise<User | null>
}

export type Identity = {
  /** `address` is the asker's, for the limit on tries. Errors: invalid_credentials, rate_limited. */
  readonly signIn: (
    request: SignInRequest,
    address: string
  ) => Promise<Result<Tokens & { readonly user: Peer; readonly deviceId: DeviceId }>>
  /** Rotates. Reuse of an old refresh token revokes the family. Errors: unauthenticated. */
  readonly refresh: (refreshToken: string) => Promise<Result<Tokens>>
  /** Errors: unauthenticated (unknown, expired, revoked). */
  readonly verify: (accessToken: string) => Promise<Result<Session>>
  /** Ends the sign-in; its sockets close at once. Errors: unavailable (while the database is away the tokens stay good). */
  readonly signOut: (session: Session) => Promise<Result<Readonly<Record<never, never>>>>
  /** Told as soon as a session is revoked (sign-out, reuse of a refresh token). */
  readonly onRevoked: (listener: (sessionId: string) => void) => Unsubscribe
}

export type Lists = {
  readonly directory: (session: Session) => Promise<readonly DirectoryEntry[]>
  readonly favourites: (session: Session) => Promise<Favourites>
  readonly setFavourites: (session: Session, favourites: Favourites) => Promise<Result<Favourites>>
  readonly preferences: (session: Session) => Promise<Preferences>
  readonly setPreferences: (session: Session, preferences: Preferences) => Promise<Result<Preferences>>
  readonly blocked: (session: Session) => Promise<Blocked>
  readonly setBlocked: (session: Session, blocked: Blocked) => Promise<Result<Blocked>>
}

/** The calls of a user that are over. What is removed is removed for this user, and from nobody else's record. */
export type History = {
  /** Newest first. Errors: bad_request for a cursor that is not ours. */
  readonly page: (session: Session, query: HistoryQuery) => Promise<Result<HistoryAnswer>>
  /** Errors of this and the next two: not_found. */
  readonly details: (session: Session, callId: CallId) => Promise<Result<HistoryDetails>>
  /** Those of them that are in this history; not_found where none is. */
  readonly remove: (session: Session, callIds: readonly CallId[]) => Promise<Result<HistoryMarks & { changed: number }>>
  readonly restore: History['remove']
  /** Removes all that were created until then. */
  readonly clear: (session: Session, until: number) => Promise<Result<HistoryMarks>>
  readonly seen: (session: Session, until: number) => Promise<Result<HistoryMarks>>
}

/** Own contacts, each user's for that user alone. */
export type Contacts = {
  readonly page: (session: Session, query: ContactsQuery) => Promise<ContactsAnswer>
  /** All of it or nothing; the same once more changes nothing. Errors: too_many_contacts, contact_changed. */
  readonly change: (session: Session, change: ContactsChange) => Promise<Result<ContactsChanged>>
}

/** What a receptor wants of calls from one caller. */
export type Screened = Preferences & { readonly blocked: boolean }

/** What a user wants of calls that come in. */
export type Wishes = { readonly preferences: Preferences; readonly blocked: ReadonlySet<UserId> }

export type WishesBook = {
  /** Never rejects: while the database is away it goes by what was last known, and else by the defaults. */
  readonly wishes: (userId: UserId) => Promise<Wishes>
}

export type Screening = {
  /** Never rejects, as `wishes`. */
  readonly screen: (receptorId: UserId, callerId: UserId) => Promise<Screened>
}

// ── What lasts (server/store) ─────────────────────────────────────────────────────────────────────────────────────

/** One transition of a call, ready to be written. The last of a call wins; `seq` orders them. A `check` stands in no history. */
export type CallRecord = {
  readonly callId: CallId
  readonly applicationId: string
  readonly seq: number
  readonly status: WireStatus
  readonly callerId: UserId
  readonly receptorId: UserId
  readonly createdAt: number
  readonly startedAt: number | null
  readonly talkMs: number
  readonly end: CallEnd | null
  readonly check?: boolean
  readonly legs: readonly { readonly deviceId: DeviceId; readonly side: CallRole; readonly phase: LegPhase }[]
  /** What happened, for the call's event log. */
  readonly event: { readonly at: number; readonly kind: string; readonly data: Readonly<Record<string, unknown>> }
  /** The machine's whole value as JSON, to go on after a restart; null once the call is over. */
  readonly state: unknown
  /** On the first record only: which request made the call. Unique for (deviceId, requestId). */
  readonly creation?: { readonly deviceId: DeviceId; readonly requestId: RequestId } | undefined
}

/**
 * What is kept of a call that is over: its last record. A leg's `phase` is how far that device got; `gone` where it was
 * out before the end because another device answered or declined.
 */
export type EndedCall = Pick<
  CallRecord,
  'callId' | 'applicationId' | 'seq' | 'callerId' | 'receptorId' | 'createdAt' | 'startedAt' | 'talkMs' | 'legs'
> & { readonly end: CallEnd }

export type CallJournal = {
  /** Writes the transitions of one tick as one transaction. Resolves once they are durable; never rejects for an absent database. */
  readonly commit: (records: readonly CallRecord[]) => Promise<void>
  readonly findCreated: (deviceId: DeviceId, requestId: RequestId) => Promise<CallId | null>
  /** A call that is over, so that a phone that returns late learns how it ended. Null for a live or unknown one. */
  readonly findEnded: (callId: CallId) => Promise<EndedCall | null>
  /** Every call that is live, of every server that shares the database; what its `state` is worth, its reader says. */
  readonly loadLive: () => Promise<readonly { readonly callId: CallId; readonly state: unknown }[]>
  /** Ends a live call whose `state` is worth nothing, reason `unknown`, so that it is neither live nor read again. */
  readonly giveUp: (callId: CallId, at: number) => Promise<void>
}

// ── Who is there (server/socket) ──────────────────────────────────────────────────────────────────────────────────

export type Presence = {
  /** The devices of a user that are connected now, oldest first. What is pushed before their welcome follows it. */
  readonly online: (userId: UserId) => readonly DeviceId[]
  /** Sends to one device if it is there; says nothing where it is not. */
  readonly push: (deviceId: DeviceId, push: Push) => void
}

// ── Media (server/media) ──────────────────────────────────────────────────────────────────────────────────────────

/** What a call's media shall be now: a pure function of the call. */
export type MediaPlan = {
  readonly callId: CallId
  readonly roomId: string
  /** The legs that may have media. A leg that is not listed loses its transports. `epoch` 0: none was asked for yet. */
  readonly legs: readonly {
    readonly deviceId: DeviceId
    readonly side: CallRole
    readonly epoch: number
    /** Whether its microphone's packets may be forwarded now. */
    readonly speaks: boolean
    /** Whether it may be sent the other side's packets now. */
    readonly hears: boolean
  }[]
  /** The receptor is the echo service: the caller hears its own microphone. */
  readonly echo: boolean
}

/**
 * How far a leg's media is, as media server sees it.
 *
 *   down ──both transports connected──▶ up ──plan lets it hear and speak, consumers resumed──▶ flowing
 *     ◀──────────── a transport lost ───┴───────────────────────────────────────────────────────┘
 */
export type LegMedia = 'down' | 'up' | 'flowing'

export type MediaLegFact = { readonly deviceId: DeviceId; readonly epoch: number; readonly media: LegMedia }

/** `media.report` is the phone's own view of its leg, hence the call's business. */
export type MediaPlaneRequest = Exclude<MediaRequestName, 'media.report'>

export type MediaPlane = {
  /** Makes it so: idempotent, ordered per call, never throws. `null` plan: the call is over, free everything. */
  readonly apply: (callId: CallId, plan: MediaPlan | null) => void
  /** A phone's media request, after the call allowed this device and epoch. Errors: stale, not_allowed_now, bad_request, unavailable. */
  readonly request: <N extends MediaPlaneRequest>(
    address: { readonly callId: CallId; readonly deviceId: DeviceId; readonly epoch: number },
    name: N,
    data: MediaRequestData<N>
  ) => Promise<Result<MediaRequestValue<N>>>
  readonly onFact: (listener: (callId: CallId, fact: MediaLegFact) => void) => Unsubscribe
}

// ── Calls (server/calls) ──────────────────────────────────────────────────────────────────────────────────────────

/** `attended`: the call waits for the answer of the new one. `blind`: it ends at once. */
export type TransferMode = 'attended' | 'blind'

/** All that a phone can ask of a live call, by device. The registry alone turns these into machine events. */
export type CallCommand =
  | { readonly kind: 'ringing'; readonly deviceId: DeviceId }
  | { readonly kind: 'accept'; readonly deviceId: DeviceId }
  | { readonly kind: 'decline'; readonly deviceId: DeviceId }
  | { readonly kind: 'hangup'; readonly deviceId: DeviceId }
  | { readonly kind: 'mute'; readonly deviceId: DeviceId; readonly muted: boolean }
  | { readonly kind: 'hold'; readonly deviceId: DeviceId; readonly held: boolean }
  | { readonly kind: 'dtmf'; readonly deviceId: DeviceId; readonly digits: string }
  | { readonly kind: 'message'; readonly deviceId: DeviceId; readonly data: string }
  | {
      readonly kind: 'transfer'
      readonly deviceId: DeviceId
      readonly to: string
      readonly mode: TransferMode
    }
  | { readonly kind: 'transferCancel'; readonly deviceId: DeviceId }
  | { readonly kind: 'merge'; readonly deviceId: DeviceId; readonly withCallId: CallId }
  | { readonly kind: 'split'; readonly deviceId: DeviceId }
  | { readonly kind: 'move'; readonly deviceId: DeviceId }
  /** As the caller of a call that a back end made. */
  | { readonly kind: 'join'; readonly deviceId: DeviceId }
  /** The device makes its media for the `epoch`th time. */
  | { readonly kind: 'mediaOpen'; readonly deviceId: DeviceId; readonly epoch: number }
  /** The phone's own view of its leg. */
  | { readonly kind: 'mediaReport'; readonly deviceId: DeviceId; readonly epoch: number; readonly up: boolean }
  /** Changes nothing: how the call is now. */
  | { readonly kind: 'look'; readonly deviceId: DeviceId }

/** What `createCalls` can do for back ends, beside what it does for phones. */
export type CallOrders = {
  /**
   * Makes a call for an application's back end: `new` until a device of the caller joins it. Both users are of the
   * application. The request id is unique in the application for ever: a second one gives the same call (as
   * `creation.deviceId` stands `app:` and the application's id). Errors: cannot_call_self, too_many_calls, overloaded,
   * not_allowed_now (a side nobody can join as, such as Echo as the caller), unavailable. Resolves after commit.
   */
  readonly createFor: (order: {
    readonly applicationId: string
    readonly requestId: RequestId
    readonly caller: User
    readonly receptor: User
    readonly maxDurationMs?: number | undefined
  }) => Promise<Result<{ readonly callId: CallId }>>
}

/** A device whose connection is lost may come back; one that is signed out does not: it hangs up what it is in. */
export type DeviceLoss = 'lost' | 'signedOut'

export type Calls = {
  /** Makes a call and joins it as the caller. Errors: not_found, cannot_call_self, too_many_calls, overloaded. Resolves after commit. */
  readonly create: (
    session: Session,
    request: RequestData<'call.create'> & { readonly requestId: RequestId }
  ) => Promise<Result<{ readonly call: CallSnapshot }>>
  /**
   * Carries out a command. Errors: invalid_call (unknown), access_denied (not a device of this call),
   * call_session_finished, not_allowed_now, stale. An end resolves after commit.
   */
  readonly dispatch: (
    callId: CallId,
    session: Session,
    command: CallCommand
  ) => Promise<Result<{ readonly call: CallSnapshot }>>
  /** Ends a call of this application, for its back end; no phone may. Errors: invalid_call. Resolves after commit. */
  readonly kill: (callId: CallId, applicationId: string) => Promise<Result<Readonly<Record<never, never>>>>
  /**
   * A device's connection came up: returns what its welcome must hold, and offers it the calls that wait for its user.
   * Null: no welcome, since the calls are closed or the device is gone again. A phone takes a call that its welcome does
   * not hold for over, so an empty welcome is no way to say that.
   */
  readonly deviceOnline: (
    session: Session,
    resumed: readonly { readonly callId: CallId; readonly seq: number }[]
  ) => Promise<readonly CallSnapshot[] | null>
  readonly deviceOffline: (session: Session, why: DeviceLoss) => void
  /** Whether a user is in an answered call. */
  readonly talks: (userId: UserId) => boolean
  /** Told of a user whose talk begins or ends. */
  readonly onTalk: (listener: (userId: UserId) => void) => Unsubscribe
  /** Takes up this node's calls of before a restart. */
  readonly recover: () => Promise<void>
  readonly close: () => Promise<void>
}
