// What a call waits for at most until when: derived from its value, never stored. Arming the timer is the registry's.
import type { CallRole } from '../../common/call/end.ts'
import { unreachable } from '../../common/result.ts'
import type { EpochMs } from '../../common/time.ts'
import { chosenLeg, echoDevice, type Call } from './call.ts'
import type { CallEvent, Due } from './event.ts'

/** `event` is to happen to the call at `at`, if nothing else did before. */
export type Deadline = { readonly at: EpochMs; readonly event: CallEvent }

const due = (limit: Due, at: EpochMs): Deadline => ({ at, event: { kind: 'due', limit } })

const socket = (call: Call, side: CallRole): readonly Deadline[] => {
  const lostAt = chosenLeg(call, side)?.socketLostAt ?? null
  return lostAt === null ? [] : [due(`${side}_socket`, lostAt + call.rules.socketLostMs)]
}

const sockets = (call: Call): readonly Deadline[] => [...socket(call, 'caller'), ...socket(call, 'receptor')]

// The service has no phone whose owner takes up the receiver.
const echoAnswer = (call: Call): readonly Deadline[] =>
  call.kind === 'echo'
    ? [{ at: call.since + call.rules.echoAnswerMs, event: { kind: 'accept', deviceId: echoDevice } }]
    : []

const duration = ({ maxDurationMs, talk }: Call): readonly Deadline[] =>
  maxDurationMs === null || talk.since === null
    ? []
    : [due('duration', talk.since + Math.max(0, maxDurationMs - talk.ms))]

// The new call ends by itself; this is for the case that its end is not heard of.
const transfer = ({ transfer: pending, rules }: Call): readonly Deadline[] =>
  pending === null ? [] : [due('transfer', pending.since + rules.tryingMs + rules.ringingMs + rules.acceptedMs)]

const moving = ({ movingSince, rules }: Call): readonly Deadline[] =>
  movingSince === null ? [] : [due('move', movingSince + rules.ringingMs)]

const candidates = (call: Call): readonly Deadline[] => {
  const { rules, since } = call
  switch (call.status) {
    case 'new':
      return [due('new', since + rules.newMs)]
    case 'trying':
      return [due('trying', since + rules.tryingMs), ...sockets(call)]
    case 'ringing':
      return [due('ringing', since + rules.ringingMs), ...echoAnswer(call), ...sockets(call)]
    case 'accepted':
      return [due('accepted', since + rules.acceptedMs), ...sockets(call), ...transfer(call), ...moving(call)]
    case 'conversation':
      return [...duration(call), ...sockets(call), ...transfer(call), ...moving(call)]
    case 'paused':
      // Sound comes first: whatever the sockets do, a call without it ends for want of it.
      return [due('paused', since + rules.pausedMs), ...transfer(call), ...moving(call)]
    case 'finished':
      return []
    default:
      return unreachable(call.status)
  }
}

/** All that the call waits for, none earlier than its grace allows. */
export const deadlines = (call: Call): readonly Deadline[] =>
  candidates(call).map(({ at, event }) => ({ at: Math.max(at, call.notBefore), event }))

/** The earliest of them; null for a healthy conversation without a longest talk time, and for an ended call. */
export const deadline = (call: Call): Deadline | null =>
  deadlines(call).reduce<Deadline | null>(
    (earliest, next) => (earliest === null || next.at < earliest.at ? next : earliest),
    null
  )

/** Whether a limit has really run out: a timer may fire for what has since been overtaken. */
export const isDue = (call: Call, limit: Due, now: EpochMs): boolean =>
  deadlines(call).some(({ at, event }) => event.kind === 'due' && event.limit === limit && at <= now)
