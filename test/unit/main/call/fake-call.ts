// A call as the fake server keeps it: types and limits.
import type { CallRole } from '../../../../common/call/end.ts'
import type { CallEnd, LegPhase, MediaState, Peer, WireStatus } from '../../../../common/types.ts'

export type FakeDevice = { readonly deviceId: string; readonly user: Peer }

export type FakeLeg = {
  device: FakeDevice
  side: CallRole
  phase: LegPhase
  end: CallEnd | null
  lostAt: number | null
  /** Offered by another device of the same person, since then. */
  movingSince: number | null
}

export type FakeCall = {
  readonly id: string
  readonly caller: Peer
  readonly receptor: Peer
  seq: number
  status: WireStatus
  since: number
  legs: FakeLeg[]
  media: Record<CallRole, MediaState>
  muted: Record<CallRole, boolean>
  held: Record<CallRole, boolean>
  waiting: boolean
  silent: boolean
  /** The other call of a conference, who takes part in that, and who mixes. */
  conference: { readonly call: FakeCall; readonly with: Peer; readonly host: FakeDevice } | null
  /** The call that this one's other side is being connected by. */
  transfer: FakeCall | null
  /** Why the last one came to nothing. */
  transferFailed: {
    readonly to: Peer
    readonly by: CallRole
    readonly reason: CallEnd['reason']
    readonly at: number
  } | null
  /** The call that this one came from. */
  transferOf: FakeCall | null
  /** Who asked for it, where that side has left already. */
  recallTo: Peer | null
  talkMs: number
  talkSince: number | null
  end: CallEnd | null
  readonly createdAt: number
}

export const limitMs: Partial<Record<WireStatus, number>> = {
  trying: 60_000,
  ringing: 60_000,
  accepted: 15_000,
  paused: 30_000
}
export const limitReason = {
  trying: 'unreachable',
  ringing: 'missed',
  accepted: 'media_connection_broken',
  paused: 'media_connection_broken'
} as const

export const peerOf = (username: string): Peer => ({
  userId: `u${username}`,
  username,
  names: { en: `User ${username}`, fa: '' }
})
