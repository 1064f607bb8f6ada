// The beginning of a call: its first value and the transition that tells of it. Whether it may begin is admit.ts's.
import type { EpochMs } from '../../common/time.ts'
import type { Peer } from '../../common/types.ts'
import type { CallId } from '../../common/ids.ts'
import type { Call, Origin } from './call.ts'
import type { CallRules } from './limits.ts'
import type { Transition } from './move.ts'

export type CallSpec = {
  readonly id: CallId
  readonly roomId: string
  readonly applicationId: string
  readonly kind: Call['kind']
  /** Not, where nothing is said. */
  readonly check?: boolean
  readonly caller: Peer
  readonly receptor: Peer
  readonly rules: CallRules
  readonly maxDurationMs: number | null
  readonly transferOf: Origin | null
  /** Why somebody is called back: nobody answered whom they handed their caller on to. */
  readonly transferFailed?: Call['transferFailed']
}

export const newCall = (spec: CallSpec, now: EpochMs): Transition => ({
  kind: 'created',
  at: now,
  deviceId: null,
  audience: [],
  call: {
    ...spec,
    version: 1,
    check: spec.check ?? false,
    createdAt: now,
    seq: 1,
    status: 'new',
    since: now,
    notBefore: 0,
    legs: [],
    muted: { caller: false, receptor: false },
    held: { caller: false, receptor: false },
    reception: { waiting: false, silent: false, blocked: false },
    transfer: null,
    transferFailed: spec.transferFailed ?? null,
    conference: null,
    movingSince: null,
    startedAt: null,
    talk: { ms: 0, since: null },
    end: null
  }
})
