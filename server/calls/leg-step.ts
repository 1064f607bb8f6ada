// How a call reacts to what happens to a leg's signalling and media. What both legs together make of the call is
// step.ts's; none of these is visible by itself.
import type { DeviceId } from '../../common/ids.ts'
import type { EpochMs } from '../../common/time.ts'
import { isAnswered } from '../../common/call/status.ts'
import { unreachable } from '../../common/result.ts'
import type { MediaLegFact } from '../ports.ts'
import { echoDevice, legOf, talkMs, type Call, type Leg, type LegState } from './call.ts'
import { move, withLeg } from './move.ts'
import { acted, nothing, refused, silently, type Reaction } from './reaction.ts'

/** A leg whose media is to be made for the `epoch`th time. */
const unmade = (epoch: number): LegState => ({ epoch, server: 'down', phone: 'connected' })

const changed = (call: Call, { deviceId }: Leg, change: Partial<Leg>): Reaction =>
  silently({ ...call, legs: withLeg(call, deviceId, change) })

/** How many alerting devices have prepared their media. */
const prepared = (call: Call): number =>
  call.legs.filter(({ phase, left, media }) => phase === 'alerting' && left === null && media.epoch > 0).length

export const mediaOpen = (call: Call, leg: Leg, epoch: number): Reaction => {
  if (epoch < leg.media.epoch) return refused('stale')
  if (epoch === leg.media.epoch) return nothing
  switch (leg.phase) {
    case 'offered':
      return refused('not_allowed_now')
    case 'alerting':
      if (leg.media.epoch === 0 && prepared(call) >= call.rules.preparedDevices) return refused('not_allowed_now')
      return changed(call, leg, { media: unmade(epoch) })
    case 'chosen':
      return changed(call, leg, { media: unmade(epoch) })
    default:
      return unreachable(leg.phase)
  }
}

export const mediaReport = (call: Call, leg: Leg, report: { epoch: number; up: boolean }): Reaction => {
  if (report.epoch !== leg.media.epoch || report.epoch === 0) return refused('stale')
  const phone = report.up ? 'connected' : 'disconnected'
  return phone === leg.media.phone ? nothing : changed(call, leg, { media: { ...leg.media, phone } })
}

export const mediaFact = (call: Call, { deviceId, epoch, media }: MediaLegFact): Reaction => {
  const leg = legOf(call, deviceId)
  if (leg === null || leg.left !== null) return nothing
  // A fact of an older making may still be under way when the next one has begun; before the first there is none.
  if (epoch !== leg.media.epoch || epoch === 0 || media === leg.media.server) return nothing
  return changed(call, leg, { media: { ...leg.media, server: media } })
}

export const socketLost = (call: Call, deviceId: DeviceId, now: EpochMs): Reaction => {
  const leg = legOf(call, deviceId)
  // An alerting device stays in: it may come back before the ringing is over, and the ringing has its own limit.
  return leg === null || leg.left !== null || leg.socketLostAt !== null
    ? nothing
    : changed(call, leg, { socketLostAt: now })
}

export const socketBack = (call: Call, { deviceId, knows }: { deviceId: DeviceId; knows: boolean }): Reaction => {
  const leg = legOf(call, deviceId)
  if (leg === null || leg.left !== null) return nothing
  if (knows) return leg.socketLostAt === null ? nothing : changed(call, leg, { socketLostAt: null })
  return changed(call, leg, {
    socketLostAt: null,
    phase: leg.phase === 'chosen' ? 'chosen' : 'offered',
    media: unmade(0)
  })
}

const lost = (leg: Leg, now: EpochMs): Leg =>
  leg.left !== null || leg.deviceId === echoDevice ? leg : { ...leg, socketLostAt: now, media: unmade(leg.media.epoch) }

// While the server was away no sound went through it, so that is no talk; where nobody knows since when, the talk counts
// up to its last record. A clock that was set back takes nothing away.
const talkUntil = (call: Call, aliveAt: EpochMs | null, now: EpochMs): Call['talk'] => ({
  ms: talkMs(call, Math.min(aliveAt ?? 0, now)),
  since: null
})

/** Takes up a call of before a restart: all must come back, and get the time for it. */
export const recovered = (call: Call, aliveAt: EpochMs | null, now: EpochMs): Reaction =>
  call.status === 'finished'
    ? nothing
    : acted(
        move(
          call,
          now,
          { kind: 'recovered' },
          {
            // What an answered call waits for is its phones' media, which they can only begin to make again now.
            since: isAnswered(call.status) ? now : Math.min(call.since, now),
            notBefore: now + call.rules.graceMs,
            talk: talkUntil(call, aliveAt, now),
            legs: call.legs.map((leg) => lost(leg, now))
          }
        )
      )
