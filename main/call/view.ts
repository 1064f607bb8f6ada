// The phone as the interface shows it: one CallView for each call. Pure; nothing is decided here.
import { otherRole } from '../../common/call/end.ts'
import { outcome } from '../../common/call/outcome.ts'
import { isLive } from '../../common/call/status.ts'
import type { AppSnapshot, CallView } from '../../common/snapshot.ts'
import { hasFloor } from './machine-floor.ts'
import { can } from './machine-may.ts'
import { isHidden } from './machine-offer.ts'
import type { Call, PhoneState } from './machine-state.ts'
import { isLossUntold, myRole } from './machine-turn.ts'

const endView = (call: Call): CallView['end'] => {
  if (call.ended === null) return null
  const { end, answered } = call.ended
  return { ...end, outcome: outcome({ ...end, side: myRole(call), answered }) }
}

const conference = ({ calls }: PhoneState, { mergedWith, conference }: Call): CallView['conference'] => {
  const partner = calls.find(({ session }) => session === mergedWith)
  return partner === undefined ? conference : [partner.peer]
}

const view = (phone: PhoneState, call: Call): CallView => {
  const mine = myRole(call)
  const live = isLive(call.status)
  return {
    session: call.session,
    callId: call.callId,
    direction: call.direction,
    peer: call.peer,
    status: call.status,
    floor: hasFloor(phone, call),
    muted: call.muted,
    peerMuted: call.peerMuted,
    held: { mine: call.holding, theirs: call.peerHolding },
    waiting: call.waiting,
    silent: call.silent,
    moving: call.moving,
    joinable: call.entry === 'joinable' && call.status === 'new',
    conference: conference(phone, call),
    transfer: call.transfer,
    transferFailed:
      call.transferFailed === null ? null : { to: call.transferFailed.to, outcome: call.transferFailed.outcome },
    media: { mine: isLossUntold(call) ? 'disconnected' : call.media[mine], theirs: call.media[otherRole(mine)] },
    talk: {
      ms: call.talk.ms,
      since: call.talk.since === null ? null : call.talk.since + call.offsetMs
    },
    maxDurationMs: call.maxDurationMs,
    timeLeft: call.timeLeft,
    can: can(phone, call),
    trouble: call.trouble ?? (live && !phone.link.joined ? { code: 'disconnected' } : null),
    end: endView(call)
  }
}

const isShown = (phone: PhoneState, call: Call): boolean => {
  if (call.check) return false
  return call.ended === null ? call.consent !== 'refused' && !isHidden(phone, call) : call.ended.shownUntil !== null
}

const isSame = (a: unknown, b: unknown): boolean => {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  const [ours, theirs] = [Object.entries(a), new Map(Object.entries(b))]
  return (
    ours.length === theirs.size && ours.every(([name, value]) => theirs.has(name) && isSame(value, theirs.get(name)))
  )
}

/**
 * The views, each the very same value as before where it says the same, and so the list of them: what is the same is sent
 * to no window.
 */
export const createViews = (): ((phone: PhoneState) => readonly CallView[]) => {
  let of: PhoneState | null = null
  let last: readonly CallView[] = []
  return (phone) => {
    if (phone === of) return last
    of = phone
    const next = views(phone).map((made) => {
      const before = last.find(({ session }) => session === made.session)
      return before !== undefined && isSame(before, made) ? before : made
    })
    const isUnchanged = next.length === last.length && next.every((made, at) => made === last[at])
    if (!isUnchanged) last = next
    return last
  }
}

/** Live calls first, oldest first; then those that ended a moment ago. */
export const views = (phone: PhoneState): readonly CallView[] => {
  const shown = phone.calls.filter((call) => isShown(phone, call))
  const ordered = [...shown.filter(({ status }) => isLive(status)), ...shown.filter(({ status }) => !isLive(status))]
  return ordered.map((call) => view(phone, call))
}

/** The talk of the check that is under way, or was last: the page that runs it is told, and nobody else. */
export const createCheckView = (): ((phone: PhoneState) => AppSnapshot['check']) => {
  let last: AppSnapshot['check'] = null
  return ({ calls }) => {
    const call = calls.findLast(({ check }) => check)
    const next = call === undefined ? null : { session: call.session, status: call.status }
    if (!isSame(last, next)) last = next
    return last
  }
}
