// What concerns more than one call: transfer, conference, moving a talk between devices, and what the change of one call
// means for another. What such an event does to a call is the machine's.
import { fail, ok, type Result } from '../../common/result.ts'
import type { CallId, DeviceId, UserId } from '../../common/ids.ts'
import type { Peer } from '../../common/types.ts'
import { otherRole } from '../../common/call/end.ts'
import type { CallCommand, Screening, Session, User, Users } from '../ports.ts'
import { chosenLeg, legOf, talkMs, type Call } from './call.ts'
import type { CallEvent } from './event.ts'
import type { LiveCall, LiveCalls } from './live.ts'
import { noWishes, type Making } from './making.ts'
import { step, type Stepped } from './step.ts'
import { isAnswered } from '../../common/call/status.ts'
import type { Clock } from '../../common/time.ts'

type Command<K extends CallCommand['kind']> = Extract<CallCommand, { readonly kind: K }>

export type Together = {
  readonly transfer: (found: LiveCall, session: Session, command: Command<'transfer'>) => Promise<Result<Stepped>>
  readonly merge: (found: LiveCall, command: Command<'merge'>) => Result<Stepped>
  readonly move: (found: LiveCall, session: Session, command: Command<'move'>) => Stepped
  /** One call has changed. */
  readonly follow: (before: Call, after: Call) => void
  /** After a restart: what is bound to a call that is not there is let go. */
  readonly tidy: () => void
}

type Deps = {
  readonly live: LiveCalls
  readonly making: Making
  readonly users: Users
  readonly screening: Screening
  /** The devices of a user that may be offered this call now. */
  readonly devicesFor: (userId: UserId, call: Call) => readonly DeviceId[]
  readonly clock: Clock
  readonly isClosed: () => boolean
}

const otherPeer = (call: Call, deviceId: DeviceId): Peer =>
  legOf(call, deviceId)?.side === 'caller' ? call.receptor : call.caller

const peerOf = ({ userId, username, names }: User): Peer => ({ userId, username, names })

/** Talk time that is left of a call's longest one, for the call that goes on in its place. */
const timeLeft = (call: Call, now: number): number | null =>
  call.maxDurationMs === null ? null : Math.max(0, call.maxDurationMs - talkMs(call, now))

const recalls: readonly string[] = ['unreachable', 'missed', 'rejected', 'busy']

