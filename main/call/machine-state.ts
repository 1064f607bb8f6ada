// The phone as a value: what it knows of its calls, and the events that move it. Types and limits; nothing moves here.
import type { CallDirection } from '../../common/call/end.ts'
import type { TransferOutcome } from '../../common/call/outcome.ts'
import type { CallStatus } from '../../common/call/status.ts'
import type { MediaFact, Others } from '../../common/ipc.ts'
import type { CallSnapshot } from '../../common/protocol/values.ts'
import type { Failure, Result } from '../../common/result.ts'
import { minuteMs, secondMs } from '../../common/time.ts'
import type { CallEnd, MediaState, Peer } from '../../common/types.ts'

export const limits = {
  /** A phone gives a call up this long after it lost its socket: later than the server, which decides first. */
  lostMs: 45 * secondMs,
  /** A dialled call that the server does not answer at all. */
  createMs: 45 * secondMs,
  /** The server bounds every wait in a minute or so; should it forget one, the phone does not. */
  silentMs: 10 * minuteMs,
  /** How long an ended call goes on being told to the server. Without our socket it ends the call sooner than that. */
  tellMs: 60 * secondMs,
  /** How long an ended call stays on the screen, and how long its tone sounds. */
  shownMs: 4 * secondMs,
  endToneMs: 2 * secondMs,
  /** How long it is said why a transfer came to nothing. */
  failureShownMs: 12 * secondMs,
  /** Pause before a request that failed for a passing reason is sent again. */
  retryMs: secondMs,
  /** How much talk time is left when the person is warned, and when once more. */
  warnMs: minuteMs,
  warnAgainMs: 10 * secondMs,
  /** Ended calls whose late messages are still recognised. */
  remembered: 64
} as const

/** What the server must hear from this phone about a call. */
export type Message =
  | { readonly name: 'call.create'; readonly to: string; readonly check: boolean }
  | { readonly name: 'call.ringing' | 'call.accept' | 'call.decline' | 'call.hangup' | 'call.join' | 'call.split' }
  | { readonly name: 'call.mute'; readonly muted: boolean }
  | { readonly name: 'call.hold'; readonly held: boolean }
  | { readonly name: 'call.merge'; readonly withCallId: string }
  | { readonly name: 'media.report'; readonly epoch: number; readonly state: MediaState }

/** A message that goes on being told, under one id, until the server acknowledged it or it no longer matters. */
export type Telling = {
  readonly requestId: string
  readonly message: Message
  /** Not to be sent before this time, after a passing failure. */
  readonly notBefore: number | null
}

/** The end as this device's delegate heard it. Times on this machine's clock; null once they have passed. */
export type Ended = {
  readonly end: CallEnd
  /** Whether the two had been put through. */
  readonly answered: boolean
  /** Whether this device ended it. */
  readonly local: boolean
  readonly giveUpAt: number | null
  readonly shownUntil: number | null
  readonly toneUntil: number | null
}

/**
 * How a device came to a call:
 *
 *   offered   it may take it: an inbound call, or one that another device of this person has and offers (`moving`)
 *   dialled   it made it, or was connected to somebody by a transfer
 *   joinable  a back end made it for this person; it begins when a device of theirs joins
 */
export type Entry = 'offered' | 'dialled' | 'joinable'

/**
 * One call as this device sees it. `status` of a dialled call follows the server; that of an offered one is this
 * device's own until this device is the chosen one:
 *
 *                        alert is up, or none is wanted   accept acknowledged
 *   offered   ────────▶ new ───────▶ ringing ──────────┐
 *                         └─────── answered at once ────┤            both legs    leg lost
 *                                                       ├─▶ accepted ─────▶ conversation ◀─▶ paused
 *   dialled   ────────▶ new ─▶ trying ─▶ ringing ───────┘
 *   joinable  ─ joins ──▶ ┘    server's word
 *
 *   any of these ── own hang-up or decline, the server's word, 45 s without socket ──▶ finished
 *   finished ── media let go, messages acknowledged or dropped ──▶ flushed ── shown long enough ──▶ (gone)
 *
 * `consent` is the person's word that the microphone may be used for this call:
 *
 *   offered   none ── answers ──▶ asked ── this device is chosen ──▶ given
 *   joinable  none ──  joins  ──▶ asked ──────────────────────────▶ given
 *                      none ◀── the server refuses ──┘
 *             none ── does not want it ──▶ refused: out of sight here, while others of this person may join; Call joins it
 *   dialled   given, since dialling is consent; after a transfer what it was in the call before
 *   found on joining (the app was started again)  none ── returns to the call ──▶ given
 *
 * `holding` is the person's wish, as `muted` is; the server is told of it once the call is answered:
 *
 *              another call takes the floor, Hold
 *   has floor ─────────────────────────────────────▶ holding
 *             ◀───────────────────────────────────── Resume (whatever has the floor then is held)
 *
 * `mergedWith` joins the two calls of a conference that is mixed here: they have the floor together.
 */
