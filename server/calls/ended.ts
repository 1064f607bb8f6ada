// The last word on calls that are over: the latest ones from memory, the others from the journal. It ends no call.
import type { CallId, UserId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import { fail, ok, type Result } from '../../common/result.ts'
import type { CallSnapshot, Peer } from '../../common/types.ts'
import type { EpochMs } from '../../common/time.ts'
import type { CallJournal, EndedCall, Users } from '../ports.ts'
import type { Call, Leg } from './call.ts'
import type { CallLimits } from './limits.ts'
import { newLeg } from './move.ts'

export type EndedCalls = {
  readonly keep: (call: Call) => void
  /** From memory only. */
  readonly recent: (callId: CallId) => Call | null
  /** From memory or the journal; null for a call that is unknown, or while the journal cannot tell. */
  readonly find: (callId: CallId) => Promise<Call | null>
  /** The same for whoever asks again later. Error: unavailable, while the journal cannot tell. */
  readonly look: (callId: CallId) => Promise<Result<Call | null>>
}

type Deps = {
  readonly journal: CallJournal
  readonly users: Users
  readonly limits: CallLimits
  readonly log: Logger
}

const nobody = (userId: UserId): Peer => ({ userId, username: 'unknown', names: { en: '', fa: '' } })

const restoreLeg = ({ seq, end }: EndedCall, { deviceId, side, phase }: EndedCall['legs'][number]): Leg => {
  const elsewhere = end.reason === 'rejected' && side === 'receptor' ? 'declined_elsewhere' : 'answered_elsewhere'
  return {
    ...newLeg(deviceId, side, phase === 'gone' ? 'alerting' : phase),
    left: { at: end.at, seq, why: phase === 'gone' ? elsewhere : 'ended' }
  }
}

/** An ended call as the value it was, as far as its record tells. */
const restore = (kept: EndedCall, caller: Peer, receptor: Peer, { rules }: CallLimits): Call => ({
  version: 1,
  id: kept.callId,
  roomId: kept.callId,
  applicationId: kept.applicationId,
  kind: 'person',
  check: false,
  caller,
  receptor,
  rules,
  maxDurationMs: null,
  createdAt: kept.createdAt,
  seq: kept.seq,
  status: 'finished',
  since: kept.end.at,
  notBefore: 0,
  legs: kept.legs.map((leg) => restoreLeg(kept, leg)),
  muted: { caller: false, receptor: false },
  held: { caller: false, receptor: false },
  reception: { waiting: false, silent: false, blocked: kept.end.detail === 'blocked' },
  transfer: null,
  transferFailed: null,
  transferOf: null,
  conference: null,
  movingSince: null,
  startedAt: kept.startedAt,
  talk: { ms: kept.talkMs, since: null },
  end: kept.end
})

export const createEndedCalls = ({ journal, users, limits, log }: Deps): EndedCalls => {
  const recent = new Map<CallId, Call>()

  const peer = async (userId: UserId): Promise<Peer> => {
    const user = await users.byId(userId)
    return user === null ? nobody(userId) : { userId, username: user.username, names: user.names }
  }

  const look: EndedCalls['look'] = async (callId) => {
    const call = recent.get(callId)
    if (call !== undefined) return ok(call)
    try {
      const kept = await journal.findEnded(callId)
      if (kept === null) return ok(null)
      const [caller, receptor] = await Promise.all([peer(kept.callerId), peer(kept.receptorId)])
      return ok(restore(kept, caller, receptor, limits))
    } catch (error) {
      log.warn('ended call not readable', { callId, error: error instanceof Error ? error.message : 'unknown' })
      return fail('unavailable')
    }
  }

  return {
    keep: (call) => {
      recent.set(call.id, call)
      const oldest = recent.keys().next()
      if (recent.size > limits.endedKept && oldest.done !== true) recent.delete(oldest.value)
    },
    recent: (callId) => recent.get(callId) ?? null,
    find: async (callId) => {
      const found = await look(callId)
      return found.ok ? found.value : null
    },
    look
  }
}

/** For a phone that returns with a call nobody here knows: it is over, and why is not known. */
export const unknownCall = (callId: CallId, seq: number, asker: Peer, now: EpochMs): CallSnapshot => ({
  id: callId,
  seq: seq + 1,
  status: 'finished',
  direction: 'outbound',
  caller: asker,
  receptor: nobody('unknown'),
  leg: 'gone',
  media: { caller: 'disconnected', receptor: 'disconnected' },
  muted: { caller: false, receptor: false },
  held: { caller: false, receptor: false },
  waiting: false,
  silent: false,
  moving: false,
  transfer: null,
  transferFailed: null,
  conference: [],
  joinable: false,
  check: false,
  echo: false,
  createdAt: now,
  talk: { ms: 0, since: null },
  end: { reason: 'unknown', by: 'server', at: now },
  now
})
