// The seams between the parts of the main process: session, phone, shell and store. Types only; main/index.ts joins them.
import type { DelegateEvent } from '../common/delegate.ts'
import type { Unsubscribe } from '../common/emitter.ts'
import type { MediaFact, MediaOrder, Others } from '../common/ipc.ts'
import type { ContactsAnswer, ContactsChange, ContactsChanged, ContactsQuery } from '../common/protocol/contacts.ts'
import type { MediaPush } from '../common/protocol/media.ts'
import type {
  HistoryAnswer,
  HistoryChanged,
  HistoryDetails,
  HistoryItems,
  HistoryMarks,
  HistoryQuery
} from '../common/protocol/history.ts'
import type { Blocked, DirectoryEntry, Favourites, Preferences } from '../common/protocol/rest.ts'
import type { Push, RequestData, RequestName, RequestValue } from '../common/protocol/socket.ts'
import type { JoinResult } from '../common/links.ts'
import type { Result } from '../common/result.ts'
import type { AccountState, AppSnapshot, CallView, LinkState, Tone } from '../common/snapshot.ts'
import type { KeptRating, MeasuredSample, Peer } from '../common/types.ts'

// ── main/session: the signalling session with one server ──────────────────────────────────────────────────────────

/** What must be kept to be signed in again after a restart. */
export type StoredSignIn = {
  readonly server: string
  readonly user: Peer
  readonly deviceId: string
  readonly refreshToken: string
}

/** Why there is no sign-in any more: the server takes it no more, or the person has left. */
export type SignInEnd = 'refused' | 'signedOut'

/** What stands in the page of signing in. */
export type LastSignIn = { readonly lastServer: string; readonly lastUsername: string }

/** Where the sign-in is kept (main/store). */
export type SignInStore = {
  readonly load: () => Promise<StoredSignIn | null>
  /** Answers whether it will survive a restart. */
  readonly save: (signIn: StoredSignIn) => Promise<{ readonly remembered: boolean }>
  /** Who was refused is still named in `last`. */
  readonly forget: (why: SignInEnd) => Promise<void>
  /** The device id a server gave this installation for a user, kept over sign-outs. */
  readonly deviceIdFor: (server: string, username: string) => Promise<string | null>
  /** Server and username of the last sign-in, '' at first; who signed out is not named any more. */
  readonly last: () => Promise<LastSignIn>
}

export type RequestOptions = {
  /** Same id, same effect: give one where the request may be repeated after a lost answer. */
  readonly requestId?: string | undefined
  readonly signal?: AbortSignal | undefined
  /** Default 8 s. */
  readonly deadlineMs?: number | undefined
}

export type SignalingSession = {
  readonly account: () => AccountState
  readonly link: () => LinkState
  /** Account or link changed. */
  readonly onChanged: (listener: () => void) => Unsubscribe
  readonly signIn: (to: { server: string; username: string; password: string }) => Promise<Result<Record<never, never>>>
  /** Goes on with the stored sign-in, if there is one. Resolves once that is known, not once it is connected. */
  readonly resume: () => Promise<void>
  /**
   * Spends a one-time code and signs in for that one call; kept in memory only. Nothing is asked while somebody is signed
   * in. Never rejects; `failed_to_connect` also where the server cannot work now.
   */
  readonly join: (to: { server: string; callId: string; code: string }) => Promise<JoinResult>
  readonly signOut: () => Promise<Result<Record<never, never>>>
  /** Window 8, queue 32; `disconnected` at once while there is no welcomed connection. Never rejects. */
  readonly request: <N extends RequestName>(
    name: N,
    data: RequestData<N>,
    options?: RequestOptions
  ) => Promise<Result<RequestValue<N>>>
  /** Every push, parsed, in order; `session.welcome` first on each connection. */
  readonly onPush: (listener: (push: Push) => void) => Unsubscribe
  /** The connection was lost: what the phone machine must hear at once. */
  readonly onLost: (listener: () => void) => Unsubscribe
  /** The calls to name when the session comes back. */
  readonly setResume: (resume: () => readonly { callId: string; seq: number }[]) => void
  /** Whether a call is live: back-off then never exceeds 1 s. */
  readonly setUrgent: (urgent: boolean) => void
  /** Something about the network changed (wake, interface, page's online): try at once. */
  readonly nudge: () => void
  /** This machine has lost an address: a connection that seems to be there is given up for a new one at once. */
  readonly moved: () => void
  readonly rest: {
    readonly directory: () => Promise<Result<readonly DirectoryEntry[]>>
    readonly history: (wanted: Partial<HistoryQuery>) => Promise<Result<HistoryAnswer>>
    readonly historyDetails: (callId: string) => Promise<Result<HistoryDetails>>
    readonly removeFromHistory: (items: HistoryItems) => Promise<Result<HistoryChanged>>
    readonly restoreToHistory: (items: HistoryItems) => Promise<Result<HistoryChanged>>
    /** All that were created until then. */
    readonly clearHistory: (until: number) => Promise<Result<HistoryMarks>>
    readonly historySeen: (until: number) => Promise<Result<HistoryMarks>>
    readonly contacts: (query: ContactsQuery) => Promise<Result<ContactsAnswer>>
    readonly changeContacts: (change: ContactsChange) => Promise<Result<ContactsChanged>>
    readonly favourites: () => Promise<Result<Favourites>>
    readonly setFavourites: (favourites: Favourites) => Promise<Result<Favourites>>
    readonly preferences: () => Promise<Result<Preferences>>
    readonly setPreferences: (preferences: Preferences) => Promise<Result<Preferences>>
    readonly blocked: () => Promise<Result<Blocked>>
    readonly setBlocked: (blocked: Blocked) => Promise<Result<Blocked>>
  }
  readonly close: () => Promise<void>
}

