// The one snapshot that flows out of main: window, tray, badge and notification are pure functions of it.
import type { GlobalShortcut } from './global-shortcuts.ts'
import type { Locale } from './i18n/index.ts'
import type { LinkQuestion } from './links.ts'
import type { Failure } from './result.ts'
import type {
  Availability,
  CallDirection,
  CallEnd,
  CallStatus,
  DirectoryEntry,
  HistoryEntry,
  MediaState,
  Outcome,
  Peer,
  Preferences,
  Settings,
  TransferOutcome
} from './types.ts'
import type { UpdateState } from './updates.ts'

/**
 * The messaging state of the original, as a value.
 *
 *   initialized ──▶ connected ──▶ joined ◀──▶ disconnected ──▶ failed
 *                                   └──── signed out ──▶ terminated
 */
export type LinkState =
  | { readonly state: 'initialized' }
  /** The socket is open, the server has not yet said welcome. */
  | { readonly state: 'connected' }
  | { readonly state: 'joined' }
  /** Being brought back, or, where it `never` was joined since signing in or starting, tried for; times on this machine's clock. */
  | {
      readonly state: 'disconnected'
      readonly was: 'joined' | 'never'
      readonly since: number
      readonly nextTryAt: number | null
    }
  | { readonly state: 'terminated' }
  /** Gave up: what the person must do is in the failure's sentence. */
  | { readonly state: 'failed'; readonly error: Failure }

export type AccountState =
  | {
      readonly state: 'signedOut'
      /** Where and as whom somebody would sign in again; '' where unknown, the name also after signing out. */
      readonly lastServer: string
      readonly lastUsername: string
      readonly error: Failure | null
    }
  | { readonly state: 'signingIn'; readonly server: string; readonly username: string }
  | {
      readonly state: 'signedIn'
      readonly server: string
      readonly user: Peer
      /** False where the sign-in is forgotten when the app quits, since there is no keyring. */
      readonly remembered: boolean
    }
  /** Signed in by a join link, for one call alone, and kept nowhere: it ends with that call. */
  | { readonly state: 'guest'; readonly server: string; readonly user: Peer; readonly callId: string }

/** A call as the interface shows it. */
export type CallView = {
  readonly session: string
  readonly callId: string | null
  readonly direction: CallDirection
  readonly peer: Peer
  readonly status: CallStatus
  /** Whether this call has the microphone and the speaker. At most one has, except the two calls of a conference made here. */
  readonly floor: boolean
  readonly muted: boolean
  readonly peerMuted: boolean
  /** `mine`: put on hold here. `theirs`: they have put this side on hold. Nobody hears anybody while either is true. */
  readonly held: { readonly mine: boolean; readonly theirs: boolean }
  /** It came while its person was in an answered call, here or on another device: it rings softly. */
  readonly waiting: boolean
  /** It came while its person does not want to be disturbed: shown in the window, alerted for nowhere. */
  readonly silent: boolean
  /** Another device of this person has the call and offers to go on with it here. */
  readonly moving: boolean
  /** Made by a back end: it begins when this person joins it. */
  readonly joinable: boolean
  /** The others in it beside `peer`; empty where it is no conference. */
  readonly conference: readonly Peer[]
  /** Whom the other side is being connected to, or, on the other side, whom this side is: then this call is about to end. */
  readonly transfer: Peer | null
  /** Why the transfer that this person asked for came to nothing; for some seconds after that. */
  readonly transferFailed: { readonly to: Peer; readonly outcome: TransferOutcome } | null
  readonly media: { readonly mine: MediaState; readonly theirs: MediaState }
  /** Talk time until `since`; running from `since` (the app's clock) where that is not null. */
  readonly talk: { readonly ms: number; readonly since: number | null }
  /** The longest talk time, where the call has one. */
  readonly maxDurationMs: number | null
  /** How little of that is left: less than a minute, or less than ten seconds. */
  readonly timeLeft: 'enough' | 'minute' | 'seconds'
  /** What the person may do now. */
  readonly can: {
    readonly answer: boolean
    readonly decline: boolean
    readonly hangUp: boolean
    readonly mute: boolean
    readonly hold: boolean
    /** Go on with a held call; whatever has the floor is held instead. */
    readonly resume: boolean
    readonly dtmf: boolean
    readonly transfer: boolean
    readonly cancelTransfer: boolean
    /** With any other call that may be merged. */
    readonly merge: boolean
    readonly split: boolean
    readonly move: boolean
    readonly join: boolean
  }
  /** Trouble with this call that the person should know of now. */
  readonly trouble: Failure | null
  readonly end: (CallEnd & { readonly outcome: Outcome }) | null
}

/** Tones follow the state; at most one sounds. `ringing` is the incoming ring, `ringback` what the caller hears. */
export type Tone = 'none' | 'ringing' | 'ringingSoftly' | 'trying' | 'ringback' | 'busy' | 'reconnecting' | 'ended'

export type AppSnapshot = {
  readonly version: string
  readonly locale: Locale
  readonly account: AccountState
  readonly link: LinkState
  /** Live calls first, oldest first; then calls that ended a moment ago and are still shown. */
  readonly calls: readonly CallView[]
  /** The talk with Echo of a check of calls, which is none of `calls`; null where there is none. */
  readonly check: Pick<CallView, 'session' | 'status'> | null
  readonly tone: Tone
  readonly directory: readonly DirectoryEntry[]
  /** How others are now, by user id; who is not named is offline. Null while the server cannot tell. */
  readonly availability: Readonly<Record<string, Availability>> | null
  readonly favourites: readonly string[]
  readonly recents: readonly HistoryEntry[]
  /** Missed calls that were not looked at yet. */
  readonly missed: number
  readonly settings: Settings
  /** Kept by the server for all devices of this person. */
  readonly preferences: Preferences
  /** Usernames whose calls do not come through. */
  readonly blocked: readonly string[]
  /** Changes with each change of the own contacts, which are too many to ride along: a page loads them when it needs them. */
  readonly contactsRev: number
  /** Keys of the whole desktop that are set and that another program has. */
  readonly refusedKeys: readonly GlobalShortcut[]
  /** What a link from outside asks for; null where there is nothing to ask or to tell. */
  readonly question: LinkQuestion | null
  readonly update: UpdateState
}

/** All that the ring window is told: it shows one call. */
export type RingView = {
  readonly locale: AppSnapshot['locale']
  readonly theme: Settings['theme']
  readonly call:
    | (Pick<CallView, 'session' | 'peer' | 'moving'> & {
        /** Whether an answer holds another talk. */
        readonly holds: boolean
      })
    | null
}

/** All that the mini window is told: it shows one call that goes on. */
export type MiniView = {
  readonly locale: AppSnapshot['locale']
  readonly settings: Pick<Settings, 'theme' | 'digits' | 'calendar'>
  /** The app's clock when this was said: by it the talk time runs. */
  readonly now: number
  readonly call:
    | (Pick<CallView, 'session' | 'status' | 'muted' | 'held' | 'talk'> & {
        /** Whom it is with: one, or the others of a conference. */
        readonly people: readonly Peer[]
        readonly can: Pick<CallView['can'], 'mute' | 'resume' | 'hangUp'>
      })
    | null
}

/**
 * The part of the snapshot that changed. `rev` counts up by one; a gap means: ask for the whole. `now` is the app's clock,
 * which nobody sets: by it a page knows how long ago the times in the snapshot are.
 */
export type SnapshotPatch = { readonly rev: number; readonly now: number; readonly changed: Partial<AppSnapshot> }
export type WholeSnapshot = { readonly rev: number; readonly now: number; readonly snapshot: AppSnapshot }