export const createTogether = (deps: Deps): Together => {
  const { live, making, users, screening, clock } = deps

  const tell = (callId: CallId, event: CallEvent): void => {
    const found = live.get(callId)
    if (found !== null) live.run(found, event)
  }

  /** A call for `caller`'s device, which goes on there without a question, in the same room as the one of before. */
  const beginFor = (
    of: Call,
    id: CallId,
    caller: Peer,
    receptor: Peer,
    kind: Call['kind'],
    by: Peer | null,
    transferFailed: Call['transferFailed'] = null
  ): LiveCall =>
    making.begin({
      id,
      roomId: of.roomId,
      applicationId: of.applicationId,
      kind,
      caller,
      receptor,
      maxDurationMs: timeLeft(of, clock.now()),
      transferOf: { callId: of.id, first: of.transferOf?.first ?? of.id, by },
      transferFailed
    })

  /** Nobody answered whom the caller was handed to, and who handed it over is gone: it rings there. */
  const recall = (call: Call, to: Peer): void => {
    const device = chosenLeg(call, 'caller')?.deviceId
    if (device === undefined) return
    const between = { callerId: call.caller.userId, receptorId: to.userId, kind: 'person', screened: noWishes } as const
    // Whatever they wish of calls: who hands somebody on gets them back.
    const admission = making.judge(between)
    if (admission.kind === 'refuse') return
    const reason = call.end?.reason ?? 'unknown'
    const failed = { to: call.receptor, by: 'receptor', reason, at: clock.now() } as const
    const made = beginFor(call, making.newCallId(), call.caller, to, 'person', null, failed)
    const meant = admission.kind === 'glare' ? ({ kind: 'busy' } as const) : admission
    making.enter(made, device, meant, false)
    making.proceed(made, device, meant)
  }

  const transferEnded = (call: Call, { callId, by }: NonNullable<Call['transferOf']>): void => {
    const old = live.get(callId)
    if (old !== null && old.call.status !== 'finished') {
      live.run(old, { kind: 'transferOver', callId: call.id, failed: call.end?.reason ?? 'unknown' })
    } else if (by !== null && call.end !== null && recalls.includes(call.end.reason)) recall(call, by)
  }

  /** How the call of a transfer stands, for the one that it came from. */
  const followOrigin = (before: Call, after: Call): void => {
    const { transferOf } = after
    if (transferOf === null) return
    if (!isAnswered(before.status) && isAnswered(after.status)) {
      tell(transferOf.callId, { kind: 'transferOver', callId: after.id, failed: null })
    }
    if (!isAnswered(before.status) && after.status === 'finished') transferEnded(after, transferOf)
  }

  const followTransfer = (before: Call, after: Call): void => {
    if (before.transfer === null) return
    const { callId, by } = before.transfer
    const isOver = before.status !== 'finished' && after.status === 'finished'
    const end = isOver ? after.end : null
    // Who ends a call from outside ends what came of it. Who asked for the transfer, or was lost, leaves it to the new call.
    if (end?.reason === 'killed') tell(callId, { kind: 'kill' })
    // Taken back; the side that is being connected does not want to be; or no talk time is left for them.
    else if (after.transfer === null || end?.by === otherRole(by) || end?.reason === 'call_duration_exceeded') {
      tell(callId, { kind: 'withdraw' })
    }
  }

  const followConference = (before: Call, after: Call): void => {
    if (before.conference === null) return
    const isOver = before.status !== 'finished' && after.status === 'finished'
    if (isOver || after.conference === null) tell(before.conference.callId, { kind: 'part', callId: after.id })
  }

  /** What a call is told that another one's end or answer was lost to, because the server stopped in between. */
  const missed = ({ transfer, transferOf, conference, id, status }: Call): CallEvent | null => {
    if (transfer !== null) {
      const made = live.get(transfer.callId)?.call
      if (made === undefined || isAnswered(made.status)) {
        return { kind: 'transferOver', callId: transfer.callId, failed: made === undefined ? 'unknown' : null }
      }
    }
    if (conference !== null && live.get(conference.callId)?.call.conference?.callId !== id) {
      return { kind: 'part', callId: conference.callId }
    }
    const old = transferOf === null ? undefined : live.get(transferOf.callId)?.call
    // Its transfer was taken back.
    return old !== undefined && !isAnswered(status) && old.transfer?.callId !== id ? { kind: 'withdraw' } : null
  }

  return {
    transfer: async (found, session, { deviceId, to, mode }) => {
      // Who came in by a link has to do with that call alone, and calls nobody else.
      if (session.scope !== null) return fail('access_denied')
      const receptor = await users.byUsername(session.applicationId, to)
      if (receptor === null) return fail('not_found')
      const handed = otherPeer(found.call, deviceId)
      if (receptor.userId === session.userId) return fail('cannot_call_self')
      const screened = await screening.screen(receptor.userId, handed.userId)
      if (deps.isClosed()) return fail('unavailable')
      const old = found.call
      const side = legOf(old, deviceId)?.side ?? null
      const device = side === null ? null : chosenLeg(old, otherRole(side))
      const callId = making.newCallId()
      const event = { kind: 'transfer', deviceId, callId, to: peerOf(receptor), mode } as const
      const tried = step(old, event, clock.now())
      if (tried.answer !== 'acted' || device === null || side === null) return ok(tried)
      const { kind } = receptor
      const admission = making.judge({ callerId: handed.userId, receptorId: receptor.userId, kind, screened })
      if (admission.kind === 'refuse') return fail(admission.code)
      // Two who call each other at that moment: whom the other side is to be connected to is not free.
      const meant = admission.kind === 'glare' ? ({ kind: 'busy' } as const) : admission
      const by = side === 'caller' ? old.caller : old.receptor
      const made = beginFor(old, callId, handed, peerOf(receptor), kind, by)
      making.enter(made, device.deviceId, meant, false)
      // The other side's device knows the new call before the old one is over.
      const stepped = live.run(found, event, deviceId)
      making.proceed(made, device.deviceId, meant)
      return ok(stepped)
    },
    merge: (found, { deviceId, withCallId }) => {
      const other = live.get(withCallId)
      if (other === null || other === found) return fail('invalid_call')
      const leg = legOf(other.call, deviceId)
      if (leg === null) return fail('access_denied')
      const here = { kind: 'merge', deviceId, callId: withCallId, with: otherPeer(other.call, deviceId) } as const
      const there = { kind: 'merge', deviceId, callId: found.call.id, with: otherPeer(found.call, deviceId) } as const
      const now = clock.now()
      const tried = [step(found.call, here, now), step(other.call, there, now)]
      const refused = tried.find(({ answer }) => typeof answer !== 'string')
      // Both or neither.
      if (refused !== undefined) return ok(refused)
      live.run(other, there)
      return ok(live.run(found, here, deviceId))
    },
    move: (found, { userId }, { deviceId }) => {
      const to = deps.devicesFor(userId, found.call).filter((other) => other !== deviceId)
      return live.run(found, { kind: 'move', deviceId, to }, deviceId)
    },
    follow: (before, after) => {
      followOrigin(before, after)
      followTransfer(before, after)
      followConference(before, after)
    },
    tidy: () => {
      for (const { call } of live.all()) {
        const event = missed(call)
        if (event !== null) tell(call.id, event)
      }
    }
  }
}
