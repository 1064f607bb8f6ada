// What must hold whatever happens: looked at after every change of a phone, and once a history has come to rest.
import { isAnswered, isLive, rank } from '../../common/call/status.ts'
import type { DelegateEvent } from '../../common/delegate.ts'
import type { CallView } from '../../common/snapshot.ts'
import type { CallEnd } from '../../common/types.ts'
import type { AppRun } from './app-run.ts'

/** What a delegate heard, in short: `ringing/L` where the device made the change, `E(reason)` for the end. */
export const short = (event: DelegateEvent): string => {
  switch (event.kind) {
    case 'onCallStateChanged':
      return `${event.state}${event.isLocalChange ? '/L' : ''}`
    case 'onCallFinished':
      return `E(${event.reason}${event.end.detail === undefined ? '' : `, ${event.end.detail}`})`
    case 'onMediaStateChanged':
      return `${event.role} ${event.newState}`
  }
}

export const bySession = (heard: readonly DelegateEvent[]): ReadonlyMap<string, readonly DelegateEvent[]> => {
  const sessions = new Map<string, DelegateEvent[]>()
  for (const event of heard) {
    const own = sessions.get(event.call.session)
    if (own === undefined) sessions.set(event.call.session, [event])
    else own.push(event)
  }
  return sessions
}

/** The order in which a call's events may come: checked with each that comes. */
export const orderRule = (before: readonly DelegateEvent[], event: DelegateEvent): string | null => {
  const { session } = event.call
  const own = before.filter(({ call }) => call.session === session)
  const last = own.at(-1)
  const lastSaid = last?.kind === 'onCallStateChanged' ? last.state : last?.kind
  switch (event.kind) {
    case 'onCallStateChanged': {
      const { state } = event
      const states = own.flatMap((other) => (other.kind === 'onCallStateChanged' ? [other.state] : []))
      const reached = states.at(-1)
      if (state === 'new') return 'new is announced'
      if (state === 'flushed') return lastSaid === 'onCallFinished' ? null : `flushed after ${lastSaid ?? 'nothing'}`
      if (reached === undefined) return null
      if (reached === state) return `${state} twice`
      if (!isLive(reached)) return `${state} after ${reached}`
      return rank(state) < rank(reached) ? `${state} after ${reached}` : null
    }
    case 'onCallFinished':
      return lastSaid === 'finished' ? null : `E after ${lastSaid ?? 'nothing'}`
    case 'onMediaStateChanged':
      return lastSaid === 'finished' || lastSaid === 'onCallFinished' || lastSaid === 'flushed'
        ? 'a leg changed after the end'
        : null
  }
}

/** What this device's person did is said to be theirs, and nothing else is. */
export const localRule = (run: AppRun, event: DelegateEvent): string | null => {
  const { session } = event.call
  if (event.kind === 'onCallFinished') {
    const own = run.heard.filter(({ call }) => call.session === session)
    const isLocal = own.some(
      (other) => other.kind === 'onCallStateChanged' && other.state === 'finished' && other.isLocalChange
    )
    const isByPerson = event.reason === 'hangup' || event.reason === 'rejected'
    // A call that nobody here wanted any more when it came to be is hung up before anything is heard of it.
    const isUnwanted = own[0]?.kind === 'onCallStateChanged' && own[0].state === 'finished'
    return isByPerson && isLocal && !isUnwanted && !run.endedHere.has(session) ? 'ended here by nobody' : null
  }
  if (event.kind !== 'onCallStateChanged') return null
  if (event.state === 'accepted' && event.isLocalChange && !run.consents.has(session)) {
    return 'accepted/L and nobody here answered'
  }
  if (event.state === 'finished' && !event.isLocalChange && run.endedHere.has(session)) {
    return 'finished by the other side, and it was ended here'
  }
  return null
}

const isAllowed = (run: AppRun, session: string): boolean => run.consents.has(session) || run.covered.has(session)

