// What the pages need of the media engine (renderer/media), as a type: state and components never import the engine.
import type { DeviceChange, Devices } from '../../common/devices.ts'
import type { Unsubscribe } from '../../common/emitter.ts'
import type { Result } from '../../common/result.ts'
import type { Ringtone } from '../../common/ringtones.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { MediaProbe } from '../preflight/ports.ts'

export type MediaDeviceList = Devices

/** What was measured of a line over the last ten seconds. Shares are 0 to 1. */
export type LineMeasures = {
  /** Of the other side's sound: what did not arrive, or too late to be played. */
  readonly lossIn: number
  /** Of what was played: what had to be made up. Lost packets that were repaired are not in it. */
  readonly gaps: number
  /** Of this side's sound: what the other side misses. */
  readonly lossOut: number
  /** From the server to the ear, in milliseconds; what the other side's line takes comes on top. */
  readonly delayMs: number
  /** The part of it that sound waits for its turn, so that late packets can still be played. */
  readonly bufferMs: number
  /** To the server and back; null while nobody has measured it. */
  readonly roundTripMs: number | null
}

export type Whose = 'mine' | 'theirs' | 'unknown'

/** A share of the sound (0 to 1) that is lost on its way here or from here, and by whose network; or how long it takes. */
export type LineCause =
  | {
      readonly kind: 'lossIn' | 'lossOut'
      readonly share: number
      readonly whose: Whose
    }
  | { readonly kind: 'delay'; readonly ms: number }

/**
 * How good the line of the talk is.
 *
 *              two looks in a row at packets                   the opinion falls fast
 *   unknown ───────────────────────────────────▶ good ◀───▶ fair ◀───▶ poor   and rises slowly
 *      ▲                                             │
 *      └── nothing arrived (hold, a lost connection), or the media is another one now
 */
export type LineQuality = {
  readonly level: 'unknown' | 'good' | 'fair' | 'poor'
  /** What hurts most where the level is fair or poor. Null where nothing does any more and the opinion still rises. */
  readonly cause: LineCause | null
  /** What people would give it on average (mean opinion score), estimated: 1 (bad) to 4.5. Null while unknown. */
  readonly opinion: number | null
  readonly measures: LineMeasures | null
  /** Whether there was any sound in what arrived last, however quiet; null where that cannot be told. */
  readonly sounding: boolean | null
}

/** What is known of a line beside how good it is; null where the browser does not say. */
export type LineFacts = {
  readonly jitterMs: number | null
  /** Bits each second, of sound alone. */
  readonly bitsIn: number | null
  readonly bitsOut: number | null
  /** 0 to 1: the root of the mean square. */
  readonly levelIn: number | null
  readonly levelOut: number | null
  readonly codec: string | null
  readonly transport: 'udp' | 'tcp' | null
  /** Whether packets go by a relay. */
  readonly relayed: boolean | null
}

/** One look at the line of one call. */
export type LineLook = {
  readonly session: string
  /** On a clock that only goes on. */
  readonly atMs: number
  /** How long it is since the look before. */
  readonly spanMs: number
  readonly quality: LineQuality
  /** Since the look before; null where nothing arrived, or it is the first one. */
  readonly measures: LineMeasures | null
  readonly facts: LineFacts | null
}

/** The microphone tried outside a call. */
export type MicrophoneTry = {
  /** Opens it for its meter, until `close`. Fails where there is none, or it may not be used. */
  readonly open: () => Promise<Result<Record<never, never>>>
  /** Records a few seconds and plays them on the speaker; `cancelled` where it was closed meanwhile. */
  readonly repeat: (onStep: (step: 'recording' | 'playing') => void) => Promise<Result<Record<never, never>>>
  readonly close: () => void
}

/** Whose sound: this person's microphone, or what the other side sends. */
export type LevelSource = 'mine' | 'theirs'

export type MediaEngine = {
  readonly start: () => void
  readonly stop: () => void
  /** Settings, link and tone of now; called with each snapshot. */
  readonly follow: (snapshot: Pick<AppSnapshot, 'settings' | 'link' | 'tone'>) => void
  readonly devices: () => MediaDeviceList
  readonly onDevices: (listener: (devices: MediaDeviceList) => void) => Unsubscribe
  /** A chosen device went, and the default stands in for it, or it is there and in use again. */
  readonly onDeviceChange: (listener: (change: DeviceChange) => void) => Unsubscribe
  /** 0 (silence) to 1, of the call that has the floor; 0 where there is none. Cheap: polled on each frame while shown. */
  readonly level: (which: LevelSource) => number
  /**
   * Hears how good the line of the talk is, at once and on every change; of a conference made here, the worse of its two.
   * Measured only while somebody listens.
   */
  readonly onQuality: (listener: (quality: LineQuality) => void) => Unsubscribe
  /** Hears of every look at the lines of the talk: one, or the two of a conference. Also keeps them measured. */
  readonly onLooks: (listener: (looks: readonly LineLook[]) => void) => Unsubscribe
  /** Plays a ringtone for a moment on the ringer at the ring volume, so that a person hears what they choose. */
  readonly testRing: (ringtone: Ringtone) => void
  /** Plays a few notes on the speaker. */
  readonly testSpeaker: () => void
  readonly microphoneTry: MicrophoneTry
  /** What only a check of calls uses. */
  readonly probe: () => Promise<MediaProbe>
  /** Plays the tones of pressed keys here; the other side plays its own. */
  readonly playDigits: (digits: string) => void
}
