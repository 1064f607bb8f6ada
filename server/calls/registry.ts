// All live calls of this node: the only place around the call machine that does I/O. Rules are the machine's.
import { fail } from '../../common/result.ts'
import type { Logger } from '../../common/log.ts'
import type { Clock } from '../../common/time.ts'
import type { CallJournal, Calls, MediaPlane, Presence, Users } from '../ports.ts'
import type { CallLimits } from './limits.ts'

export type CallsDeps = {
  readonly users: Users
  readonly journal: CallJournal
  readonly presence: Presence
  readonly media: MediaPlane
  readonly clock: Clock
  readonly limits: CallLimits
  /** This node's name: the text before the first `.` of the ids of its calls. At most 16 characters, no `.`. */
  readonly nodeId: string
  /** A new random id of at most 40 characters, never given before. */
  readonly newId: () => string
  readonly log: Logger
}

export const createCalls = (_deps: CallsDeps): Calls => ({
  create: () => Promise.resolve(fail('unavailable')),
  dispatch: () => Promise.resolve(fail('unavailable')),
  deviceOnline: () => Promise.resolve([]),
  deviceOffline: () => undefined,
  recover: () => Promise.resolve(),
  close: () => Promise.resolve()
})