/** Whether the person has given a word for another call that covers this one: with the same one, or handed on to this one. */
const follows = (run: AppRun, { peer, direction }: CallView, calls: readonly CallView[]): boolean => {
  const isSame = [...calls, ...run.heard.map(({ call }) => call)].some(
    (other) => other.peer.username === peer.username && isAllowed(run, other.session)
  )
  // Whom the other side connects to somebody else was in a talk that they had agreed to, or dialled it and was away
  // while it was answered and handed on.
  const isHandedOn =
    [...calls, ...run.heard.map(({ call }) => call)].some(
      ({ session, status }) => isAllowed(run, session) && isAnswered(status)
    ) || calls.some(({ session, end }) => isAllowed(run, session) && end?.detail === 'transferred')
  return isSame || (direction === 'outbound' && isHandedOn)
}

const mediaRule = (run: AppRun, calls: readonly CallView[]): string | null => {
  const orders = run.phone.orders()
  const wanted = (want: string): number => orders.filter((order) => order.want === want).length
  if (wanted('talk') > 1 || wanted('conference') > 2 || (wanted('talk') > 0 && wanted('conference') > 0)) {
    return `${wanted('talk')} calls talk and ${wanted('conference')} are in a conference`
  }
  const floor = calls.filter((call) => call.floor)
  if (floor.length > 1 && floor.some(({ conference }) => conference.length === 0)) return 'two calls have the floor'
  for (const { session, microphone } of orders) {
    const call = calls.find((other) => other.session === session)
    if (call !== undefined && !isLive(call.status)) return `media for a call that is ${call.status}`
    if (call === undefined || !microphone) continue
    if (!call.floor) return 'a microphone without the floor'
    if (isAllowed(run, session)) continue
    if (!follows(run, call, calls)) return 'a microphone nobody allowed'
    run.covered.add(session)
  }
  return null
}

const toneRule = (run: AppRun, calls: readonly CallView[]): string | null => {
  const tone = run.phone.tone()
  const is = (test: (call: CallView) => boolean): string | null =>
    calls.some(test) ? null : `the tone is ${tone}, but no call is so`
  switch (tone) {
    case 'none':
      return null
    case 'ringing':
    case 'ringingSoftly':
      return is(({ status, can }) => status === 'ringing' && can.decline)
    case 'ringback':
      return is(({ direction, status, can }) => direction === 'outbound' && status === 'ringing' && !can.decline)
    case 'trying':
      return is(({ direction, status }) => direction === 'outbound' && status === 'trying')
    case 'reconnecting':
      return is(
        ({ status, media }) => status === 'paused' || (status === 'conversation' && media.mine === 'disconnected')
      )
    case 'busy':
      return is(({ end }) => end?.reason === 'busy')
    case 'ended':
      return is(({ status }) => !isLive(status))
    default:
      return null
  }
}

/** What must hold at a phone at every moment; null where it does. */
export const momentRule = (run: AppRun): string | null => {
  const calls = run.phone.calls()
  return mediaRule(run, calls) ?? toneRule(run, calls)
}

/** A phone that was left alone has nothing left. */
export const restRule = (run: AppRun): string | null => {
  const { phone } = run
  if (phone.calls().length > 0)
    return `still has ${phone
      .calls()
      .map(({ callId, status }) => `${callId} ${status}`)
      .join()}`
  if (phone.orders().length > 0) return 'still has media'
  if (phone.tone() !== 'none') return `still sounds ${phone.tone()}`
  for (const [session, events] of bySession(run.heard)) {
    const last = events.at(-1)
    if (last?.kind !== 'onCallStateChanged' || last.state !== 'flushed') return `${session} is not flushed`
    if (events.filter(({ kind }) => kind === 'onCallFinished').length !== 1) return `${session} has not one end`
  }
  return null
}

/** How the delegate heard one call end; null where it did not. */
export const heardEnd = (
  events: readonly DelegateEvent[]
): { readonly callId: string | null; readonly end: CallEnd; readonly local: boolean } | null => {
  const finished = events.find((event) => event.kind === 'onCallStateChanged' && event.state === 'finished')
  const over = events.find((event) => event.kind === 'onCallFinished')
  if (finished?.kind !== 'onCallStateChanged' || over?.kind !== 'onCallFinished') return null
  return { callId: events.at(-1)?.call.callId ?? null, end: over.end, local: finished.isLocalChange }
}

export const isTalking = (call: CallView): boolean => isAnswered(call.status)