export type Call = {
  readonly session: string
  /** Beginning of all request ids of this call; random, and unlike `session` it is told to the server. */
  readonly requests: string
  /** How many request ids were made. */
  readonly told: number
  readonly callId: string | null
  readonly direction: CallDirection
  readonly entry: Entry
  /** The talk with Echo of a check of calls: a call to the server and to the media, and none of the person's. */
  readonly check: boolean
  /** With Echo, as the server says. */
  readonly echo: boolean
  readonly peer: Peer
  readonly status: CallStatus
  readonly consent: 'none' | 'asked' | 'given' | 'refused'
  /** The server's last word, within one boot; -1 before the first. */
  readonly seq: number
  readonly media: CallSnapshot['media']
  readonly muted: boolean
  readonly peerMuted: boolean
  readonly holding: boolean
  readonly peerHolding: boolean
  readonly waiting: boolean
  readonly silent: boolean
  readonly moving: boolean
  /** The session of the other call of a conference that is mixed here. */
  readonly mergedWith: string | null
  /** The others in it, as the server says. */
  readonly conference: readonly Peer[]
  /** Whom one side is being connected to. */
  readonly transfer: Peer | null
  /** Why the transfer that was asked for here came to nothing, as long as that is said; on this machine's clock. */
  readonly transferFailed: { readonly to: Peer; readonly outcome: TransferOutcome; readonly until: number } | null
  /** The call that this one came from by a transfer. */
  readonly transferOf: string | null
  readonly talk: CallSnapshot['talk']
  readonly maxDurationMs: number | null
  readonly timeLeft: 'enough' | 'minute' | 'seconds'
  /** This machine's clock minus the server's, when the last snapshot came. */
  readonly offsetMs: number
  readonly dialledAt: number
  /** When the server last said something new about this call. */
  readonly heardAt: number
  readonly epoch: number
  readonly trouble: Failure | null
  readonly tellings: readonly Telling[]
  readonly ended: Ended | null
}

/**
 * A call that is over here, by its id: what comes late about it makes no new call. What a server says of it that was
 * started anew, and lost its last steps, depends on how it went:
 *
 *   ended      this device has it there: it is hung up again
 *   passed     the talk goes on elsewhere, or with somebody else: whoever has it now tells the server
 *   forgotten  that server did not know of it; should it be offered here again, it rings again
 */
export type Over = { readonly callId: string; readonly how: 'ended' | 'passed' | 'forgotten' }

export type PhoneState = {
  /** `since` is null before the first connection, and again once what that loss could end has ended. */
  readonly link: { readonly joined: true } | { readonly joined: false; readonly since: number | null }
  readonly boot: string | null
  /** When the server last welcomed this phone, on its own clock. */
  readonly welcomedAt: number
  /** The call that has the microphone and the speaker, alone or together with the one it is merged with. */
  readonly floor: string | null
  /** Oldest first. */
  readonly calls: readonly Call[]
  /** What was said of calls before it was known which of several diallings made them: the answers to these say that. */
  readonly unnamed: readonly CallSnapshot[]
  /** The latest last. */
  readonly over: readonly Over[]
}

export const initialPhone: PhoneState = {
  link: { joined: false, since: null },
  boot: null,
  welcomedAt: 0,
  floor: null,
  calls: [],
  unnamed: [],
  over: []
}

/** Names for a call that this event may bring to this phone's knowledge. */
export type Fresh = { readonly session: string; readonly requests: string }

export type Gesture =
  | { readonly kind: 'decline' | 'hangUp' | 'dismiss' | 'alertShown' | 'split'; readonly session: string }
  | { readonly kind: 'answer' | 'join'; readonly session: string; readonly others?: Others | undefined }
  | { readonly kind: 'mute'; readonly session: string; readonly muted: boolean }
  | { readonly kind: 'hold'; readonly session: string; readonly held: boolean }
  | { readonly kind: 'merge'; readonly session: string; readonly withSession: string }

export type PhoneEvent =
  | Gesture
  | {
      readonly kind: 'dial'
      readonly fresh: Fresh
      readonly peer: Peer
      readonly check?: boolean
      readonly others?: Others | undefined
    }
  /** The welcome; `named` are the calls that this phone had asked after, `fresh` has one entry for each call. */
  | {
      readonly kind: 'joined'
      readonly boot: string
      /** The server's clock. */
      readonly now: number
      readonly calls: readonly CallSnapshot[]
      readonly named: readonly string[]
      readonly fresh: readonly Fresh[]
    }
  | { readonly kind: 'lost' }
  | { readonly kind: 'changed'; readonly call: CallSnapshot; readonly fresh: Fresh }
  /** The answer to a telling. */
  | {
      readonly kind: 'answered'
      readonly session: string
      readonly requestId: string
      readonly result: Result<CallSnapshot | null>
    }
  | { readonly kind: 'fact'; readonly session: string; readonly epoch: number; readonly fact: MediaFact }
  | { readonly kind: 'engineGone' }
  /** Time has passed: every event does what is due first, this one nothing else. */
  | { readonly kind: 'time' }
  /** Signed out or quitting: every live call ends. */
  | { readonly kind: 'closing' }
  /** Nothing more is told to the server. */
  | { readonly kind: 'closed' }
