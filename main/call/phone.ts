// The phone, joined together. Being written: the shape is final.
import type { Logger } from '../../common/log.ts'
import type { Clock } from '../../common/time.ts'
import type { Peer } from '../../common/types.ts'
import type { Phone, SignalingSession } from '../ports.ts'

export type PhoneDeps = {
  readonly session: Pick<
    SignalingSession,
    'account' | 'link' | 'request' | 'onPush' | 'onLost' | 'setResume' | 'setUrgent'
  >
  readonly clock: Clock
  /** Random, unguessable, at most 40 characters. */
  readonly newId: () => string
  readonly log: Logger
  /** The directory's entry of a username, so that a name stands there before the server answers. */
  readonly findPeer: (username: string) => Peer | null
}

export const createPhone = (_deps: PhoneDeps): Phone => {
  throw new Error('not written yet')
}
