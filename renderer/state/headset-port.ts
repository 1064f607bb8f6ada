// What the pages need of the headsets (renderer/headset), as types: components never touch a device.
import type { Unsubscribe } from '../../common/emitter.ts'
import type { AppSnapshot } from '../../common/snapshot.ts'
import type { Deed } from './call-keys.ts'

export type Headset = {
  readonly id: string
  readonly name: string
  /** `denied`: the system lets this program not near it. */
  readonly state: 'opening' | 'ready' | 'denied'
}

export type HeadsetPort = {
  /** Whether buttons can be had here at all. */
  readonly isThere: boolean
  readonly list: () => readonly Headset[]
  readonly onChanged: (listener: () => void) => Unsubscribe
  /** Asks the person for one, by the system; false where none was chosen. */
  readonly connect: () => Promise<boolean>
  readonly forget: (id: string) => Promise<void>
  /** Lights follow the calls. */
  readonly follow: (snapshot: Pick<AppSnapshot, 'calls' | 'recents' | 'preferences'>) => void
  readonly start: () => () => void
}

/** They are made with what is done for a button. */
export type MakeHeadsets = (act: (deed: Deed) => void) => HeadsetPort
