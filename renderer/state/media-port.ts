// What the pages need of the media engine (renderer/media), as a type: state and components never import the engine.
import type { Unsubscribe } from '../../common/emitter.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'

/** A microphone or a speaker; `id` is what settings hold, 'default' follows the system. */
export type MediaDevice = { readonly id: string; readonly label: string }

export type MediaDeviceList = {
  readonly microphones: readonly MediaDevice[]
  readonly speakers: readonly MediaDevice[]
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
  /** 0 (silence) to 1, of the call that has the floor; 0 where there is none. Cheap: polled on each frame while shown. */
  readonly level: (which: LevelSource) => number
  /** Plays a short tone on the ringer at the ring volume, so that a person hears what they chose. */
  readonly testTone: () => void
  /** Plays the tones of pressed keys here; the other side plays its own. */
  readonly playDigits: (digits: string) => void
}
