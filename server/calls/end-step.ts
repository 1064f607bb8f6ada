// How a call ends, or does not: hung up, turned away, withdrawn, a limit that has run out. A decline is an answer, hence
// step.ts's.
import { unreachable } from '../../common/result.ts'
import type { EpochMs } from '../../common/time.ts'
import type { Call, Leg } from './call.ts'
import { isDue } from './deadline.ts'
import { offersOver } from './device-step.ts'
import type { Due } from './event.ts'
import { finish } from './move.ts'
import { acted, nothing, refused, type Reaction } from './reaction.ts'
import { transferLost } from './talk-step.ts'

export const hangingUp = (call: Call, leg: Leg, now: EpochMs): Reaction => {
  if (leg.phase !== 'chosen') return refused('not_allowed_now')
  // Who hangs up while connecting the other side leaves it to the new call.
  const left = call.transfer?.by === leg.side ? ({ detail: 'transferred' } as const) : {}
  return acted(finish(call, now, { reason: 'hangup', by: leg.side, ...left }, leg.deviceId))
}

/** Ends a call that nobody has answered, for the one that it was made for. */
export const withdraw = (call: Call, now: EpochMs): Reaction =>
  call.status === 'trying' || call.status === 'ringing'
    ? acted(finish(call, now, { reason: 'hangup', by: 'server' }))
    : nothing

export const turnAway = (call: Call, why: 'busy' | 'glare', now: EpochMs): Reaction => {
  switch (call.status) {
    case 'trying':
      return acted(
        finish(
          call,
          now,
          why === 'busy' ? { reason: 'busy', by: 'server' } : { reason: 'call_received', by: 'server', detail: 'glare' }
        )
      )
    case 'new':
    case 'ringing':
    case 'accepted':
    case 'conversation':
    case 'paused':
    case 'finished':
      return nothing
    default:
      return unreachable(call.status)
  }
}

export const runOut = (call: Call, limit: Due, now: EpochMs): Reaction => {
  if (!isDue(call, limit, now)) return nothing
  const end = (reason: Parameters<typeof finish>[2]['reason']) => acted(finish(call, now, { reason, by: 'server' }))
  switch (limit) {
    case 'new':
      return end('no_one_connected')
    case 'trying':
      return end('unreachable')
    case 'ringing':
      return end('missed')
    case 'accepted':
    case 'paused':
      return end('media_connection_broken')
    case 'duration':
      return end('call_duration_exceeded')
    case 'caller_socket':
    case 'receptor_socket':
      return end('messaging_connection_broken')
    case 'transfer':
      return transferLost(call, now)
    case 'move':
      return offersOver(call, now)
    default:
      return unreachable(limit)
  }
}
