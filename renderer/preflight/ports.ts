// What a check of calls needs of the media engine, as types: renderer/media makes it so.
import type { Result } from '../../common/result.ts'

/** By which way a call's media may go; `any` is what calls do. */
export type MediaPath = 'any' | 'udp' | 'tcp'

/** What the server offers a call's media. */
export type MediaOffer = {
  /** Its ports; null where it has none of that kind. */
  readonly udp: number | null
  readonly tcp: number | null
  /** Whether it names a relay (TURN). */
  readonly relay: boolean
}

/** How the media of the talk is connected. */
export type PathSeen = {
  /** Whether both ways are up, with their keys agreed. */
  readonly connected: boolean
  /** Of the ways that are up. */
  readonly protocols: readonly string[]
  readonly jitterMs: number | null
}

/** How much of the speaker's sound a microphone hears. */
export type HeardBack = {
  readonly heard: boolean
  /** Power of the notes over what was there before them, in decibels. */
  readonly overDb: number
}

/** The parts of the engine that only a check uses; fetched with the first one. */
export type MediaProbe = {
  /** Media is made by this way from now on; what there is is made anew. */
  readonly use: (path: MediaPath) => void
  /** Of the making of now; null while the server has not answered. */
  readonly offer: () => MediaOffer | null
  /** Null while the making of now has no transports. */
  readonly look: () => Promise<PathSeen | null>
  /** Whether the relay that the server names gives an address. */
  readonly relay: (signal: AbortSignal) => Promise<'reached' | 'silent' | 'none'>
  /** Plays a few notes on the speaker and listens with the microphone: as it is, or as calls use it. */
  readonly hearBack: (how: 'raw' | 'processed', signal: AbortSignal) => Promise<Result<HeardBack>>
  /** What the open microphone is called; null while none is open. */
  readonly microphone: () => string | null
}
