// The media of one call: keeps its legs and the ways of sound between them as the plan says, and tells how far each leg
// is. Decides no rights: they come with the plan.
import type { CallRole } from '../../common/call/end.ts'
import type { CallId, DeviceId } from '../../common/ids.ts'
import type { Logger } from '../../common/log.ts'
import type { MediaPush } from '../../common/protocol/media.ts'
import type { LegMedia, MediaLegFact, MediaPlan } from '../ports.ts'
import { createLink, type Link } from './links.ts'
import { createPeer, type Peer } from './peer.ts'
import type { Room } from './room.ts'
import { consumerToPhone } from './wire.ts'

export type CallMedia = {
  readonly apply: (plan: MediaPlan) => void
  /** The leg's media in its planned epoch; `make` makes it where it is not there yet. */
  readonly peer: (deviceId: DeviceId) => Peer | null
  readonly make: (deviceId: DeviceId) => Peer | null
  /** What the plan says of a device; null: it has no part in this call's media. */
  readonly planned: (deviceId: DeviceId) => { readonly epoch: number } | null
  /** The worker has died with all there was: tells that every leg is down, and the phones that they have to make theirs anew. */
  readonly died: () => void
  /** Says again which consumers there are, to a device whose connection was away. */
  readonly repeat: (deviceId: DeviceId) => void
  readonly close: () => void
}

export type CallMediaDeps = {
  readonly callId: CallId
  readonly plan: MediaPlan
  readonly enterRoom: (roomId: string) => Promise<Room>
  readonly push: (deviceId: DeviceId, epoch: number, push: MediaPush) => void
  readonly tell: (fact: MediaLegFact) => void
  readonly log: Logger
}

/** Closed consumers that are remembered for a device whose connection is away. */
const maxClosedKept = 32

type Leg = {
  readonly peer: Peer
  readonly links: Map<Peer, Link>
  readonly closedIds: string[]
  told: LegMedia
  /** Once flowing, only a lost transport undoes it: hold and mute are not losses. */
  hasFlowed: boolean
}

type PlannedLeg = MediaPlan['legs'][number]

export const createCallMedia = (deps: CallMediaDeps): CallMedia => {
  const { callId, enterRoom, push, tell, log } = deps
  let plan = deps.plan
  let closed = false
  let looking = false
  const legs = new Map<DeviceId, Leg>()

  const plannedLeg = (deviceId: DeviceId): PlannedLeg | null =>
    plan.legs.find((planned) => planned.deviceId === deviceId) ?? null

  const mayHear = (from: CallRole, to: CallRole, isSelf: boolean): boolean =>
    plan.echo ? isSelf && to === 'caller' : from !== to

  const dropLink = (leg: Leg, from: Peer): void => {
    const link = leg.links.get(from)
    if (link === undefined) return
    leg.links.delete(from)
    const id = link.consumer()?.id
    link.close()
    if (id === undefined) return
    leg.closedIds.push(id)
    if (leg.closedIds.length > maxClosedKept) leg.closedIds.shift()
    push(leg.peer.deviceId, leg.peer.epoch, { kind: 'consumerClosed', id })
  }

  const dropLeg = (leg: Leg): void => {
    legs.delete(leg.peer.deviceId)
    for (const link of leg.links.values()) link.close()
    for (const other of legs.values()) dropLink(other, leg.peer)
    leg.peer.close()
  }

  const addLink = (leg: Leg, from: Peer): Link | null => {
    const producer = from.producer()
    const sink = leg.peer.sink()
    if (producer === null || sink === null) return null
    const link = createLink({
      producer,
      sink,
      onMade: (consumer) => push(leg.peer.deviceId, leg.peer.epoch, consumerToPhone(consumer)),
      onChange: look,
      log: log.with({ callId })
    })
    leg.links.set(from, link)
    return link
  }

  /** Makes the links that can be made and lets those flow that may. */
  const reconcile = (): void => {
    for (const to of legs.values()) {
      const hears = plannedLeg(to.peer.deviceId)?.hears === true
      for (const { peer: from } of legs.values()) {
        if (!mayHear(from.side, to.peer.side, from === to.peer)) {
          dropLink(to, from)
          continue
        }
        const link = to.links.get(from) ?? addLink(to, from)
        link?.set(hears && plannedLeg(from.deviceId)?.speaks === true)
      }
    }
  }

  const isFlowing = (leg: Leg): boolean => {
    const planned = plannedLeg(leg.peer.deviceId)
    if (planned === null || !planned.hears || !planned.speaks) return false
    if (leg.peer.producer() === null || leg.peer.sink() === null) return false
    const incoming = [...leg.links].filter(([from]) => plannedLeg(from.deviceId)?.speaks === true)
    const outgoing = [...legs.values()].flatMap((other) => {
      const link = other.links.get(leg.peer)
      return link !== undefined && plannedLeg(other.peer.deviceId)?.hears === true ? [link] : []
    })
    return [...incoming.map(([, link]) => link), ...outgoing].every((link) => link.isFlowing())
  }

  const levelOf = (leg: Leg): LegMedia => {
    if (!leg.peer.isUp()) return 'down'
    leg.hasFlowed ||= isFlowing(leg)
    return leg.hasFlowed ? 'flowing' : 'up'
  }

  const report = (): void => {
    looking = false
    if (closed) return
    for (const leg of legs.values()) {
      const media = levelOf(leg)
      if (media === leg.told) continue
      leg.told = media
      tell({ deviceId: leg.peer.deviceId, epoch: leg.peer.epoch, media })
    }
  }

  /** Something changed: put it right at once, and tell once this turn is over, never from inside a caller. */
  const look = (): void => {
    if (closed) return
    reconcile()
    if (looking) return
    looking = true
    queueMicrotask(report)
  }

  return {
    apply: (next) => {
      plan = next
      for (const leg of [...legs.values()]) {
        const planned = plannedLeg(leg.peer.deviceId)
        // A lesser one, too: an app that was started anew begins to count again, and has nothing of what there was.
        if (planned === null || planned.epoch !== leg.peer.epoch) dropLeg(leg)
      }
      look()
    },
    planned: plannedLeg,
    peer: (deviceId) => legs.get(deviceId)?.peer ?? null,
    make: (deviceId) => {
      const there = legs.get(deviceId)
      if (there !== undefined) return there.peer
      const planned = plannedLeg(deviceId)
      if (planned === null) return null
      const { side, epoch } = planned
      const peer = createPeer({
        deviceId,
        side,
        epoch,
        room: enterRoom(plan.roomId),
        onChange: look,
        log: log.with({ callId })
      })
      legs.set(deviceId, { peer, links: new Map(), closedIds: [], told: 'down', hasFlowed: false })
      return peer
    },
    died: () => {
      const lost = [...legs.values()]
      for (const leg of lost) dropLeg(leg)
      for (const { peer } of lost) {
        tell({ deviceId: peer.deviceId, epoch: peer.epoch, media: 'down' })
        push(peer.deviceId, peer.epoch, { kind: 'gone' })
      }
    },
    repeat: (deviceId) => {
      const leg = legs.get(deviceId)
      if (leg === undefined) return
      const { epoch } = leg.peer
      for (const id of leg.closedIds) push(deviceId, epoch, { kind: 'consumerClosed', id })
      for (const link of leg.links.values()) {
        const consumer = link.consumer()
        if (consumer !== null) push(deviceId, epoch, consumerToPhone(consumer))
      }
    },
    close: () => {
      closed = true
      for (const leg of legs.values()) leg.peer.close()
      legs.clear()
    }
  }
}