// ── main/call: the phone ──────────────────────────────────────────────────────────────────────────────────────────

export type Phone = {
  readonly calls: () => readonly CallView[]
  /** The talk of a check, which is none of `calls`. */
  readonly check: () => AppSnapshot['check']
  readonly tone: () => Tone
  readonly onChanged: (listener: () => void) => Unsubscribe
  readonly onDelegate: (listener: (event: DelegateEvent) => void) => Unsubscribe
  /** The other side of a talk has pressed keys. */
  readonly onSignalled: (listener: (signalled: { session: string; digits: string }) => void) => Unsubscribe

  /**
   * Errors: not_signed_in, disconnected, cannot_call_self. Whatever else is wrong ends the call with a reason. What has the
   * floor is held, if not told to end.
   */
  readonly dial: (to: string, others?: Others) => Result<{ session: string }>
  /**
   * Talks to Echo for a check of calls: the delegate hears nothing of it, nothing is told of how it was, and it stands in no
   * history. Errors as `dial`, not_found where that is not Echo, and not_allowed_now beside a call.
   */
  readonly dialCheck: (to: string) => Result<{ session: string }>
  /** Errors of all gestures: invalid_call (no such call here), not_allowed_now. */
  readonly answer: (session: string, others?: Others) => Result<Record<never, never>>
  readonly decline: (session: string) => Result<Record<never, never>>
  readonly hangUp: (session: string) => Result<Record<never, never>>
  readonly mute: (session: string, muted: boolean) => Result<Record<never, never>>
  /** `held: false` goes on with the call; what has the floor then is held instead. */
  readonly hold: (session: string, held: boolean) => Result<Record<never, never>>
  readonly merge: (session: string, withSession: string) => Result<Record<never, never>>
  readonly split: (session: string) => Result<Record<never, never>>
  readonly join: (session: string) => Result<Record<never, never>>
  /** Asked of the server once: errors of gestures, `disconnected`, `timeout`, and what the server answers. */
  readonly dtmf: (session: string, digits: string) => Promise<Result<Record<never, never>>>
  readonly transfer: (session: string, to: string, mode: 'attended' | 'blind') => Promise<Result<Record<never, never>>>
  readonly cancelTransfer: (session: string) => Promise<Result<Record<never, never>>>
  readonly move: (session: string) => Promise<Result<Record<never, never>>>
  /** What was measured of a talk: told to the server when convenient. Errors of this and the next: invalid_call, call_session_finished. */
  readonly sample: (session: string, sample: MeasuredSample) => Result<Record<never, never>>
  /** What the person says of a talk, also after it; the last word counts. */
  readonly rate: (session: string, rating: KeptRating) => Result<Record<never, never>>
  /** Takes away what has ended, or a back end's call that is not wanted here. */
  readonly dismiss: (session: string) => Result<Record<never, never>>
  /** The notification daemon took the alert, or the ring window is on the screen: now it rings. */
  readonly alertShown: (session: string) => void

  readonly orders: () => readonly MediaOrder[]
  readonly onOrders: (listener: (orders: readonly MediaOrder[]) => void) => Unsubscribe
  readonly onMediaPush: (listener: (pushed: { session: string; epoch: number; push: MediaPush }) => void) => Unsubscribe
  /** Errors: invalid_call, stale, cancelled and what the server answers. */
  readonly mediaRequest: (message: {
    requestId: string
    session: string
    epoch: number
    name: string
    data: unknown
  }) => Promise<Result<unknown>>
  readonly mediaCancel: (requestId: string) => void
  readonly mediaFact: (session: string, epoch: number, fact: MediaFact) => void
  /** The page with the media engine went away (crash, reload): every live call's media is made anew when it is back. */
  readonly engineGone: () => void
  /** Signed out or quitting: ends what is live, tells the server if it can, waits no longer than `deadlineMs`. */
  readonly endAll: (deadlineMs: number) => Promise<void>
}
